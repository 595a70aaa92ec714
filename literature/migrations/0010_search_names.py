from django.db import migrations, models

# Words of names have a sign in front: beginnings of two letters are three signs then.
SQLITE = """
CREATE VIRTUAL TABLE literature_searchentry USING fts5(
    text, tokenize = 'ascii', detail = 'none', columnsize = 0, prefix = '1 2 3'
)
"""


def create(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TABLE literature_searchentry")
        schema_editor.execute(SQLITE)
    else:
        schema_editor.execute("DELETE FROM literature_searchentry")


class Migration(migrations.Migration):
    """Empties what search asks and gives it names: run `manage.py derive` after it."""

    dependencies = [
        ("literature", "0009_entries"),
    ]

    operations = [
        migrations.RunPython(create, migrations.RunPython.noop),
        migrations.RunSQL("DELETE FROM literature_recordcount", migrations.RunSQL.noop),
        migrations.RunSQL("DELETE FROM literature_identifier", migrations.RunSQL.noop),
        migrations.AddField(
            model_name="identifier",
            name="role",
            field=models.PositiveSmallIntegerField(
                choices=[
                    (1, "name"),
                    (2, "also called"),
                    (3, "by"),
                    (4, "title"),
                    (11, "DOI"),
                    (12, "CAS"),
                    (13, "InChIKey"),
                    (14, "PubChem CID"),
                    (15, "ref."),
                    (16, "slug"),
                ],
                default=16,
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="identifier",
            name="text",
            field=models.TextField(default=""),
            preserve_default=False,
        ),
    ]
