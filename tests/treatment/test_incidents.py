"""Incidents: what is owed at once, who may read what, the review, and what stands in whose chart."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from audit.models import AccessEvent
from duties import actions as duties
from patients import actions as patients
from tests import given
from tests.then import forbidden, fresh, refused
from treatment.actions import incidents
from treatment.models import Incident, IncidentAction, IncidentEntry, IncidentPerson, IncidentReport


@pytest.fixture
def maria(clinic):
    return given.in_bed(clinic).patient


@pytest.fixture
def sam(clinic):
    return given.in_bed(clinic, bed=1, name="Sam").patient


def found(incident, clinic, **fields):
    fields = {"conclusion": "The stairs were wet.", "factors": ["place"], **fields}
    return incidents.write_findings(incident, by=clinic.supervisor, **fields)


# What is owed.


@pytest.mark.parametrize(
    ("severity", "hours", "pages"), [(1, 168, False), (3, 72, False), (4, 48, True), (5, 24, True)]
)
def test_how_grave_it_was_says_when_it_is_signed_and_whether_somebody_is_paged(clinic, severity, hours, pages):
    at = timezone.now()
    incident = given.an_incident(clinic, severity=severity, at=at)
    review = incident.review_duty
    assert (review.owner_role, review.due_at, review.patient) == ("supervisor", at + timedelta(hours=hours), None)
    assert bool(incident.page_duty) == pages
    if pages:
        assert (incident.page_duty.ladder.critical, incident.page_duty.due_at) == (True, at)


@pytest.mark.parametrize(
    ("kind", "severity", "codes"),
    [
        ("fall", 3, []),
        ("fall", 4, ["licensing-grave"]),
        ("death", 5, ["licensing-death", "licensing-grave"]),
        ("restraint", 2, []),
        ("confidentiality", 1, ["confidentiality"]),
    ],
)
def test_who_outside_is_told_follows_from_the_sites_rules(clinic, kind, severity, codes):
    incident = given.an_incident(clinic, kind=kind, severity=severity)
    rows = incident.reports.order_by("code")
    assert [row.code for row in rows] == codes
    for row in rows:
        assert row.duty.due_at == incident.happened_at + timedelta(hours=24)
        assert row.duty.owner_role == ("privacy" if kind == "confidentiality" else "supervisor")


def test_what_stands_for_an_incident_ends_by_its_own_verb(clinic):
    incident = given.an_incident(clinic, severity=5, kind="death")
    for duty, code in (
        (incident.review_duty, "incident_open"),
        (incident.page_duty, "incident_open"),
        (incident.reports.first().duty, "report_open"),
    ):
        with refused(code):
            duties.resolve(duty, by=clinic.supervisor)
    incidents.begin_review(incident, by=clinic.supervisor)
    assert fresh(incident.page_duty).outcome == "resolved"
    row = incidents.settle_report(
        incident.reports.first(), outcome="made", words="by phone, ref 12", by=clinic.supervisor
    )
    assert (fresh(row.duty).outcome, row.outcome) == ("resolved", "made")
    with refused("done_already"):
        incidents.settle_report(row, outcome="made", words="again", by=clinic.supervisor)


# The review.


def test_it_is_reviewed_signed_and_locked(clinic, maria):
    incident = given.under_review(clinic, maria)
    with refused("conclusion_missing"):
        incidents.sign_off(incident, by=clinic.supervisor)
    found(incident, clinic)
    signed = incidents.sign_off(incident, by=clinic.supervisor)
    assert (signed.state, fresh(signed.review_duty).outcome) == ("signed", "resolved")
    with refused("incident_signed"):
        found(signed, clinic)
    with refused("incident_signed"):
        incidents.add_person(signed, patient=maria, part="x", by=clinic.supervisor)
    with forbidden("a_signed_incident_never_changes"):
        Incident.objects.update(conclusion="something else")
    entry = incidents.add_addendum(signed, words="Mats were laid.", by=clinic.nurse)
    with pytest.raises(Exception, match="permission denied"):
        IncidentEntry.objects.filter(pk=entry.pk).update(words="x")


def test_nobody_reviews_or_signs_what_they_reported(clinic):
    incident = given.an_incident(clinic, by=clinic.supervisor)
    with refused("own_report"):
        incidents.begin_review(incident, by=clinic.supervisor)
    incidents.begin_review(incident, by=clinic.admin)
    with refused("own_report"):
        found(incident, clinic)
    with forbidden("nobody_reviews_their_own_report"):
        Incident.objects.update(review_began_by=clinic.supervisor)


def test_it_goes_step_by_step(clinic):
    incident = given.an_incident(clinic)
    for verb in (lambda: found(incident, clinic), lambda: incidents.sign_off(incident, by=clinic.supervisor)):
        with refused("wrong_state"):
            verb()
    now = {"at": timezone.now(), "by": clinic.supervisor}
    with forbidden("an_incident_goes_step_by_step"):
        Incident.objects.update(
            state="signed", conclusion="x", factors=["place"], signed_at=now["at"], signed_by=now["by"],
            review_began_at=now["at"], review_began_by=now["by"],
        )  # fmt: skip
    with forbidden("a_report_never_changes"):
        Incident.objects.update(facts="Nothing happened.")
    incidents.begin_review(incident, by=clinic.supervisor)
    with refused("wrong_state"):
        incidents.begin_review(incident, by=clinic.supervisor)


def test_the_steps_of_the_database_are_those_of_next(clinic, owner):
    source = owner.execute("SELECT prosrc FROM pg_proc WHERE proname = 'incident_steps'").fetchone()[0]
    allowed = set(re.findall(r"\('(\w+)', '(\w+)'\)", source))
    assert allowed == {(here.value, there.value) for here, nexts in Incident.NEXT.items() for there in nexts}


def test_graver_than_thought_is_told_outside_too(clinic):
    incident = given.under_review(clinic)
    assert not incident.reports.exists()
    found(incident, clinic, severity=4)
    found(incident, clinic, severity=4)
    assert [row.code for row in incident.reports.all()] == ["licensing-grave"]


def test_an_action_is_owed_by_somebody_of_the_place_and_done_in_words(clinic):
    incident = given.under_review(clinic)
    with refused("not_a_member"):
        given.an_action(incident, clinic, owner=clinic.nurse_elsewhere)
    with refused("due_in_the_past"):
        given.an_action(incident, clinic, due_at=given.ago(days=1))
    action = given.an_action(incident, clinic)
    assert (action.duty.owner, action.duty.owner_role) == (clinic.nurse, "nurse")
    with refused("action_open"):
        duties.resolve(action.duty, by=clinic.nurse)
    incidents.complete_action(action, words="laid on Monday", by=clinic.nurse)
    assert fresh(action.duty).outcome == "resolved"
    with refused("done_already"):
        incidents.complete_action(action, words="again", by=clinic.nurse)


@pytest.mark.parametrize(
    ("fields", "code"),
    [({"severity": 6}, "off_the_scale"), ({"happened_at": timezone.now() + timedelta(hours=1)}, "in_the_future")],
)
def test_a_report_is_refused(clinic, fields, code):
    if "happened_at" in fields:
        fields["happened_at"] = timezone.now() + timedelta(hours=1)
    with refused(code):
        given.an_incident(clinic, **fields)


# What stands in whose chart.


def test_nobody_else_is_named_in_a_persons_own_part(clinic, maria, sam):
    line = {"patient": maria, "part": "Was hit by SAM.", "part_in": "affected"}
    with refused("names_another"):
        given.an_incident(clinic, people=[line, {"patient": sam, "part": "Hit somebody.", "part_in": "involved"}])
    incident = given.an_incident(clinic, maria)
    with refused("names_another"):
        incidents.add_person(incident, patient=sam, part="Helped Maria up.", by=clinic.nurse)
    incidents.add_person(incident, patient=sam, part="Helped somebody up.", part_in="witness", by=clinic.nurse)
    with refused("in_it_already"):
        incidents.add_person(incident, patient=sam, part="Again.", by=clinic.nurse)
    with refused("in_it_twice"):
        given.an_incident(clinic, maria, maria)


def test_each_chart_tells_its_own_part_alone(clinic, maria, sam, api):
    line = {"patient": sam, "part": "Saw a fall.", "part_in": "witness"}
    incident = given.an_incident(clinic, maria, facts="Maria fell, Sam saw it.")
    incidents.add_person(incident, **line, by=clinic.nurse)
    client = api(clinic.counselor)
    told = client.get(f"/api/v1/patients/{sam.pk}/timeline/?kinds=incidents").json()["results"]
    assert [one["words"] for one in told] == ["Incident, they saw or heard it, Saw a fall."]
    chart = client.get(f"/api/v1/incident-people/?patient={sam.pk}").content.decode()
    assert "Saw a fall." in chart and "Maria" not in chart and str(maria.pk) not in chart
    assert client.get(f"/api/v1/incidents/{incident.pk}/").status_code == 404
    assert api(clinic.supervisor).get(f"/api/v1/incidents/{incident.pk}/").status_code == 200
    assert set(AccessEvent.objects.first().patients) == {maria.pk, sam.pk}, "whoever opens it opened both"


def test_what_stands_in_a_chart_stays_and_errors_are_marked(clinic, maria):
    person = given.an_incident(clinic, maria).people.get()
    with forbidden("what_stands_in_a_chart_stays"):
        IncidentPerson.objects.filter(pk=person.pk).update(part="Was pushed.")
    incident = incidents.mark_error(person.incident, reason="reported twice", by=clinic.supervisor)
    assert fresh(person).entered_in_error_at and fresh(incident.review_duty).outcome == "canceled"
    with refused("error_marked"):
        incidents.begin_review(incident, by=clinic.supervisor)


def test_family_is_told_only_with_the_persons_permission(clinic, maria):
    person = given.an_incident(clinic, maria).people.get()
    ines = given.a_supporter(maria, clinic)
    with refused("not_permitted"):
        incidents.tell_supporter(person, supporter=ines, words="She fell.", by=clinic.nurse)
    patients.permit(ines, may_know=["emergency"], by=clinic.nurse)
    incidents.tell_supporter(person, supporter=ines, words="She fell, and is fine.", by=clinic.nurse)
    with refused("told_already"):
        incidents.tell_supporter(person, supporter=ines, words="Again.", by=clinic.nurse)


# Who reads it.


def sees(user, incident, *roles):
    return Incident.objects.visible_to(user, roles or [user.username]).filter(pk=incident.pk).exists()


def test_it_is_read_by_who_reviews_and_by_who_reported_it(clinic, maria):
    about_maria, about_nobody = given.an_incident(clinic, maria), given.an_incident(clinic, kind="property")
    for incident in (about_maria, about_nobody):
        assert sees(clinic.supervisor, incident) and sees(clinic.privacy, incident) and sees(clinic.nurse, incident)
        assert not sees(clinic.counselor, incident) and not sees(clinic.technician, incident)
        assert not sees(clinic.nurse_elsewhere, incident, "nurse") and not sees(clinic.outsider, incident, "nurse")
    assert sees(clinic.admin, about_nobody) and not sees(clinic.admin, about_maria)
    assert not sees(clinic.nurse, about_maria, "supervisor")


def test_anybody_reports_over_http_and_names_only_whom_they_see(clinic, maria, api):
    body = {
        "facility": str(clinic.here.pk), "kind": "fall", "severity": 4, "happened_at": given.ago(hours=1).isoformat(),
        "place": "stairs", "facts": "Somebody fell.",
    }  # fmt: skip
    line = {"patient": str(maria.pk), "part": "Fell."}
    for user in (clinic.analyst, clinic.admin):
        refusal = api(user).post("/api/v1/incidents/", {**body, "people": [line]}, "json")
        assert refusal.status_code == 404, refusal.content
        assert api(user).post("/api/v1/incidents/", body, "json").status_code == 201
    made = api(clinic.technician).post("/api/v1/incidents/", {**body, "people": [line]}, "json")
    assert made.status_code == 201, made.content
    client, address = api(clinic.supervisor), f"/api/v1/incidents/{made.json()['id']}"
    assert client.post(f"{address}/begin-review/").json()["state"] == "review"
    said = {"conclusion": "Wet stairs.", "factors": ["place"]}
    assert client.post(f"{address}/write-findings/", said, "json").status_code == 200
    action = {"words": "Mats", "owner": str(clinic.technician.pk), "due_at": given.ago(days=-3).isoformat()}
    assert client.post(f"{address}/add-action/", action, "json").status_code == 201
    assert client.post(f"{address}/sign-off/").json()["state"] == "signed"
    mine = api(clinic.technician).get("/api/v1/incident-actions/?open=true").json()["results"]
    assert [one["words"] for one in mine] == ["Mats"]
    assert IncidentAction.objects.count() == 1 and IncidentReport.objects.count() == 3


def test_a_medication_error_names_the_dose_or_the_order_and_both_show_it(clinic, maria, client, api):
    order = given.once(given.in_bed(clinic, bed=1, name="Jo"), clinic)
    dose, body = given.a_dose(order), {
        "severity": 2, "happened_at": given.ago(minutes=5).isoformat(), "place": "room 2",
        "facts": "Twice as much was given.", "part": "Was given twice as much.",
    }  # fmt: skip
    for address, field in ((f"doses/{dose.pk}", "dose"), (f"medication-orders/{order.pk}", "medication_order")):
        made = api(clinic.nurse).post(f"/api/v1/{address}/report-error/", body, "json").json()
        assert (made["kind"], made[field]) == ("medication", address.rpartition("/")[2])
        found = api(clinic.supervisor).get("/api/v1/incidents/", {field: made[field]}).json()["results"]
        assert [one["id"] for one in found] == [made["id"]]
    for user, shows in ((clinic.supervisor, True), (clinic.technician, False)):
        client.force_login(user)
        page = client.get(f"/admin/treatment/dose/{dose.pk}/change/").content.decode()
        assert ("Medication error" in page) == shows
    with forbidden("a_report_never_changes"):
        Incident.objects.filter(dose=dose).update(medication_order=order)
    with forbidden("a_medication_error_names_a_dose_or_an_order"):
        given.an_incident(clinic, maria, kind="medication", dose=dose, medication_order=order)
    with refused("not_a_medication_error"):
        given.an_incident(clinic, maria, kind="fall", dose=dose)
