"""Supporters: nothing without written permission, and nobody contacts whom the person must be kept from."""

import pytest

from patients import actions as patients
from patients.models import Supporter
from tests import given
from tests.then import forbidden, fresh, refused


@pytest.fixture
def sister(clinic):
    return given.a_supporter(given.self_referred(clinic).patient, clinic)


def told(what):
    return list(Supporter.objects.may_be_told(what))


def test_a_supporter_knows_only_what_was_permitted_and_only_until_it_is_taken_back(clinic, sister):
    assert told("presence") == []
    patients.permit(sister, may_know=["visits", "presence"], may_know_words="not my job", by=clinic.nurse)
    assert (told("presence"), told("treatment")) == ([sister], [])
    patients.withdraw_permission(sister, by=clinic.nurse)
    assert told("presence") == []
    assert fresh(sister).may_know_words == ""
    with refused("permission_missing"):
        patients.withdraw_permission(sister, by=clinic.nurse)
    with refused("nothing_permitted"):
        patients.permit(sister, may_know=[], by=clinic.nurse)


def test_forbidding_contact_ends_permission_which_never_comes_back_by_itself(clinic, sister):
    patients.permit(sister, may_know=["presence"], by=clinic.nurse)
    patients.forbid_contact(sister, reason="hit Jo", by=clinic.nurse)
    assert told("presence") == []
    with refused("contact_forbidden"):
        patients.permit(sister, may_know=["presence"], by=clinic.nurse)
    with refused("contact_forbidden"):
        patients.forbid_contact(sister, reason="again", by=clinic.nurse)
    patients.allow_contact(sister, by=clinic.nurse)
    assert (told("presence"), fresh(sister).do_not_contact_reason) == ([], "")
    with refused("contact_allowed"):
        patients.allow_contact(sister, by=clinic.nurse)


def test_the_database_lets_nobody_know_without_permission(clinic, sister):
    rows = Supporter.objects.filter(pk=sister.pk)
    with forbidden("without_permission_a_supporter_knows_nothing"):
        rows.update(may_know=["presence"])
    patients.permit(sister, may_know=["presence"], by=clinic.nurse)
    with forbidden("who_must_not_be_contacted_is_told_nothing"):
        rows.update(do_not_contact_at=given.ago(), do_not_contact_by=clinic.nurse, do_not_contact_reason="x")
    patients.withdraw_permission(sister, by=clinic.nurse)
    with forbidden("a_contact_ban_has_a_reason"):
        rows.update(do_not_contact_at=given.ago(), do_not_contact_by=clinic.nurse)
    with forbidden("a_supporter_has_a_name"):
        rows.update(name="")
    with forbidden("what_a_supporter_may_know_is_named"):
        rows.update(may_know=["gossip"], permission_given_at=given.ago(), permission_given_by=clinic.nurse)


def test_only_what_is_on_the_list_can_be_permitted(clinic, sister):
    with refused("unknown_permission"):
        patients.permit(sister, may_know=["presence", "gossip"], by=clinic.nurse)


def test_the_person_page_says_loudly_whom_not_to_contact(clinic, sister, client):
    patients.forbid_contact(sister, reason="hit Jo", by=clinic.nurse)
    client.force_login(clinic.nurse)
    page = client.get(f"/admin/patients/patient/{sister.patient_id}/change/").content.decode()
    assert "Do not contact Ines (sister)</strong>" in page  # in the head of every page about them
    assert "Do not contact Ines (sister): hit Jo" in page
    page = client.get(f"/admin/patients/supporter/{sister.pk}/change/").content.decode()
    assert "Do not contact, and tell them nothing: hit Jo" in page
