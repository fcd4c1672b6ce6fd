"""Lost to contact: a signed decision after thirty days and two missed check-ins, never a state one slides into."""

from datetime import timedelta

import pytest
from django.utils import timezone

from aftercare.actions import calls, check_ins, closings, exchanges, links, lost
from aftercare.models import CheckIn
from duties import actions as duties
from tests import given
from tests.then import duty, fresh, owed, refused

DAY = timedelta(days=1)


def declare(episode, clinic, **fields):
    return lost.declare_lost(episode, **{"reason": "Nobody answered.", "by": clinic.supervisor, **fields})


@pytest.fixture
def silent(clinic):
    """Discharged forty days ago, and never heard from since."""
    return given.in_aftercare(clinic, at=given.ago(days=40))


def test_contact_is_lost_after_thirty_days_and_two_missed_check_ins(clinic, silent):
    left = silent.discharges.get()
    with refused("not_yet_30_days"):
        declare(silent, clinic, at=given.ago(days=10, minutes=2))
    with refused("two_missed_first"):  # forty days, but nobody asked
        declare(silent, clinic)
    given.missed(silent)
    with refused("two_missed_first"):
        declare(silent, clinic)
    given.missed(silent)
    declare(silent, clinic)
    closed = fresh(silent)
    assert (closed.close_reason, closed.closed_by, owed(silent)) == ("lost", clinic.supervisor, [])
    assert fresh(left).reason == left.reason == "1"


def test_re_entry_is_open(clinic, silent):
    given.missed(silent, times=2)
    declare(silent, clinic)
    again = given.in_return(silent.patient, clinic)
    assert again.previous == silent


@pytest.mark.parametrize("how", ["link", "sms", "call"])
def test_whoever_answers_after_contact_was_lost_is_heard_and_somebody_calls(clinic, silent, settings, how):
    settings.PUBLIC_URL = "https://p.example.org"
    given.missed(silent, times=2)
    links.choose_safe_word(silent.patient, word="green kettle", by=clinic.aftercare)
    asked = CheckIn.objects.open().get()
    link = links.issue(asked, at=timezone.now())
    declare(silent, clinic)
    assert fresh(asked).outcome == "canceled"
    assert fresh(link).is_alive(timezone.now(), settings.LINK_GRACE)
    assert exchanges.answerable(silent.patient, timezone.now()).still_counts()
    assert not fresh(link).is_alive(timezone.now() + settings.LINK_GRACE, settings.LINK_GRACE)
    check_ins.answer(fresh(asked), how=how, craving=0, by=clinic.aftercare)
    calls = silent.patient.duties.open().filter(ladder__slug="contact")
    assert [call.note for call in calls] == ([] if how == "call" else ["heard from after contact was lost"])
    assert fresh(silent).close_reason == "lost"


def test_a_link_of_an_episode_that_was_closed_otherwise_opens_nothing(clinic, silent, settings):
    settings.PUBLIC_URL = "https://p.example.org"
    links.choose_safe_word(silent.patient, word="green kettle", by=clinic.aftercare)
    link = links.issue(CheckIn.objects.open().get(), at=timezone.now())
    closings.close(silent, reason="completed", by=clinic.supervisor)
    assert not fresh(link).is_alive(timezone.now(), settings.LINK_GRACE)


def test_whoever_was_heard_from_lately_is_not_lost(clinic):
    episode = given.in_aftercare(clinic, at=given.ago(days=60))
    first = CheckIn.objects.get()
    check_ins.turn(timezone.now() - 50 * DAY)
    check_ins.turn(timezone.now())
    check_ins.answer(first, how="message", by=clinic.aftercare, at=given.ago(days=5))
    with refused("not_yet_30_days"):
        declare(episode, clinic)


def test_whoever_was_reached_by_phone_lately_is_not_lost(clinic, silent):
    check_ins.turn(timezone.now())
    check_ins.turn(timezone.now())
    calls.log_call(given.a_call_owed(silent, clinic), outcome="reached", by=clinic.aftercare)
    with refused("not_yet_30_days"):
        declare(silent, clinic)


def test_whoever_was_never_followed_up_is_lost_after_30_days_at_a_stage(clinic):
    episode = given.self_referred(clinic, at=given.ago(days=31))
    with refused("not_yet_30_days"):
        declare(episode, clinic, at=given.ago(days=2))
    declare(episode, clinic)
    assert fresh(episode).close_reason == "lost"


def test_nobody_in_treatment_and_nobody_gone_is_lost(clinic, silent):
    with refused("still_in_treatment"):
        declare(given.in_bed(clinic, bed=1, name="Ann"), clinic)
    with refused("closed_already"):
        declare(given.closed(clinic, name="Ben"), clinic)


def test_a_call_nobody_answers_leads_to_a_review_a_decision_and_the_question_whether_contact_is_lost(clinic):
    episode = given.in_aftercare(clinic, at=given.ago(hours=1))
    missed = CheckIn.objects.get().due_at

    def after(**delta):
        duties.tick(missed + timedelta(**delta))
        return set(owed(episode)) - {"check_in", "contact"}

    assert after(hours=23) == set() and "contact" not in owed(episode)
    assert after(hours=71) == set() and "contact" in owed(episode)
    assert after(hours=72) == {"contact_review"}
    assert after(days=7) == {"contact_review", "outreach_decision"}
    assert after(days=30) == {"contact_review", "outreach_decision", "lost_review"}
    assert {one.owner_role for one in episode.duties.open() if one.ladder.slug.endswith("review")} == {"supervisor"}
    calls.log_call(duty(episode, "contact"), outcome="reached", by=clinic.aftercare, at=missed + 31 * DAY)
    assert set(owed(episode)) == {"check_in"}


def test_what_was_tried_stands_beside_the_decision(clinic, silent, api):
    given.missed(silent)
    call = given.a_call_owed(silent, clinic)
    calls.log_call(call, outcome="no_answer", note="rang out", by=clinic.aftercare, at=given.ago(days=3))
    found = api(clinic.supervisor).get(f"/api/v1/episodes/{silent.pk}/what-was-tried/").json()
    assert (found["attempts"][0]["outcome"], found["attempts"][0]["note"]) == ("no_answer", "rang out")
    assert found["missed"] == 1 and "two planned check-ins" in found["not_yet"]
    refusal = api(clinic.supervisor).post(
        f"/api/v1/episodes/{silent.pk}/declare-lost/", {"reason": "x"}, format="json"
    )
    assert (refusal.status_code, refusal.json()["code"]) == (409, "two_missed_first")
    closing = api(clinic.supervisor).post(f"/api/v1/episodes/{silent.pk}/close/", {"reason": "lost"}, format="json")
    assert closing.status_code == 400


def test_the_decision_is_read_with_what_was_tried_before_it_is_signed(clinic, silent, client):
    call = given.a_call_owed(silent, clinic)
    calls.log_call(call, outcome="no_answer", note="rang out", by=clinic.aftercare, at=given.ago(days=3))
    client.force_login(clinic.supervisor)
    form = client.post(f"/admin/patients/episode/{silent.pk}/do/declare-lost/", {"reason": "Nobody answered."})
    assert "rang out" in form.content.decode() and fresh(silent).closed_at is None
