"""Where made-up values were read."""

from materials.generating.drawing import maybe


def stated(draws, name):
    """Draws without end of how and where values of this name stand."""
    return draws.pool(f"places of {name}", _stated, least=400)


def _stated(random):
    """The columns of `STATED`."""
    return (
        f"{random.choice(('Table', 'Fig.', 'Section'))} {random.randrange(1, 9)}",
        random.choices(("stated", "digitized", "computed", "inferred"), (85, 9, 3, 3))[
            0
        ],
        random.random() < 0.02,
        maybe(random, 0.1, "Made up.", "Made up.\nOf a second batch."),
    )


STATED = ("locator", "reading", "disputed", "notes")


def sources(draws, name, studies):
    """A function of a study's place: source, and primary works, as keys and places.

    A quarter is read in a review, which names the study; of the rest most name
    themselves.
    """
    kinds = draws.endless(
        f"sources of {name}", ("review", "named", "alone"), (25, 60, 15)
    )
    reviews = draws.endless(f"reviews of {name}", studies.reviews)

    def source(study):
        kind = next(kinds)
        if kind == "review":
            return studies.keys[next(reviews)], (study,)
        return studies.keys[study], (study,) if kind == "named" else ()

    return source
