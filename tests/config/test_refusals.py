"""What the shape of a form lets through and the data does not is refused by its own name, and nothing is written."""

from datetime import timedelta

from django.utils import timezone

from tests import given
from tests.then import everything
from treatment.models import Instrument

LICENSE = {"license_holder": "Harbor House", "license_reference": "117", "licensed_on": "2026-01-05"}
SCALE = {"dimensions": [{"dimension": "1", "tokens": {"0": ""}}]}


def test_what_comes_too_early_twice_or_without_its_half_is_refused_by_name(clinic, api):
    early = (timezone.now() - timedelta(days=30)).isoformat()
    episode = given.in_bed(clinic, at=given.ago(days=3))
    assessment = given.assessments.begin_assessment(
        episode, instrument=Instrument.objects.current().get(slug="phq-9"), by=clinic.counselor
    )
    test, order = given.a_test(episode, clinic), given.an_order(episode, clinic)
    cases = [
        ("admin", "memberships", {"user": clinic.nurse.pk, "facility": clinic.here.pk, "role": "nurse"},
         "already_a_member"),
        ("nurse", f"patients/{episode.patient_id}/keep-quiet", {"quiet_from": "22:00", "quiet_until": "22:00"},
         "hours_empty"),
        ("supervisor", "texts", {"facility": clinic.here.pk, "slug": "check_in", "channel": "email", "language": "en",
                                 "body": "Hello."}, "subject_of_an_email"),
        ("counselor", f"assessments/{assessment.pk}/answer",
         {"how": "asked", "answers": {"1": 1}, "occurred_at": early}, "answered_before_begun"),
        ("nurse", f"tox-tests/{test.pk}/record-results",
         {"validity": "valid", "results": {"ketamine": {"detected": False}, "norketamine": {"detected": False}},
          "occurred_at": early}, "results_before_sample"),
        ("nurse", f"investigations/{order.pk}/record-result", {"report": "Fine.", "occurred_at": early},
         "results_before_order"),
        ("admin", "level-mappings", {"facility": clinic.here.pk, "asam_edition": "4", "name": "Ours", **LICENSE,
                                     "licensed_until": "2026-01-01", "content": SCALE}, "license_ended"),
    ]  # fmt: skip
    before, found = everything(), {}
    for who, path, body, code in cases:
        body = {key: str(value) if hasattr(value, "hex") else value for key, value in body.items()}
        answer = api(getattr(clinic, who)).post(f"/api/v1/{path}/", body, format="json")
        found[code] = (answer.status_code, answer.json()["code"], answer.json().get("fields"))
    assert {code: told for code, told in found.items() if code not in str(told)} == {}
    assert everything() == before
