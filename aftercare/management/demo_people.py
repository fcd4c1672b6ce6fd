"""The people of the demo clinic. Each story is a generator: it yields the time of the next step, then takes it.

Names, places and histories are invented. Times are relative to `now`, the moment the clinic is loaded.
"""

from datetime import time, timedelta
from decimal import Decimal

from aftercare.actions import check_ins, closings, discharges
from aftercare.models import CheckIn
from patients import actions as patients
from patients.models import CloseReason, Entry, Patient
from treatment.actions import (
    assessments,
    clearances,
    doses,
    handovers,
    intakes,
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

KETAMINE, ALCOHOL, COCAINE = "2004", "0201", "0302"
SNORTED, SWALLOWED = "3", "1"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def everybody(house, now):
    """The stories of all people of the house."""
    beds = iter(house.beds)
    return [
        maria(house, now),
        darnell(house, now),
        priya(house, now),
        tom(house, now),
        elena(house, now, next(beds)),
        marcus(house, now, next(beds)),
        sam(house, now, next(beds)),
        aisha(house, now, next(beds)),
        ben(house, now),
        grace(house, now, next(beds)),
        leo(house, now),
        rosa(house, now),
        victor(house, now),
        hannah(house, now),
    ]


# Steps that several stories share.


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
    """An address and a number were written down and tried; messages may go to the address."""
    address = f"{episode.patient.preferred_name.lower()}@example.org"
    for channel, value, scopes in (("email", address, ["check_in", "appointment"]), ("phone", "+12125550199", [])):
        point = patients.add_contact_point(
            episode.patient,
            channel=channel,
            value=value,
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
    """The treatment plan was written."""
    yield at
    placements.review_plan(placement, note="Plan written with the person.", by=house.counselor, at=at)


def assessed(house, at, episode, slug, *values):
    """Answered every item of an instrument, in their order."""
    yield at
    instrument = Instrument.objects.current().get(slug=slug)
    begun = assessments.begin_assessment(episode, instrument=instrument, by=house.counselor, at=at)
    said = dict(zip((item["code"] for item in instrument.items), values, strict=True))
    return assessments.answer(begun, answers=said, how="asked", by=house.counselor, at=at)


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


def session(house, at, episode, text, *, kind="individual", signed=True):
    """A session of fifty minutes, its note signed an hour later or still a draft."""
    ended = at + timedelta(minutes=50)
    yield ended
    logged = sessions.log_session(
        episode,
        kind=kind,
        started_at=at,
        ended_at=ended,
        attendance="attended",
        text=text,
        by=house.counselor,
        at=ended,
    )
    if signed:
        yield ended + HOUR
        sessions.sign(logged.notes.get(), by=house.counselor, at=ended + HOUR)


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


def maria(house, now):
    """Stabilizing after an overdose; one more observation, and the talk is due before she leaves, soon."""
    leaving = now + timedelta(minutes=40)
    episode = yield from overdose(
        house,
        now - 5 * HOUR,
        "Maria",
        leaving=leaving,
        amount="about 1 g over the evening",
        also=[ALCOHOL],
        legal_name="Maria Alvarez",
        birth_date="1996-03-14",
        language="es",
    )
    yield from observed(house, episode, now)


def darnell(house, now):
    """Cleared and talked to; thinking about it, and asked again this afternoon."""
    episode = yield from overdose(house, now - 30 * HOUR, "Darnell", amount="0.5 g", birth_date="1989-11-02")
    yield from cleared(house, now - 26 * HOUR, episode)
    again = now + 3 * HOUR
    yield from talked(house, now - 20 * HOUR, episode, "thinking", ask_again_at=again, summary="Tired; wants sleep.")


def priya(house, now):
    """Asked for help herself; the intake is owed."""
    yield from asked_for_help(
        house, now - 20 * HOUR, preferred_name="Priya", legal_name="Priya Nair", birth_date="2001-07-21"
    )


def tom(house, now):
    """Sent by a court; taken in, and waiting to be admitted."""
    episode = yield from asked_for_help(
        house, now - 3 * DAY, entry=Entry.COURT, preferred_name="Tom", birth_date="1984-01-30"
    )
    yield from cleared(house, now - 30 * HOUR, episode, basis="screened")
    yield from taken_in(house, now - 6 * HOUR, episode, house.residential, goals="Keep my job.")


def elena(house, now, bed):
    """Nine days in residential care."""
    came = now - 10 * DAY
    episode = yield from overdose(
        house, came, "Elena", amount="daily, about 2 g", legal_name="Elena Petrova", birth_date="1993-09-09"
    )
    yield from cleared(house, came + 6 * HOUR, episode)
    yield from talked(house, came + 9 * HOUR, episode, "accepted", summary="Frightened by the night; wants help.")
    yield from taken_in(house, came + 20 * HOUR, episode, house.residential, goals="Sleep. See my daughter.")
    placement = yield from admitted(house, came + DAY, episode, house.residential, bed)
    yield from session(house, came + 2 * DAY, episode, "Talked about the night and what came before it.")
    yield from assessed(house, came + 2 * DAY + 3 * HOUR, episode, "phq-9", 2, 3, 3, 3, 1, 2, 2, 1, 0)
    yield from assessed(house, came + 2 * DAY + 3 * HOUR, episode, "craving", 70, 95)
    yield from planned(house, came + 3 * DAY, placement)
    yield from session(house, came + 5 * DAY, episode, "What ketamine does to the bladder.", kind="psychoeducation")
    yield from medicated(house, came + 5 * DAY + 4 * HOUR, episode, now)
    yield from assessed(house, came + 6 * DAY, episode, "craving", 45, 70)
    yield from session(house, came + 8 * DAY, episode, "Wrote down three early signs.")
    yield from assessed(house, came + 9 * DAY, episode, "phq-9", 1, 1, 2, 2, 1, 1, 1, 0, 0)
    yield from assessed(house, came + 9 * DAY, episode, "craving", 30, 55)


def marcus(house, now, bed):
    """Two days in residential care; the plan is due tomorrow."""
    came = now - 3 * DAY
    episode = yield from overdose(
        house, came, "Marcus", amount="0.3 g", also=[COCAINE], legal_name="Marcus Hill", birth_date="1999-12-05"
    )
    yield from cleared(house, came + 8 * HOUR, episode)
    yield from talked(house, came + 11 * HOUR, episode, "accepted")
    yield from taken_in(house, came + 22 * HOUR, episode, house.residential)
    yield from admitted(house, came + DAY, episode, house.residential, bed)
    yield from session(house, now - 6 * HOUR, episode, "First talk on the unit.")


def sam(house, now, bed):
    """Sent out to hospital three hours ago; the bed is kept."""
    came = now - 8 * DAY
    episode = yield from asked_for_help(
        house, came, entry=Entry.OTHER_PROVIDER, preferred_name="Sam", birth_date="1978-05-17"
    )
    yield from cleared(house, came + 20 * HOUR, episode, basis="screened")
    yield from taken_in(house, came + 22 * HOUR, episode, house.residential)
    placement = yield from admitted(house, came + 30 * HOUR, episode, house.residential, bed)
    yield from planned(house, came + 3 * DAY, placement)
    yield now - 3 * HOUR
    placements.send_out(
        episode,
        destination="General Hospital, urology",
        reason="Fever and pain in the flank",
        by=house.nurse,
        at=now - 3 * HOUR,
    )


def aisha(house, now, bed):
    """Moved from residential to outpatient care; one note is signed, the latest is not yet."""
    came = now - 40 * DAY
    episode = yield from overdose(house, came, "Aisha", amount="1 g", birth_date="1991-02-11")
    yield from cleared(house, came + 7 * HOUR, episode)
    yield from talked(house, came + 10 * HOUR, episode, "accepted")
    yield from taken_in(house, came + 20 * HOUR, episode, house.residential, goals="Finish my training.")
    placement = yield from admitted(house, came + DAY, episode, house.residential, bed)
    yield from planned(house, came + 3 * DAY, placement)
    yield from session(house, came + 10 * DAY, episode, "Family came along.", kind="family")
    moved = now - 12 * DAY
    yield moved
    placement = placements.move(episode, program=house.outpatient, reason="Stable", by=house.counselor, at=moved)
    gone_through(house, moved, placement)
    yield from planned(house, moved + 2 * DAY, placement)
    yield from session(house, now - 7 * DAY, episode, "First weekend at home went well.")
    yield from session(house, now - 5 * HOUR, episode, "Argument with a friend; left early.", signed=False)


def ben(house, now):
    """Outpatient for alcohol, no overdose and no ketamine; a note waits too long for its signature."""
    came = now - 21 * DAY
    episode = yield from asked_for_help(
        house, came, substance=ALCOHOL, route=SWALLOWED, preferred_name="Ben", birth_date="1969-08-23"
    )
    yield from cleared(house, came + 20 * HOUR, episode, basis="not_needed")
    yield from taken_in(house, came + 21 * HOUR, episode, house.outpatient, goals="Be there for my grandson.")
    placement = yield from admitted(house, came + 2 * DAY, episode, house.outpatient)
    yield from planned(house, came + 4 * DAY, placement)
    yield from session(house, now - 9 * DAY, episode, "Talked about evenings.")
    yield from session(house, now - 30 * HOUR, episode, "Talked about the birthday.", signed=False)


def grace(house, now, bed):
    """In aftercare, and answering every check-in."""
    came = now - 45 * DAY
    episode = yield from overdose(house, came, "Grace", amount="0.8 g", birth_date="1995-06-01")
    yield from cleared(house, came + 6 * HOUR, episode)
    yield from talked(house, came + 8 * HOUR, episode, "accepted")
    yield from taken_in(house, came + 18 * HOUR, episode, house.residential)
    placement = yield from admitted(house, came + DAY, episode, house.residential, bed)
    yield from planned(house, came + 3 * DAY, placement)
    yield from session(house, came + 14 * DAY, episode, "A plan for the first week.")
    yield from discharged(house, now - 17 * DAY, episode)
    yield from answers(house, episode, now, 40, 30, 35, 20)


def leo(house, now):
    """In aftercare; missed a check-in, is on the call list, and did not pick up the first time."""
    came = now - 50 * DAY
    episode = yield from asked_for_help(house, came, preferred_name="Leo", birth_date="1998-10-10")
    yield from cleared(house, came + DAY, episode, basis="screened")
    yield from taken_in(house, came + 26 * HOUR, episode, house.outpatient)
    placement = yield from admitted(house, came + 2 * DAY, episode, house.outpatient)
    yield from planned(house, came + 4 * DAY, placement)
    yield from session(house, came + 20 * DAY, episode, "Is moving in with his brother.")
    yield from planned(house, came + 30 * DAY, placement)
    yield from discharged(house, now - 9 * DAY, episode, reason="2", going_to="With his brother")
    yield from answers(house, episode, now, 55, 60)
    yield now - 3 * HOUR
    call = episode.duties.open().get(ladder__slug="contact")
    check_ins.log_call(call, outcome="no_answer", by=house.aftercare, at=now - 3 * HOUR)


def rosa(house, now):
    """Declined, and may be asked again: we stay in touch."""
    came = now - 10 * DAY
    episode = yield from overdose(house, came, "Rosa", amount="not said", birth_date="2002-04-18", language="es")
    yield from cleared(house, came + 6 * HOUR, episode)
    yield from talked(
        house,
        came + 8 * HOUR,
        episode,
        "declined",
        may_contact_again=True,
        contact_how="A line by e-mail first, then by phone, afternoons",
    )
    reachable(house, came + 8 * HOUR, episode)
    yield from answers(house, episode, now, None, None)


def victor(house, now):
    """Declined, and does not want to be asked again: closed, nobody chases him."""
    came = now - 20 * DAY
    episode = yield from overdose(house, came, "Victor", amount="0.4 g", birth_date="1987-03-03")
    yield from cleared(house, came + 5 * HOUR, episode)
    yield from talked(house, came + 7 * HOUR, episode, "declined", may_contact_again=False)


def hannah(house, now):
    """Finished once, and came back by herself: a new episode that knows of the first."""
    came = now - 160 * DAY
    episode = yield from asked_for_help(
        house, came, preferred_name="Hannah", legal_name="Hannah Brooks", birth_date="1990-12-12"
    )
    yield from cleared(house, came + DAY, episode, basis="screened")
    yield from taken_in(house, came + 26 * HOUR, episode, house.outpatient)
    placement = yield from admitted(house, came + 2 * DAY, episode, house.outpatient)
    yield from planned(house, came + 4 * DAY, placement)
    yield from session(house, came + 20 * DAY, episode, "Back at work since Monday.")
    yield from planned(house, came + 33 * DAY, placement)
    yield from discharged(house, came + 60 * DAY, episode)
    closed = now - 30 * DAY
    yield from answers(house, episode, closed - DAY, 30, 25, 20, 20, 15, 10, 10, 15, 10, 10, 5)
    yield closed
    closings.close(episode, reason=CloseReason.COMPLETED, note="Wants to go on alone.", by=house.aftercare, at=closed)
    patient = Patient.objects.get(pk=episode.patient_id)
    yield from asked_for_help(house, now - 2 * DAY, entry=Entry.RETURN, patient=patient)
