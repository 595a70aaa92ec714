"""What the checks of the data find, for curators."""

from collections import Counter, defaultdict

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.urls import path, reverse

from materials.checks import CHECKS, Severity, all_problems, problems_of

admin.site.problems_of = problems_of


class DataChecksMixin:
    """Adds a page of all problems for those who may see the records of the admin."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.data_checks)
        return [path("checks/", view, name="data_checks"), *super().get_urls()]

    def data_checks(self, request):
        """Every problem in the data, drafts included, check by check."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        counts, found = Counter(), defaultdict(list)
        for problem in all_problems():
            names = problem.instance._meta
            url = reverse(
                f"admin:{names.app_label}_{names.model_name}_change",
                args=[problem.instance.pk],
            )
            counts[problem.severity] += 1
            found[problem.check.name].append((problem, url))
        context = self.admin_site.each_context(request) | {
            "title": "Data checks",
            "counts": [(severity, counts[severity]) for severity in Severity],
            "found": [(check, found[check.name]) for check in CHECKS],
        }
        return render(request, "admin/data_checks.html", context)
