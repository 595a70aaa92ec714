import yaml
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from asei_db.lib.identifiers import normalize_doi, validate_doi
from asei_db.lib.plurals import number_of
from literature.completing import (
    Fill,
    Left,
    Merge,
    NumberingError,
    ask,
    plan,
    write,
)
from literature.crossref import API, Crossref, CrossrefError
from literature.merging import MergeError
from literature.models import Study


class Command(BaseCommand):
    help = (
        "Ask Crossref for the reference list of a review, and for each work of it that "
        "lacks a bibliographic field; report what would be filled and merged. Nothing "
        "that somebody typed is changed."
    )

    def add_arguments(self, parser):
        parser.add_argument("review_doi", help="of a review that is here")
        parser.add_argument(
            "--write", action="store_true", help="write it, all or nothing"
        )
        parser.add_argument(
            "--api", default=API, help=f"address of the API (default: {API})"
        )

    def handle(self, *, review_doi, api, **options):
        try:
            validate_email(settings.CROSSREF_MAILTO)
        except ValidationError as error:
            raise CommandError(
                "Set CROSSREF_MAILTO to an e-mail address: Crossref wants to know whom "
                "to write to."
            ) from error
        review = find_review(review_doi)
        try:
            with Crossref(settings.CROSSREF_MAILTO, api) as crossref:
                known = ask(crossref, review)
            changes = plan(review, known)
            self.report(changes)
            if options["write"]:
                write(changes)
        except (CrossrefError, NumberingError, MergeError) as error:
            raise CommandError(f"Nothing was written. {error}") from error
        except ValidationError as error:
            messages = " ".join(error.messages)
            raise CommandError(f"Nothing was written. {messages}") from error
        done = "All was written." if options["write"] else "Nothing was written yet."
        fills, merges, left = (
            sum(isinstance(one, kind) for one in changes)
            for kind in (Fill, Merge, Left)
        )
        self.stdout.write(
            f"{number_of(fills, 'study', 'studies')} to fill, {merges} to merge, "
            f"{left} left as they are. {done}"
        )

    def report(self, changes):
        """Say what is filled as the records of a fixture, the rest as its comments."""
        for change in changes:
            if isinstance(change, Left):
                self.stdout.write(f"# Ref. {change.number} is left: {change.reason}")
                continue
            study = change.study
            if isinstance(change, Merge):
                self.stdout.write(
                    f"# {study.slug} is the same work as {change.kept.slug}"
                )
                study = change.kept
            for reason in change.refused:
                self.stdout.write(f"# {study.slug}: left out is {reason}")
            if change.values:
                record = {"slug": study.slug, **change.values}
                lines = yaml.safe_dump([record], allow_unicode=True, sort_keys=False)
                self.stdout.write(lines.rstrip())


def find_review(text):
    """The study with the DOI; CommandError."""
    try:
        validate_doi(text)
    except ValidationError as error:
        raise CommandError(" ".join(error.messages)) from error
    doi = normalize_doi(text)
    review = Study.objects.filter(doi=doi).first()
    if review is None:
        raise CommandError(f"No study here has the DOI {doi}.")
    return review
