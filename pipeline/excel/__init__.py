"""The only room where Excel is spoken: reading, writing, themes, templates, annotating."""
