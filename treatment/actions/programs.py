"""What a program takes, closing it, and opening it again."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, JSONObject
from django.utils import timezone

from audit.planned import Planned
from audit.problems import Refused
from patients.actions import needs
from patients.models import Episode, Patient

from ..models import AssessmentSchedule, Bed, BedHold, BedRestriction, LegalStatus, Offer, Program, WaitListEntry
from ..models.transfers import TransferKind
from .level_assessments import is_owed_a_look


def is_empty(program):
    """Raise people_in_program or people_waiting."""
    if program.placements.open().exists():
        raise ValidationError(
            "There are people in this program. Move or discharge them first.", code="people_in_program"
        )
    if program.wait_list_entries.open().exists():
        raise ValidationError(
            "There are people waiting for this program. Find them another place first.", code="people_waiting"
        )


def is_closed(program):
    """Raise program_open."""
    if program.closed_at is None:
        raise ValidationError("This program is open.", code="program_open")


def check_bed(program, bed, *, episode, at, override="", told=None):
    """A program with beds needs one of its own that is kept for nobody else; one without takes none.

    A bed for others is given only with a coded reason: returned where there was need of one, to be kept.
    `told` is what is known of the bed; None: not asked yet.
    """
    program.require_open()
    if program.needs_bed and bed is None:
        raise ValidationError("This program needs a bed.", code="bed_missing")
    if bed is None:
        return ""
    _check_own_bed(program, bed)
    day = at.astimezone(program.facility.tz()).date()
    return check_kept(bed, told or told_of(bed, episode, at=at), episode.patient, day=day, override=override)


def check_kept(bed, told, patient, *, day, override=""):
    """A bed that is kept for somebody is given to nobody else, and one for others only with a coded reason.

    Nor is somebody on a hold put where nobody can be held. Returns the reason where it was needed: the one given now,
    or when the bed was held for this person. Raises bed_offered, bed_restricted or unit_unlocked.
    """
    if told["offered"]:
        raise ValidationError("This bed is kept for somebody it was offered to.", code="bed_offered")
    override = override or told["override"] or ""
    against = [one for one in map(BedRestriction.as_told, told["restricted"]) if not one.fits(patient, day)]
    if against and not override:
        raise ValidationError(
            "%(bed)s is for: %(whom)s. Choose another, or say why it must be this one.",
            code="bed_restricted",
            params={"bed": bed, "whom": ", ".join(one.in_words() for one in against)},
        )
    if told["unheld"] and not override:
        raise ValidationError(
            "The person is on a legal hold, and %(bed)s is in an unlocked unit, which cannot hold anyone. Choose "
            "another, or say why it must be this one.",
            code="unit_unlocked",
            params={"bed": bed},
        )
    return override if against or told["unheld"] else ""


def _check_own_bed(program, bed):
    if not program.needs_bed:
        raise ValidationError("This program has no beds.", code="bed_not_needed")
    if bed.unit.facility_id != program.facility_id:
        raise ValidationError("The bed is at another facility than the program.", code="bed_elsewhere")
    if bed.unit.program_id not in (None, program.pk):
        raise ValidationError("The bed belongs to another program.", code="bed_of_another_program")


def check_room(program, *, episode, at):
    """A locked program takes no more people than it has places for; those offered to others are taken."""
    if program.capacity is None:
        return
    offered = Offer.objects.holding(at).filter(program=program).exclude(episode=episode).count()
    if program.placements.open().count() + offered >= program.capacity:
        raise ValidationError("The program is full. Put the person on its wait list.", code="program_full")


def check_age(program, episode, *, at):
    """Nobody is placed where people of their age are not taken; no role overrides this (domain 10, minors).

    The refusal leads to the referral elsewhere, to a service for young people where the person is under age; it
    makes none.
    """
    day, patient = at.astimezone(program.facility.tz()).date(), episode.patient
    if not program.takes_age(patient.birth_date, day):
        kind = TransferKind.YOUTH if patient.is_minor(day) else TransferKind.PROVIDER
        raise Refused(
            f"The program takes people of {program.ages()}. Choose another, or refer the person elsewhere: "
            "their thread goes on here until they have arrived there.",
            "outside_age_range",
            instead=(episode, "refer-elsewhere", {"kind": kind.value}),
        )


def check_end(day, *, program, at):
    """A stay is expected to end on the day it begins, or later."""
    if day is not None and day < at.astimezone(program.facility.tz()).date():
        raise ValidationError("The person is expected to leave before they come.", code="ends_before_start")


def check_free(bed):
    """An offer is of a bed that is free now."""
    if bed is not None and not Bed.objects.free().filter(pk=bed.pk).exists():
        raise ValidationError("The bed is taken. Offer another.", code="bed_taken")


@needs(Program.require_open, is_empty)
@transaction.atomic
def close_program(program, *, by, at=None):
    """Take nobody any more. Raises program_closed, people_in_program or people_waiting.

    The program is locked, as every admission locks it: nobody is let in while it closes.
    """
    program = Program.objects.lock(program.pk)
    close_program.require(program)
    program.closed_at, program.closed_by = at or timezone.now(), by
    program.save(update_fields=["closed_at", "closed_by"])
    program.refresh_from_db()
    return program


@needs(is_closed)
@transaction.atomic
def reopen_program(program, *, by, at=None):
    """Take people again. Raises program_open."""
    program = Program.objects.lock(program.pk)
    reopen_program.require(program)
    program.closed_at = program.closed_by = None
    program.save(update_fields=["closed_at", "closed_by"])
    program.refresh_from_db()
    return program


def locked_for(program, episode, *, at):
    """The program, locked, with whether the person waits for it, and whether a bed of it is kept for them."""
    return LOCKED.first(program.pk, episode.pk, at)


def _locked(program, episode, at):
    """The program, locked: did the person wait for it, were they offered a place, is a bed kept for them?"""
    waited = Exists(WaitListEntry.objects.open().filter(episode=episode, program=OuterRef("pk")))
    offered = Exists(Offer.objects.open().filter(episode=episode, program=OuterRef("pk")))
    held = Exists(BedHold.objects.holding(at).filter(episode=episode))
    found = {"waited": waited, "offered": offered, "held": held, "looked_at": is_owed_a_look(episode)}
    rows = Program.objects.all().read_along().annotate(**found)
    return rows.filter(pk=program).order_by().select_for_update(no_key=True, of=("self",))


LOCKED = Planned(_locked, UUID, UUID, datetime)


def told_of(bed, episode, *, at):
    """What somebody who would lie in this bed is told of it: {offered, override, restricted, unheld}."""
    return TOLD.first([bed.pk], episode.pk, at)


def _told(beds, episode, at):
    """Is it `offered` to somebody else, by which `override` is it held for this person, who is it `restricted` to?

    And is this somebody who is held against their will, while the unit can hold nobody: `unheld`?
    """
    offers = Offer.objects.holding(at).filter(bed=OuterRef("pk")).exclude(episode=episode)
    held = BedHold.objects.holding(at).filter(bed=OuterRef("pk"), episode=episode).order_by()
    held = Subquery(held.values("override")[:1])
    survivor = Coalesce("patient__merged_into", "patient")
    person = Patient.objects.records_of(Subquery(Episode.objects.filter(pk=episode).values(key=survivor)))
    unheld = Exists(LegalStatus.objects.against_their_will(at).filter(patient__in=person.values("pk")))
    told = JSONObject(
        offered=Exists(offers), override=held, restricted="restricted", unheld=Q(unheld, unit__locked=False)
    )
    beds = Bed.objects.with_restrictions().filter(pk__any_of=beds)
    return beds.order_by().annotate(told=told).values_list("told", flat=True)


TOLD = Planned(_told, list, UUID, datetime)


def now_that_it_is_locked(program, episode, bed, *, at):
    """(what the program asks of this person, what is told of the bed), read once nobody can change it."""
    person = episode.patient.survivor().pk
    return ONCE_LOCKED.first(program.pk, episode.pk, person, [bed.pk] if bed else [], at)


def _once_locked(program, episode, person, beds, at):
    asked, told = AssessmentSchedule.objects.asked_of(episode, person), Subquery(_told(beds, episode, at))
    return Program.objects.filter(pk=program).annotate(asked=asked).values_list("asked", told).order_by()


ONCE_LOCKED = Planned(_once_locked, UUID, UUID, UUID, list, datetime)
