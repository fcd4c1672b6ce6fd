"""The demo's client: patient with a system that comes back, and never doing anything twice."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from local import api
from local.api import Api, Refused, Staff, Unreachable, wait_for


@pytest.fixture
def system(monkeypatch):
    """A system that answers with what is in `answers`, one after the other; “cut” hangs up."""
    monkeypatch.setattr(api, "PAUSE", 0.01)
    monkeypatch.setattr(api, "PATIENCE", 0.5)

    class Handler(BaseHTTPRequestHandler):
        def answer(self):
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            server.asked.append((self.command, self.path, self.headers.get("Idempotency-Key"), body))
            answer = server.answers.pop(0) if len(server.answers) > 1 else server.answers[0]
            if answer == "cut":
                return
            status, content = answer
            self.send_response(status)
            self.end_headers()
            self.wfile.write(content if isinstance(content, bytes) else json.dumps(content).encode())

        do_GET = do_POST = answer

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.asked, server.answers = [], []
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def staff(system):
    return Staff(Api(f"http://127.0.0.1:{system.server_port}"), "nurse", "a-token")


def test_a_verb_is_sent_again_under_the_same_key_until_it_is_answered(system):
    system.answers = ["cut", (500, b"<html>"), (503, {"code": "try_again"}), (429, {}), (200, {"id": "1"})]
    assert staff(system).do("episodes/1/admit", program="p") == {"id": "1"}
    assert len(system.asked) == 5
    assert len(set(system.asked)) == 1
    assert system.asked[0][2]


def test_every_verb_has_its_own_key(system):
    system.answers = [(200, {})]
    nurse = staff(system)
    nurse.do("episodes/1/admit")
    nurse.do("episodes/1/admit")
    assert len({key for _, _, key, _ in system.asked}) == 2


def test_a_refusal_is_told_at_once(system):
    system.answers = [(409, {"code": "bed_taken", "detail": "The bed is taken."})]
    with pytest.raises(Refused, match=r"The bed is taken\. \(409 bed_taken\)") as refusal:
        staff(system).do("episodes/1/admit")
    assert refusal.value.code == "bed_taken"
    assert len(system.asked) == 1


def test_patience_ends(system):
    system.answers = [(503, {})]
    with pytest.raises(Unreachable, match="answered 503"):
        staff(system).get("episodes/1/")


def test_lists_are_read_page_by_page(system):
    system.answers = [
        (200, {"results": [1, 2], "next": "http://elsewhere/api/v1/beds/?cursor=2&limit=100"}),
        (200, {"results": [3], "next": None}),
    ]
    assert staff(system).list("beds", free="true") == [1, 2, 3]
    assert [path for _, path, *_ in system.asked] == [
        "/api/v1/beds/?limit=100&free=true",
        "/api/v1/beds/?cursor=2&limit=100",
    ]


def test_waiting_ends_with_a_sentence(monkeypatch):
    monkeypatch.setattr(api, "PAUSE", 0.01)
    with pytest.raises(Unreachable, match="the reminder did not come within 0 seconds"):
        wait_for(lambda: None, "the reminder", seconds=0.05)
    assert wait_for(lambda: "here", "the reminder") == "here"
