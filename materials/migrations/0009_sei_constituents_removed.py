from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("materials", "0008_sei_constituents_to_relations")]

    operations = [
        migrations.RemoveField(model_name="material", name="sei_constituents"),
    ]
