"""Which operations `make fuzz` takes, what it sends them, and what it says of them."""

import json
import signal
import subprocess
import sys
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from schemathesis.core.failures import Failure
from schemathesis.engine import Status
from schemathesis.engine.events import ScenarioFinished
from schemathesis.engine.recorder import ScenarioRecorder
from schemathesis.engine.run import PhaseName

from accounts.models import User
from local import fuzz_rows
from local.fuzz import done, is_broken, judged, mostly, report, share_of


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


def test_what_is_told_to_stop_may_end_with_anything():
    statuses = (0, 1, 130, -signal.SIGINT, -signal.SIGKILL)
    assert [status for status in statuses if is_broken(status, True)] == []
    assert [status for status in statuses if not is_broken(status, False)] == [0]


@pytest.fixture
def tally(monkeypatch, tmp_path):
    """What Schemathesis writes down for whoever started it, and where."""
    (tmp_path / "rows").write_text(json.dumps({key: {} for key in ("rows", "fit", "keys", "bodies", "made")}))
    monkeypatch.setenv("FUZZ_ROWS", str(tmp_path / "rows"))
    monkeypatch.setenv("FUZZ_TALLY", str(tmp_path / "tally.json"))
    from local.fuzz_checks import Tally

    return Tally(), tmp_path / "tally.json"


def looked_at(label, status, wrong=False):
    """What Schemathesis says when it has looked at an operation, or was told to stop while it did."""
    recorder = ScenarioRecorder(label=label)
    if wrong:
        failure = Failure(operation=label, title="Undeclared", message="A 418.")
        recorder.record_check_failure(name="declared", case_id="1", code_sample="curl", failure=failure)
    ids, rest = {"id": uuid4(), "suite_id": uuid4()}, {"elapsed_time": 1.0, "skip_reason": None, "is_final": True}
    return ScenarioFinished(label=label, status=status, recorder=recorder, phase=PhaseName.FUZZING, **ids, **rest)


def test_what_was_found_before_time_was_up_is_found(tally):
    teller, written = tally
    teller.handle_event(None, looked_at("GET /cut/", Status.INTERRUPTED))
    teller.handle_event(None, looked_at("GET /wrong/", Status.INTERRUPTED, wrong=True))
    assert {name: one["failed"] for name, one in json.loads(written.read_text()).items()} == {
        "GET /cut/": False,
        "GET /wrong/": True,
    }


def a_run(tmp_path, sent, status=0, time_is_up=False):
    """One process that has ended so, having sent that."""
    (tmp_path / "said").write_text("what it said")
    process = SimpleNamespace(returncode=status)
    return SimpleNamespace(process=process, time_is_up=time_is_up, sent=lambda: sent, said=tmp_path / "said")


def test_running_out_of_its_minutes_is_no_failure_but_asking_nothing_in_them_is(tmp_path):
    one = {"phases": {"coverage": [9, 1.0]}, "failed": False, "sent": 9, "answers": {"200": 9}}
    late, stuck = a_run(tmp_path, {"GET /a/": one}, -9, True), a_run(tmp_path, {}, -9, True)
    assert report(["GET /a/", "GET /b/"], [], [late, stuck]) == (0, 0)
    assert report(["GET /a/", "GET /b/"], [], [stuck, stuck]) == (0, 1)
    assert report([], [], []) == (0, 1)


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
    for name, bodies in found["bodies"].items():
        assert bodies, name
        for key, body in bodies:
            rows = [key] if key else found["fit"].get(name, [""])
            paths = [name.split()[1].replace("{id}", str(row)) for row in rows]
            sent = {"file": ContentFile(body["file"], "file")} if "file" in body else {}
            told = {"data": body | sent, "format": "multipart" if sent else "json"}
            assert any(client.post(path, **told).status_code in {200, 201} for path in paths), name
