"""On which substrates processes have been used."""

from materials.entries import CoatingEntry
from materials.models import Substrate


def give_uses(processes):
    """Give processes `used_on`: the substrates they coated, by name; two queries."""
    pairs = set(
        CoatingEntry.objects.order_by()
        .filter(process__in=[process.pk for process in processes])
        .exclude(substrate=None)
        .values_list("process", "substrate")
    )
    substrates = Substrate.objects.in_bulk({substrate for _, substrate in pairs})
    for process in processes:
        process.used_on = sorted(
            (substrates[key] for owner, key in pairs if owner == process.pk),
            key=lambda substrate: substrate.label.casefold(),
        )
