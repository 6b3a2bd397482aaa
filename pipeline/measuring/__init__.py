"""How each figure counts: one small module a subject, frames in, tallies out."""
