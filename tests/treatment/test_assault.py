"""What was said in private is read by whoever asked, and by those they named: nobody else, anywhere."""

import pytest
from django.urls import reverse

from accounts.models import CARE
from tests import given
from tests.then import forbidden, refused
from treatment.actions import assault
from treatment.models import AssaultReader, AssaultScreen

HERE = ["counselor", "prescriber", "supervisor", "technician", "intake", "privacy", "aftercare"]


@pytest.fixture
def screen(clinic):
    """What the nurse was told."""
    return given.a_private_screen(given.self_referred(clinic), clinic)


def listed(api, user, query=""):
    answer = api(user).get(f"/api/v1/assault-screens/{query}")
    return answer.json()["results"] if answer.status_code == 200 else []


def test_only_who_asked_reads_it_by_id_list_filter_or_timeline(clinic, screen, api):
    path = f"/api/v1/assault-screens/{screen.pk}/"
    assert api(clinic.nurse).get(path).json()["suspected"] is True
    for name in HERE:
        user = getattr(clinic, name)
        assert api(user).get(path).status_code in (403, 404), name
        assert listed(api, user) == listed(api, user, f"?patient={screen.patient_id}") == [], name
        told = api(user).get(f"/api/v1/patients/{screen.patient_id}/timeline/")
        assert "assault" not in told.content.decode().lower(), name
    assert api(clinic.counselor).post(f"{path}mark-error/", {"reason": "x"}, format="json").status_code == 404


def test_no_page_of_anybody_else_says_that_it_was_asked(clinic, screen, client):
    client.force_login(clinic.counselor)
    pages = [
        reverse("admin:patients_patient_change", args=[screen.patient_id]),
        reverse("admin:patients_episode_change", args=[screen.episode_id]),
        reverse("admin:treatment_assaultscreen_changelist"),
    ]
    for tab in ("", "?tab=timeline", "?tab=treatment", "?tab=changes"):
        shown = client.get(pages[0] + tab).content.decode()
        assert str(screen.pk) not in shown and "Private screen" not in shown, tab
    assert str(screen.pk) not in client.get(pages[1]).content.decode()
    assert str(screen.pk) not in client.get(pages[2]).content.decode()
    assert client.get(reverse("admin:treatment_assaultscreen_change", args=[screen.pk])).status_code in (403, 404)


def test_a_named_clinician_reads_it_until_the_name_is_taken_back(clinic, screen, api):
    reader = assault.name_reader(screen, reader=clinic.counselor, reason="sees Jo", by=clinic.nurse)
    assert [row["id"] for row in listed(api, clinic.counselor)] == [str(screen.pk)]
    assert listed(api, clinic.prescriber) == []
    with refused("named_already"):
        assault.name_reader(screen, reader=clinic.counselor, reason="again", by=clinic.nurse)
    with refused("not_a_clinician_here"):
        assault.name_reader(screen, reader=clinic.nurse_elsewhere, reason="asks", by=clinic.nurse)
    with refused("not_a_clinician_here"):
        assault.name_reader(screen, reader=clinic.privacy, reason="asks", by=clinic.nurse)
    given.patients.mark_error(reader, reason="left the team", by=clinic.nurse)
    assert listed(api, clinic.counselor) == []
    assert not AssaultReader.objects.visible_to(clinic.counselor, CARE).exists()


def test_evidence_that_can_still_be_collected_is_offered_or_the_reason_written_down(clinic):
    jo = given.self_referred(clinic)
    recently = {"suspected": True, "happened_at": given.ago(hours=119)}
    with refused("collection_not_offered"):
        given.a_private_screen(jo, clinic, **recently)
    given.a_private_screen(jo, clinic, not_offered_because="She asked to be left alone.", **recently)
    longer_ago = given.a_private_screen(jo, clinic, suspected=True, happened_at=given.ago(hours=121))
    assert longer_ago.hours_since() == pytest.approx(121, abs=0.1)
    declined = given.a_private_screen(jo, clinic, declined=True)
    assert not declined.asks_for_collection()


def test_a_screen_says_one_thing(clinic, screen):
    jo = screen.episode
    with refused("asked_or_declined"):
        given.a_private_screen(jo, clinic, declined=True, suspected=True, collection_offered=True)
    with refused("not_offered"):
        given.a_private_screen(jo, clinic, suspected=False, referral_accepted=True)
    with refused("in_the_future"):
        given.a_private_screen(jo, clinic, suspected=False, happened_at=given.ago(hours=-2))
    with forbidden("assault_was_asked_about_or_declined"):
        AssaultScreen.objects.update(declined=True)
