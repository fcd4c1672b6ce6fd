"""The three locks: each holds the one before it, and none tells where it was made."""

import re
import tomllib

import pytest

from local.stack import PROJECT

LOCKS = ("requirements.txt", "requirements-local.txt", "requirements-dev.txt")


def pins(name):
    return set(re.findall(r"^([a-z0-9.-]+(?:\[[a-z,]+\])?==\S+)", (PROJECT / name).read_text(), re.M))


def test_each_lock_holds_the_one_before_it():
    runtime, local, dev = map(pins, LOCKS)
    assert runtime < local < dev


@pytest.mark.parametrize("name", LOCKS)
def test_locks_name_no_registry_and_no_folder(name):
    text = (PROJECT / name).read_text()
    assert not re.search(r"://|index-url|find-links|trusted-host|(^|\s)/\w", text)
    assert text.count("--hash=sha256:") > len(pins(name))


def test_every_dependency_is_locked():
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    for wanted, lock in zip((project["dependencies"], extras["local"], extras["dev"]), LOCKS, strict=True):
        locked = {re.split(r"[=\[]", pin)[0] for pin in pins(lock)}
        assert {re.split(r"[~=<>\[]", name)[0].lower() for name in wanted} <= locked
