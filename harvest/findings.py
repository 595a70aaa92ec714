"""What a harvest concludes without a number, as findings."""

#: The fields whose words the vocabulary's `findings` know.
_SAID_IN = (
    "outcome",
    "claim",
    "growth_mode",
    "microstructure",
    "crystallinity",
    "material_name_note",
    "note",
)
_AIR = {
    "aspect": "air_stability",
    "direction": "observed",
    "statement": "The film is sensitive to air.",
}


def find(records, entry, subjects):
    """Add the findings of an entry about its subjects; whether there are any."""
    found = concluded(entry, records.vocabulary.words["findings"])
    study = records.study(entry)
    for subject in subjects:
        [(kind, name)] = subject.items()
        if found and kind in ("material", "substrate"):
            records.use(f"{kind}s", name, entry)
        for row in found:
            record = row | subject
            slug = records.slot(
                "findings",
                "-".join([study, row["aspect"], name.removesuffix(f"-{study}")]),
                lambda known, record=record: record.items() <= known.items(),
            )
            record |= records.sourced(entry) | records.cited(entry)
            records.add("findings", slug, {"slug": slug} | record, [])
    return bool(found)


def concluded(entry, words):
    """What an entry concludes: a list of aspect, direction and statement."""
    found = [row for field in _SAID_IN for row in words.get(entry[field]) or []]
    is_said = any(row["aspect"] == "air_stability" for row in found)
    if entry["air_sensitive"] and not is_said:
        found.append(_AIR)
    if entry["no_growth"] and not any(row["aspect"] == "growth" for row in found):
        found.append(_no_growth(entry))
    return found


def _no_growth(entry):
    fed = " and ".join(entry["precursor_acronyms"] or entry["precursors"] or [])
    return {
        "aspect": "growth",
        "direction": "observed",
        "statement": f"No {entry['material_name']} grows from {fed}.",
    }
