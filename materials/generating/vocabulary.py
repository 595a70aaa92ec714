"""Made-up films, precursors, substrates and methods: few, and used unevenly."""

from dataclasses import dataclass

from django.db.models import Model

from asei_db.lib.formulas import elements
from asei_db.lib.slugs import slug_text
from materials.choices import (
    ElectrodeRole,
    HostFamily,
    MaterialClass,
    MethodCategory,
    SubstrateClass,
)
from materials.generating.drawing import (
    NOTHING,
    found_by,
    maybe,
    printed,
    reported,
    sorted_as,
    zipf,
)
from materials.generating.tables import Table
from materials.models import CharacterizationMethod, Material, Substrate
from precursors.choices import PhysicalState, PrecursorClass
from precursors.models import Element, Precursor, SublimationTemperature

#: A word that an eighth of the films have: name, formula, class, share in a thousand.
COMMON_WORD = "lif"
FILMS = (
    ("Al2O3", "Al2O3", MaterialClass.OXIDE, 220),
    ("LiF", "LiF", MaterialClass.FLUORIDE, 125),
    ("TiO2", "TiO2", MaterialClass.OXIDE, 90),
    ("ZrO2", "ZrO2", MaterialClass.OXIDE, 60),
    ("ZnO", "ZnO", MaterialClass.OXIDE, 60),
    ("Li3PO4", "Li3PO4", MaterialClass.PHOSPHATE, 60),
    ("alucone", "", MaterialClass.METAL_ORGANIC, 55),
    ("AlF3", "AlF3", MaterialClass.FLUORIDE, 45),
    ("LiPON", "LiPxOyNz", MaterialClass.OXYNITRIDE, 40),
    ("Li2CO3", "Li2CO3", MaterialClass.CARBONATE, 35),
    ("TiN", "TiN", MaterialClass.NITRIDE, 30),
    ("LiNbO3", "LiNbO3", MaterialClass.OXIDE, 30),
    ("zincone", "", MaterialClass.METAL_ORGANIC, 25),
    ("HfO2", "HfO2", MaterialClass.OXIDE, 20),
    ("Li2S", "Li2S", MaterialClass.SULFIDE, 20),
    ("polyurea", "", MaterialClass.ORGANIC, 20),
    ("SnO2", "SnO2", MaterialClass.OXIDE, 15),
    ("MgF2", "MgF2", MaterialClass.FLUORIDE, 15),
    ("Li2SiO3", "Li2SiO3", MaterialClass.SILICATE, 15),
    ("LiAlO2", "LiAlO2", MaterialClass.OXIDE, 10),
    ("Ru", "Ru", MaterialClass.METAL, 10),
)
_PRECURSORS = (
    ("TMA", "Al(CH3)3", PrecursorClass.METAL, PhysicalState.LIQUID),
    ("H2O", "H2O", PrecursorClass.CO_REACTANT, PhysicalState.LIQUID),
    ("O3", "O3", PrecursorClass.CO_REACTANT, PhysicalState.GAS),
    ("LiOtBu", "LiOC(CH3)3", PrecursorClass.METAL, PhysicalState.SOLID),
    ("TiCl4", "TiCl4", PrecursorClass.METAL, PhysicalState.LIQUID),
    ("EG", "C2H6O2", PrecursorClass.ORGANIC, PhysicalState.LIQUID),
    ("HF", "HF", PrecursorClass.NONMETAL, PhysicalState.GAS),
    ("DEZ", "Zn(C2H5)2", PrecursorClass.METAL, PhysicalState.LIQUID),
    ("O2 plasma", "O2", PrecursorClass.PLASMA, PhysicalState.GAS),
    ("TMPO", "PO(OCH3)3", PrecursorClass.NONMETAL, PhysicalState.LIQUID),
    ("HQ", "C6H6O2", PrecursorClass.ORGANIC, PhysicalState.SOLID),
    ("ZTB", "Zr(OC4H9)4", PrecursorClass.METAL, PhysicalState.LIQUID),
    ("NH3", "NH3", PrecursorClass.CO_REACTANT, PhysicalState.GAS),
    ("H2S", "H2S", PrecursorClass.NONMETAL, PhysicalState.GAS),
)
_SUBSTRATES = (
    ("NMC811", "LiNi0.8Mn0.1Co0.1O2", "CATHODE", "CATHODE", "NMC"),
    ("lithium", "Li", "ALKALI_METAL", "METAL_ANODE", "LITHIUM"),
    ("LCO", "LiCoO2", "CATHODE", "CATHODE", "LCO"),
    ("graphite", "C", "CARBON", "ANODE", "GRAPHITE"),
    ("silicon", "Si", "SILICON", "ANODE", "SILICON"),
    ("LLZO", "Li7La3Zr2O12", "SOLID_ELECTROLYTE", "SOLID_ELECTROLYTE", "GARNET"),
    ("LNMO", "LiNi0.5Mn1.5O4", "CATHODE", "CATHODE", "LNMO"),
    ("copper", "Cu", "INERT", "CURRENT_COLLECTOR", "COPPER"),
    ("sodium", "Na", "ALKALI_METAL", "METAL_ANODE", "SODIUM"),
    ("LFP", "LiFePO4", "CATHODE", "CATHODE", "LFP"),
    ("wafer", "Si", "INERT", "MODEL_SURFACE", ""),
    ("separator", "", "OTHER", "SEPARATOR", "POLYMER"),
)
_METHODS = (
    ("SEM", "scanning electron microscopy", MethodCategory.MICROSCOPY),
    ("Cyc", "galvanostatic cycling", MethodCategory.ELECTROCHEMISTRY),
    ("XPS", "X-ray photoelectron spectroscopy", MethodCategory.SPECTROSCOPY),
    ("EIS", "impedance spectroscopy", MethodCategory.ELECTROCHEMISTRY),
    ("TEM", "transmission electron microscopy", MethodCategory.MICROSCOPY),
    ("XRD", "X-ray diffraction", MethodCategory.DIFFRACTION),
    ("CV", "cyclic voltammetry", MethodCategory.ELECTROCHEMISTRY),
    ("SIMS", "secondary-ion mass spectrometry", MethodCategory.MASS_SPECTROMETRY),
    ("FTIR", "infrared spectroscopy", MethodCategory.SPECTROSCOPY),
    ("RBS", "backscattering spectrometry", MethodCategory.ION_BEAM),
    ("NI", "nanoindentation", MethodCategory.MECHANICAL),
    ("QCM", "quartz-crystal microbalance", MethodCategory.GROWTH),
)


@dataclass
class Words:
    """A vocabulary: keys, names and words of search of its records, and weights."""

    keys: list
    names: list
    words: list
    weights: list

    def __len__(self):
        return len(self.keys)

    def endless(self, draws, name):
        """Places of records, drawn by weight without end."""
        return draws.endless(name, range(len(self)), self.weights)


def _spread(kinds, size):
    """(place of the kind, weight) of `size` records of kinds with shares.

    Each kind has at least one record; within a kind the first is used most.
    """
    whole = sum(share for *_, share in kinds)
    for place, (*_, share) in enumerate(kinds):
        weights = zipf(max(1, round(size * share / whole)), 1.5)
        for weight in weights:
            yield place, share * weight / sum(weights)


def _by_rank(kinds):
    """The kinds with shares that fall by rank."""
    return [(*kind, share) for kind, share in zip(kinds, zipf(len(kinds)), strict=True)]


class _Linked:
    """A table of records with a formula, and the table of its elements."""

    def __init__(self, tables, model: type[Model], *names):
        self.table = tables.add(Table(model, *names))
        through = model.elements.through
        self.links = tables.add(
            Table(through, f"{model._meta.model_name}_id", "element_id")
        )
        self.elements = dict(Element.objects.values_list("symbol", "pk"))
        self.first = self.table.first_key

    def link(self, key, formula):
        for symbol in sorted(elements(formula)) if formula else ():
            self.links.rows.append((key, self.elements[symbol]))


def write_materials(draws, studies, tables):
    linked = _Linked(
        tables,
        Material,
        *("id", "slug", "name", "synonyms", "formula", "material_class", "source_id"),
        *("locator", "is_stoichiometric", "search_text", "name_sort_key"),
    )
    films = Words([], [], [], [])
    sources = draws.endless("sources of films", studies.keys)
    spread = _spread(FILMS, draws.root(2, len(FILMS)))
    for key, (place, weight) in enumerate(spread, linked.first):
        base, formula, material_class, _ = FILMS[place]
        name = f"Made-up {base} {key}"
        text = found_by((name, formula))
        linked.table.rows.append(
            (
                *(key, f"made-up-{slug_text(base)}-{key}", name, "[]", formula),
                *(material_class.value, next(sources), "Table 1", "x" not in formula),
                *(text, sorted_as(name)),
            )
        )
        linked.link(key, formula.replace("xOyNz", "ON"))
        _add(films, key, name, text, weight)
    tables.write()
    return films


def write_precursors(draws, studies, tables):
    linked = _Linked(
        tables,
        Precursor,
        *("id", "slug", "acronym", "name", "synonyms", "formula", "precursor_class"),
        *("physical_state", "source_id", "locator", "search_text"),
        *("acronym_sort_key", "name_sort_key"),
    )
    temperatures = tables.add(
        Table(
            SublimationTemperature,
            *("precursor_id", "temperature", "is_typical", "source_id", "locator"),
        )
    )
    precursors = Words([], [], [], [])
    sources = draws.endless("sources of precursors", studies.keys)
    random = draws.random("sublimation")
    spread = _spread(_by_rank(_PRECURSORS), draws.root(1.5, len(_PRECURSORS)))
    for key, (place, weight) in enumerate(spread, linked.first):
        base, formula, precursor_class, state = _PRECURSORS[place]
        acronym, name = f"MU-{base} {key}", f"Made-up precursor {base} {key}"
        text = found_by((acronym, name, formula))
        linked.table.rows.append(
            (
                *(key, f"made-up-{slug_text(base)}-{key}", acronym, name, "[]"),
                *(formula, precursor_class.value, state.value, next(sources)),
                *("Table 1", text, sorted_as(acronym), sorted_as(name)),
            )
        )
        linked.link(key, formula)
        for number in range(random.choice((0, 1, 1, 2))):
            temperature = reported("°C", printed(random, 20, 200))
            temperatures.rows.append(
                (key, *temperature, number == 0, next(sources), f"Table {number + 2}")
            )
        _add(precursors, key, acronym, text, weight)
    tables.write()
    return precursors


def write_substrates(draws, studies, tables):
    linked = _Linked(
        tables,
        Substrate,
        *("id", "slug", "name", "acronym", "synonyms", "substrate_class"),
        *("electrode_role", "host_family", "formula", "thermal_limit"),
        *("thermal_limit_source", "source_id", "locator", "search_text"),
        "name_sort_key",
    )
    substrates = Words([], [], [], [])
    sources = draws.endless("sources of substrates", studies.keys)
    random = draws.random("thermal limits")
    spread = _spread(_by_rank(_SUBSTRATES), draws.root(1, len(_SUBSTRATES)))
    for key, (place, weight) in enumerate(spread, linked.first):
        base, formula, substrate_class, role, family = _SUBSTRATES[place]
        name = f"Made-up {base} {key}"
        acronym = maybe(random, 0.5, f"MU{key}")
        limit = reported("°C", maybe(random, 0.4, printed(random, 80, 900)))
        text = found_by((name, acronym, formula))
        linked.table.rows.append(
            (
                *(key, f"made-up-{slug_text(base)}-{key}", name, acronym, "[]"),
                SubstrateClass[substrate_class].value,
                ElectrodeRole[role].value,
                HostFamily[family].value if family else "",
                *(formula, *limit, "" if limit == NOTHING else "Made-up handbook"),
                *(next(sources), "Table 1", text, sorted_as(name)),
            )
        )
        linked.link(key, formula)
        _add(substrates, key, name, text, weight)
    tables.write()
    return substrates


def write_methods(draws, studies, tables):
    table = tables.add(
        Table(
            CharacterizationMethod,
            *("id", "slug", "acronym", "name", "category", "source_id", "locator"),
            *("search_text", "acronym_sort_key", "name_sort_key"),
        )
    )
    methods = Words([], [], [], [])
    sources = draws.endless("sources of methods", studies.keys)
    spread = _spread(_by_rank(_METHODS), draws.root(0.25, 20))
    for key, (place, weight) in enumerate(spread, table.first_key):
        base, name, category = _METHODS[place]
        acronym, name = f"MU-{base} {key}", f"Made-up {name} {key}"
        text = found_by((acronym, name))
        table.rows.append(
            (
                *(key, f"made-up-{slug_text(base)}-{key}", acronym, name),
                *(category.value, next(sources), "Table 1", text),
                *(sorted_as(acronym), sorted_as(name)),
            )
        )
        _add(methods, key, acronym, text, weight)
    tables.write()
    return methods


def _add(vocabulary, key, name, text, weight):
    vocabulary.keys.append(key)
    vocabulary.names.append(name)
    vocabulary.words.append(frozenset(text.split()))
    vocabulary.weights.append(weight)
