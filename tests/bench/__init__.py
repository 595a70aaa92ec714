"""Measures how fast the site answers at any size: `make bench`.

The site is started as in production over made-up literature, and asked in turns with
what it is compared with. See docs/performance.md for what it found.
"""
