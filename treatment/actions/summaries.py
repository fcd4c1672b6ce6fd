"""The summary of a treatment, drafted from the record: it reads, and changes nothing."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import JSONObject

from patients.models import Allergy

from ..models import Intake, MedicationStatement, Session
from ..models.discharges import Said
from ..models.sessions import Attendance

ALLERGY = ("none_known", "substance", "severity")
TAKEN = ("medication", "dose", "route", "how_often", "decision", "decision_in_words")
CAME = [Attendance.ATTENDED, Attendance.LATE, Attendance.PARTIAL]


def draft(discharge):
    """Plain text from what is recorded, read in one statement: never the text of a note."""
    zone, places = discharge.facility.tz(), list(_record(discharge.episode))
    allergies = [Allergy(**one) for one in places[0].allergies]
    taken = [MedicationStatement(**one) for one in places[0].medication]
    parts = [
        _times(places, discharge, zone),
        f"What the person wanted: {places[0].goals}" if places[0].goals else "",
        _sessions(places[0].told or {}),
        f"Allergies: {Allergy.all_in_words(allergies) or 'not asked'}.",
        _medication(taken),
        f"Reason for leaving: {discharge.get_reason_display().lower()}.",
        f"Going to: {discharge.going_to}." if discharge.going_to else "",
        _said(discharge),
    ]
    return "\n\n".join(part for part in parts if part)


def _record(episode):
    """Every placement in order, each with the goals of the last intake and how many sessions there were."""
    intakes = Intake.objects.right().filter(episode=episode).exclude(completed_at=None).order_by("-completed_at")
    signed = Q(notes__signed_at__isnull=False, notes__entered_in_error_at=None)
    told = (
        Session.objects.right()
        .filter(episode=OuterRef("episode"))
        .order_by()
        .values("episode")
        .annotate(
            planned=Count("pk", distinct=True),
            came=Count("pk", filter=Q(attendance__in=CAME), distinct=True),
            signed=Count("notes", filter=signed, distinct=True),
        )
        .values(told=JSONObject(planned="planned", came="came", signed="signed"))
    )
    rows = episode.placements.right().select_related("program").order_by("began_at")
    return rows.annotate(
        goals=Subquery(intakes.values("goals")[:1]),
        told=Subquery(told),
        allergies=_each(Allergy.objects.of(episode.patient).active(), ALLERGY),
        medication=_each(MedicationStatement.objects.of(episode.patient).current(), TAKEN),
    )


def _each(rows, columns):
    """These columns of each row, read along."""
    return ArraySubquery(rows.order_by("pk").values(row=JSONObject(**{column: column for column in columns})))


def _day(instant, zone):
    local = instant.astimezone(zone)
    return f"{local:%B} {local.day}, {local:%Y}"


def _times(places, discharge, zone):
    """Each program with its level and dates."""
    lines = ["Treatment:"]
    for placement in places:
        program, ended = placement.program, placement.ended_at or discharge.discharged_at
        level = f", level {program.level_of_care} ({program.level_label()})" if program.level_of_care else ""
        days = (ended.astimezone(zone).date() - placement.began_at.astimezone(zone).date()).days
        lines.append(f"- {program}{level}: {_day(placement.began_at, zone)} to {_day(ended, zone)}, {days} day(s)")
    return "\n".join(lines)


def _sessions(told):
    """How many, to how many they came, and how many notes are signed."""
    return (
        f"Sessions: came to {told.get('came', 0)} of {told.get('planned', 0)}; "
        f"{told.get('signed', 0)} note(s) signed."
    )


def _medication(statements):
    """What the person takes as far as is known, with what was decided about it; a list, no orders."""
    lines = [
        "- " + "; ".join(filter(None, [_taken(one), one.get_decision_display().lower(), one.decision_in_words]))
        for one in statements
    ]
    return "\n".join(["Medication, as far as is known:", *lines]) if lines else "Medication: none is known."


def _taken(one):
    """What, how much, how often."""
    return ", ".join(filter(None, [one.medication, one.dose, one.route, one.how_often]))


def _said(discharge):
    """What was said and given on leaving."""
    words, lines = dict(Said.choices), []
    for item in discharge.checklist.items:
        given = discharge.checklist_answers.get(item["code"], {})
        if given.get("answer") in words:
            note = f" ({given['note']})" if given.get("note") else ""
            lines.append(f"- {item['text']}: {words[given['answer']].lower()}{note}")
    return "\n".join(["Said and given on leaving:", *lines]) if lines else ""
