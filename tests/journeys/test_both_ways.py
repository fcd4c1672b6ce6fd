"""Two people, in two languages, with everything real: mail server, provider of texts, web, worker, broker.

The first check-in is answered on the page that a letter led to. The next one is not answered by mail, so a text goes,
and is answered by text; then they want fewer, and then no more.
"""

import json
import re
import shutil
import time
from datetime import timedelta

import psycopg
import pytest
import requests
from twilio.request_validator import RequestValidator

from config.database import url_for
from local.crowd import fall_due
from local.stack import DATABASE, Stack, free_port
from tests.messaging.test_email import Handler, Server

PEOPLE = {
    "en": {
        "email": "ann@example.org", "number": "+12125550171", "begin": "yes", "skip": "skip", "fewer": "Fewer",
        "stop": "Stop please", "done": "that is all", "fewer_said": "fewer messages", "stopped": "no more messages",
    },
    "es": {
        "email": "ana@example.org", "number": "+12125550172", "begin": "Sí", "skip": "saltar", "fewer": "MENOS",
        "stop": "Alto", "done": "eso es todo", "fewer_said": "menos mensajes", "stopped": "no recibirá más mensajes",
    },
}  # fmt: skip
FILL = """
from aftercare.actions import links
from local import crowd
from patients import actions as patients
place, staff = crowd.a_place("Harbor House", sends=True)
nurse = staff["nurse"]
for language, email, number in {people}:
    person = crowd.somebody(place, staff, number=number).patient
    patients.amend(person, language=language, by=nurse)
    fields = dict(channel="email", value=email, position=0, scopes=["check_in"])
    patients.verify(patients.add_contact_point(person, by=nurse, **fields), by=nurse)
    links.choose_safe_word(person, word="green kettle", by=nurse)
"""


class Mailed(Stack):
    """The whole system, which hands letters to this mail server."""

    def __init__(self, base, mail):
        super().__init__(base)
        self.mail = mail

    def environment(self, role="web"):
        letters = {"EMAIL_URL": f"smtp://127.0.0.1:{self.mail.port}", "DEFAULT_FROM_EMAIL": "hello@example.org"}
        return {**super().environment(role), **letters, "TICK_SECONDS": "1"}

    def fill(self):
        """Two people with a check-in owed."""
        people = [(language, one["email"], one["number"]) for language, one in PEOPLE.items()]
        self.manage("shell", "-v", "0", "-c", FILL.format(people=people))

    def ask(self, sql, *params):
        with psycopg.connect(url_for(self.postgres.url, "owner", DATABASE), autocommit=True) as link:
            cursor = link.execute(sql, params or None)
            return cursor.fetchall() if cursor.description else []

    def due(self, duty):
        with psycopg.connect(url_for(self.postgres.url, "owner", DATABASE)) as link:
            fall_due(link.cursor(), [duty], timedelta(seconds=1))
            link.execute("UPDATE aftercare_checkin SET due_at = now() WHERE duty_id = %s", [duty])


@pytest.fixture
def system(tmp_path):
    mail = Server(Handler(), hostname="127.0.0.1", port=free_port(18900))
    mail.start()
    stack = Mailed(tmp_path / "run", mail)
    try:
        stack.start()
        yield stack
    finally:
        stack.stop()
        mail.stop()
        shutil.rmtree(stack.postgres.folder, ignore_errors=True)


def until(true, what):
    """What it is, as soon as it is anything."""
    deadline = time.monotonic() + 60
    while not (found := true()):
        assert time.monotonic() < deadline, what
        time.sleep(0.3)
    return found


class Person:
    """What somebody gets and does, over the wire."""

    def __init__(self, system, language):
        self.system, self.language, self.says = system, language, PEOPLE[language]

    def letters(self):
        return [one for one in self.system.mail.handler.taken if one["To"] == self.says["email"]]

    def texts(self):
        taken = json.loads(requests.get(f"{self.system.sms_url}/messages", timeout=10).text)
        return [one["body"] for one in taken if one["to"] == self.says["number"]]

    def write(self, body):
        """Write back, and read what is answered."""
        before = len(self.texts())
        requests.post(f"{self.system.sms_url}/answer", {"number": self.says["number"], "body": body}, timeout=10)
        return until(lambda: self.texts()[before:], f"no answer to {body}")[0]

    def check_in(self):
        """The duty of the one that is open, or nothing."""
        found = self.system.ask(
            "SELECT c.duty_id FROM aftercare_checkin c JOIN patients_contactpoint p ON p.patient_id = c.patient_id"
            " WHERE p.value = %s AND c.closed_at IS NULL",
            self.says["email"],
        )
        return found[0][0] if found else None

    def answers(self):
        """How each was given."""
        found = self.system.ask(
            "SELECT a.how FROM aftercare_answer a JOIN patients_contactpoint p ON p.patient_id = a.patient_id"
            " WHERE p.value = %s ORDER BY a.id",
            self.says["email"],
        )
        return [how for (how,) in found]

    def one(self, sql):
        """One fact of theirs."""
        of = f"patient_id = (SELECT patient_id FROM patients_contactpoint WHERE value = '{self.says['email']}')"
        return self.system.ask(sql.format(of=of))[0][0]


def answers_on_the_page(person, address):
    """The word, a page of answers, and the rest left out; in their language, with no cookie and no script."""
    page = requests.get(address, timeout=20)
    assert f'<html lang="{person.language}">' in page.text and len(page.content) <= 50_000
    page = requests.post(address, {"step": "enter", "word": "Green KETTLE"}, timeout=20)
    said = {
        "q.craving": "20",
        "q.ketamine_days": "0",
        "q.used_other": "no",
        "q.safe_now": "yes",
        "l": person.language,
    }
    for _ in range(20):
        assert page.status_code == 200 and len(page.content) <= 50_000
        form = {"pass": re.search(r'name="pass" value="([^"]+)"', page.text)[1], **said}
        form["asked"] = re.findall(r'name="asked" value="(\w+)"', page.text)
        last = 'value="send"' in page.text
        step = "send" if last else "save" if form["asked"] else "show"
        page = requests.post(address, form | {"step": step}, timeout=20)
        if last:
            return
    raise AssertionError("the page never ended")


def goes_both_ways(system, language):
    person = Person(system, language)
    # When the first falls due, a letter comes by the way they chose first; its link takes the answers
    first = person.check_in()
    system.due(first)
    [letter] = until(person.letters, "no letter came")
    body = letter.get_payload(decode=True).decode()
    assert not person.texts() and letter["From"].endswith("<hello@example.org>")
    assert letter["List-Unsubscribe"].strip().startswith(f"<{system.url}/c/s/")
    answers_on_the_page(person, re.search(rf"{re.escape(system.url)}/c/\w{{26}}", body)[0])
    second = until(lambda: person.check_in() not in (None, first) and person.check_in(), "no next check-in")
    assert person.answers() == ["link"]
    # When nobody answers the next letter, a text goes four hours later; it is answered digit by digit
    system.due(second)
    until(lambda: len(person.letters()) == 2, "no second letter came")
    system.ask(
        "UPDATE duties_duty SET anchor_at = anchor_at - interval '4 hours', next_action_at = now() WHERE id = %s",
        second,
    )
    until(person.texts, "no text came")
    said = person.write(person.says["begin"])
    assert person.says["skip"].upper() in said
    for number in range(40):
        if person.says["done"] in said:
            break
        said = person.write("30" if number == 0 else person.says["skip"])
    assert person.says["done"] in said and person.answers() == ["link", "sms"]
    # They want fewer, and say so
    assert person.says["fewer_said"] in person.write(person.says["fewer"])
    assert person.one("SELECT pace FROM aftercare_aftercareplan WHERE {of}") == 2
    # And then no more: one confirmation, nothing is owed but a look at what follows, and nothing more goes
    third = person.check_in()
    assert third and person.says["stopped"] in person.write(person.says["stop"])
    assert person.check_in() is None
    heard = len(person.letters()), len(person.texts())
    owed = "SELECT count(*) FROM duties_duty d JOIN duties_ladder l ON l.id = d.ladder_id WHERE d.closed_at IS NULL"
    assert person.one(owed + " AND l.slug = 'withdrew_review' AND d.{of}") == 1
    time.sleep(4)
    assert (len(person.letters()), len(person.texts())) == heard == (2, heard[1])


def nobody_else_is_heard(system):
    """What the provider did not sign is refused, and what it says twice is done once."""
    address, number = f"{system.url}/sms/messages/", PEOPLE["en"]["number"]
    form = {"MessageSid": "SM-twice", "From": number, "Body": "hello again"}
    assert requests.post(address, form, headers={"X-Twilio-Signature": "made up"}, timeout=10).status_code == 403
    signed = RequestValidator(system.environment()["SMS_TOKEN"]).compute_signature(address, form)
    for _ in range(2):
        assert requests.post(address, form, headers={"X-Twilio-Signature": signed}, timeout=10).status_code == 200
    assert system.ask("SELECT count(*) FROM messaging_inboundmessage WHERE provider_id = 'SM-twice'")[0][0] == 1


@pytest.mark.slow
def test_check_ins_go_out_and_answers_come_back_by_mail_and_by_text(system):
    for language in PEOPLE:
        goes_both_ways(system, language)
    nobody_else_is_heard(system)
