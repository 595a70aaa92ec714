from django.db import migrations

REVIEW = "dalton-trans-2025-54-10492"
SEI = "text, section SEI layer characteristics"
PROSPECTIVE = "text, section Prospective ASEI materials by ALD/MLD"

# By what was typed, in lower case.
CONSTITUENTS = {
    "lif": "lif",
    "lithium fluoride": "lif",
    "li2o": "li2o",
    "lithium oxide": "li2o",
    "li2co3": "li2co3",
    "lithium carbonate": "li2co3",
    "naf": "naf",
    "sodium fluoride": "naf",
    "roli": "roli",
    "roco2li": "roco2li",
    "rcooli": "rcooli",
    "lithium ethylene carbonate": "lithium_ethylene_carbonate",
    "li ethylene carbonate": "lithium_ethylene_carbonate",
}

# Where the review says it of curated films, by film and constituent.
CURATED = {
    ("lif", "lif"): SEI,
    ("naf", "naf"): "text, section Protective barrier coatings",
    ("li2o", "li2o"): SEI,
    ("li2co3", "li2co3"): SEI,
    ("li-eg-co2", "lithium_ethylene_carbonate"): PROSPECTIVE,
}

# No source says it: the film itself is Li2O.
MISTAKEN = ("lioh", "lioh")


def convert(apps, schema_editor):
    """Make a relation of each text; one that no constituent is called is a note."""
    Material = apps.get_model("materials", "Material")
    SeiRelation = apps.get_model("materials", "SeiRelation")
    Study = apps.get_model("literature", "Study")
    review = Study.objects.filter(slug=REVIEW).first()
    for material in Material.objects.exclude(sei_constituents=[]).order_by("pk"):
        left = []
        for text in material.sei_constituents:
            word = text.strip().lower()
            constituent = CONSTITUENTS.get(word)
            if (material.slug, word) == MISTAKEN:
                continue
            if constituent is None:
                left.append(text)
                continue
            source, locator = material.source, material.locator
            if review and (material.slug, constituent) in CURATED:
                source, locator = review, CURATED[material.slug, constituent]
            SeiRelation.objects.get_or_create(
                material=material,
                role="mimics",
                constituent=constituent,
                source=source,
                defaults={"locator": locator},
            )
        if left:
            note = f"Mimics, in a natural SEI: {', '.join(left)}."
            material.notes = "\n".join(filter(None, [material.notes, note]))
            material.save(update_fields=["notes"])


class Migration(migrations.Migration):
    dependencies = [("materials", "0007_sei_relations")]

    operations = [migrations.RunPython(convert, migrations.RunPython.noop)]
