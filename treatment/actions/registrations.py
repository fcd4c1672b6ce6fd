"""Who is it? Somebody known is found before they are written down twice; nobody learns of one they may not see."""

from django.db import connection, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.models import CHART, Membership, Role
from audit.problems import Refused
from duties import actions as duties
from patients import actions as patients
from patients.models import UNNAMED, Access, Episode, Patient, SearchEntry

ASKED = "Somebody being registered may be this person. Ask whoever opened this."
ASKED_OF_NOBODY = "A registration needs a registrar. Ask whoever opened this."


def known_or_new(*, patient, person, facility, because, not_a_duplicate, by, at):
    """The person meant: the one picked, or somebody new when nobody known is likely to be the same.

    Raises possible_duplicate with the candidates whom `by` may see; needs_registrar, which tells nothing,
    when they may see none of them.
    """
    if patient is not None:
        _refuse_hidden_thread(patient, facility=facility, by=by, at=at)
        return patient
    if person["preferred_name"].strip().lower() != UNNAMED:  # an overdose without a name is never held up
        hidden = _look_for(person, facility=facility, not_a_duplicate=not_a_duplicate, by=by, at=at)
        if hidden:
            tell_registrar(hidden, facility=facility, by=by, at=at)
    return patients.register(facility=facility, because=because, at=at, **person)


def _look_for(person, *, facility, not_a_duplicate, by, at):
    """The likeliest candidate whom `by` may not see, once the others were shown and ruled out."""
    _one_at_a_time(person)
    found = SearchEntry.objects.same_as(**person)
    if not found:
        return None
    seen = {one.pk: one for one in Patient.objects.visible_to(by, CHART).filter(pk__in=found)}
    hidden = next((pk for pk in found if pk not in seen), None)
    if not_a_duplicate:
        return hidden
    if seen:
        shown = [seen[pk] for pk in found if pk in seen]
        raise Refused(
            "This may be somebody who is known already. Choose them, or say that it is somebody else.",
            "possible_duplicate",
            members={"candidates": [_candidate(one) for one in shown]},
            shown=shown,
        )
    raise _needs_registrar(hidden, facility=facility, by=by, at=at)


def _one_at_a_time(person):
    """Of two who register the same person at once, the second waits and then finds the first."""
    marks = [str(person[key]).strip().lower() for key in ("birth_date", "phone", "email") if person.get(key)]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(mark, 7425)) FROM unnest(%s::text[]) AS mark",
            [sorted(marks)],
        )


def _candidate(patient):
    return {
        "id": str(patient.pk),
        "number": patient.number,
        "preferred_name": patient.preferred_name,
        "birth_date": patient.birth_date,
    }


def _refuse_hidden_thread(patient, *, facility, by, at):
    """The refusal of a second open thread tells only those who may see the first."""
    open_threads = Episode.objects.open().filter(patient__in=patient.records())
    thread = open_threads.exclude(pk__in=Episode.objects.visible_to(by, CHART).values("pk")).first()
    if thread:
        raise _needs_registrar(thread.patient_id, facility=facility, by=by, at=at)


def _needs_registrar(hidden, *, facility, by, at):
    return Refused(
        "A registrar has to look at this first, and has been told. If it cannot wait, go on with somebody new,"
        " and say that it is not a duplicate.",
        "needs_registrar",
        then=lambda: tell_registrar(hidden, facility=facility, by=by, at=at),
    )


@transaction.atomic
def tell_registrar(pk, *, facility, by, at=None):
    """The privacy officers where this person is seen owe a look: once a day for each who asks."""
    at, person = at or timezone.now(), Patient.objects.get(pk=pk)
    place = _seen_at(person, at)
    return duties.open(
        "possible_duplicate",
        facility=place or facility,
        patient=person if place else None,
        owner_role=Role.PRIVACY,
        due_at=at,
        once=f"duplicate:{pk}:{by.pk}:{timezone.localdate(at):%Y%m%d}",
        note=ASKED if place else ASKED_OF_NOBODY,
        by=by,
        at=at,
    )


def _seen_at(person, at):
    """A facility that sees the person, one with a privacy officer first; None when no place does any more."""
    staffed = Membership.objects.active().filter(facility=OuterRef("facility"), role=Role.PRIVACY)
    grants = Access.objects.current(at).filter(patient=person, facility__isnull=False)
    grant = (
        grants.annotate(staffed=Exists(staffed)).select_related("facility").order_by("-staffed", "-from_at").first()
    )
    return grant.facility if grant else None
