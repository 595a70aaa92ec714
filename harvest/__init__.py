"""Turns a reviewed harvest of other studies' values into records of the literature.

A harvest is a file of one JSON record a line. `fields` says what its fields hold,
`reading` prints its quantities, as `printed` finds them in the quotes, `checking`
refuses nonsense and says what may be taken, `choosing` takes it, `vocabulary` knows
what its names mean, `drafting` makes the records, `merging` joins them to earlier ones,
and `tracing` says of which line each number is. Quotes are for checking only and never
leave the harvest, but for numbers as they are printed.
"""
