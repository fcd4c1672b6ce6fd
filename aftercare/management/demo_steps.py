"""Steps that several stories of the demo clinic share."""

from datetime import time, timedelta
from decimal import Decimal

from aftercare.actions import check_ins, discharges
from aftercare.models import CheckIn
from patients import actions as patients
from patients.models import Entry
from treatment.actions import (
    appointments,
    assessments,
    clearances,
    doses,
    formats,
    handovers,
    intakes,
    level_assessments,
    medication,
    medication_orders,
    observations,
    placements,
    safety,
    sessions,
    uses,
)
from treatment.actions import discharges as summaries
from treatment.models import Checklist, Instrument

from .demo_plans import worked_on, write_or_review

KETAMINE, ALCOHOL, COCAINE = "2004", "0201", "0302"
SNORTED, SWALLOWED = "3", "1"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def findings():
    """Every item of the clearance checklist met."""
    items = Checklist.objects.current("medical-clearance").items
    return {item["code"]: {"finding": "met"} for item in items}


def said():
    """Every item of the discharge checklist done."""
    return {item["code"]: {"answer": "done"} for item in Checklist.objects.current("discharge").items}


def overdose(house, at, name, *, leaving=None, amount="", also=(), **person):
    """Handed over by a hospital after a ketamine overdose."""
    yield at
    use = {"route": SNORTED, "frequency": "4", "amount": amount, "source": "person"}
    handover = handovers.receive(
        facility=house.facility,
        person={"preferred_name": name, **person},
        source="hospital",
        source_name="General Hospital, emergency department",
        source_contact="+1 555 0142",
        consciousness="voice",
        breathing="normal",
        respiratory_rate=14,
        oxygen_saturation=96,
        heart_rate=104,
        systolic=142,
        temperature="36.9",
        work_up=["glucose", "ecg", "acetaminophen", "salicylate", "pregnancy", "toxicology"],
        drugs_given=[{"drug": "lorazepam", "dose": "1 mg", "route": "IV"}],
        expected_leaving_at=leaving,
        substances=[
            {"substance": KETAMINE, "last_used_at": at - 3 * HOUR, **use},
            *({"substance": code, "source": "person"} for code in also),
        ],
        by=house.nurse,
        at=at,
    )
    yield from looked_after(house, at + HOUR, handover.episode)
    return handover.episode


def observed(house, episode, until):
    """Observed by the schedule up to then, each time a minute after it was owed, and waking up."""
    while order := episode.observation_orders.open().select_related("duty").first():
        at = order.duty.due_at + timedelta(minutes=1)
        if at > until:
            return
        yield at
        observations.observe(
            episode,
            respiratory_rate=14 + order.made % 3,
            oxygen_saturation=97,
            heart_rate=104 - 3 * order.made,
            systolic=136 - order.made,
            diastolic=84,
            sedation=max(0, 2 - order.made // 2),
            pain=2,
            by=house.nurse,
            at=at,
        )


def cleared(house, at, episode, *, basis="cleared", hospital="General Hospital"):
    """Medically cleared on the checklist; nobody needs to be observed by the clock any more."""
    yield at
    if episode.observation_orders.open().exists():
        observations.stop_observations(episode, reason="awake, walking, eating", by=house.nurse, at=at)
    clearances.clear(
        episode,
        basis=basis,
        findings=findings() if basis != "not_needed" else None,
        hospital=hospital if basis == "cleared" else "",
        by=house.nurse,
        at=at,
    )


def talked(house, at, episode, outcome, **fields):
    """The talk."""
    yield at
    discharges.talk(episode, outcome=outcome, information_offered=True, by=house.counselor, at=at, **fields)


def asked_for_help(house, at, *, entry=Entry.SELF, patient=None, substance=KETAMINE, route=SNORTED, **person):
    """Came without an overdose."""
    yield at
    episode = handovers.refer(
        facility=house.facility, entry=entry, patient=patient, person=person or None, by=house.intake, at=at
    )
    use = {"substance": substance, "route": route, "frequency": "4", "source": "person"}
    uses.record_use(
        episode.patient, facility=house.facility, last_used_at=at - 2 * DAY, by=house.intake, at=at, **use
    )
    yield from looked_after(house, at + HOUR, episode)
    return episode


def looked_after(house, at, episode):
    """What their use asked for: harm reduction was offered, and withdrawal reviewed."""
    yield at
    for offer in episode.harm_reduction_offers.planned():
        uses.offer_harm_reduction(
            offer, offered=["safer_route", "naloxone"], response="accepted", by=house.nurse, at=at
        )
    for review in episode.withdrawal_reviews.planned():
        plan = "No signs so far; asked about each shift."
        uses.record_withdrawal_review(review, taper=False, plan=plan, by=house.prescriber, at=at)


def reachable(house, at, episode):
    """An address and numbers were written down and tried; messages may go to the address, then to their phone."""
    address = f"{episode.patient.preferred_name.lower()}@example.org"
    mobile = f"+1212555{episode.patient.number % 10000:04d}"
    ways = (
        ("email", address, ["check_in", "appointment"]),
        ("sms", mobile, ["check_in"]),
        ("phone", "+12125550199", []),
    )
    for position, (channel, value, scopes) in enumerate(ways, 1):
        point = patients.add_contact_point(
            episode.patient,
            channel=channel,
            value=value,
            position=position,
            scopes=scopes,
            safe_to_leave_message=channel == "email",
            by=house.intake,
            at=at,
        )
        patients.verify(point, by=house.intake, at=at)


def taken_in(house, at, episode, program, goals=""):
    """The intake was done."""
    yield at
    if not episode.patient.contact_points.exists():
        reachable(house, at, episode)
    if not episode.suicide_screens.exists():
        safety.screen_suicide(episode, wish=False, thoughts=False, behavior=False, by=house.nurse, at=at)
    intakes.complete_intake(episode, program=program, goals=goals, patient_notice_given=True, by=house.intake, at=at)


def admitted(house, at, episode, program, bed=None):
    """Admitted; the plan is written two days later."""
    yield at
    placement = placements.admit(episode, program=program, bed=bed, counselor=house.counselor, by=house.nurse, at=at)
    gone_through(house, at, placement)
    return placement


def gone_through(house, at, placement):
    """Allergies and medication were asked about at the door: there are none."""
    if not placement.patient.allergies.exists():
        patients.record_no_known_allergies(placement.patient, facility=house.facility, by=house.nurse, at=at)
    medication.reconcile(placement, takes_nothing=True, by=house.nurse, at=at)


def planned(house, at, placement):
    """The treatment plan was written, or reviewed."""
    yield at
    write_or_review(placement, by=house.counselor, at=at)


def assessed(house, at, episode, slug, *values):
    """Answered every item of an instrument, in their order."""
    yield at
    instrument = Instrument.objects.current().get(slug=slug)
    begun = assessments.begin_assessment(episode, instrument=instrument, by=house.counselor, at=at)
    said = dict(zip((item["code"] for item in instrument.items), values, strict=True))
    return assessments.answer(begun, answers=said, how="asked", by=house.counselor, at=at)


def level_assessed(house, at, episode, *, kind, level, **fields):
    """Which level of care the person needs was looked at, and signed."""
    yield at
    said = {"indicated": level, "recommended": level, "placed": level, "credential": "addiction_counselor"}
    assessment = level_assessments.assess_level(episode, kind=kind, **{**said, **fields}, by=house.counselor, at=at)
    return level_assessments.sign_level(assessment, by=house.counselor, at=at)


def medicated(house, at, episode, until):
    """Something every evening, given since; and something as needed, that was needed once."""
    yield at
    mg = {"dose_unit": "mg", "route": "oral", "by": house.prescriber, "at": at}
    evening = medication_orders.order_medication(
        episode, name="Mirtazapine", dose=Decimal(15), frequency="daily", times=[time(21)], indication="Depression",
        **mg,
    )  # fmt: skip
    restless = medication_orders.order_medication(
        episode, name="Hydroxyzine", dose=Decimal(25), frequency="as_needed", as_needed_for="restlessness",
        min_hours=Decimal(6), max_doses=3, indication="Anxiety", **mg,
    )  # fmt: skip
    medication_orders.lay_out([evening], until=until)
    for dose in evening.doses.filter(due_at__lte=until).order_by("due_at"):
        doses.give(dose, by=house.nurse, at=dose.due_at)
    doses.give_as_needed(restless, reason="Could not sit still.", by=house.nurse, at=at + DAY)


def once_a_week(house, at, episode, *, first, times, **fields):
    """A session planned once a week at two in the afternoon."""
    yield at
    appointments.plan_series(
        episode,
        kind="individual",
        first_on=first.astimezone(house.facility.tz()).date(),
        local_time=time(14),
        times=times,
        by=house.counselor,
        at=at,
        **fields,
    )


def session(house, at, episode, text, *, kind="individual", signed=True, parts=None):
    """A session of fifty minutes, its note signed an hour later or still a draft; in parts, where there are some."""
    ended = at + timedelta(minutes=50)
    yield ended
    logged = sessions.log_session(
        episode,
        kind=kind,
        started_at=at,
        ended_at=ended,
        attendance="attended",
        text=text,
        format="dap" if parts else "free",
        by=house.counselor,
        at=ended,
    )
    if parts:
        formats.write_sections(logged.notes.get(), sections=parts, by=house.counselor, at=ended)
    if signed:
        yield ended + HOUR
        rated = worked_on(logged)
        sessions.sign(logged.notes.get(), worked_on=rated, by=house.counselor, at=ended + HOUR)


def discharged(house, at, episode, reason="1", going_to="Own home"):
    """Discharged into aftercare, and the summary signed the same day."""
    yield at
    left = discharges.discharge(
        episode,
        reason=reason,
        going_to=going_to,
        checklist_answers=said(),
        coach=house.aftercare,
        by=house.counselor,
        at=at,
    )
    yield at + HOUR
    summaries.sign_discharge_summary(left, by=house.counselor, at=at + HOUR)


def answers(house, episode, until, *cravings):
    """Answers check-ins by phone, two hours after each is due, for as long as there are answers left."""
    for craving in cravings:
        check_in = CheckIn.objects.open().get(plan__episode=episode)
        at = check_in.due_at + 2 * HOUR
        if at >= until:
            return
        yield at
        check_ins.answer(check_in, how="call", craving=craving, ketamine_days=0, by=house.aftercare, at=at)


# The people.
