from django.db import migrations, models

from precursors import structures


def draw_structures(apps, schema_editor):
    for precursor in apps.get_model("precursors.Precursor").objects.exclude(smiles=""):
        precursor.structure_svg = structures.draw(precursor.smiles)
        precursor.inchi_key = (
            structures.inchi_key(precursor.smiles) or precursor.inchi_key
        )
        precursor.save()


class Migration(migrations.Migration):
    dependencies = [
        ("precursors", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="precursor",
            name="structure_svg",
            field=models.TextField(
                blank=True,
                editable=False,
                help_text="SVG, drawn from the SMILES whenever the row is saved.",
                verbose_name="structure drawing",
            ),
        ),
        migrations.AlterField(
            model_name="precursor",
            name="inchi_key",
            field=models.CharField(
                blank=True,
                help_text="Where there is a SMILES, it is that of the SMILES.",
                max_length=27,
                verbose_name="InChIKey",
            ),
        ),
        migrations.RunPython(draw_structures, migrations.RunPython.noop),
    ]
