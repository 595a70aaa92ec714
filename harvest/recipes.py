"""The recipes that a harvest is turned into: how each study ran a process."""

from itertools import count

from harvest import growth
from harvest.joining import MAX_SLUG, agree, join, slug_of
from harvest.origins import says_same
from harvest.reading import SkippedError

#: The fields without which no two recipes are taken for one.
_OF_ITSELF = ("deposition_temperature", "anneal_temperature")


class Recipes:
    """The recipes of `records`: found out for all entries, added with the first one."""

    def __init__(self, records):
        self.records = records
        self._known = {}  # by slug: study and process, conditions, steps by place
        self._of = {}  # by place of an entry and process: the slug

    def prepare(self, entries):
        """Find out which recipe each entry is about: one that says less is about the
        only one of its study and process that it does not contradict.
        """
        before = self.records.files
        for entry in sorted(entries, key=lambda e: not growth.has_steps(e)):
            self.records.files = {name: dict(rows) for name, rows in before.items()}
            try:
                for _, process in self.records.grown(entry):
                    if process:
                        self._prepare(entry, process)
            except SkippedError:
                continue  # said once it is taken
        self.records.files = before

    def _prepare(self, entry, process):
        stated, steps = self._stated(entry, process)
        if not (steps or stated.keys() - {"activation"}):
            return
        quoted = self.records.vocabulary.quoted(entry) or {}
        if "deposition_temperature_c" in quoted.get("again", []):
            about = {"process": process, "source": quoted["of"]}
            again = "recipes", about, quoted["say"]
            self.records.given_again.append(again)
        if self.records.is_secondary(entry):
            return  # the study never ran it so
        study = self.records.study(entry)
        known = [
            slug
            for slug, (of, *said) in self._known.items()
            if of == (study, process) and agree(said, (stated, steps))
        ]
        known = [
            slug
            for slug in known
            if all(
                says_same(self._known[slug][1].get(name), stated.get(name))
                for name in _OF_ITSELF
            )
        ]
        same = [slug for slug in known if _is_alike(self._known[slug], stated, steps)]
        if same or len(known) == 1:
            slug = (same or known)[0]
            _, known_stated, known_steps = self._known[slug]
            join(known_stated, stated)
            for place, row in steps.items():
                join(known_steps.setdefault(place, {}), row)
        else:
            slug = self._slug(entry, study, process, steps)
            self._known[slug] = (study, process), stated, steps
        self._of[entry.place, process] = slug

    def _slug(self, entry, study, process, steps):
        """Made of study, process and what sets recipes of one process apart."""
        parts = [entry.plain("deposition_temperature_c")]
        for name in ("pulse", "plasma_time", "plasma_power"):
            rows = [row[name] for row in steps.values() if name in row]
            numbers = [_numbers(row.origins[0].number) for row in rows]
            parts += [name.replace("time", ""), *numbers] if numbers else []
        parts = list(filter(None, [*parts, entry["anneal"] and "annealed"]))
        end = slug_of("-".join(parts)) if any(parts) else "recipe"
        stem = f"{study}-{process}"[: MAX_SLUG - len(end) - 4].strip("-")
        slug, numbers = f"{stem}-{end}", count(2)
        while slug in self._known:
            slug = f"{stem}-{end}-{next(numbers)}"
        return slug

    def of(self, entry, process):
        """The slug of an entry's recipe of a process, added if need be; or None."""
        slug = self._of.get((entry.place, process))
        if slug is None:
            # Says what is wrong with a step that no recipe could be made of.
            self._stated(entry, process)
            return None
        if slug not in self.records.files["recipes"]:
            _, stated, steps = self._known[slug]
            order = self._order(process)
            record = {"slug": slug, "process": process} | stated
            if steps:
                record["steps"] = [
                    {"position": place, "precursor": order[place - 1]} | steps[place]
                    for place in sorted(steps)
                ]
            record |= self.records.sourced(entry) | self.records.cited(entry)
            places = self.records.said(entry).get("places", {})
            if "deposition_temperature_c" in places:
                record["locator"] = places["deposition_temperature_c"]
            self.records.files["recipes"][slug] = record
        self.records.add(
            "recipes", slug, {}, self.records.unnamed(entry) + entry.words()
        )
        return slug

    def _stated(self, entry, process):
        words, find = self.records.vocabulary.words, self.records.vocabulary.find
        return growth.of_recipe(entry, words, self._order(process), find)

    def _order(self, process):
        row = (
            self.records.files["processes"].get(process)
            or self.records.vocabulary.base["processes"][process]
        )
        return self.records.vocabulary.precursors_of(row.get("steps", ""))


def _is_alike(recipe, stated, steps):
    """Whether a recipe says no more than these conditions and steps."""
    _, known_stated, known_steps = recipe
    return known_stated.keys() <= stated.keys() and known_steps.keys() <= steps.keys()


def _numbers(value):
    numbers = value if isinstance(value, tuple) else [value]
    return "-".join(f"{number:g}" for number in numbers)
