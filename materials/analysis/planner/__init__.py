"""Can a reactor run a process?

`rules` says so of one process, with its reasons; `bounds` sums up what each process
needs, so that `plans` judges all of them in the database; `needs` derives that.
"""

from materials.analysis.planner.plans import Plans
from materials.analysis.planner.rules import (
    MARGIN_CELSIUS,
    Limits,
    Plan,
    Subject,
    Verdict,
    assess,
)

__all__ = [
    "MARGIN_CELSIUS",
    "Limits",
    "Plan",
    "Plans",
    "Subject",
    "Verdict",
    "assess",
]
