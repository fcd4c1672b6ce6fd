"""Which operations `make fuzz` takes, what it sends them, and what it says of them."""

import signal
import subprocess
import sys

import pytest

from accounts.models import User
from local import fuzz_rows
from local.fuzz import done, is_broken, judged, mostly, share_of


def test_after_all_the_shares_every_operation_had_its_turn_once():
    operations = [f"GET /api/v1/{number}/" for number in range(103)]
    shares = [share_of(operations, f"{which}/20") for which in range(1, 21)]
    assert sorted(name for share in shares for name in share) == sorted(operations)
    assert {len(share) for share in shares} == {5, 6}


def test_what_was_not_reached_in_the_time_has_not_passed():
    both, one = {"coverage": [9, 1.0], "fuzzing": [200, 3.0]}, {"coverage": [9, 1.0]}
    sent = {
        "GET /whole/": {"phases": both, "failed": False},
        "GET /half/": {"phases": one, "failed": False},
        "GET /wrong/": {"phases": one, "failed": True},
    }
    passed, failed, missed = judged([*sent, "GET /never/"], sent)
    assert (passed, failed, missed) == (["GET /whole/"], ["GET /wrong/"], ["GET /half/", "GET /never/"])


def test_it_says_what_mostly_refused_an_operation_that_was_never_done():
    assert done({"400": 3, "201": 1}) and not done({"400": 3, "409 bed_taken": 2})
    assert mostly({"404": 1, "409 bed_taken": 7, "400": 2}) == "7 × 409 bed_taken, 2 × 400, 1 × 404"


def test_what_it_starts_is_told_that_time_is_up_also_when_it_was_begun_in_the_background():
    asks = "import signal; print(signal.getsignal(signal.SIGINT) is signal.SIG_IGN)"
    begun = f"import subprocess, sys\nsubprocess.run([sys.executable, '-c', {asks!r}])"
    heeding = f"from local.fuzz import heed_signals\nheed_signals()\n{begun}"
    deaf = {"preexec_fn": lambda: signal.signal(signal.SIGINT, signal.SIG_IGN), "stdout": subprocess.PIPE}
    said = [subprocess.run([sys.executable, "-c", code], text=True, **deaf).stdout for code in (begun, heeding)]
    assert said == ["True\n", "False\n"]


def test_what_is_told_to_stop_may_end_with_anything_but_being_killed():
    told = {status: is_broken(status, True) for status in (0, 1, 130, -signal.SIGINT, -signal.SIGKILL)}
    assert [status for status, broken in told.items() if broken] == [-signal.SIGKILL]
    assert [is_broken(status, False) for status in (0, 1, 130)] == [False, True, True]


@pytest.mark.slow
def test_every_noun_has_a_row_and_every_verb_one_it_can_be_done_to_with_the_body_given(db, api, monkeypatch):
    monkeypatch.setenv("DEMO_PASSWORD", "a long road home")
    fuzz_rows.fill()
    found = fuzz_rows.keys("seed")
    assert [noun for noun, keys in found["rows"].items() if not keys] == []
    assert [verb for verb, keys in found["fit"].items() if not keys] == []
    told = found["keys"]["POST /api/v1/handovers/"]
    assert (told["facility"], told["occurred_at"], told["person.phone"]) == ("facilities", "a past", "a phone")
    client = api(User.objects.get(username=fuzz_rows.EVERYBODY))
    for name, body in found["bodies"].items():
        paths = [name.split()[1].replace("{id}", str(row)) for row in found["fit"].get(name, [""])]
        assert any(client.post(path, body, format="json").status_code in {200, 201} for path in paths), name
