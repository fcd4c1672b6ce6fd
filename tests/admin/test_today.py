"""Today: each role sees first what is theirs to do, does it there, and sees nobody it may not."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from accounts.models import Facility, Role
from config.pages import BLOCKS
from duties import actions as duties
from patients.models import Episode
from tests import given
from tests.then import duty
from treatment.actions import beds, placements, sessions
from treatment.models import Handover, Incident

from .conftest import address, begin


@pytest.fixture
def front(sign_in):
    """The front page as somebody sees it."""
    return lambda user: sign_in(user).get(reverse("admin:index"))


def test_every_role_has_a_front_page_of_its_own(clinic, front):
    assert set(BLOCKS) == set(Role)
    orders = {role: front(getattr(clinic, role.value)).context["blocks"] for role in Role}
    assert orders["counselor"][:2] == ["admin/today/owed.html", "admin/today/unsigned.html"]
    assert orders["intake"][0] == "admin/today/new.html"
    assert orders["aftercare"][0] == "admin/today/calls.html"
    assert orders["supervisor"][0] == "admin/today/overdue.html"


@pytest.fixture
def midday(clinic):
    """It is about noon at the place, so that an hour ago is today."""
    ahead = 12 - timezone.now().hour
    Facility.objects.filter(pk=clinic.here.pk).update(zone=f"Etc/GMT{-ahead:+d}")


def test_a_draft_waits_for_its_author_alone_and_goes_once_signed(clinic, midday, front):
    episode = given.in_bed(clinic)
    note = given.a_session(episode, clinic)
    page = front(clinic.counselor)
    assert [row["note"] for row in page.context["unsigned"]["rows"]] == [note]
    assert address(note, "do", "sign" if note.text else "write") in page.content.decode()
    assert [row["session"] for row in page.context["sessions"]["rows"]] == [note.session]
    assert front(clinic.nurse).context["unsigned"]["rows"] == []
    sessions.write(note, text="Slept well.", by=clinic.counselor)
    sessions.sign(note, by=clinic.counselor)
    assert front(clinic.counselor).context["unsigned"]["rows"] == []


def test_a_group_is_logged_from_the_front_page_of_whoever_writes_notes(clinic, front):
    given.in_bed(clinic)
    there = address(clinic.residential, "do", "log-group")
    text = front(clinic.counselor).content.decode()
    assert there in text and address(clinic.outpatient, "do", "log-group") not in text  # where nobody is
    assert there not in front(clinic.intake).content.decode()


def test_who_came_lately_is_new_until_they_are_in_treatment(clinic, front):
    jo = given.self_referred(clinic)
    given.self_referred(clinic, "Ann", at=given.ago(days=3))
    episode = given.in_bed(clinic)
    assert [row["episode"] for row in front(clinic.nurse).context["new"]["rows"]] == [jo]
    assert episode.stage == "treatment"
    assert front(clinic.nurse_elsewhere).context["new"]["rows"] == []


def test_a_supervisor_sees_who_is_late_at_their_places_only(clinic, front):
    jo = given.self_referred(clinic, "Josephine", at=given.ago(days=9))
    late = duty(jo, "intake")
    assert late.due_at < timezone.now()
    page = front(clinic.supervisor)
    assert late in [row["duty"] for row in page.context["overdue"]["rows"]]
    assert "Josephine" in page.content.decode()
    assert "overdue" not in front(clinic.outsider).context
    assert "Josephine" not in front(clinic.nurse_elsewhere).content.decode()


def test_what_is_asked_late_stands_before_whoever_asks_it_with_the_button_that_does_it(clinic, front):
    given.asking(clinic.residential, clinic, days=[1])
    given.asking(clinic.residential, clinic, slug="bladder-log", days=[1], role="nurse")
    episode = given.in_bed(clinic, at=given.ago(days=3))
    rows = {one.slug: one for one in episode.scheduled_assessments.all()}
    counselor, nurse = (front(user) for user in (clinic.counselor, clinic.nurse))
    assert [row["asked"] for row in counselor.context["assessments"]["rows"]] == [rows["phq-9"]]
    assert address(rows["phq-9"], "do", "ask") in counselor.content.decode()
    assert [row["asked"] for row in nurse.context["assessments"]["rows"]] == [rows["bladder-log"]]
    assert address(episode, "do", "log-bladder") in nurse.content.decode()
    assert "assessments" not in front(clinic.intake).context
    assert front(clinic.nurse_elsewhere).context["assessments"]["rows"] == []


def test_whoever_may_begin_something_begins_it_from_the_front_page(clinic, front):
    began = {begin(Handover, "receive"), begin(Episode, "refer"), begin(Incident, "report")}

    def offered(user):
        text = front(user).content.decode()
        return {where for where in began if f'href="{where}"' in text}

    assert offered(clinic.nurse) == began
    assert offered(clinic.intake) == began
    assert offered(clinic.counselor) == began - {begin(Handover, "receive")}
    assert offered(clinic.analyst) == {begin(Incident, "report")}
    assert offered(clinic.outsider) == set()


def test_what_is_owed_is_taken_in_hand_on_the_front_page(clinic, sign_in):
    jo = given.self_referred(clinic)
    owed = duty(jo, "intake")
    client = sign_in(clinic.intake)
    action = address(owed, "do", "acknowledge")
    assert action in client.get(reverse("admin:index")).content.decode()
    answer = client.post(action, {"_next": reverse("admin:index")})
    assert answer.url == reverse("admin:index")
    owed.refresh_from_db()
    assert owed.acknowledged_by == clinic.intake
    assert action not in client.get(reverse("admin:index")).content.decode()


def test_the_board_says_who_is_where_to_those_who_may_see_them(clinic, sign_in):
    episode = given.in_bed(clinic)
    out = timezone.localdate() + timedelta(days=9)
    placements.set_expected_end(episode.placements.get(), expected_end_on=out, by=clinic.nurse)
    beds.block(clinic.beds[2], reason="repair", note="window", by=clinic.nurse)
    text = sign_in(clinic.nurse).get(reverse("admin:bed_board")).content.decode()
    stay = episode.placements.get().bed_stays.get()
    assert "Maria" in text and "window" in text and date_format(out) in text and address(stay, "do", "move") in text
    assert address(clinic.beds[1], "do", "block") in text
    shown = sign_in(clinic.admin).get(reverse("admin:bed_board")).content.decode()
    assert "Maria" not in shown and "taken" in shown and str(stay.pk) not in shown
    assert "Harbor" not in sign_in(clinic.nurse_elsewhere).get(reverse("admin:bed_board")).content.decode()
    assert sign_in(clinic.analyst).get(reverse("admin:bed_board")).status_code == 403


def test_no_front_page_and_no_board_takes_more_statements_for_more_rows(clinic, sign_in):
    def taken(user, name="index"):
        client = sign_in(user)
        with CaptureQueriesContext(connection) as found:
            assert client.get(reverse(f"admin:{name}")).status_code == 200
        return len([query for query in found.captured_queries if "SAVEPOINT" not in query["sql"]])

    users = (clinic.nurse, clinic.counselor, clinic.supervisor, clinic.aftercare)
    given.a_session(given.in_bed(clinic), clinic)
    before = [taken(user) for user in users] + [taken(clinic.nurse, "bed_board")]
    for number, name in enumerate(("Ann", "Bo"), 1):
        given.a_session(given.in_bed(clinic, bed=number, name=name), clinic)
        given.self_referred(clinic, f"New {name}", at=given.ago(days=1))
        given.self_referred(clinic, f"Late {name}", at=given.ago(days=9))
    assert [taken(user) for user in users] + [taken(clinic.nurse, "bed_board")] == before
    assert max(before) <= 25


def test_a_duty_leads_to_what_it_is_owed_for_and_only_those_who_may_open_it(clinic, sign_in):
    episode = given.in_bed(clinic)
    note, incident = given.a_session(episode, clinic), given.an_incident(clinic, by=clinic.nurse)
    leads = set()
    for owed, row in ((note.sign_duty, note), (incident.review_duty, incident)):
        for who in (clinic.counselor, clinic.nurse, clinic.supervisor, clinic.technician, clinic.prescriber):
            client = sign_in(who)
            page = client.get(address(owed))
            if page.status_code == 200:
                opens = client.get(address(row)).status_code == 200
                assert (address(row) in page.content.decode()) == opens, (who, row)
                leads.add((type(row), opens))
    assert {(type(note), True), (type(incident), True)} <= leads and len(leads) > 2


@pytest.mark.parametrize("again", [False, True], ids=["done", "begun anew"])
def test_what_was_seen_to_since_is_no_news_and_stands_below_what_is(clinic, front, api, again):
    for days in (6, 5):
        given.a_session(
            given.self_referred(clinic, f"Jo {days}", at=given.ago(days=days)), clinic, at=given.ago(days=4)
        )
    duties.tick()
    before = front(clinic.supervisor).context["inbox"]
    duty = next(row["notice"].duty for row in before["rows"] if row["notice"].duty.ladder.slug == "sign_note")
    if again:
        duties.reschedule(duty, due_at=timezone.now() + timedelta(days=1), by=clinic.supervisor)
    else:
        duties.resolve(duty, by=clinic.supervisor)
    page = front(clinic.supervisor)
    inbox = page.context["inbox"]
    seen_to = duty.notices.filter(to_role="supervisor").count()
    assert inbox["unread"] == before["unread"] - seen_to > 0
    assert [row["notice"].is_news for row in inbox["rows"]] == [True] * inbox["unread"] + [False] * seen_to
    assert page.content.decode().count("seen to since") == seen_to
    news = api(clinic.supervisor).get("/api/v1/inbox/?news=true").json()["results"]
    assert {row["id"] for row in news} == {str(row["notice"].pk) for row in inbox["rows"] if row["notice"].is_news}
