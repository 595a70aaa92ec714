"""Turns a reviewed harvest of other studies' values into records of the literature.

A harvest is a file of one JSON record a line. `reading` tells what may be taken and
prints its quantities, `vocabulary` knows what its names mean, `drafting` makes the
records, `merging` joins them to earlier ones. Quotes are for checking only and never
leave the harvest.
"""
