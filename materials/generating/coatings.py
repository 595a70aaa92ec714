"""Made-up coatings."""

from dataclasses import dataclass, field

from materials.choices import ReviewCategory
from materials.generating.drawing import maybe, printed, reported
from materials.generating.growth import GROWTH, make_growth, words_of_growth
from materials.generating.processes import process_places
from materials.generating.sourced import STATED, sources, stated
from materials.generating.tables import Table
from materials.models import CharacterizationUse, Coating


@dataclass
class Coatings:
    """By place: key, study, film, substrate (None for various) and words of search."""

    keys: range
    studies: list = field(default_factory=list)
    films: list = field(default_factory=list)
    substrates: list = field(default_factory=list)


def write_coatings(draws, studies, films, substrates, methods, processes, tables):
    """Write N coatings with their methods, about two of a study."""
    table = tables.add(
        Table(
            Coating,
            *("id", "slug", "process_id", "substrate_id", "material_as_reported"),
            *("substrate_as_reported", *GROWTH, "substrate_preparation"),
            *("thickness", "deposition_cycle_count", "review_category"),
            *("characterization_as_reported", "source_id", *STATED),
            *("search_text", "draft_search_text"),
        )
    )
    uses = tables.add(
        Table(
            CharacterizationUse,
            *("coating_id", "method_id", "as_reported", "remark", "position"),
        )
    )
    works = tables.add(Table(Coating.studies.through, "coating_id", "study_id"))
    first = table.first_key
    coatings = Coatings(range(first, first + draws.coatings))
    random = draws.random("studies of coatings")
    coatings.studies = sorted(
        random.choices(range(len(studies.keys)), k=draws.coatings)
    )
    source = sources(draws, "coatings", studies)
    grown = draws.pool("growth of coatings", _growth_with_words, factor=6, least=60)
    columns = zip(
        coatings.keys,
        coatings.studies,
        process_places(draws, "processes of coatings", processes),
        substrates.endless(draws, "substrates of coatings"),
        grown,
        draws.pool("facts of coatings", _coating, factor=6, least=60),
        draws.pool("cells of methods", _methods_cell(methods), factor=4, least=40),
        stated(draws, "coatings"),
        strict=False,
    )
    for key, study, process, substrate, (
        growth,
        grown_words,
    ), facts, cell, place in columns:
        source_key, its_works = source(study)
        is_various, as_reported, *facts = facts
        film = processes.films[process]
        printed_film = films.names[film] if as_reported else ""
        printed_on = substrates.names[substrate] if as_reported else ""
        own = (printed_film, printed_on, facts[0], *grown_words)
        cell_text, used, method_words = cell
        related = [processes.words[process], method_words]
        if is_various:
            substrate = None
        else:
            related.append(substrates.words[substrate])
        coatings.films.append(film)
        coatings.substrates.append(substrate)
        texts = studies.found(own, related, its_works)
        table.rows.append(
            (
                *(key, f"made-up-coating-{key}", processes.keys[process]),
                None if substrate is None else substrates.keys[substrate],
                *(printed_film, printed_on, *growth, *facts, cell_text),
                *(source_key, *place, *texts),
            )
        )
        uses.rows += [(key, *use) for use in used]
        works.rows += [(key, studies.keys[work]) for work in its_works]
        tables.write_some()
    tables.write()
    return coatings


def _growth_with_words(random):
    growth = make_growth(random)
    return growth, words_of_growth(growth)


def _coating(random):
    has_thickness = random.random()
    return (
        random.random() < 0.03,
        random.random() < 0.4,
        maybe(random, 0.3, "powder in a made-up slurry", "polished", "as received"),
        *reported(
            "nm",
            printed(random, 0.5, 20.5, digits=1, blank=0.3)
            if has_thickness < 0.7
            else printed(random, 20, 420, blank=0.3),
        ),
        random.choice((None, 1, 2, 5, 10, 10, 20, 20, 50, 100, 200, 500)),
        random.choices((*ReviewCategory.values, ""), (40, 30, 20, 10))[0],
    )


def _methods_cell(methods):
    """A printed cell of methods, its rows of uses, and the words of the methods."""

    def make(random):
        count = random.choice((0, 1, 2, 3, 3, 4, 5))
        drawn = random.choices(range(len(methods)), methods.weights, k=count)
        places = list(dict.fromkeys(drawn))
        names = [methods.names[place] for place in places]
        uses = [
            (methods.keys[place], methods.names[place], "", position)
            for position, place in enumerate(places, 1)
        ]
        words = frozenset().union(*(methods.words[place] for place in places))
        return ", ".join(names), uses, words

    return make
