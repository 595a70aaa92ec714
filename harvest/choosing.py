"""Chooses what may be taken of a harvest, and sets apart what one record joins."""

from dataclasses import replace

from harvest.checking import check_shape, check_taken, check_values
from harvest.fields import NOT_NAMED
from harvest.reading import SkippedError, in_parts, is_value


def choose(entries, records, draft):
    """The entries that may be taken, one for each value that stands apart.

    Those that may not, and notes whose words are unknown, are listed in `draft`.
    Raises HarvestError.
    """
    chosen, of_study = [], {}
    for entry in entries:
        check_shape(entry)
        try:
            check_taken(entry)
        except SkippedError as reason:
            draft.skipped.append((entry.line, str(reason)))
            continue
        values = entry.values | records.vocabulary.read_as(entry)
        entry = replace(entry, values=in_parts(values))
        check_values(entry)
        title = entry["study"]["title"]
        records.vocabulary.see(entry)
        if title in records.vocabulary.words["method_not_named"]:
            entry.values["technique"] = NOT_NAMED
        entry.values["printed"] = records.vocabulary.printed(entry)
        remark = records.remark(entry)
        if entry["note"] and remark is None:
            draft.unsaid.append((entry.line, entry["note"]))
        siblings = of_study.setdefault(title, [])
        siblings.append(entry)
        for one in split(entry, remark or {}):
            one.values["printed"] = records.vocabulary.printed(one)
            chosen.append(replace(one, of_study=siblings))
        records.see(entry)
    return chosen


def split(entry, remark):
    """One entry for each value or cell that the remark sets apart."""
    values = dict(entry.values)
    for name, meant in remark.get("rename", {}).items():
        values[meant] = values.pop(name)
    added = dict(remark.get("adds", {}))
    signs = (values.get("qualifiers") or {}) | added.pop("qualifiers", {})
    values |= in_parts(added)
    values["qualifiers"] = signs
    if name := remark.get("separate"):
        found = [values | {name: value} for value in values[name]]
    elif apart := remark.get("apart"):
        # What is said of one cell, without what is said of another.
        found = [
            {name: value for name, value in values.items() if name not in apart},
            {
                name: value
                for name, value in values.items()
                if name in apart or not is_value(name)
            },
        ]
    else:
        found = [values]
    found += [values | in_parts(other) for other in remark.get("also", [])]
    return [replace(entry, values=values) for values in found]
