from io import StringIO

from django.core.management import call_command
from django.test import TestCase

from asei_db.lib import deriving
from materials.models import CharacterizationUse, Coating, Material
from precursors.models import Precursor
from tests.curated import load_literature
from tests.factories import create_coating, create_method, create_study


def derive():
    """What the command reports, and what it complains of."""
    deriving.flush()
    out, err = StringIO(), StringIO()
    call_command("derive", stdout=out, stderr=err, verbosity=0)
    return out.getvalue().splitlines(), err.getvalue()


class DeriveTests(TestCase):
    def test_what_is_current_stays_as_it_is(self):
        load_literature()
        self.assertEqual(derive(), (["What is derived is current."], ""))

    def test_whatever_is_out_of_date_is_derived_and_counted(self):
        load_literature()
        tma, coatings = Precursor.objects.filter(slug="tma"), Coating.objects
        before = (
            tma.values().get(),
            list(coatings.values().order_by("pk")),
            list(Material.objects.values_list("pk", "search_text", "name_sort_key")),
            CharacterizationUse.objects.count(),
        )
        tma.update(structure_svg="", inchi_key="")
        thick = coatings.exclude(thickness_as_reported="")
        thick.update(thickness_max_nm=None, thickness_min_nm=1, thickness_qualifier="≥")
        Material.objects.update(search_text="", name_sort_key="")
        uses = CharacterizationUse.objects.filter(
            coating=coatings.filter(characterization_uses__isnull=False).first()
        )
        uses.delete()
        report, complaints = derive()
        self.assertEqual(complaints, "")
        self.assertIn("1 precursor changed", report)
        materials = Material.objects.count()
        self.assertIn(f"{materials} materials found or sorted otherwise", report)
        after = (
            tma.values().get(),
            list(coatings.values().order_by("pk")),
            list(Material.objects.values_list("pk", "search_text", "name_sort_key")),
            CharacterizationUse.objects.count(),
        )
        self.assertEqual(after, before)

    def test_what_cannot_be_derived_is_named_and_left(self):
        coating = create_coating(source=create_study(), thickness="5 nm")
        Coating.objects.update(thickness_as_reported="five or so")
        other = create_coating(thickness="7 nm")
        Coating.objects.filter(pk=other.pk).update(thickness_min_nm=6)
        report, complaints = derive()
        self.assertIn(f"coating {coating.pk}", complaints)
        self.assertIn("five or so", complaints)
        changed = ["1 coating changed", "1 coating answered otherwise"]
        self.assertEqual(report, changed)
        coating.refresh_from_db()
        other.refresh_from_db()
        self.assertEqual((coating.thickness_min_nm, other.thickness_min_nm), (5, 7))

    def test_a_method_that_is_no_longer_known_is_named(self):
        create_method("SEM")
        create_coating(characterization_as_reported="SEM")
        Coating.objects.update(characterization_as_reported="SEM, magic")
        self.assertIn("magic", derive()[1])
