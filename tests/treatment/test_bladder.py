"""The bladder log, and signs that cannot wait."""

import pytest

from accounts.models import Role
from duties import actions as duties
from tests import given
from tests.then import duty, forbidden, fresh, owed, refused
from treatment.actions import bladder
from treatment.models import BladderEntry
from treatment.models.uses import before_the_night


@pytest.fixture
def episode(clinic):
    return given.self_referred(clinic)


def log(episode, clinic, **said):
    return bladder.log_bladder(episode, **{"by": clinic.nurse, **said})


def test_a_log_without_a_sign_owes_nothing(clinic, episode):
    entry = log(episode, clinic, voids=12, nocturia=3, urgency=6, pain=4, visible_blood=False, analgesics="ibuprofen")
    assert (entry.red_flags, entry.duty, owed(episode)) == ([], None, ["intake"])
    with refused("nothing_to_review"):
        bladder.review_bladder(entry, finding="fine", by=clinic.nurse)


def test_blood_is_looked_at_the_same_day(clinic, episode):
    entry = log(episode, clinic, visible_blood=True)
    owes = duty(episode, "bladder_review")
    assert (entry.red_flags, owes.note) == (["blood in the urine"], "blood in the urine")
    assert (owes.owner_role, owes.due_at) == (Role.PRESCRIBER, before_the_night(clinic.here, entry.logged_at))


@pytest.mark.parametrize("sign", ["cannot_pass", "fever_and_flank_pain"])
def test_what_is_urgent_is_looked_at_now(clinic, episode, sign):
    entry = log(episode, clinic, visible_blood=True, **{sign: True})
    owes = duty(episode, "bladder_urgent")
    assert (owes.ladder.critical, owes.due_at, len(entry.red_flags)) == (True, entry.logged_at, 2)


def test_a_review_ends_by_saying_what_was_found_and_not_by_a_tick(clinic, episode):
    entry = log(episode, clinic, visible_blood=True)
    with refused("review_open"):
        duties.resolve(entry.duty, by=clinic.prescriber)
    bladder.review_bladder(entry, finding="no infection; urology", by=clinic.prescriber)
    assert (fresh(entry).reviewed_by, fresh(entry.duty).outcome, owed(episode)) == (
        clinic.prescriber, "resolved", ["intake"]
    )  # fmt: skip
    with refused("reviewed_already"):
        bladder.review_bladder(entry, finding="again", by=clinic.prescriber)


@pytest.mark.parametrize(
    ("said", "code"), [({"voids": 81}, "not_plausible"), ({"pain": 11}, "not_plausible"), ({}, "nothing_logged")]
)
def test_a_typing_error_is_not_logged(clinic, episode, said, code):
    with refused(code):
        log(episode, clinic, **said)


def test_what_was_logged_never_changes_and_a_mistake_is_owed_nothing(clinic, episode):
    entry = log(episode, clinic, cannot_pass=True)
    with forbidden("a_bladder_entry_never_changes"):
        BladderEntry.objects.filter(pk=entry.pk).update(cannot_pass=False)
    bladder.mark_error(entry, reason="wrong person", by=clinic.nurse)
    assert owed(episode) == ["intake"]
