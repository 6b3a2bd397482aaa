"""What the sources of a first month are like: meanings of columns, titles that people write, words, usual values."""
