"""What a careful reviewer checks: `manage.py check_data` and the admin run it.

A check is a function of one record that yields a sentence for each problem; its name
and the first line of its docstring say what it wants. Errors are surely wrong. Warnings
may be right, and a note on the record should then say why.
"""

from materials.checks import rules  # noqa: F401 (declares the checks)
from materials.checks.registry import (
    CHECKS,
    Check,
    Problem,
    Severity,
    all_problems,
    check,
    problems_of,
)

__all__ = [
    "CHECKS",
    "Check",
    "Problem",
    "Severity",
    "all_problems",
    "check",
    "problems_of",
]
