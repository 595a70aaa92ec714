from django.db import migrations, models

import asei_db.lib.search

# The words are those between spaces: to FTS5's ASCII tokenizer, every letter that is
# not ASCII is one of a word. Which words a row has is enough, not where they stand.
SQLITE = """
CREATE VIRTUAL TABLE literature_searchentry USING fts5(
    text, tokenize = 'ascii', detail = 'none', columnsize = 0, prefix = '1 2'
)
"""
POSTGRESQL = """
CREATE TABLE literature_searchentry (
    rowid bigint PRIMARY KEY,
    text text NOT NULL,
    words tsvector NOT NULL
        GENERATED ALWAYS AS (array_to_tsvector(string_to_array(btrim(text), ' '))) STORED
);
CREATE INDEX literature_searchentry_words ON literature_searchentry USING gin (words)
"""


def create(apps, schema_editor):
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    schema_editor.execute(SQLITE if is_sqlite else POSTGRESQL)


def delete(apps, schema_editor):
    schema_editor.execute("DROP TABLE literature_searchentry")


class Migration(migrations.Migration):
    """Adds what search asks: all empty until `manage.py derive`."""

    dependencies = [
        ("literature", "0007_tags"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(create, delete)],
            state_operations=[
                migrations.CreateModel(
                    name="SearchEntry",
                    fields=[
                        (
                            "rowid",
                            models.BigIntegerField(primary_key=True, serialize=False),
                        ),
                        ("text", models.TextField()),
                    ],
                    options={"verbose_name_plural": "search entries"},
                ),
            ],
        ),
        migrations.CreateModel(
            name="RecordCount",
            fields=[
                (
                    "place",
                    models.PositiveSmallIntegerField(primary_key=True, serialize=False),
                ),
                ("number", models.PositiveBigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "ending",
                        "word",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("ending", asei_db.lib.search.CodePointField()),
                ("word", asei_db.lib.search.CodePointField()),
            ],
        ),
        migrations.CreateModel(
            name="Identifier",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("kind", models.PositiveSmallIntegerField()),
                ("key", models.BigIntegerField()),
                ("value", asei_db.lib.search.CodePointField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "key", "value"),
                        name="literature_identifier_unique",
                    )
                ],
                "indexes": [
                    models.Index(
                        fields=["value", "kind", "key"],
                        name="literature_identifier_found",
                    )
                ],
            },
        ),
    ]
