"""Made-up processes and recipes."""

from dataclasses import dataclass, field

from materials.choices import DepositionMethod, GrowthMode
from materials.generating.drawing import maybe, printed, reported, zipf
from materials.generating.growth import GROWTH, PHASE, make_growth
from materials.generating.sourced import STATED, sources, stated
from materials.generating.tables import Table
from materials.models import DepositionProcess, ProcessStep, Recipe, RecipeStep


@dataclass
class Processes:
    """By place: key, film, precursors of the steps and words of search."""

    keys: range
    films: list = field(default_factory=list)
    precursors: list = field(default_factory=list)
    words: list = field(default_factory=list)
    recipes: dict = field(default_factory=dict)  # place → keys


def write_processes(draws, studies, films, precursors, tables):
    """Write 0.3 N processes of two to four steps each."""
    table = tables.add(
        Table(
            DepositionProcess,
            *("id", "slug", "material_id", "method", "is_complete"),
            *("deposition_temperature", "growth_per_cycle", "source_id", *STATED),
            *("search_text", "draft_search_text"),
        )
    )
    steps = tables.add(
        Table(ProcessStep, "process_id", "position", "precursor_id", "is_optional")
    )
    works = tables.add(
        Table(DepositionProcess.studies.through, "depositionprocess_id", "study_id")
    )
    count = max(12, draws.coatings * 3 // 10)
    processes = Processes(range(table.first_key, table.first_key + count))
    source = sources(draws, "processes", studies)
    columns = zip(
        processes.keys,
        draws.endless("studies of processes", range(len(studies.keys))),
        films.endless(draws, "films of processes"),
        draws.pool("cycles", _cycle(draws, precursors), factor=4, least=40),
        draws.pool("facts of processes", _process),
        stated(draws, "processes"),
        strict=False,
    )
    for key, study, film, cycle, facts, place in columns:
        source_key, its_works = source(study)
        words = [films.words[film], *(precursors.words[one] for one in cycle)]
        processes.films.append(film)
        processes.precursors.append(cycle)
        processes.words.append(frozenset().union(*words))
        texts = studies.found((), words, its_works)
        slug = f"made-up-process-{key}"
        table.rows.append(
            (key, slug, films.keys[film], *facts, source_key, *place, *texts)
        )
        steps.rows += [
            (key, position, precursors.keys[one], position == 4)
            for position, one in enumerate(cycle, 1)
        ]
        works.rows += [(key, studies.keys[work]) for work in its_works]
        tables.write_some()
    tables.write()
    return processes


def _cycle(draws, precursors):
    def make(random):
        count = random.choices((2, 3, 4), (75, 18, 7))[0]
        drawn = random.choices(range(len(precursors)), precursors.weights, k=3 * count)
        return tuple(dict.fromkeys(drawn))[:count]

    return make


def _process(random):
    return (
        random.choices((*DepositionMethod.values, ""), (65, 15, 15, 5))[0],
        random.random() < 0.95,
        *reported("°C", printed(random, 40, 440, blank=0.6)),
        *reported("Å/cycle", printed(random, 0.2, 4.2, digits=1, blank=0.5)),
    )


def write_recipes(draws, studies, processes, precursors, tables):
    """Write 0.3 N recipes."""
    table = tables.add(
        Table(
            Recipe,
            *("id", "slug", "process_id", *GROWTH, "pressure", "growth_mode"),
            *("source_id", *STATED, "search_text", "draft_search_text"),
        )
    )
    steps = tables.add(
        Table(
            RecipeStep,
            *("recipe_id", "position", "precursor_id", "pulse", "purge", "wait"),
            *("plasma_time", "plasma_power", "carrier_flow", "source_temperature"),
        )
    )
    works = tables.add(Table(Recipe.studies.through, "recipe_id", "study_id"))
    count = max(12, draws.coatings * 3 // 10)
    source = sources(draws, "recipes", studies)
    columns = zip(
        range(table.first_key, table.first_key + count),
        draws.endless("studies of recipes", range(len(studies.keys))),
        process_places(draws, "processes of recipes", processes),
        draws.pool("growth of recipes", make_growth),
        draws.pool("facts of recipes", _recipe),
        stated(draws, "recipes"),
        strict=False,
    )
    pulses = draws.pool("steps of recipes", _pulse)
    for key, study, process, growth, facts, place in columns:
        source_key, its_works = source(study)
        processes.recipes.setdefault(process, []).append(key)
        own = (growth[PHASE],)
        texts = studies.found(own, (processes.words[process],), its_works)
        table.rows.append(
            (
                *(key, f"made-up-recipe-{key}", processes.keys[process], *growth),
                *(*facts, source_key, *place, *texts),
            )
        )
        steps.rows += [
            (key, position, precursors.keys[one], *next(pulses))
            for position, one in enumerate(processes.precursors[process], 1)
        ]
        works.rows += [(key, studies.keys[work]) for work in its_works]
        tables.write_some()
    tables.write()


def process_places(draws, name, processes):
    """Places of processes, of which the first are used most."""
    places = range(len(processes.keys))
    return draws.endless(name, places, zipf(len(places), 0.5))


def _recipe(random):
    return (
        *reported("Torr", printed(random, 0.1, 4.1, digits=1, blank=0.5)),
        maybe(random, 0.6, *GrowthMode.values),
    )


def _pulse(random):
    return (
        *reported("s", printed(random, 0.1, 4.1, digits=1, blank=0.1)),
        *reported("s", printed(random, 1, 81, blank=0.1)),
        *reported("s", printed(random, 1, 41, blank=0.9)),
        *reported("s", printed(random, 1, 41, blank=0.9)),
        *reported("W", printed(random, 50, 450, blank=0.9)),
        *reported("sccm", printed(random, 10, 210, blank=0.6)),
        *reported("°C", printed(random, 20, 220, blank=0.4)),
    )
