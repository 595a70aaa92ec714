"""Makes records of the curated literature from the entries of a harvest.

`draft` follows these rules; the words of a study decide, nothing is guessed.

* A value of a growth chemistry belongs to the process, if its precursors are known,
  else to the coating, else to the material.
* A film on a substrate is a coating; a solid-electrolyte film whose substrate is not
  stated is none. A record without a size is about the study's only coating of that
  kind.
* A test is one record. What has no cycle number is a point without one. A test of a
  film that is the active electrode is one of an uncoated electrode.
* A bare control of a property is a measurement on the substrate.
* What a source says that a coating gained is a measurement on the coating.
"""

from dataclasses import dataclass, field

from harvest import cycling, findings, properties
from harvest.choosing import choose
from harvest.finishing import finish, lacking
from harvest.joining import say
from harvest.measurements import measure
from harvest.reading import SkippedError
from harvest.records import Records, size

_ORDER = ("precursor", "coating", "cycling", "process", "property")
#: Of the records that an entry becomes, the one that is most its own.
_CLOSEST = ("cycling-tests", "coatings", "recipes", "measurements", "processes")


@dataclass
class Draft:
    """Records by file and key; the lines that were taken, and of which kind; those
    that were not, or whose words are unknown, with the reason or the words.

    `entries`: those that were taken. `lacking`: by process of the review, the studies
    that it should list.
    """

    records: dict
    taken: list = field(default_factory=list)
    skipped: list = field(default_factory=list)
    unsaid: list = field(default_factory=list)
    entries: list = field(default_factory=list)
    lacking: dict = field(default_factory=dict)


def draft(entries, vocabulary):
    """The `Draft` of the entries of a harvest. Raises HarvestError."""
    drafter = _Drafter(vocabulary)
    entries = choose(entries, drafter.records, drafter.draft)
    entries.sort(key=lambda e: (_ORDER.index(e["kind"]), not e.is_bare, not size(e)))
    drafter.records.recipes.prepare(
        [entry for entry in entries if entry["kind"] in ("process", "property")]
    )
    for entry in entries:
        drafter.take(entry)
    drafter.link_controls()
    drafter.records.say_what_is_given_again()
    drafter.finish()
    return drafter.draft


class _Drafter:
    def __init__(self, vocabulary):
        self.vocabulary = vocabulary
        self.records = Records(vocabulary)
        self.draft = Draft(self.records.files)
        self._tests = {}  # by pair, bare or not: slugs of tests
        self._about = {}  # by place of an entry: file and key of its own record
        self._in_words = {}  # by pair: (entry, coating) of what has no test

    def take(self, entry):
        before = self.records.snapshot()
        try:
            self.records.touched = []
            subjects, is_kept = getattr(self, f"_take_{entry['kind']}")(entry)
            found = findings.find(self.records, entry, subjects)
            if not (is_kept or found):
                raise SkippedError("no value of a property that is kept")
            self.draft.taken.append((entry.line, entry["kind"]))
            self.draft.entries.append(entry)
            self._about[entry.place] = min(
                self.records.touched, key=_closest, default=None
            )
        except SkippedError as reason:
            self.draft.records = self.records.files = before
            self.draft.skipped.append((entry.line, str(reason)))

    def link_controls(self):
        for (pair, is_bare), slugs in self._tests.items():
            control = self._tests.get((pair, True))
            for slug in slugs if control and not is_bare else ():
                self.records.files["cycling-tests"][slug]["control"] = control[0]

    def finish(self):
        for compared in self._in_words.values():
            known = self.records.files["coatings"]
            films = [slug for _, slug in compared if slug in known]
            for entry, coating in compared:
                if films and not coating and not self._about[entry.place]:
                    # What is stated of the control is that of the coated cell.
                    self._about[entry.place] = "coatings", films[0]
                    say(known[films[0]], entry.words())
        self.draft.unsaid += finish(self.records.files, self.draft.entries, self._about)
        self.draft.lacking = lacking(self.records.files, self.vocabulary.base)
        self.draft.skipped.sort()

    # One method a kind: it gives the subjects of findings, and whether anything but
    # findings is kept.

    def _take_precursor(self, entry):
        [name] = entry["precursor_acronyms"]
        slug = self.records.use(
            "precursors", self.vocabulary.find("precursors", name), entry
        )
        notes, subject = self.records.notes(entry), {"precursor": slug}
        temperature = entry.quantity("source_temperature_c") or entry.room
        if temperature:
            record = {"precursor": slug, "temperature": temperature}
            record |= self.records.sourced(entry) | self.records.cited(entry)
            key = (slug, record["source"], record["locator"], temperature)
            self.records.add("sublimation-temperatures", key, record, notes)
        measured = measure(
            self.records,
            entry,
            slug,
            subject,
            properties.OF_PRECURSORS,
            [] if temperature else notes,
        )
        if not (temperature or measured):
            raise SkippedError("no source temperature and no property")
        return [], True

    def _take_process(self, entry):
        coatings = self._coatings(entry)
        subjects = []
        for material, process in self.records.grown(entry):
            subject = _subject(material, process, coatings)
            fields = [
                field
                for field in properties.OF_GROWTH
                if not (coatings and field == "thickness_nm")
            ]
            self._grow(entry, material, process, subject, fields, coatings)
            subjects.append(subject)
        return subjects, True

    def _grow(self, entry, material, process, subject, fields, coatings):
        """Measurements of a film, its recipe, or else what is said of it in notes.

        Whether there are any.
        """
        recipe = process and self.records.recipes.of(entry, process)
        notes = self.records.notes(entry) + _characterized(entry, coatings)
        if (
            entry["substrate"]
            and not coatings
            and entry["scope"] != "reference process"
        ):
            notes.append(f"Grown on: {entry['substrate']}.")
        if not (process or coatings):
            fields = ("deposition_temperature_c", *fields)
        if measure(self.records, entry, material, subject, fields, notes):
            return True
        tables = {"process": "processes", "coating": "coatings"}
        [(kind, slug)] = subject.items()
        table, key = ("recipes", recipe) if recipe else (tables.get(kind), slug)
        if record := self.records.files.get(table, {}).get(key):
            say(record, notes)
        return bool(recipe or record)

    def _coatings(self, entry):
        """The coatings that an entry on a film is about; none on model surfaces."""
        if entry["scope"] == "reference process" or entry.is_electrode_film:
            return []
        substrates = self.records.substrates(entry) if entry["substrate"] else []
        if not substrates or any(map(self.vocabulary.is_model_surface, substrates)):
            return []
        return self.records.coatings(entry)

    def _take_coating(self, entry):
        coatings = self._coatings(entry)
        notes = self.records.notes(entry)
        material, process = self.records.grown(entry)[0]
        if entry.is_electrode_film:
            return self._take_electrode_film(entry, material, process)
        for slug in coatings:
            subject = {"coating": slug}
            if slug in self.records.files["coatings"]:
                say(self.records.files["coatings"][slug], notes)
                fields = [f for f in properties.OF_GROWTH if f != "thickness_nm"]
            else:
                fields = properties.OF_GROWTH
            about = {"process": process} if process else subject
            measure(self.records, entry, material, about, fields, notes)
        if coatings:
            return [{"coating": slug} for slug in coatings], True
        material, process = self._only_grown(entry)
        subject = _subject(material, process, [])
        measure(self.records, entry, material, subject, ["thickness_nm"], notes)
        is_kept = entry["thickness_nm"] is not None
        if not is_kept and not findings.concluded(
            entry, self.vocabulary.words["findings"]
        ):
            raise SkippedError("neither a substrate nor a thickness is stated")
        return [subject], is_kept

    def _take_electrode_film(self, entry, material, process):
        """A film that is the active electrode: a process, though not of a coating."""
        process = process or self.records.process(entry, material, "")
        subject = {"process": process}
        self._grow(entry, material, process, subject, properties.OF_GROWTH, [])
        return [subject], True

    def _take_property(self, entry):
        if entry.is_bare:
            return self._take_bare_property(entry)
        material, process = self._only_grown(entry)
        coatings = self._coatings(entry)
        subject = _subject(material, None if coatings else process, coatings)
        thickness = [] if coatings else ["thickness_nm"]
        of_growth = [f for f in properties.OF_GROWTH if f != "thickness_nm"]
        fields = (*properties.OF_FILMS, *properties.GAINS, *of_growth)
        notes = self.records.notes(entry) + _circumstances(entry, coatings, process)
        recipe = process and self.records.recipes.of(entry, process)
        measure(self.records, entry, material, subject, thickness, [])
        is_measured = measure(self.records, entry, material, subject, fields, notes)
        if not is_measured:
            film = self.records.files["recipes"].get(recipe)
            film = film or self.records.only_coating(entry, material)
            if film:
                say(film, notes)
            is_measured = bool(recipe or (film and notes))
        return [subject], is_measured

    def _take_bare_property(self, entry):
        substrates = self.records.substrates(entry)
        if len(substrates) != 1:
            raise SkippedError("not one substrate is named")
        [substrate] = substrates
        subject, notes = {"substrate": substrate}, self.records.notes(entry)
        if not measure(
            self.records, entry, substrate, subject, properties.OF_SURFACES, notes
        ):
            raise SkippedError("uncoated control without a value")
        return [subject], True

    def _only_grown(self, entry):
        grown = self.records.grown(entry)
        if len(grown) != 1:
            raise SkippedError("not one process is named")
        return grown[0]

    def _take_cycling(self, entry):
        cell = self.records.cell(entry)
        substrates = self.records.substrates(entry)
        if len(substrates) != 1:
            raise SkippedError("not one electrode is named")
        study = self.records.study(entry)
        electrode = self.vocabulary.electrode(entry, substrates[0])
        is_uncoated = entry.is_bare or entry.is_electrode_film
        coating = None if is_uncoated else self._only_coating(entry)
        if cycling.is_in_words(entry):
            return self._take_words(entry, coating, electrode)
        named = coating or f"bare-{electrode}-{study}"
        text = f"{named}-{cycling.distinction(entry)}"
        slug = self.records.slot("cycling-tests", text, lambda known: False)
        record = {"slug": slug, "study": study}
        record |= {"coating": coating} if coating else {}
        record["electrode"] = self.records.use("substrates", electrode, entry)
        record |= cycling.conditions(entry, cell) | self.records.sourced(entry)
        points, said = cycling.points(entry)
        record |= {"points": points} if points else {}
        record |= cycling.lives(entry)
        notes = cycling.notes(entry) + said + self.records.notes(entry)
        if entry.is_electrode_film and not entry.is_bare:
            film = f"{entry['material_name']} by {entry['technique']}"
            notes.append(f"The electrode is a film of {film}, not a coated electrode.")
        self.records.add("cycling-tests", slug, record, notes)
        if entry["pair"]:
            self._tests.setdefault((entry["pair"], is_uncoated), []).append(slug)
        if not coating:
            subject = {"substrate": electrode}
            measure(self.records, entry, electrode, subject, properties.OF_CELLS, [])
            return [subject], True
        film, subject = self.records.grown(entry)[0][0], {"coating": coating}
        notes = self.records.notes(entry)
        gain, *others = properties.GAINS
        for fields, said in ([gain], notes), ((*others, *properties.OF_CELLS), []):
            measure(self.records, entry, film, subject, fields, said)
        return [subject], True

    def _take_words(self, entry, coating, electrode):
        """A comparison without a result that a test could hold: its conditions are
        said of what is measured of it, else of the coating.
        """
        subject = {"coating": coating} if coating else {"substrate": electrode}
        named = self.records.grown(entry)[0][0] if coating else electrode
        fields = (*properties.GAINS, *properties.OF_CELLS)
        fields = fields if coating else properties.OF_CELLS
        cell = [f"Cell: {entry['cell']}."] if entry["cell"] else []
        notes = cell + self.records.notes(entry)
        film = self.records.files["coatings"].get(coating)
        touched = len(self.records.touched)
        if measure(self.records, entry, named, subject, fields, notes):
            del self.records.touched[:touched]
        elif film:
            say(film, notes)
        if entry["pair"]:
            self._in_words.setdefault(entry["pair"], []).append((entry, coating))
        return [subject], True

    def _only_coating(self, entry):
        coatings = self.records.coatings(entry)
        if len(coatings) != 1:
            raise SkippedError("not one coating is named")
        return coatings[0]


def _closest(place):
    table, _ = place
    return _CLOSEST.index(table) if table in _CLOSEST else len(_CLOSEST)


def _characterized(entry, coatings):
    """By what a film was examined, in a note: a list. A coating lists its methods."""
    methods = entry["characterization"]
    if coatings or not methods:
        return []
    return [f"Characterization: {', '.join(methods)}."]


def _circumstances(entry, coatings, process):
    """How a measured film was made and examined: a list of notes."""
    said = []
    if entry["deposition_temperature_c"] is not None and not (coatings or process):
        said.append(entry.sentence("Deposited at {} °C.", "deposition_temperature_c"))
    if entry["thickness_nm"] is not None and not coatings:
        said.append(entry.sentence("Film thickness: {} nm.", "thickness_nm"))
    return said + _characterized(entry, coatings)


def _subject(material, process, coatings):
    if process:
        return {"process": process}
    return {"coating": coatings[0]} if coatings else {"material": material}
