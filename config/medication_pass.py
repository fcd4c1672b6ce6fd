"""The medication pass: who gets what now, in this unit; the outcome in one touch."""

from datetime import datetime, timedelta
from urllib.parse import quote
from uuid import uuid4

from django.db.models import Count, Max, Q
from django.urls import reverse
from django.utils import timezone

from audit.planned import Planned
from config.pages import is_starting
from patients.admin.documents import file_of
from patients.admin.records import roles
from patients.admin.words import clock, moment
from patients.models import Allergy, Document, Patient
from patients.models.documents import DocumentKind
from treatment.medication_safety import NOT_A_CHECKER
from treatment.models import Absence, Administration, BedStay, Dose, DoseOutcome, MedicationOrder, Unit
from treatment.models.doses import LATE_AFTER
from treatment.models.medication_orders import Frequency
from treatment.views.doses import SEES, Doses
from treatment.views.medication_orders import GIVES

WINDOWS = {"1": "The next hour", "8": "The next 8 hours"}
NO_UNIT = "none"
# What may become of a dose that was not given; each opens a form that is filled in already.
OTHERWISE = [pair for pair in DoseOutcome.choices if pair[0] != DoseOutcome.GIVEN]


def medication_pass(request, context):
    """Everybody of one unit with what is due, late or as needed; the number of statements does not grow with them."""
    now = timezone.now()
    units = list(Unit.objects.filter(facility__in=request.user.places_as(SEES)).select_related("facility").order_by(
        "facility__name", "name"
    ))  # fmt: skip
    asked = request.GET.get("unit", "")
    unit = next((one for one in units if str(one.pk) == asked), None)
    if unit is None and asked != NO_UNIT:
        unit = units[0] if units else None
    window = request.GET.get("hours") if request.GET.get("hours") in WINDOWS else "1"
    until = now + timedelta(hours=int(window))
    people = _people(request.user, unit, until)
    request.patients.update(patient.pk for patient, _ in people)
    key = unit.pk if unit else NO_UNIT
    here = f"{reverse('admin:medication_pass')}?unit={key}&hours={window}"
    return {
        **context,
        "title": "Medication pass",
        "units": units,
        "unit": unit,
        "key": str(key),
        "no_unit": NO_UNIT,
        "windows": WINDOWS.items(),
        "window": window,
        "here": here,
        "back": f"_next={quote(here)}",
        "rows": _rows(people, now, until),
        "gives": bool(roles(request) & GIVES),
        "otherwise": OTHERWISE,
        "not_a_checker": NOT_A_CHECKER,
        "starting": is_starting(now),
        "unlaid": MedicationOrder.objects.to_lay_out(now)
        .filter(patient__in=[patient.pk for patient, _ in people])
        .exists(),
    }


def _people(user, unit, until):
    """[(person, bed)] of a unit by bed; without one, everybody else to whom a dose is owed."""
    seen = Patient.objects.visible_to(user, SEES)
    if unit is not None:
        stays = BedStay.objects.open().filter(bed__unit=unit, patient__in=seen)
        return [(stay.patient, stay.bed) for stay in stays.select_related("patient", "bed").order_by("bed__label")]
    in_bed = BedStay.objects.open().values("patient")
    owed = Doses.seen_by(user, SEES).open().filter(due_at__lte=until, facility__in=user.places_as(SEES))
    rows = Patient.objects.filter(pk__in=owed.exclude(patient__in=in_bed).values("patient"))
    return [(patient, None) for patient in rows.order_by("preferred_name", "pk")[:100]]


def _taken_as_needed(keys, now, since):
    """Orders, with when one was taken last and how many were since."""
    given = Q(administrations__outcome=DoseOutcome.GIVEN, administrations__entered_in_error_at=None)
    taken = given & Q(administrations__administered_at__gt=since)
    orders = MedicationOrder.objects.active().filter(Q(ends_at=None) | Q(ends_at__gt=now), starts_at__lte=now)
    return (
        orders.filter(patient__any_of=keys, frequency=Frequency.AS_NEEDED)
        .annotate(
            last=Max("administrations__administered_at", filter=given),
            taken=Count("administrations", filter=taken),
        )
        .order_by("name", "pk")
    )


AS_NEEDED = Planned(_taken_as_needed, list, datetime, datetime)
DOSES = Planned(
    lambda keys, until: (
        Dose.objects.open()
        .filter(patient__any_of=keys, due_at__lte=until)
        .select_related("order__medication")
        .order_by("due_at", "pk")
    ),
    list,
    datetime,
)
UNSEEN = Planned(
    lambda keys: (
        Administration.objects.unwitnessed().filter(patient__any_of=keys).select_related("order", "administered_by")
    ),
    list,
)
ALLERGIES = Planned(lambda keys: Allergy.objects.active().filter(patient__any_of=keys), list)
PHOTOS = Planned(
    lambda keys: (
        Document.objects.listed().filter(patient__any_of=keys, kind=DocumentKind.PHOTO).order_by("added_at", "pk")
    ),
    list,
)
AWAY = Planned(lambda keys: Absence.objects.open().filter(patient__any_of=keys), list)


def _rows(people, now, until):
    """One section a person, each thing asked for once for all of them."""
    keys = [patient.pk for patient, _ in people]
    doses, unseen, allergies = _by(DOSES(keys, until)), _by(UNSEEN(keys)), _by(ALLERGIES(keys))
    as_needed = _by(AS_NEEDED(keys, now, now - timedelta(hours=24)))
    photos = {row.patient_id: row for row in PHOTOS(keys)}
    away = {row.patient_id: row for row in AWAY(keys)}
    page, give = _doors("patients_patient_change"), _doors("treatment_dose_do", "give")
    otherwise = _doors("treatment_dose_do", "not-given")
    return [
        {
            "patient": patient,
            "page": page(patient),
            "bed": bed,
            "photo": file_of(photos[patient.pk]) if patient.pk in photos else "",
            "allergies": Allergy.all_in_words(allergies.get(patient.pk, [])),
            "allergic": any(not one.none_known for one in allergies.get(patient.pk, [])),
            "away": away.get(patient.pk),
            "doses": [
                {**_dose(dose, now), "give": give(dose), "otherwise": otherwise(dose)}
                for dose in doses.get(patient.pk, [])
            ],
            "as_needed": [_as_needed(order, now) for order in as_needed.get(patient.pk, [])],
            "unseen": [{"row": row, "at": moment(row.administered_at)} for row in unseen.get(patient.pk, [])],
        }
        for patient, bed in people
    ]


def _doors(name, *verb):
    """row -> the address of its page or verb: worked out once a noun, not once a button; there are hundreds."""
    address = reverse(f"admin:{name}", args=["ROW", *verb])
    return lambda row: address.replace("ROW", str(row.pk))


def _by(rows):
    found = {}
    for row in rows:
        found.setdefault(row.patient_id, []).append(row)
    return found


def _dose(dose, now):
    """A dose with its clock; an injection of naltrexone is given by its form, where more is asked."""
    each = dose.order.medication.counsel.get("each") if dose.order.medication_id else None
    return {
        "row": dose,
        "order": dose.order,
        "clock": clock(dose.due_at, now),
        "late": dose.due_at < now - LATE_AFTER,
        "held": dose.order.state == "held",
        "form": bool(each),
        "key": uuid4(),
    }


def _as_needed(order, now):
    """When the next may be given, and how many are left."""
    left = order.max_doses - order.taken
    next_at = order.last + timedelta(hours=float(order.min_hours)) if order.last else None
    why_not = ""
    if left <= 0:
        why_not = f"{order.max_doses} were given in 24 hours."
    elif next_at and next_at > now:
        why_not = "Too soon after the last."
    return {"order": order, "left": max(left, 0), "last": order.last and moment(order.last),
            "next": moment(next_at) if next_at and next_at > now else None, "why_not": why_not}  # fmt: skip
