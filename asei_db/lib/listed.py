"""Records in the order in which their entries are found, loaded as they are shown."""

_BATCH = 200  # records loaded at once where all are


class Listed:
    """The records of some entries, in the order of these, for a paginator.

    * `entries`: a queryset whose primary keys are those of the records, or of the
      records themselves
    * `records`: a queryset of records with all that is shown of them

    * `count`: says how many there are; by default, the entries
    * `load`: gives the records of a page by their keys, in any order; by default, as
      the queryset does

    A slice is a list of records: its keys are read from the entries alone.
    """

    def __init__(self, entries, records, count=None, load=None):
        self.entries = entries
        self.records = records
        self.keys = entries.values_list("pk", flat=True)
        self._count = count or self.keys.count
        self._load = load or self._read

    def count(self):
        number = self._count()
        if hasattr(self.keys, "of_so_many"):
            self.keys = self.keys.of_so_many(number)
        return number

    def __getitem__(self, page):
        if self.entries.model is self.records.model:
            return list(self.entries[page])
        return self._in_order(self.keys[page])

    def __iter__(self):
        keys = list(self.keys)
        for start in range(0, len(keys), _BATCH):
            yield from self._in_order(keys[start : start + _BATCH])

    @property
    def rows(self):
        """All the records as a queryset, in no order of theirs."""
        return self.records.filter(pk__in=self.entries.order_by().values("pk"))

    def _in_order(self, keys):
        keys = list(keys)
        found = {record.pk: record for record in self._load(keys)}
        return [found[key] for key in keys if key in found]

    def _read(self, keys):
        return self.records.filter(pk__in=keys).order_by()
