"""Writes files so that a full disk or a sudden end leaves none of them cut short."""

import os
from contextlib import ExitStack
from pathlib import Path
from tempfile import NamedTemporaryFile


def replace_files(texts):
    """Write `texts`, a mapping of paths to what the files shall hold.

    All are on the disk before the first takes its place. Raises OSError, and then has
    replaced nothing unless renaming itself failed.
    """
    with ExitStack() as stack:
        ready = []
        for path, text in texts.items():
            file = NamedTemporaryFile(  # noqa: SIM115 (closed below, kept until renamed)
                "w", encoding="utf-8", dir=path.parent, delete=False
            )
            stack.callback(Path(file.name).unlink, missing_ok=True)
            with file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            ready.append((Path(file.name), path))
        for written, path in ready:
            written.chmod(path.stat().st_mode if path.exists() else 0o644)
            written.replace(path)
    for folder in {path.parent for path in texts}:
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
