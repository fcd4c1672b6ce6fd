"""Admission, moves, sending out and bringing back."""

from datetime import timedelta
from types import SimpleNamespace

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts.models import Role, User
from duties import actions as duties
from duties.models import Duty
from patients.actions import at_stage, needs
from patients.models import NOT_CLEARED, UNCLEARED, Access, Because, Episode, Stage

from ..models import (
    Absence,
    BedStay,
    Intake,
    MedicationOrder,
    Placement,
    RandomSchedule,
    Step,
    TreatmentPlan,
    WaitListEntry,
)
from ..models.levels import direction
from ..models.placements import Track
from . import schedules
from .absences import (
    bed_to_find,
    end_absence,
    hold_mark,
    is_away,
    is_not_in_hospital,
    is_present,
    pause_at_bedside,
    resume_at_bedside,
    settle_absence,
)
from .conversations import owe_talk_again, owed_as_talk
from .handovers import plan_intake
from .holds import settle_hold
from .level_assessments import first_look
from .medication import WITHIN as RECONCILE_WITHIN
from .medication_orders import stop_all
from .observations import REVIEWING, WATCHING, drop_orders, settle_warnings
from .plans import end_plans, owe_plan, plan_owed
from .programs import check_age, check_bed, check_end, check_room, locked_for, now_that_it_is_locked
from .random_tests import end_random_tests
from .rounds import follow as rounds_follow
from .travels import assessed_lately, days, reads, require_nothing_dropped
from .waiting import end_as_admitted, next_in_line, place_owed, thought_of

CALL_HOSPITAL_WITHIN = timedelta(hours=4)
HOLD_BED_FOR = timedelta(hours=72)
NOTHING = Q(pk__in=[])


def _reconciliation_owed(episode, program, *, due_at):
    """Going through allergies and medication, by a nurse: on admission, and on each move to another program."""
    about = {"facility": program.facility, "episode": episode, "owner_role": Role.NURSE}
    return {"slug": "medication_reconciliation", "due_at": due_at, **about}


def counselor_there(program, counselor, before):
    """Whoever is named, who must be one there; else whoever was it before, where they are. Raises not_a_member."""
    if counselor is not None and not counselor.is_at(program.facility, [Role.COUNSELOR]):
        raise ValidationError("The counselor is not a counselor there.", code="not_a_member")
    if counselor is None and before is not None and before.is_at(program.facility, [Role.COUNSELOR]):
        return before
    return counselor


def begin_placement(
    episode, program, *, bed, by, at, bed_override="", counselor=None, expected_end_on=None, is_admission=False,
    also=(), done=NOTHING,
):  # fmt: skip
    """A placement, its bed, its plan owed, what the program asks, and sight of the person for its facility.

    `also` are duties of the caller's, opened along; they come back as the placement's `opened`. Duties of the person
    that are `done` by it end along, and so does waiting for it. By an admission the level of care is to be assessed,
    unless a look at it is owed already.

    The program is locked: of two people who come for its last place, one gets it.
    """
    program = locked_for(program, episode, at=at)
    asked, told = now_that_it_is_locked(program, episode, bed, at=at)
    bed_override = check_bed(program, bed, episode=episode, at=at, override=bed_override, told=told)
    check_age(program, episode, at=at)
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
    counselor = counselor_there(program, counselor, None)
    asked, also = schedules.asks(asked, episode, program.facility, owner=counselor, at=at), list(also)
    if program.waited:
        done |= end_as_admitted(episode, program, by=by, at=at)
    level = first_look(episode, program, at=at, owner=counselor) if is_admission else []
    plan_duty, reconcile_duty, *opened = duties.open_all(
        [
            plan_owed(episode, program, due_at=at + program.plan_due, owner=counselor),
            _reconciliation_owed(episode, program, due_at=at + RECONCILE_WITHIN),
            *also,
            *level,
            *(one.owed for one in asked),
        ],
        by=by,
        at=at,
        done=episode.duties.filter(done),
        reason="admitted",
    )
    if asked:
        schedules.write(asked, opened[len(also) + len(level) :])
    placement = Placement.begin(
        episode,
        program,
        plan_duty=plan_duty,
        reconcile_duty=reconcile_duty,
        level_duty=opened[len(also)] if level else None,
        expected_end_on=expected_end_on,
        by=by,
        at=at,
    )
    if bed:
        BedStay.begin(placement, bed, override=bed_override, by=by, at=at)
    if program.held:
        settle_hold(episode, bed=bed, by=by, at=at)
    Access.grant(episode.patient, because=Because.PLACEMENT, at=at, facility=program.facility)
    placement.opened = opened[: len(also)]
    return placement


def open_placements(episode, **also):
    """Every program the person is in, with who owes its plan, whether others wait for the place, and any bed.

    `also` is read in the same statement.
    """
    waiting = Exists(WaitListEntry.objects.open().filter(program=OuterRef("program")))
    in_bed = Exists(BedStay.objects.open().filter(placement=OuterRef("pk")))
    by_chance = Exists(RandomSchedule.objects.right().filter(episode=OuterRef("episode"), ended_at=None))
    planned = Exists(TreatmentPlan.objects.right().filter(episode=OuterRef("episode"), ended_at=None))
    given = MedicationOrder.objects.open().filter(episode=OuterRef("episode"), given_here=True)
    away = Exists(Absence.objects.open().filter(episode=OuterRef("episode")))
    found = {"is_waited_for": waiting, "has_bed": in_bed, "is_tested_at_random": by_chance}
    found |= {"has_plan": planned, "is_medicated": Exists(given), "is_away": away}
    found |= {"is_told_at_stop": Exists(given.said_at_stop())}
    places = episode.placements.open().annotate(**found, **also)
    return list(places.select_related("facility", "plan_duty__owner", "reconcile_duty", "program__facility"))


def main_of(places):
    """The one on the main track. Raises not_placed when it was marked as entered in error."""
    for placement in places:
        if placement.track == Track.MAIN:
            return placement
    raise ValidationError("The person is in no program.", code="not_placed")


def leave_places(places, *, by, at, reason):
    """End these placements with their beds; the entries of those who are next in line for them, locked."""
    for placement in places:
        if placement.has_bed:
            placement.bed_stays.open().update(ended_at=at, ended_by=by)
        placement.end(by=by, at=at, reason=reason)
    found = (next_in_line(placement.program, at=at) for placement in places if placement.is_waited_for)
    return [entry for entry in found if entry is not None]


def end_placements(episode, places, *, by, at, reason, also=(), told=()):
    """End these placements of a locked episode with their beds and what was owed because of them.

    Whoever is away is back, or will not be; when others wait for a place, somebody owes offering it to them. `told`
    is what the person heard on leaving. `also` are duties of the caller's, opened along; returns them.
    """
    next_ones, also = leave_places(places, by=by, at=at, reason=reason), list(also)
    ends = Q(plan_of__in=places) | Q(reconcile_of__in=places)
    for placement in places:
        if placement.track == Track.MAIN:
            ends |= _end_main(episode, placement, by=by, at=at, reason=reason, told=told)
    duties.cancel_each(episode.duties.filter(ends), by=by, at=at, reason=reason)
    opened = duties.open_all([*also, *(place_owed(entry, at=at) for entry in next_ones)], by=by, at=at)
    thought_of(next_ones, opened[len(also) :])
    return opened[: len(also)]


def _end_main(episode, placement, *, by, at, reason, told):
    """What goes on in treatment ends with the placement on the main track; returns which duties end with it."""
    ends = WATCHING | REVIEWING | Q(level_to_review__isnull=False) | Q(scheduled_assessment__isnull=False)
    ends |= Q(level_to_assess=placement) | Q(step_to_assess__isnull=False) | Q(step_to_follow__isnull=False)
    ends |= bed_to_find(placement.pk)
    if placement.is_away:
        episode.absences.open().update(ended_at=at, ended_by=by, end_reason=reason)
        ends |= Q(absence__isnull=False)
    if placement.has_plan:
        end_plans(episode.pk, by=by, at=at)
    if placement.is_medicated:
        stop_all(episode, reason=reason, to_be_told=placement.is_told_at_stop, told=told, by=by, at=at)
        ends |= Q(monitoring_of__given_here=True)
    if placement.is_tested_at_random:
        end_random_tests(episode, reason=reason or "left the program", by=by, at=at)
    return ends


@needs(at_stage(Stage.INTAKE))
@transaction.atomic
def admit(episode, *, program, bed=None, bed_override="", counselor=None, expected_end_on=None, by, at=None):
    """Begin treatment in a program, in a bed where the program has beds."""
    episode = Episode.objects.lock(episode.pk)
    at = at or timezone.now()
    admit.require(episode)
    intake = Intake.objects.last_of(episode)
    if intake is None or intake.completed_at is None:
        raise ValidationError("Complete the intake first.", code="intake_open")
    episode.require_clearance(at)
    placement = begin_placement(
        episode, program, bed=bed, bed_override=bed_override, counselor=counselor, expected_end_on=expected_end_on,
        is_admission=True, done=Q(pk=intake.admission_duty_id), by=by, at=at,
    )  # fmt: skip
    episode.move_to(Stage.TREATMENT, by=by, at=at)
    return placement


@needs(at_stage(Stage.TREATMENT), is_present)
@transaction.atomic
def move(
    episode,
    *,
    program,
    bed=None,
    bed_override="",
    counselor=None,
    expected_end_on=None,
    next_contact_at=None,
    travels=None,
    reason="",
    by,
    at=None,
):
    """Step up, down or sideways: end one placement and begin the next in one go, with what travels gone through.

    `travels` is {code: {answer, words}}, for what would be dropped and was dealt with otherwise. It rests on an
    assessment of the level for this move; without one, that is owed within days. A contact that is promised is owed.
    Raises would_be_dropped with everything that is in the way, same_program, and what admitting raises. Nobody is
    moved while they are away or looked for: they are brought back first.
    """
    episode = Episode.objects.lock(episode.pk)
    at = at or timezone.now()
    move.require(episode)
    here = main_of(open_placements(episode, **reads()))
    if here.program_id == program.pk:
        raise ValidationError("The person is in this program already.", code="same_program")
    if next_contact_at and next_contact_at <= at:
        raise ValidationError("The next contact is after the move.", code="contact_in_the_past")
    before = here.plan_duty.owner if here.plan_duty_id else None
    counselor = counselor_there(program, counselor, before)
    data = SimpleNamespace(counselor=counselor, next_contact_at=next_contact_at, at=at, days=days(here))
    checklist = require_nothing_dropped(here, program, data, travels or {})
    next_ones = leave_places([here], by=by, at=at, reason=reason or f"moved to {program}")
    assessed = assessed_lately(here, data)
    also = _owed_after_a_step(episode, here, program, data, assessed)
    ends = Q(plan_of=here) | Q(reconcile_of=here) | Q(step_to_follow__began=here)
    ends |= Q(scheduled_assessment__isnull=False)
    if "review_duty" in also:
        ends |= Q(level_to_review__isnull=False) | Q(step_to_assess__began=here) | Q(level_to_assess=here)
    duties.cancel_each(Duty.objects.filter(ends, episode=episode), by=by, at=at, reason=f"moved to {program}")
    placement = begin_placement(
        episode,
        program,
        bed=bed,
        bed_override=bed_override,
        counselor=counselor,
        expected_end_on=expected_end_on,
        also=[*also.values(), *(place_owed(entry, at=at) for entry in next_ones)],
        by=by,
        at=at,
    )
    thought_of(next_ones, placement.opened[len(also) :])
    Step.objects.create(
        patient_id=episode.patient_id,
        facility_id=program.facility_id,
        episode=episode,
        left=here,
        began=placement,
        direction=direction(here.program, program),
        assessment_id=assessed["id"] if assessed else None,
        travels=checklist,
        reason=reason,
        moved_at=at,
        moved_by=by,
        **dict(zip(also, placement.opened, strict=False)),
    )
    if here.facility_id != program.facility_id:
        rounds_follow(episode, program.facility, by=by, at=at)
    return placement


def _owed_after_a_step(episode, here, program, data, assessed):
    """The contact that was promised; and the level to assess, where it was not, or is owed at the place that is left.

    {column of the step: duty to open}
    """
    about = {"facility": program.facility, "episode": episode, "owner": data.counselor, "owner_role": Role.COUNSELOR}
    wanted = {}
    if not assessed or here.facility_id != program.facility_id:
        due_at = data.at + timedelta(days=data.days["overdue"])
        wanted["review_duty"] = {"slug": "level_review", "due_at": due_at, **about}
    if data.next_contact_at:
        wanted["contact_duty"] = {"slug": "first_contact", "due_at": data.next_contact_at, **about}
    return wanted


def goes_on(placement):
    """Raise placement_ended."""
    if placement.ended_at:
        raise ValidationError("This placement has ended.", code="placement_ended")


@needs(goes_on)
@transaction.atomic
def set_expected_end(placement, *, expected_end_on, by, at=None):
    """Say when the person is expected to leave, or that nobody knows. Raises placement_ended."""
    Episode.objects.lock(placement.episode_id)
    placement = Placement.objects.lock(placement.pk)
    set_expected_end.require(placement)
    check_end(expected_end_on, program=placement.program, at=placement.began_at)
    placement.expected_end_on = expected_end_on
    placement.save(update_fields=["expected_end_on"])
    placement.refresh_from_db()
    return placement


@needs(at_stage(Stage.STABILIZING, Stage.ENGAGING, Stage.INTAKE, Stage.TREATMENT), is_not_in_hospital)
@transaction.atomic
def send_out(episode, *, destination, reason, hold_bed_until=None, expected_back_at=None, by, at=None):
    """Send a person to hospital: somebody owes a call about them, and the bed may be kept.

    Clearance is withdrawn: what made sending out necessary must be cleared before treatment goes on. It answers
    an emergency warning; observations, and a talk that is planned, rest until the person is back. A leave during
    which it happened is over.
    """
    episode = Episode.objects.lock(episode.pk)
    at = at or timezone.now()
    _, leave = send_out.require(episode)
    hold_bed_until = hold_bed_until or at + HOLD_BED_FOR
    if hold_bed_until <= at:
        raise ValidationError("Keep the bed until some time after the person left.", code="hold_in_the_past")
    placement = main_of(open_placements(episode)) if episode.stage == Stage.TREATMENT else None
    facility = placement.facility if placement else episode.facility
    if leave is not None:
        end_absence(leave, by=by, at=at, reason=f"sent to {destination}")
    if placement is not None and placement.has_bed:
        placement.bed_stays.open().update(held_until_at=hold_bed_until)
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
    talk = owed_as_talk(episode)
    pause_at_bedside(episode, until=hold_bed_until, reason="sent to hospital", also=talk, by=by, at=at)
    if episode.stage != Stage.STABILIZING:
        episode.move_to(Stage.STABILIZING, by=by, at=at, reason=reason, **UNCLEARED)
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
            placement.plan_duty = owe_plan(episode, placement.program, due_at=due_at, by=by, at=at)
            placement.save(update_fields=["plan_duty"])
        episode.move_to(Stage.TREATMENT, by=by, at=at, reason="back from hospital")
    elif to_be_cleared:
        owe_talk_again(episode, by=by, at=at)
        if episode.cleared_at:
            episode.move_to(Stage.ENGAGING, by=by, at=at, reason="back from hospital")
    else:
        _owe_intake_again(episode, by=by, at=at)
        episode.move_to(Stage.INTAKE, by=by, at=at, reason="back from hospital")
    resume_at_bedside(episode, note="back from hospital", by=by, at=at)
    settle_absence(absence, duties.resolve_each, by=by, at=at, reason="back")
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
    end_placements(episode, open_placements(episode), by=by, at=at, reason=reason)
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
    override = check_bed(placement.program, bed, episode=episode, at=at, override=override)
    if bed:
        BedStay.begin(placement, bed, override=override, by=by, at=at)
        settle_hold(episode, bed=bed, by=by, at=at)


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
            once=hold_mark(stay.pk),
            note=str(stay.bed),
            by=system,
            at=now,
        )
        count += 1
    return count
