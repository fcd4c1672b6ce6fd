"""The people of the demo clinic. Each story is a generator: it yields the time of the next step, then takes it.

Names, places and histories are invented. Times are relative to `now`, the moment the clinic is loaded.
"""

from datetime import timedelta

from aftercare.actions import calls, closings
from patients.models import CloseReason, Entry, Patient
from treatment.actions import (
    incidents,
    placements,
    rounds,
)

from .demo_steps import (
    ALCOHOL,
    COCAINE,
    DAY,
    HOUR,
    SWALLOWED,
    admitted,
    answers,
    asked_for_help,
    assessed,
    cleared,
    discharged,
    gone_through,
    level_assessed,
    medicated,
    observed,
    once_a_week,
    overdose,
    planned,
    reachable,
    session,
    taken_in,
    talked,
)


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
    yield from assessed(house, came + 2 * DAY + 3 * HOUR, episode, "phq-9", 2, 3, 3, 3, 1, 2, 2, 1, 0, 2)
    yield from assessed(house, came + 2 * DAY + 3 * HOUR, episode, "craving", 70, 95)
    yield from level_assessed(house, came + 2 * DAY + 4 * HOUR, episode, kind="admission", level="3.5")
    yield from planned(house, came + 3 * DAY, placement)
    yield from session(house, came + 5 * DAY, episode, "What ketamine does to the bladder.", kind="psychoeducation")
    yield from medicated(house, came + 5 * DAY + 4 * HOUR, episode, now)
    yield from assessed(house, came + 6 * DAY, episode, "craving", 45, 70)
    yield from slipped(house, came + 7 * DAY, episode)
    yield from once_a_week(house, came + 7 * DAY + HOUR, episode, first=now + DAY, times=6, place="Room 2")
    parts = {
        "assessment": "Sees her own early signs before others do.",
        "plan": "Shows the list to her daughter on Sunday.",
    }
    yield from session(house, came + 8 * DAY, episode, "Wrote down three early signs.", parts=parts)
    yield from assessed(house, came + 9 * DAY, episode, "phq-9", 1, 1, 2, 2, 1, 1, 1, 0, 0, 1)
    yield from assessed(house, came + 9 * DAY, episode, "craving", 30, 55)
    yield now - HOUR / 4
    rounds.order_rounds(episode, level="general", reason="sleeps badly", by=house.nurse, at=now - HOUR / 4)


def slipped(house, at, episode):
    """A fall on wet stairs: reported, reviewed and signed by somebody else the day after."""
    yield at
    incident = incidents.report(
        facility=house.facility,
        kind="fall",
        severity=2,
        happened_at=at - HOUR / 2,
        place="Stairs to the garden",
        facts="It had rained; the stairs were wet and not lit.",
        done_at_once="Cooled the ankle.",
        people=[{"patient": episode.patient, "part": "Slipped on the stairs.", "injury": "bruised ankle"}],
        by=house.technician,
        at=at,
    )
    yield at + DAY
    incident = incidents.begin_review(incident, by=house.supervisor, at=at + DAY)
    found = {"conclusion": "The light had been broken for a week.", "factors": ["place"]}
    incidents.write_findings(incident, **found, by=house.supervisor, at=at + DAY)
    due_at = at + 14 * DAY
    incidents.add_action(
        incident,
        words="Repair the light, lay mats",
        owner=house.nurse,
        due_at=due_at,
        by=house.supervisor,
        at=at + DAY,
    )
    incidents.sign_off(incident, by=house.supervisor, at=at + DAY)


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
    yield from level_assessed(house, came + 2 * DAY, episode, kind="admission", level="3.5")
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
    seen = now - 7 * DAY
    yield from level_assessed(house, moved - DAY, episode, kind="transition", level="1.5")
    yield moved
    placement = placements.move(
        episode, program=house.outpatient, next_contact_at=seen, reason="Stable", by=house.counselor, at=moved
    )
    gone_through(house, moved, placement)
    yield from planned(house, moved + 2 * DAY, placement)
    yield from session(house, seen, episode, "First weekend at home went well.")
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
    yield from level_assessed(house, came + 3 * DAY, episode, kind="admission", level="1.5")
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
    calls.log_call(call, outcome="no_answer", by=house.aftercare, at=now - 3 * HOUR)


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
