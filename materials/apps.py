from django.apps import AppConfig

#: What names a record exactly, by kind; the slug of those that are not listed.
NAMES = {
    "STUDY": ["slug", "doi", "former_slugs__slug"],
    "ELEMENT": ["symbol", "name"],
    "PRECURSOR": [
        "slug",
        "acronym",
        "name",
        "formula",
        "synonyms",
        "cas_number",
        "inchi_key",
        "pubchem_cid",
    ],
    "MATERIAL": ["slug", "name", "formula", "synonyms"],
    "SUBSTRATE": ["slug", "name", "acronym", "formula", "synonyms"],
    "METHOD": ["slug", "acronym", "name", "variants"],
}


class MaterialsConfig(AppConfig):
    name = "materials"
    verbose_name = "Materials"

    def ready(self):
        from asei_db.lib import plotted
        from asei_db.lib.deriving import register
        from asei_db.lib.search import follow
        from literature import gathering, identifiers, search_entries
        from literature.kinds import Kind
        from materials import checks  # noqa: F401 (declares the checks of the data)
        from materials.analysis.gains import GAINS
        from materials.analysis.planner.needs import PRECURSOR_NEEDS, PROCESS_NEEDS
        from materials.analysis.values import report
        from materials.entries import ENTRIES
        from materials.plotting import PLOTS
        from materials.values import derivations

        for model, plot in PLOTS.items():
            plotted.register(model, plot)
        gathering.register(self.get_model("DepositionProcess"), report)
        follow(*self.apps.get_models())
        entries = (entry.derivation() for entry in ENTRIES)
        # What processes need is made of what precursors do, so it comes after.
        for derivation in (
            GAINS,
            PRECURSOR_NEEDS,
            PROCESS_NEEDS,
            *entries,
            *derivations(),
        ):
            register(derivation)
        for kind in Kind:
            if kind != Kind.ELEMENT:
                register(search_entries.derivation(kind))
            register(identifiers.derivation(kind, *NAMES.get(kind.name, ["slug"])))
