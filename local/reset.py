"""`make reset`: remove all data of `make run`, so that the next start begins with a new demo clinic."""

from __future__ import annotations

import shutil
import sys

from local.parts import PartFailed
from local.stack import PROJECT, Stack

BASE = PROJECT / ".local"


def main() -> None:
    """Remove the data, unless the system is running."""
    if not BASE.exists():
        sys.exit("There is no data yet.")
    stack = Stack(BASE)
    stack.claim()
    stack.stop()  # left over when a launcher was killed
    shutil.rmtree(stack.postgres.folder, ignore_errors=True)
    shutil.rmtree(BASE)
    print("All data of `make run` is removed.")


if __name__ == "__main__":
    try:
        main()
    except PartFailed as error:
        sys.exit(str(error))
