"""Turns a reviewed harvest of other studies' values into records of the literature.

A harvest is a file of one JSON record a line. `reading` prints its quantities,
`checking` refuses nonsense and says what may be taken, `vocabulary` knows what its
names mean, `drafting` makes the records, `merging` joins them to earlier ones. Quotes
are for checking only and never leave the harvest.
"""
