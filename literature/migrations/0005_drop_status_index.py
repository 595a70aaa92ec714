from django.db import migrations


class Migration(migrations.Migration):
    """Drops an index that early databases have, and that misleads SQLite.

    Nearly all studies are published, so it narrows nothing.
    """

    dependencies = [
        ("literature", "0004_data_revision"),
    ]

    operations = [
        migrations.RunSQL(
            "DROP INDEX IF EXISTS literature_study_status", migrations.RunSQL.noop
        ),
    ]
