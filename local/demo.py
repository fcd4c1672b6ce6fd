"""`make demo`: run `manage.py demo` against the system that `make run` has started."""

from __future__ import annotations

import json
import os
import sys

from local.parts import PartFailed
from local.stack import PROJECT, Stack

BASE = PROJECT / ".local"


def main(arguments: list[str]) -> None:
    """Become the demo, in the environment of the running system."""
    try:
        port = json.loads((BASE / "run.json").read_text())["port"]
        stack = Stack(BASE, port)
        running = stack.claimed()
    except (OSError, ValueError, KeyError, PartFailed):
        running = False
    if not running:
        sys.exit("Nothing is running yet. Start the system with `make run` in another terminal first.")
    os.chdir(PROJECT)
    os.execve(sys.executable, [sys.executable, "manage.py", "demo", *arguments], stack.environment())


if __name__ == "__main__":
    main(sys.argv[1:])
