"""Adds measurements to the records that a harvest is turned into."""

from harvest import properties


def measure(records, entry, named, subject, fields, notes):
    """Add a measurement for each of the `fields` that an entry has.

    `named` is the film, substrate or precursor by which they are called.
    """
    measured = False
    names = [name for field in fields for name in _names(entry, field)]
    for name in names:
        value, read = properties.value(entry, name)
        if value is None:
            continue
        quoted = records.vocabulary.quoted(entry) or {}
        if name in quoted.get("again", []):
            about = {"property": properties.property_of(entry, name)} | subject
            about |= {"source": quoted["of"]}
            records.given_again.append(("measurements", about, quoted["say"]))
            measured = True
            continue
        at = properties.temperature(entry, name)
        details = properties.details(entry, name)
        parts = [records.study(entry), named, properties.name_in_slugs(entry, name)]
        parts += [entry.number(name)]
        if at:
            parts += ["at", _plain_temperature(entry, at)]
        record = {"property": properties.property_of(entry, name), "value": value}
        record |= ({"temperature": at} if at else {}) | details | read
        said = records.said(entry)
        if name in said.get("places", {}):
            record["locator"] = said["places"][name]
        if name in said.get("disputed", []):
            record["disputed"] = True
        recipe = "process" in subject and records.recipes.of(entry, subject["process"])
        remarks = notes + properties.remarks(entry, name, recipe)
        _add(records, entry, named, parts, subject, record, remarks)
        measured = True
    along = properties.coverage(entry) if "step_coverage_nm" in fields else ()
    for of_property, value, read in along:
        parts = [records.study(entry), named, of_property, value]
        record = {"property": of_property, "value": value} | read
        if entry["aspect_feature"]:
            record["condition"] = entry["aspect_feature"]
        _add(records, entry, named, parts, subject, record, [])
    return measured


def _add(records, entry, named, parts, subject, record, notes):
    process = subject.get("process")
    recipe = process and records.recipes.of(entry, process)
    alike = subject | {"condition": record.get("condition"), "recipe": recipe}
    slug = records.slot(
        "measurements",
        "-".join(parts),
        lambda known: all(known.get(field) == of for field, of in alike.items()),
    )
    record |= {"recipe": recipe} if recipe else {}
    locator = {"locator": record.pop("locator")} if "locator" in record else {}
    record = {"slug": slug} | record | subject
    record |= records.sourced(entry) | records.cited(entry) | locator
    pair = entry["pair"], record["property"]
    if entry.is_bare:
        records.controls[pair] = slug
    elif pair in records.controls and "coating" in subject:
        record["control"] = records.controls[pair]
    records.add("measurements", slug, record, notes)
    for kind in ("materials", "substrates"):
        records.use(kind, named, entry)


def _plain_temperature(entry, at):
    """A temperature in our own spelling, of which slugs are made."""
    field = at.origins[0].field
    is_said_so = field in ("temperature_note", "vapour_pressure_torr_25c")
    return at if is_said_so else entry.plain(field)


def _names(entry, field):
    """The names of a field and of its parts."""
    return [field, *(f"{field}.{part}" for part in entry.parts(field))]
