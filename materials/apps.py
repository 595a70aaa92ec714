from django.apps import AppConfig


class MaterialsConfig(AppConfig):
    name = "materials"
    verbose_name = "Materials"

    def ready(self):
        from asei_db.lib import no_hits, plotted
        from asei_db.lib.deriving import register
        from asei_db.lib.search import follow
        from literature import gathering, identifiers, search_entries
        from materials import checks  # noqa: F401 (declares the checks of the data)
        from materials.analysis.gains import GAINS
        from materials.analysis.planner.needs import PRECURSOR_NEEDS, PROCESS_NEEDS
        from materials.analysis.values import report
        from materials.entries import ENTRIES
        from materials.naming import NAMES, TEXTS
        from materials.plotting import PLOTS
        from materials.search.spelling import respelled
        from materials.values import derivations

        for model, plot in PLOTS.items():
            plotted.register(model, plot)
        no_hits.register(lambda text: respelled(search_entries.Search(text)))
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
        for kind, texts in TEXTS.items():
            register(search_entries.derivation(kind, texts))
        for kind, names in NAMES.items():
            register(identifiers.derivation(kind, *names))
