"""Somebody for whom it is alcohol walks the whole road, and no page and no answer asks them about ketamine."""

from datetime import timedelta

import pytest
from django.contrib import admin
from django.urls import reverse
from django.utils import timezone

from config import api as routes
from tests import given
from tests.admin.conftest import TABS, address
from treatment import tasks
from treatment.models import BodyCheck, UrologyReferral

READS_ALL = "prescriber"


def about_it(text):
    """Does it speak of ketamine, or of what only ketamine asks for?"""
    return [word for word in ("etamine", "rology", "ladder, kidneys") if word in text]


@pytest.fixture
def al(clinic, api):
    """Al asked for help, was taken in, treated, tested and discharged, all over HTTP; (person, episode)."""

    def do(who, where, **body):
        answer = api(getattr(clinic, who)).post(f"/api/v1/{where}/", body)
        assert answer.status_code in (200, 201), (where, answer.json())
        return answer.json()

    here = str(clinic.here.pk)
    begun = do("intake", "episodes", facility=here, entry="self", person={"preferred_name": "Al"})
    person, thread = begun["patient"], f"episodes/{begun['id']}"
    do(
        "nurse",
        f"patients/{person}/record-use",
        facility=here,
        substance="0201",
        rank="1",
        route="1",
        frequency="5",
        source="person",
    )
    do("nurse", f"{thread}/clear", basis="screened", findings=given.findings())
    do("nurse", f"{thread}/screen-suicide", wish=False, thoughts=False, behavior=False)
    do("intake", f"{thread}/complete-intake", program=str(clinic.outpatient.pk), patient_notice_given=True)
    do("intake", f"{thread}/admit", program=str(clinic.outpatient.pk))
    # The body is cared for as anybody's is: a painful bladder, cramps, raised liver values, a pregnancy test.
    do("nurse", f"{thread}/log-bladder", voids=18, pain=6, cramps=True)
    due_at = (timezone.now() + timedelta(days=2)).isoformat()
    for kind, values in (
        ("liver", {"ggt": {"value": "400", "high": "60"}, "alp": {"value": "300", "high": "110"}}),
        ("renal", {"creatinine": {"value": "90", "unit": "µmol/L"}}),
        ("renal", {"creatinine": {"value": "190", "unit": "µmol/L"}}),
        ("pregnancy", {"pregnancy": {"found": True}}),
    ):
        ordered = do("nurse", f"{thread}/order-investigation", kind=kind, due_at=due_at)
        do("nurse", f"investigations/{ordered['id']}/record-result", values=values)
    for method, panel in (("poc", ["ethyl_glucuronide", "benzodiazepines"]), ("lcms", ["ethyl_glucuronide"])):
        test = do("nurse", f"{thread}/collect-test", why="clinical", method=method, panel=panel)
        results = {code: {"detected": True} for code in panel}
        do("nurse", f"tox-tests/{test['id']}/record-results", validity="valid", creatinine=80, results=results)
        told = api(clinic.prescriber).get(f"/api/v1/tox-tests/{test['id']}/context/").content.decode()
        assert not about_it(told.replace("prescribed_ketamine", ""))
    do("counselor", f"{thread}/begin-random-tests", least=1, most=3, panel=["ethyl_glucuronide"])
    tasks.plan_checks()
    do("counselor", f"{thread}/discharge", reason="1", checklist_answers=given.said())
    tasks.plan_checks()
    return person, begun["id"]


def test_nothing_about_ketamine_is_owed_planned_or_flagged(clinic, al, api):
    person, _ = al
    answer = api(clinic.prescriber).get("/api/v1/duties/", {"patient": person, "limit": 100})
    duties = answer.json()["results"]
    assert len(duties) > 8
    for duty in duties:
        assert not about_it(duty["name"] + duty["note"]), duty
        assert duty["kind"] not in {"medical_review", "medical_review_now", "body_check", "bladder_review"}
    assert not BodyCheck.objects.exists() and not UrologyReferral.objects.exists()
    flags = api(clinic.prescriber).get("/api/v1/investigations/", {"patient": person}).json()["results"]
    assert len(flags) == 4 and not any(row["red_flags"] for row in flags)


def test_no_answer_of_the_api_speaks_of_it(clinic, al, api):
    person, _ = al
    asked = 0
    for route in routes.every:
        view = getattr(route.callback, "cls", None)
        model = getattr(view, "model", None)
        if not route.name.endswith("-list") or model is None:
            continue
        if not any(field.name == "patient" for field in model._meta.fields):
            continue
        answer = api(clinic.prescriber).get(reverse(route.name), {"patient": person})
        if answer.status_code == 400:  # it is narrowed by something else
            answer = api(clinic.prescriber).get(reverse(route.name))
        if answer.status_code == 200:
            asked += bool(answer.json()["results"])
            assert not about_it(answer.content.decode()), route.name
    assert asked > 15
    for part in ("timeline", "standing", "bladder-trend"):
        text = api(clinic.prescriber).get(f"/api/v1/patients/{person}/{part}/").content.decode()
        assert not about_it(text), part


def test_no_page_prompts_for_it(clinic, al, client):
    person, _ = al
    client.force_login(clinic.prescriber)
    opened = 0
    for model in admin.site._registry:
        if not any(field.name == "patient" for field in model._meta.fields):
            continue
        for row in model._default_manager.filter(patient=person)[:3]:
            answer = client.get(address(row))
            if answer.status_code != 200:
                continue
            opened += 1
            _no_prompt(answer.context, row)
    assert opened > 20
    whole = address(model_of("patients.Patient").objects.get(pk=person))
    for tab in TABS:
        answer = client.get(whole, {"tab": tab})
        _no_prompt(answer.context, tab)
        thread = answer.context.get("thread")
        for link in (thread or {}).get("verbs", []):
            assert link["can"] != "now" or not about_it(link["label"] + link["help"]), link
    front = client.get(reverse("admin:index")).content.decode()
    assert not about_it(front[front.index('id="main"') :]), "beside the list of all nouns"


def _no_prompt(context, where):
    """Neither what must be seen first, nor a button, nor a picture, nor what is listed."""
    said = [sentence for sentence, _, _ in context["alarms"]]
    said += [f"{link['label']} {link['help']}" for link in context["verbs"] if link["can"] == "now"]
    said += [str(picture) for picture in context.get("plots") or []]
    said += [str(cell) for section in context["sections"] for _, cells in section["rows"] for cell in cells]
    said += [str(value) for _, value, _ in context.get("facts") or []]
    found = [one for one in said if about_it(str(one).replace("Ketamine is prescribed", ""))]
    assert not found, (where, found)


def model_of(label):
    """A model by its label."""
    return next(model for model in admin.site._registry if model._meta.label == label)
