"""The page that sets cycling tests side by side."""

from collections import Counter

from django.urls import reverse
from django.views.generic import TemplateView

from materials.analysis.gains import stored_uplift
from materials.analysis.plots import name_of, stated_values
from materials.models import CyclingTest
from materials.questions import MOST_TESTS, PlotQuestion


class CompareView(TemplateView):
    """A few cycling tests: plot, conditions, gains over their controls, sources.

    A wrong choice is answered with what is wrong and status 400.
    """

    template_name = "materials/compare.html"

    def get(self, request):
        asked = PlotQuestion.filled(request.GET)
        question = PlotQuestion(
            asked,
            CyclingTest.objects.published(),
            request=request,
            other_parameters=(),
        )
        errors = dict(question.errors) if asked else {}
        counts = Counter(asked.getlist("test"))
        if repeated := [slug for slug, count in counts.items() if count > 1]:
            errors["test"] = [f"Named more than once: {', '.join(repeated)}."]
        complaints = [(name, messages, None) for name, messages in errors.items()]
        context = self.get_context_data(errors=errors, complaints=complaints)
        if asked and not errors:
            context |= self.comparison(question)
        elif errors:
            context["named"] = self.named(asked.getlist("test"))
        return self.render_to_response(context, status=400 if errors else 200)

    def named(self, slugs):
        """The known tests among those named, each with the address without it."""
        known = [slug for slug in slugs if slug.isprintable()]  # no database has others
        tests = CyclingTest.objects.published().for_list().filter(slug__in=known)
        found = {test.slug: test for test in tests[: 2 * MOST_TESTS]}
        return [
            (test, self.address({"test": others}) if others else None)
            for slug, test in found.items()
            for others in [[other for other in found if other != slug]]
        ]

    def comparison(self, question):
        """The context of tests that can be set side by side."""
        tests, plot, comparability = question.tests, question.plot, question.answer
        shown = plot.value if plot else question.form.cleaned_data["value"]
        return {
            "tests": [
                (test, self.address({"test": rest}) if len(rest) > 1 else None)
                for test in tests
                for rest in [[other.slug for other in tests if other is not test]]
            ],
            "plot": plot,
            "values": [
                (
                    name_of(value),
                    count,
                    self.address({"test": [t.slug for t in tests], "value": [value]}),
                    value == shown,
                )
                for value, count in stated_values(tests).items()
            ],
            "comparability": comparability,
            "conditions": [
                (one, list(zip(tests, one.values, strict=True)))
                for one in comparability.conditions
                if any(one.values)
            ],
            "not_known": [
                one.label for one in comparability.conditions if not any(one.values)
            ],
            "uplifts": [
                (number, gain)
                for number, test in enumerate(tests, 1)
                if (gain := stored_uplift(test))
            ],
            "api_url": self.address(
                {"test": [test.slug for test in tests]}, reverse("api:comparability")
            ),
        }

    def address(self, parameters, path=None):
        query = self.request.GET.copy()
        query.clear()
        for name, values in parameters.items():
            query.setlist(name, values)
        return f"{path or self.request.path}?{query.urlencode()}"
