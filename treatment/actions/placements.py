"""Admission, moves, sending out and bringing back."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts.models import Role, User
from duties import actions as duties
from duties.models import Duty
from patients.actions import at_stage, needs
from patients.models import NOT_CLEARED, UNCLEARED, Access, Because, Episode, Stage

from ..models import Absence, BedStay, Placement, Program, RandomSchedule, SessionNote, WaitListEntry
from ..models.placements import Track
from ..models.waiting import LeftBecause
from .conversations import owe_talk_again, rest_talk
from .handovers import plan_intake
from .medication import WITHIN as RECONCILE_WITHIN
from .observations import drop_orders, rest_orders, settle_warnings, wake_orders
from .programs import check_age, check_bed, check_end, check_room
from .random_tests import end_random_tests, pause_for_absence, resume_after_absence
from .waiting import end_entries, place_freed

CALL_HOSPITAL_WITHIN = timedelta(hours=4)
HOLD_BED_FOR = timedelta(hours=72)


def _plan_owed(episode, program, *, due_at, owner=None):
    """The plan, by a counselor of the program's place."""
    return {
        "slug": "treatment_plan",
        "facility": program.facility,
        "episode": episode,
        "owner": owner,
        "owner_role": Role.COUNSELOR,
        "due_at": due_at,
    }


def _reconciliation_owed(episode, program, *, due_at):
    """Going through allergies and medication, by a nurse: on admission, and on each move to another program."""
    return {
        "slug": "medication_reconciliation",
        "facility": program.facility,
        "episode": episode,
        "owner_role": Role.NURSE,
        "due_at": due_at,
    }


def _owe_plan(episode, program, *, due_at, by, at):
    [duty] = duties.open_all([_plan_owed(episode, program, due_at=due_at)], by=by, at=at)
    return duty


def begin_placement(
    episode, program, *, bed, by, at, bed_override="", counselor=None, before=None, expected_end_on=None
):
    """A placement, its bed, its plan owed, and sight of the person for the program's facility.

    Whoever was the counselor `before` stays it, where they are one there too.

    The program is locked: of two people who come for its last place, one gets it.
    """
    waited = WaitListEntry.objects.open().filter(episode=episode, program=OuterRef("pk"))
    program = Program.objects.annotate(waited=Exists(waited)).lock(program.pk)
    check_bed(program, bed, episode=episode, at=at, override=bed_override)
    check_age(program, episode.patient, at=at)
    check_room(program, episode=episode, at=at)
    check_end(expected_end_on, program=program, at=at)
    if not program.accepts(episode.clearance_basis):
        raise ValidationError(
            "This program asks for more: “%(asked)s”. The person is “%(has)s”.",
            code="clearance_basis_insufficient",
            params={
                "asked": program.get_entry_requirement_display().lower(),
                "has": episode.get_clearance_basis_display().lower(),
            },
        )
    if counselor is not None and not counselor.is_at(program.facility, [Role.COUNSELOR]):
        raise ValidationError("The counselor is not a counselor there.", code="not_a_member")
    if counselor is None and before is not None and before.is_at(program.facility, [Role.COUNSELOR]):
        counselor = before
    plan_duty, reconcile_duty = duties.open_all(
        [
            _plan_owed(episode, program, due_at=at + program.plan_due, owner=counselor),
            _reconciliation_owed(episode, program, due_at=at + RECONCILE_WITHIN),
        ],
        by=by,
        at=at,
    )
    placement = Placement.begin(
        episode,
        program,
        plan_duty=plan_duty,
        reconcile_duty=reconcile_duty,
        expected_end_on=expected_end_on,
        by=by,
        at=at,
    )
    if bed:
        BedStay.begin(placement, bed, override=bed_override, by=by, at=at)
    Access.grant(episode.patient, because=Because.PLACEMENT, at=at, facility=program.facility)
    if program.waited:
        end_entries(episode.wait_list_entries.filter(program=program), LeftBecause.ADMITTED, by=by, at=at)
    return placement


def open_placements(episode, **also):
    """Every program the person is in, with who owes its plan, whether others wait for the place, and any bed.

    `also` is read in the same statement.
    """
    waiting = Exists(WaitListEntry.objects.open().filter(program=OuterRef("program")))
    in_bed = Exists(BedStay.objects.open().filter(placement=OuterRef("pk")))
    by_chance = Exists(RandomSchedule.objects.right().filter(episode=OuterRef("episode"), ended_at=None))
    places = episode.placements.open().annotate(
        is_waited_for=waiting, has_bed=in_bed, is_tested_at_random=by_chance, **also
    )
    return list(places.select_related("facility", "plan_duty__owner", "reconcile_duty", "program__facility"))


def main_of(places):
    """The one on the main track. Raises not_placed when it was marked as entered in error."""
    for placement in places:
        if placement.track == Track.MAIN:
            return placement
    raise ValidationError("The person is in no program.", code="not_placed")


def leave_place(placement, *, by, at, reason):
    """End a placement with its bed; when others wait for the place, somebody owes offering it to them."""
    if placement.has_bed:
        placement.bed_stays.open().update(ended_at=at, ended_by=by)
    placement.end(by=by, at=at, reason=reason)
    if placement.is_waited_for:
        place_freed(placement.program, by=by, at=at)


def end_placement(placement, *, by, at, reason):
    """End a placement with its bed and what was owed because of it; whoever is away is back, or will not be."""
    leave_place(placement, by=by, at=at, reason=reason)
    ends = Q(plan_of=placement) | Q(reconcile_of=placement)
    if placement.track == Track.MAIN:
        ends |= Q(observation_order__isnull=False)
    duties.cancel_all(Duty.objects.filter(ends, episode=placement.episode_id), by=by, at=at, reason=reason)
    if placement.track == Track.MAIN and placement.is_tested_at_random:
        end_random_tests(placement.episode, reason=reason or "left the program", by=by, at=at)


def end_absence(absence, *, by, at, reason):
    """The person is not coming back to where they were sent out from."""
    absence.ended_at, absence.ended_by = at, by
    absence.save(update_fields=["ended_at", "ended_by"])
    _settle_absence(absence, duties.cancel, by=by, at=at, reason=reason)


def _settle_absence(absence, close, *, by, at, reason):
    """The call about the person is not owed any more, nor another bed when the one kept was given up."""
    if absence.duty.is_open():
        close(absence.duty, by=by, at=at, reason=reason)
    if absence.placement_id:
        settle_holds(absence.placement, close, by=by, at=at, reason=reason)


def settle_holds(placement, close, *, by, at, reason):
    """Another bed is not to be found any more for somebody whose kept one was given up."""
    for duty in Duty.objects.open().filter(once__in=[_hold_mark(stay) for stay in placement.bed_stays.all()]):
        close(duty, by=by, at=at, reason=reason)


def _hold_mark(stay):
    """Marks the duty to find a bed for whoever this one was kept for."""
    return f"bed_hold_lapsed:{stay.pk}"


@needs(at_stage(Stage.INTAKE))
@transaction.atomic
def admit(episode, *, program, bed=None, bed_override="", counselor=None, expected_end_on=None, by, at=None):
    """Begin treatment in a program, in a bed where the program has beds."""
    episode = Episode.objects.lock(episode.pk)
    at = at or timezone.now()
    admit.require(episode)
    intake = episode.intakes.right().select_related("admission_duty").latest_first().first()
    if intake is None or intake.completed_at is None:
        raise ValidationError("Complete the intake first.", code="intake_open")
    episode.require_clearance(at)
    placement = begin_placement(
        episode,
        program,
        bed=bed,
        bed_override=bed_override,
        counselor=counselor,
        expected_end_on=expected_end_on,
        by=by,
        at=at,
    )
    if intake.admission_duty.is_open():
        duties.resolve(intake.admission_duty, by=by, at=at, reason="admitted")
    episode.move_to(Stage.TREATMENT, by=by, at=at)
    return placement


def move_gaps(places):
    """What would be dropped by leaving these programs, in sentences."""
    gaps = []
    for placement in places:
        drafts = SessionNote.objects.drafts().filter(session__in=placement.sessions.right()).count()
        if drafts:
            gaps.append(f"{drafts} unsigned note(s) in {placement.program}")
    return gaps


@needs(at_stage(Stage.TREATMENT))
@transaction.atomic
def move(
    episode,
    *,
    program,
    bed=None,
    bed_override="",
    counselor=None,
    expected_end_on=None,
    reason="",
    by,
    at=None,
):
    """End one placement and begin the next in one go. Raises would_drop with the list of what is in the way."""
    episode = Episode.objects.lock(episode.pk)
    at = at or timezone.now()
    move.require(episode)
    places = open_placements(episode)
    gaps = move_gaps(places)
    if gaps:
        raise ValidationError([ValidationError(gap, code="would_drop") for gap in gaps])
    here = main_of(places)
    if here.program_id == program.pk:
        raise ValidationError("The person is in this program already.", code="same_program")
    before = here.plan_duty.owner if here.plan_duty_id else None
    leave_place(here, by=by, at=at, reason=reason or f"moved to {program}")
    placement = begin_placement(
        episode,
        program,
        bed=bed,
        bed_override=bed_override,
        counselor=counselor,
        before=before,
        expected_end_on=expected_end_on,
        by=by,
        at=at,
    )
    of_here = Q(plan_of=here) | Q(reconcile_of=here)
    duties.cancel_all(Duty.objects.filter(of_here, episode=episode), by=by, at=at, reason=f"moved to {program}")
    return placement


@transaction.atomic
def review_plan(placement, *, note, next_review_at=None, by, at=None):
    """The plan was written or reviewed; the next review is owed."""
    episode = Episode.objects.lock(placement.episode_id)
    placement = Placement.objects.lock(placement.pk)
    at = at or timezone.now()
    if placement.ended_at:
        raise ValidationError("This placement has ended.", code="placement_ended")
    due_at = next_review_at or at + placement.program.review_every
    if placement.plan_is_owed():
        placement.plan_duty = duties.renew(placement.plan_duty, due_at=due_at, by=by, at=at, note=note)
    else:
        placement.plan_duty = _owe_plan(episode, placement.program, due_at=due_at, by=by, at=at)
    placement.save(update_fields=["plan_duty"])
    placement.refresh_from_db()
    placement.episode = episode
    return placement


@transaction.atomic
def set_expected_end(placement, *, expected_end_on, by, at=None):
    """Say when the person is expected to leave, or that nobody knows."""
    Episode.objects.lock(placement.episode_id)
    placement = Placement.objects.lock(placement.pk)
    if placement.ended_at:
        raise ValidationError("This placement has ended.", code="placement_ended")
    check_end(expected_end_on, program=placement.program, at=placement.began_at)
    placement.expected_end_on = expected_end_on
    placement.save(update_fields=["expected_end_on"])
    placement.refresh_from_db()
    return placement


def is_here(episode):
    """Raise away_already while the person is in hospital."""
    if episode.absences.open().exists():
        raise ValidationError("The person is away already.", code="away_already")


@needs(at_stage(Stage.STABILIZING, Stage.ENGAGING, Stage.INTAKE, Stage.TREATMENT), is_here)
@transaction.atomic
def send_out(episode, *, destination, reason, hold_bed_until=None, expected_back_at=None, by, at=None):
    """Send a person to hospital: somebody owes a call about them, and the bed may be kept.

    Clearance is withdrawn: what made sending out necessary must be cleared before treatment goes on. It answers
    an emergency warning; observations, and a talk that is planned, rest until the person is back.
    """
    episode = Episode.objects.lock(episode.pk)
    at = at or timezone.now()
    send_out.require(episode)
    hold_bed_until = hold_bed_until or at + HOLD_BED_FOR
    if hold_bed_until <= at:
        raise ValidationError("Keep the bed until some time after the person left.", code="hold_in_the_past")
    placement = main_of(open_placements(episode)) if episode.stage == Stage.TREATMENT else None
    facility = placement.facility if placement else episode.facility
    for stay in placement.bed_stays.open() if placement else []:
        stay.held_until_at = hold_bed_until
        stay.save(update_fields=["held_until_at"])
    duty = duties.open(
        "away",
        facility=facility,
        episode=episode,
        owner_role=Role.NURSE,
        due_at=at + CALL_HOSPITAL_WITHIN,
        note=destination,
        by=by,
        at=at,
    )
    absence = Absence.objects.create(
        patient_id=episode.patient_id,
        facility=facility,
        episode=episode,
        placement=placement,
        duty=duty,
        destination=destination,
        reason=reason,
        left_at=at,
        left_by=by,
        expected_back_at=expected_back_at,
    )
    settle_warnings(episode, answer=f"sent to {destination}", by=by, at=at)
    rest_orders(episode, until=hold_bed_until, by=by, at=at)
    pause_for_absence(episode, reason=f"sent to {destination}", by=by, at=at)
    rest_talk(episode, until=hold_bed_until, by=by, at=at)
    if episode.stage != Stage.STABILIZING:
        episode.move_to(Stage.STABILIZING, by=by, at=at, reason=reason, **UNCLEARED)
    return absence


def is_away(episode):
    """Raise not_away unless the person was sent out and is not back; the absence otherwise."""
    absence = episode.absences.open().first()
    if absence is None:
        raise ValidationError("The person is not away.", code="not_away")
    return absence


def _comes_to_be_cleared(absence):
    """Sent out before any intake, the person comes back to be looked after here, cleared or not."""
    return absence.placement_id is None and not absence.episode.intakes.right().exists()


def may_come_back(episode):
    """Raise not_away, or not_cleared while the way back is barred; the absence otherwise."""
    absence = is_away(episode)
    if episode.cleared_at is None and not _comes_to_be_cleared(absence):
        raise ValidationError(NOT_CLEARED, code="not_cleared")
    return absence


@needs(may_come_back)
@transaction.atomic
def bring_back(episode, *, by, bed=None, bed_override="", at=None):
    """The person is back: on with where they were sent out from, in the bed that was kept.

    Whoever was in intake or treatment is cleared first. Raises not_cleared or clearance_lapsed.
    """
    episode = Episode.objects.lock(episode.pk)
    at = at or timezone.now()
    [absence] = bring_back.require(episode)
    if not (to_be_cleared := _comes_to_be_cleared(absence)):
        episode.require_clearance(at)
    absence.returned_at, absence.returned_by = at, by
    absence.save(update_fields=["returned_at", "returned_by"])
    placement = absence.placement
    if placement:
        back_to_bed(placement, bed, override=bed_override, episode=episode, by=by, at=at)
        if not placement.plan_is_owed():
            due_at = at + placement.program.plan_due
            placement.plan_duty = _owe_plan(episode, placement.program, due_at=due_at, by=by, at=at)
            placement.save(update_fields=["plan_duty"])
        episode.move_to(Stage.TREATMENT, by=by, at=at, reason="back from hospital")
    elif to_be_cleared:
        owe_talk_again(episode, by=by, at=at)
        if episode.cleared_at:
            episode.move_to(Stage.ENGAGING, by=by, at=at, reason="back from hospital")
    else:
        _owe_intake_again(episode, by=by, at=at)
        episode.move_to(Stage.INTAKE, by=by, at=at, reason="back from hospital")
    wake_orders(episode, by=by, at=at)
    resume_after_absence(episode, by=by, at=at)
    _settle_absence(absence, duties.resolve, by=by, at=at, reason="back")
    absence.refresh_from_db()
    return absence


@needs(is_away)
@transaction.atomic
def not_coming_back(episode, *, reason, by, at=None):
    """A person sent out will not return to this stay: free the bed, and talk with them about what they want.

    An intake or admission that was owed waits for what they say.
    """
    episode = Episode.objects.lock(episode.pk)
    at = at or timezone.now()
    [absence] = not_coming_back.require(episode)
    owe_talk_again(episode, by=by, at=at)
    drop_orders(episode, reason=reason, by=by, at=at)
    end_absence(absence, by=by, at=at, reason=reason)
    for placement in open_placements(episode):
        end_placement(placement, by=by, at=at, reason=reason)
    for intake in episode.intakes.right():
        for duty in (intake.duty, intake.admission_duty):
            if duty and duty.is_open():
                duties.cancel(duty, by=by, at=at, reason=reason)
    episode.move_to(Stage.ENGAGING, by=by, at=at, reason=reason)
    return episode


def back_to_bed(placement, bed, *, episode, by, at, override=""):
    """The kept bed, or another when it was given up meanwhile. Locked: the hold may be lapsing right now."""
    stay = placement.bed_stays.open().select_for_update(no_key=True).first()
    if stay and (bed is None or bed.pk == stay.bed_id):
        stay.held_until_at = None
        stay.save(update_fields=["held_until_at"])
        return
    if stay:
        stay.end(by=by, at=at)
    check_bed(placement.program, bed, episode=episode, at=at, override=override)
    if bed:
        BedStay.begin(placement, bed, override=override, by=by, at=at)


def _owe_intake_again(episode, *, by, at):
    """Sent out during intake: what was owed then is owed still, or again."""
    owed = (duty for intake in episode.intakes.right() for duty in (intake.duty, intake.admission_duty) if duty)
    if not any(duty.is_open() for duty in owed):
        plan_intake(episode, by=by, at=at)


@transaction.atomic
def lapse_holds(now):
    """Give up beds kept longer than agreed; somebody owes finding a place for the person. Returns how many."""
    system, count = User.objects.system(), 0
    lapsed = BedStay.objects.open().filter(held_until_at__lte=now)
    for stay in lapsed.select_for_update(no_key=True, skip_locked=True):
        stay.end(by=system, at=max(stay.held_until_at, stay.began_at))
        duties.open(
            "bed_hold_lapsed",
            facility=stay.facility,
            patient=stay.patient,
            episode=stay.placement.episode,
            owner_role=Role.NURSE,
            due_at=now,
            once=_hold_mark(stay),
            note=str(stay.bed),
            by=system,
            at=now,
        )
        count += 1
    return count
