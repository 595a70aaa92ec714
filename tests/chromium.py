"""Where the installed Chromium is; `python -m tests.chromium` prints it."""

import shutil
import sys

NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]


def chromium_path():
    """The path of the first installed browser, or None."""
    return next(filter(None, map(shutil.which, NAMES)), None)


if __name__ == "__main__":
    print(chromium_path() or sys.exit("No Chromium found."))
