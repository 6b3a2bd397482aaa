"""Forms to write on by hand: laid out on A4 pages, and written as a document."""
