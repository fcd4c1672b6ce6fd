"""The call list holds calls, and nothing else that a check-in led to. What came of a call has its consequence."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.utils import timezone

from aftercare.actions import calls, check_ins, lost, supporters
from aftercare.models import Band, CallAttempt, CheckIn, next_try
from duties import actions as duties
from messaging import actions as messaging
from messaging.actions import send
from messaging.models import OptOut
from patients import actions as patients
from patients.actions import contacts
from tests import given
from tests.given import ago, in_aftercare
from tests.then import duty, forbidden, fresh, owed, refused

NEW_YORK = ZoneInfo("America/New_York")


@pytest.fixture
def episode(clinic):
    return in_aftercare(clinic, at=ago(hours=1))


@pytest.fixture
def owed_call(clinic, episode):
    return given.a_call_owed(episode, clinic)


def log(owed_call, clinic, outcome, **fields):
    return calls.log_call(owed_call, outcome=outcome, **{"by": clinic.aftercare, **fields})


def a_number(episode, clinic, value="+14155550123", **more):
    return contacts.add_contact_point(episode.patient, channel="phone", value=value, by=clinic.counselor, **more)


def test_looking_into_a_message_is_no_call_and_outlives_the_answer(clinic):
    episode = in_aftercare(clinic, at=ago(days=2), email="")
    check_in = CheckIn.objects.open().get()
    now = check_in.due_at + timedelta(minutes=1)
    duties.tick(now)
    send(now)
    review = episode.duties.open().get(ladder__slug="message_review")
    assert not CheckIn.objects.unanswered(now).exists()

    check_ins.answer(check_in, how="call", by=clinic.aftercare, at=now + timedelta(hours=1))
    review.refresh_from_db()
    assert review.is_open()


def test_every_call_is_a_row_that_never_changes(clinic, episode, owed_call):
    at = datetime.now(NEW_YORK).replace(hour=18, minute=30) - timedelta(days=1)
    log(owed_call, clinic, "no_answer", note="rang out", at=at)
    made = CallAttempt.objects.get()
    assert (made.patient, made.duty, made.by, made.band, made.note) == (
        episode.patient, owed_call, clinic.aftercare, "evening", "rang out",
    )  # fmt: skip
    with pytest.raises(Exception, match="permission denied"), transaction.atomic():
        CallAttempt.objects.update(note="")


def test_no_answer_leaves_it_owed(clinic, episode, owed_call):
    log(owed_call, clinic, "no_answer")
    assert fresh(owed_call).is_open() and owed(episode) == ["check_in", "contact"]


def test_a_dead_number_is_marked_and_another_way_is_owed(clinic, episode, owed_call):
    number = a_number(episode, clinic)
    log(owed_call, clinic, "wrong_number")  # the only one there is
    assert fresh(number).broken_at
    assert duty(episode, "contact_broken").owner_role == "aftercare" and fresh(owed_call).is_open()


def test_of_several_numbers_only_the_one_called_is_marked(clinic, episode, owed_call):
    first, second = a_number(episode, clinic), a_number(episode, clinic, "+14155550124")
    log(owed_call, clinic, "wrong_number")  # nobody knows which
    assert "contact_broken" not in owed(episode)
    log(owed_call, clinic, "wrong_number", contact_point=second)
    assert (fresh(first).broken_at, fresh(second).broken_at is not None) == (None, True)


def test_a_number_of_somebody_else_is_refused(clinic, episode, owed_call):
    theirs = a_number(given.self_referred(clinic), clinic)
    with refused("not_theirs"):
        log(owed_call, clinic, "wrong_number", contact_point=theirs)


def test_whoever_asks_us_to_stop_is_left_alone_and_reviewed_and_never_counted_as_missing(clinic, episode, owed_call):
    log(owed_call, clinic, "asked_to_stop", note="leave me be")
    assert OptOut.objects.in_force("email").filter(patient=episode.patient).exists()
    assert not fresh(owed_call).is_open()
    assert (duty(episode, "withdrew_review").owner_role, "contact" in owed(episode)) == ("aftercare", False)
    assert not episode.aftercare_plans.active().exists()
    again = given.a_call_owed(episode, clinic)
    log(again, clinic, "asked_to_stop")  # said twice is said once
    assert sorted(OptOut.objects.filter(patient=episode.patient).values_list("channel", flat=True)) == ["", "phone"]


@pytest.mark.parametrize("channel", ["", "sms", "phone"])
def test_asking_to_stop_in_a_call_counts_in_full_whatever_was_asked_before(clinic, episode, owed_call, channel):
    messaging.opt_out(episode.patient, channel=channel, how="said so", by=clinic.aftercare)
    log(owed_call, clinic, "asked_to_stop")
    in_force = OptOut.objects.in_force
    assert all(in_force(one).of(episode.patient).exists() for one in ("email", "sms", "phone"))


@pytest.mark.parametrize("outcome", ["in_custody", "readmitted"])
def test_whoever_is_away_is_called_when_they_are_back(clinic, episode, owed_call, outcome):
    until = timezone.now() + timedelta(days=20)
    log(owed_call, clinic, outcome, until=until)
    assert (fresh(owed_call).next_action_at, fresh(owed_call).is_open()) == (until, True)
    with refused("resume_in_the_past"):
        log(given.a_call_owed(episode, clinic), clinic, outcome, until=ago(days=1))


def test_a_death_that_is_told_is_reported(clinic, episode, owed_call):
    log(owed_call, clinic, "died", note="her sister")
    assert fresh(episode.patient).death_reported_at and duty(episode, "death_review")
    assert fresh(owed_call).suspended_at
    with refused("death_reported"):
        log(owed_call, clinic, "died")


def test_one_conversation_ends_every_plain_call_but_no_warning_sign(clinic, episode, owed_call):
    now = ago(minutes=5)
    more = {"facility": clinic.here, "episode": episode, "owner_role": "aftercare", "by": clinic.nurse, "at": now}
    other = duties.open("contact", due_at=now, **more)
    red = duties.open("red_call", due_at=now, **more)
    log(owed_call, clinic, "reached")
    assert (fresh(other).outcome, fresh(red).is_open()) == ("resolved", True)
    log(red, clinic, "reached", reassessment="declined", by=clinic.counselor)
    assert fresh(red).outcome == "resolved"


# A call about a warning sign


@pytest.fixture
def red(clinic, episode):
    now = ago(minutes=5)
    about = {"facility": clinic.here, "episode": episode, "owner_role": "counselor", "because_of": None}
    return duties.open("red_call", due_at=now, by=clinic.nurse, at=now, **about)


def test_a_red_call_ends_only_with_what_came_of_offering_a_new_look(clinic, episode, red):
    with refused("offer_missing"):
        log(red, clinic, "reached", note="Talked.")
    with refused("offer_missing"):
        duties.resolve(red, by=clinic.counselor, reason="saw her at the group")
    log(red, clinic, "no_answer")
    log(red, clinic, "reached", reassessment="declined", note="Rather not.")
    said = "Reached. Level of care: offered, and declined. Rather not."
    assert (fresh(red).outcome, fresh(red).close_reason) == ("resolved", said)
    assert CallAttempt.objects.first().reassessment == "declined"
    assert owed(episode) == ["check_in"]


def test_a_new_look_that_was_not_offered_has_its_reason(clinic, red):
    with refused("reason_missing"):
        log(red, clinic, "reached", reassessment="not_offered")
    log(red, clinic, "reached", reassessment="not_offered", note="Was at work, calls back.")
    assert fresh(red).outcome == "resolved"


def test_nobody_who_was_not_reached_was_offered_a_new_look(clinic, red):
    with refused("not_reached"):
        log(red, clinic, "no_answer", reassessment="declined")


@pytest.mark.parametrize("words", ["under_way", "declined"])
def test_whoever_wants_no_new_look_is_owed_none(clinic, episode, red, words):
    log(red, clinic, "reached", reassessment=words)
    assert owed(episode) == ["check_in"]


def test_an_accepted_new_look_is_owed_once_until_somebody_signs_one(clinic, episode, red, owed_call):
    at = timezone.now()
    log(red, clinic, "reached", reassessment="accepted", by=clinic.counselor, at=at)
    look = duty(episode, "level_assessment")
    assert (look.owner, look.owner_role, look.due_at) == (clinic.counselor, "counselor", at + timedelta(hours=72))
    again = duties.open("contact", facility=clinic.here, episode=episode, owner_role="aftercare",
                        due_at=at, by=clinic.nurse, at=at)  # fmt: skip
    log(again, clinic, "reached", reassessment="accepted")
    assert duty(episode, "level_assessment") == look
    given.level_assessed(episode, clinic, kind="transition")
    assert (fresh(look).outcome, fresh(look).close_reason) == ("resolved", "assessed")


def test_a_late_answer_ends_the_red_call_that_two_misses_owed(clinic, episode):
    given.missed(episode, times=2)
    red = duty(episode, "red_call")
    with refused("offer_missing"):
        duties.resolve(red, by=clinic.counselor, reason="answered")
    check_ins.answer(CheckIn.objects.exclude(closed_at=None).latest("id"), how="link", by=clinic.nurse)
    assert fresh(red).outcome == "resolved"


def test_the_right_answer_instead_of_a_wrong_one_of_the_same_hour_is_kept_and_ends_its_red_call(clinic, episode):
    check_in, at = CheckIn.objects.open().get(), ago(minutes=30)
    wrong = check_ins.answer(check_in, how="call", ketamine_days=1, by=clinic.nurse, at=at)
    red = duty(episode, "red_call")
    check_ins.mark_error(wrong, reason="somebody else", by=clinic.nurse)
    check_ins.answer(check_in, how="call", ketamine_days=0, by=clinic.nurse, at=at)
    assert fresh(red).outcome == "resolved"


def test_an_answer_about_use_leaves_no_way_around_the_offer(clinic, episode):
    check_in = CheckIn.objects.open().get()
    check_ins.answer(check_in, how="link", ketamine_days=1, by=clinic.nurse)
    with refused("offer_missing"):
        duties.resolve(duty(episode, "red_call"), by=clinic.counselor, reason="spoke with her")


def test_a_red_call_may_be_held_where_the_person_came_by(clinic, red):
    with refused("they_were_there"):
        log(red, clinic, "no_answer", way="came_by")
    with refused("letter_is_no_call"):
        log(red, clinic, "reached", way="letter", reassessment="declined")
    log(red, clinic, "reached", way="came_by", reassessment="declined")
    said = "Reached: they came by. Level of care: offered, and declined."
    assert (CallAttempt.objects.get().way, fresh(red).close_reason) == ("came_by", said)


# They got in touch of their own accord


def got_in_touch(episode, clinic, way, **fields):
    return calls.hear_from(episode.aftercare_plans.get(), way=way, by=clinic.aftercare, **fields)


@pytest.mark.parametrize(("way", "how"), [("letter", "letter"), ("came_by", "in_person"), ("phoned", "call")])
def test_whoever_gets_in_touch_is_no_longer_looked_for(clinic, episode, way, how):
    over = given.missed(episode, times=2)
    duties.tick(over + timedelta(days=8))
    assert {"contact", "red_call", "contact_review", "outreach_decision"} <= set(owed(episode))
    at = over + timedelta(days=9)
    got_in_touch(episode, clinic, way, note="Back in June.", at=at)
    assert owed(episode) == ["check_in"]
    last = CheckIn.objects.filter(due_at__lte=at).latest("number")
    assert [(one.how, one.text) for one in last.answers.all()] == [(how, "Back in June.")]
    assert lost.silence(episode, at).since == at


def test_a_letter_is_no_conversation(clinic, episode, owed_call, red):
    got_in_touch(episode, clinic, "letter", note="Leave me be for a week.")
    assert {"contact", "red_call"} <= set(owed(episode))
    heard = got_in_touch(episode, clinic, "phoned")
    assert owed(episode) == ["check_in", "red_call"]
    assert lost.silence(episode, heard.at).since == heard.at
    assert not CheckIn.objects.exclude(closed_at=None).exists()  # none was waited for yet


def test_whoever_was_lost_and_writes_is_called(clinic):
    episode = in_aftercare(clinic, at=ago(days=60))
    given.missed(episode, times=3)
    lost.declare_lost(episode, reason="Tried everything.", by=clinic.supervisor)
    got_in_touch(episode, clinic, "letter", note="Found your letter.")
    (call,) = episode.patient.duties.open()
    assert (call.ladder.slug, call.note) == ("contact", "heard from after contact was lost")


def test_a_call_we_made_is_no_getting_in_touch(clinic, episode):
    with refused("not_of_their_own_accord"):
        got_in_touch(episode, clinic, "called")


# When next?


def at(day, hour, minute=0):
    return datetime(2026, 3, day, hour, minute, tzinfo=NEW_YORK)


@pytest.mark.parametrize(
    ("tries", "now", "then"),
    [
        ([], at(2, 10), at(2, 10)),
        ([], at(2, 7), at(2, 9)),
        ([], at(2, 21), at(3, 9)),
        ([(at(2, 10), Band.MORNING)], at(2, 11), at(3, 12)),
        ([(at(2, 10), Band.MORNING)], at(3, 10), at(3, 12)),
        ([(at(2, 10), Band.MORNING), (at(3, 13), Band.AFTERNOON)], at(3, 14), at(4, 17)),
        ([(at(7, 18), Band.EVENING)], at(7, 19), at(8, 9)),  # the night the clocks go forward
        ([(at(1, 9), "morning"), (at(2, 13), "afternoon"), (at(3, 18), "evening")], at(3, 19), at(4, 9)),
    ],
)
def test_the_next_try_is_another_day_at_a_time_not_tried_yet(tries, now, then):
    assert next_try(tries, now.astimezone(UTC), NEW_YORK) == then


def test_the_next_try_keeps_to_the_hours_a_person_named(clinic, episode):
    evenings = a_number(episode, clinic, preferred_from="18:00", preferred_until="21:00")
    evenings.refresh_from_db()
    assert next_try([], at(2, 18, 30), NEW_YORK, [evenings]) == at(2, 18, 30)


# People around the person.


@pytest.fixture
def sister(clinic, episode):
    close = given.a_supporter(episode.patient, clinic)
    patients.permit(close, may_know=["emergency"], by=clinic.nurse)
    return fresh(close)


def call(supporter, clinic, outcome="reached", **fields):
    fields = {"facility": clinic.here, "by": clinic.supervisor, **fields}
    return supporters.call_supporter(supporter, outcome=outcome, **fields)


def test_calling_a_supporter_is_logged_and_ends_nothing(clinic, episode, owed_call, sister):
    made = call(sister, clinic, note="has not heard")
    assert (made.supporter, made.duty, fresh(owed_call).is_open()) == (sister, owed_call, True)


def test_nobody_is_called_without_permission_or_against_a_ban(clinic, episode, sister):
    with refused("no_permission"):
        call(given.a_supporter(episode.patient, clinic, "Bo"), clinic)
    patients.forbid_contact(sister, reason="afraid of her", by=clinic.nurse)
    with refused("do_not_contact"):
        call(sister, clinic)
    with forbidden("a_supporter_is_called_for_no_more_than_to_reach"):
        CallAttempt.objects.create(
            patient=episode.patient, facility=clinic.here, supporter=sister, at=ago(), by=clinic.nurse,
            outcome="died", band="morning",
        )  # fmt: skip
