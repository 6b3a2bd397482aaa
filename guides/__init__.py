"""The pictures of the guides in `docs/`: drawn from the example school's own workbooks, and proved to be current.

`make guides` draws again each picture whose sheet has changed, and prints the teacher's guide. What a picture shows
is kept beside it as a hash, which a test compares without drawing anything.
"""
