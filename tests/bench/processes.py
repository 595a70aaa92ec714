"""What processes used, read from /proc: CPU to the nanosecond, memory by peak."""

import os
from contextlib import suppress
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
_GONE = (FileNotFoundError, ProcessLookupError, PermissionError)


class Processes:
    """Some processes and all that they started."""

    def __init__(self, roots):
        self.roots = set(roots)

    def living(self):
        """The numbers of all processes that belong to them now."""
        parents = {}
        for directory in Path("/proc").glob("[0-9]*"):
            with suppress(*_GONE):
                parents[int(directory.name)] = int(_stat(directory)[1])
        found = self.roots & parents.keys()
        while (
            more := {pid for pid, parent in parents.items() if parent in found} - found
        ):
            found |= more
        return found

    def cpu(self):
        """Seconds of CPU so far, of those that ended and were waited for too."""
        total = 0.0
        for pid in self.living():
            directory = Path(f"/proc/{pid}")
            with suppress(*_GONE):
                for task in (directory / "task").iterdir():
                    with suppress(*_GONE):
                        spent = (task / "schedstat").read_text().split()[0]
                        total += int(spent) / 1e9
                # Of children that ended: fields 16 and 17 of the line.
                total += sum(map(int, _stat(directory)[13:15])) / _TICKS
        return total

    def memory(self):
        """Bytes that each process holds, by its number."""
        return self._status("VmRSS")

    def peak(self):
        """Bytes that each process held at most since `forget_peak`, by its number."""
        return self._status("VmHWM")

    def forget_peak(self):
        for pid in self.living():
            with suppress(*_GONE, OSError):
                Path(f"/proc/{pid}/clear_refs").write_text("5")

    def _status(self, name):
        found = {}
        for pid in self.living():
            with suppress(*_GONE):
                for line in Path(f"/proc/{pid}/status").read_text().splitlines():
                    if line.startswith(f"{name}:"):
                        found[pid] = int(line.split()[1]) * 1024
        return found


def _stat(directory):
    """The fields of a process's `stat` from the third on: what stands in brackets
    before may have spaces.
    """
    return (directory / "stat").read_text().rpartition(")")[2].split()
