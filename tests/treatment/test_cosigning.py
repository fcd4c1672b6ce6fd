"""What somebody without a license signs, a licensed supervisor signs too, or returns."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts import actions as accounts
from accounts.models import Membership
from duties.actions import leave
from tests import given
from tests.then import duty, forbidden, fresh, owed, refused
from treatment.actions import cosigning, groups, sessions
from treatment.models import SessionNote

LEFT = ["medication_reconciliation", "treatment_plan"]


@pytest.fixture
def trainee(clinic):
    return given.a_trainee(clinic)


@pytest.fixture
def episode(clinic):
    return given.in_bed(clinic)


@pytest.fixture
def note(clinic, episode, trainee):
    return sessions.sign(given.a_session(episode, clinic, by=trainee), by=trainee)


def expired(user):
    """Their license ended days ago, whichever day it is at the place."""
    post = user.memberships.get()
    vars(user).pop("posts", None)
    given.a_license(post, days=-2)


def test_a_signature_without_a_license_owes_another_in_the_same_moment(clinic, note, episode, trainee):
    owes = duty(episode, "cosign_note")
    assert (note.cosign_duty, owes.owner, owes.owner_role) == (owes, None, "supervisor")
    assert owes.due_at == note.signed_at + timedelta(hours=72) and not owes.keeps_thread
    sessions.sign(given.a_session(episode, clinic), by=clinic.counselor)
    assert owed(episode) == ["cosign_note", *LEFT]


def test_a_license_that_has_expired_is_none(clinic, episode):
    expired(clinic.counselor)
    sessions.sign(given.a_session(episode, clinic), by=clinic.counselor)
    assert "cosign_note" in owed(episode)


def test_the_supervisor_who_is_named_owes_it(clinic, episode, trainee):
    other = given.a_user("second", clinic.here, "supervisor")
    accounts.record_license(trainee.memberships.get(), supervisor=other, by=clinic.admin)
    vars(trainee).pop("posts", None)
    sessions.sign(given.a_session(episode, clinic, by=trainee), by=trainee)
    assert duty(episode, "cosign_note").owner == other


def test_a_licensed_supervisor_cosigns_and_then_nothing_changes(clinic, note, episode):
    at = timezone.now()
    note = cosigning.cosign(note, by=clinic.supervisor, at=at)
    assert (note.cosigned_at, note.cosigned_by) == (at, clinic.supervisor)
    assert owed(episode) == LEFT
    with refused("note_cosigned"):
        cosigning.cosign(note, by=clinic.supervisor)
    for change in ({"cosigned_at": None, "cosigned_by": None}, {"returned_comment": "x"}, {"cosign_duty": None}):
        with forbidden("a_cosigned_note_never_changes"):
            SessionNote.objects.filter(pk=note.pk).update(**change)


def test_who_may_not(clinic, note, trainee, episode):
    with refused("not_licensed"):
        cosigning.cosign(note, by=clinic.prescriber)
    with refused("cosigned_by_author"):
        cosigning.cosign(note, by=trainee)
    expired(clinic.supervisor)
    with refused("not_licensed"):
        cosigning.cosign(note, by=clinic.supervisor)
    with refused("not_licensed"):
        cosigning.return_note(note, comment="x", by=clinic.supervisor)
    own = given.a_session(episode, clinic, by=clinic.supervisor)
    with refused("note_not_signed"):
        cosigning.cosign(own, by=clinic.supervisor)
    own = sessions.sign(own, by=clinic.supervisor)
    second = given.a_user("second", clinic.here, "supervisor")
    with refused("cosigned_by_author"):
        cosigning.cosign(own, by=clinic.supervisor)
    cosigning.cosign(own, by=second)
    licensed = sessions.sign(given.a_session(episode, clinic), by=clinic.counselor)
    with refused("nothing_to_cosign"):
        cosigning.cosign(licensed, by=second)


def test_the_database_lets_nobody_cosign_their_own(clinic, note, trainee):
    with forbidden("a_note_is_cosigned_by_another"):
        SessionNote.objects.filter(pk=note.pk).update(cosigned_at=timezone.now(), cosigned_by=trainee)
    with forbidden("a_cosignature_has_who"):
        SessionNote.objects.filter(pk=note.pk).update(cosigned_at=timezone.now())
    with forbidden("a_note_is_returned_with_words"):
        SessionNote.objects.filter(pk=note.pk).update(returned_at=timezone.now(), returned_by=clinic.supervisor)
    with forbidden("a_signed_note_never_changes"):
        SessionNote.objects.filter(pk=note.pk).update(
            text="Other.", cosigned_at=timezone.now(), cosigned_by=clinic.supervisor
        )


def test_a_returned_note_asks_its_author_for_an_addendum_and_comes_back(clinic, note, episode, trainee):
    note = cosigning.return_note(note, comment="What is the plan?", by=clinic.supervisor)
    asked = duty(episode, "returned_note")
    assert (asked.owner, asked.note, owed(episode)) == (
        trainee,
        "What is the plan?",
        [*LEFT[:1], "returned_note", *LEFT[1:]],
    )
    with refused("addendum_awaited"):
        cosigning.cosign(note, by=clinic.supervisor)
    sessions.add_addendum(note, text="A nurse adds.", by=clinic.nurse)
    assert asked.pk == duty(episode, "returned_note").pk  # only the author's own answers it
    sessions.add_addendum(note, text="The plan: a walk.", by=trainee)
    again = duty(episode, "cosign_note")
    assert (fresh(asked).outcome, again.owner, fresh(note).cosign_duty) == ("resolved", clinic.supervisor, again)
    assert fresh(note).text == "Talked."
    cosigning.cosign(fresh(note), by=clinic.supervisor)
    assert owed(episode) == LEFT


def test_what_is_added_to_a_returned_note_once_its_author_has_left_brings_it_back(clinic, note, episode, trainee):
    note = cosigning.return_note(note, comment="What is the plan?", by=clinic.supervisor)
    leave(trainee, by=clinic.admin)
    asked = duty(episode, "returned_note")
    assert (asked.owner, asked.owner_role) == (None, "counselor")
    sessions.add_addendum(fresh(note), text="In her stead: a walk.", by=clinic.counselor)
    assert fresh(asked).outcome == "resolved" and duty(episode, "cosign_note").owner == clinic.supervisor
    assert cosigning.cosign(fresh(note), by=clinic.supervisor).cosigned_at


@pytest.mark.parametrize("returned", [False, True])
def test_a_note_in_error_is_owed_no_signature(returned, clinic, note, episode):
    if returned:
        cosigning.return_note(note, comment="x", by=clinic.supervisor)
    sessions.mark_note_error(note, reason="wrong person", by=clinic.supervisor)
    assert owed(episode) == LEFT
    with refused("error_marked"):
        cosigning.cosign(fresh(note), by=clinic.supervisor)


def test_a_group_signed_without_a_license_owes_one_for_each(clinic, episode, trainee):
    group = given.a_group(clinic, episode, given.in_bed(clinic, bed=1, name="Sam"), by=trainee)
    groups.sign_group(group, by=trainee)
    notes = SessionNote.objects.filter(session__group=group)
    assert notes.to_cosign().count() == 2 and len({note.cosign_duty_id for note in notes}) == 2


def test_a_license_is_recorded_whole_and_a_supervisor_is_one(clinic):
    post = clinic.counselor.memberships.get()
    with refused("license_incomplete"):
        accounts.record_license(post, license_number="LC-1", by=clinic.admin)
    for nobody in (clinic.counselor, clinic.nurse):
        with refused("not_a_supervisor"):
            accounts.record_license(post, supervisor=nobody, by=clinic.admin)
    with forbidden("a_license_has_a_number_and_an_end"):
        Membership.objects.filter(pk=post.pk).update(license_number="")
    given.duties.end_membership(post, by=clinic.admin)
    with refused("membership_ended"):
        accounts.record_license(post, by=clinic.admin)
