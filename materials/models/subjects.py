"""What is said of one subject: a film, a bare substrate, or a precursor."""

from django.db.models import Q

from literature.models import Sourced


def names_one(subjects):
    """A condition: just one of these foreign keys is given."""
    condition = Q()
    for subject in subjects:
        condition |= Q(**{f"{name}__isnull": name != subject for name in subjects})
    return condition


def name_one(subjects):
    """What is said where it is not: "Name one subject: a material or a coating."."""
    *others, last = (f"a {subject}" for subject in subjects)
    return f"Name one subject: {', '.join(others)} or {last}."


class OfSubject(Sourced):
    """A value of one subject: of the one that is given of the keys in `SUBJECTS`."""

    SUBJECTS = ()

    class Meta(Sourced.Meta):
        abstract = True

    def get_absolute_url(self):
        return f"{self.subject.get_absolute_url()}#{self.slug}"

    @property
    def subject(self):
        """What the row is about; None while nothing is named."""
        return next(filter(None, (getattr(self, name) for name in self.SUBJECTS)), None)

    @property
    def film(self):
        """The `Material` that the row is about; None for what is no film."""
        process = self.coating.process if self.coating else self.process
        return process.material if process else self.material
