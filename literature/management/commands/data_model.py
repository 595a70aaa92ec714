"""Prints the page that draws the data model."""

from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.text import capfirst

from asei_db.lib.fields import quantity_fields
from literature.models import Sourced

INTRODUCTION = """\
# Data model

Made from the models and their docstrings: `manage.py data_model > docs/data-model.md`.

The records marked ° carry the study in which they were read (`source`), the place in it
(`locator`), how it was read, whether it is disputed, and notes; the drawing leaves that
relation out. A quantity is what the source printed, `…_as_reported`, and the numbers
and the qualifier that are derived from it.
"""


class Command(BaseCommand):
    help = "Print docs/data-model.md: the models, drawn, and what one row of each is."
    requires_system_checks = ()

    def handle(self, **options):
        self.stdout.write(data_model(), ending="")


def data_model():
    """The page, Markdown with a Mermaid diagram."""
    models = [model for model in apps.get_models() if _is_own(model)]
    lines = [INTRODUCTION, "```mermaid", "erDiagram"]
    lines += [f"    {line}" for model in models for line in _relations(model)]
    lines += ["```", "", "| model | one row is | relations | quantities |"]
    lines += ["|---|---|---|---|"]
    lines += [_row(model) for model in models]
    return "\n".join(lines) + "\n"


def _is_own(model):
    """Whether the model is the project's, not a package's."""
    path = Path(apps.get_app_config(model._meta.app_label).path)
    return path.parent == settings.BASE_DIR


def _own_relations(model):
    """Its foreign keys and lists, without what each `Sourced` has or others hold."""
    return [
        field
        for field in (*model._meta.fields, *model._meta.many_to_many)
        if field.is_relation
        and field.name != "source"
        and (not field.many_to_many or field.remote_field.through._meta.auto_created)
    ]


def _relations(model):
    for field in _own_relations(model):
        one = "o|" if field.null else "||"
        line = "}o--" + ("o{" if field.many_to_many else one)
        yield (
            f"{model.__name__} {line} {field.related_model.__name__} : "
            f'"{field.verbose_name}"'
        )


def _row(model):
    paragraph = " ".join(model.__doc__.strip().split("\n\n")[0].split())
    name = f"{model.__name__}{'°' if issubclass(model, Sourced) else ''}"
    relations = [f"`{field.name}`" for field in _own_relations(model)]
    quantities = [
        f"`{name}`{_unit(field.unit)}" for name, field in quantity_fields(model).items()
    ]
    cells = (name, capfirst(paragraph), ", ".join(relations), ", ".join(quantities))
    return f"| {' | '.join(cells)} |"


def _unit(unit):
    """ " (nm)"; "" where each row has its own."""
    return "" if callable(unit) else f" ({unit})"
