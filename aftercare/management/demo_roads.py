"""Sixty people of two places: those of the demo clinic, and whom else a program sees in a year.

Each story is a generator: it yields the time of the next step, then takes it. Names and histories are invented
and the same every time; times are relative to `now`.
"""

from datetime import timedelta
from heapq import merge
from itertools import count

from aftercare.actions import closings, transfers
from patients import actions as patients
from patients.models import CloseReason, Entry, Patient
from treatment.actions import departures, ketamine, placements, waiting
from treatment.actions.transfers import refer_elsewhere

from .demo_people import everybody
from .demo_steps import (
    ALCOHOL,
    DAY,
    HOUR,
    KETAMINE,
    SWALLOWED,
    admitted,
    answers,
    asked_for_help,
    cleared,
    discharged,
    level_assessed,
    observed,
    overdose,
    planned,
    reachable,
    session,
    taken_in,
    talked,
)

TOPICS = [
    "What happened that night, and what came before it.",
    "Sleep: when it comes, and what keeps it away.",
    "Wrote down three early signs, and whom to call.",
    "What ketamine does to the bladder, and what heals.",
    "A letter to a sister, not sent yet.",
    "Money, and who looks after it for now.",
    "The first weekend outside: what was hard, what helped.",
]
CRAVINGS = [50, 45, 40, 45, 30, 35, 25, 20, 25, 15, 20, 10, 15, 10, 5, 10, 5, 5]


def sixty(harbor, river, now):
    """The stories of everybody: fourteen of the demo clinic, and forty-six more at the two places."""
    theirs, others = iter(harbor.beds[5:]), iter(river.beds)
    return [
        *everybody(harbor, now),
        # In residential care now, besides those of the demo clinic.
        *(in_residence(harbor, now, *who, bed=next(theirs)) for who in RESIDENTS_AT_HARBOR),
        *(in_residence(river, now, *who, bed=next(others)) for who in RESIDENTS_AT_RIVER),
        # In outpatient care now.
        *(in_outpatient(harbor, now, *who) for who in OUTPATIENTS_AT_HARBOR),
        *(in_outpatient(river, now, *who) for who in OUTPATIENTS_AT_RIVER),
        # After treatment.
        *(in_aftercare(harbor, now, *who) for who in FOLLOWED_AT_HARBOR),
        *(in_aftercare(river, now, *who) for who in FOLLOWED_AT_RIVER),
        *(finished(river, now, *who) for who in FINISHED),
        *(stays_in_touch(river, now, *who) for who in IN_TOUCH),
        *(wants_nothing(river, now, *who) for who in DECLINED),
        # Those of whom there is one.
        arrived(river, now),
        thinks_it_over(river, now),
        not_able(river, now),
        waits(harbor, now, "Imani", 12, birth_date="1994-05-20", pregnant="yes"),
        waits(harbor, now, "Oscar", 6, birth_date="1981-09-02"),
        takes_it_from_a_clinic(harbor, now),
        shares_a_phone(river, now, "Luis", 26),
        shares_a_phone(river, now, "Mateo", 19),
        sent_out_and_back(river, now, next(others)),
        missing(river, now, next(others)),
        left_against_advice(river, now, next(others)),
        on_the_way(river, now),
        arrived_elsewhere(river, now),
        too_young(river, now),
        died(harbor, now),
    ]


# (name, days since they came, birth date)
RESIDENTS_AT_HARBOR = [("Keisha", 21, "1992-08-15"), ("Noel", 13, "2000-01-09"), ("Bao", 6, "1997-03-30")]
RESIDENTS_AT_RIVER = [("Ines", 18, "1988-12-01"), ("Walter", 9, "1971-06-06"), ("Chloe", 4, "2003-10-27")]
OUTPATIENTS_AT_HARBOR = [
    ("Fatima", 52, "1990-04-04", KETAMINE, "3"),
    ("Greg", 33, "1985-07-19", ALCOHOL, SWALLOWED),
    ("Hana", 16, "1999-11-23", KETAMINE, "3"),
    ("Ivan", 24, "1979-02-28", ALCOHOL, SWALLOWED),
]
OUTPATIENTS_AT_RIVER = [
    ("June", 61, "1993-09-14", KETAMINE, "1"),
    ("Kofi", 28, "1996-05-05", KETAMINE, "3"),
    ("Lena", 11, "2001-12-31", KETAMINE, "3"),
    ("Nadia", 6, "1997-01-02", KETAMINE, "1"),
    ("Mikko", 40, "1974-10-10", ALCOHOL, SWALLOWED),
]
# (name, days since they came, days since treatment ended, birth date)
FOLLOWED_AT_HARBOR = [
    ("Nora", 120, 75, "1991-01-21"),
    ("Omar", 95, 60, "1986-08-08"),
    ("Paige", 58, 20, "1998-02-17"),
    ("Quinn", 44, 4, "1995-07-07"),
    ("Rafael", 210, 160, "1983-11-11"),
]
FOLLOWED_AT_RIVER = [
    ("Sofia", 70, 30, "1997-06-25"),
    ("Theodore", 140, 100, "1968-03-12"),
    ("Uma", 49, 11, "2000-09-18"),
    ("Vera", 38, 2, "1989-05-29"),
]
# (name, days since they came, days since treatment ended, days since the episode closed, birth date)
FINISHED = [
    ("Wendy", 300, 250, 60, "1990-10-03"),
    ("Xavier", 280, 240, 35, "1982-04-26"),
    ("Yusuf", 330, 290, 90, "1994-12-19"),
]
IN_TOUCH = [("Zoe", 14, "2002-02-02"), ("Amir", 8, "1987-09-09")]
DECLINED = [("Bella", 25, "1996-06-16"), ("Carl", 50, "1977-07-27")]


def sessions_of(house, episode, first, until, *, every):
    """A session at every so many days, each with its note."""
    for number in count():
        at = first + number * every
        if at + 2 * HOUR >= until:
            return
        yield from session(house, at, episode, TOPICS[number % len(TOPICS)])


def treated(house, came, until, name, *, bed=None, substance=KETAMINE, route="3", every=3 * DAY, **person):
    """From the door until then: residential after an overdose with a bed, else outpatient."""
    if bed is not None:
        episode = yield from overdose(house, came, name, amount="1 g", **person)
        yield from cleared(house, came + 6 * HOUR, episode)
        yield from talked(house, came + 9 * HOUR, episode, "accepted")
        yield from taken_in(house, came + 20 * HOUR, episode, house.residential, goals="Sleep through a night.")
        admitted_at, program = came + DAY, house.residential
    else:
        episode = yield from asked_for_help(
            house, came, substance=substance, route=route, preferred_name=name, **person
        )
        yield from cleared(house, came + 20 * HOUR, episode, basis="screened")
        yield from taken_in(house, came + 21 * HOUR, episode, house.outpatient, goals="Keep my work.")
        admitted_at, program = came + 2 * DAY, house.outpatient
    placement = yield from admitted(house, admitted_at, episode, program, bed)
    # What happens between is told in the order of time: sessions, and the plan's first writing and reviews.
    plans = [admitted_at + 2 * DAY + number * 25 * DAY for number in range(1 + (until - came) // (25 * DAY))]
    yield from merge(
        sessions_of(house, episode, admitted_at + DAY + HOUR, until, every=every),
        _plans(house, placement, [at for at in plans if at < until]),
        _levels(house, episode, admitted_at + 2 * HOUR, until, level="1.5" if bed is None else "3.5"),
    )
    return episode


def _plans(house, placement, moments):
    for at in moments:
        yield from planned(house, at, placement)


def _levels(house, episode, at, until, *, level):
    kind = "admission"
    while at < until:
        assessed = yield from level_assessed(house, at, episode, kind=kind, level=level)
        at, kind = assessed.next_review_due_at - DAY, "continued_stay"


def in_residence(house, now, name, days, birth_date, *, bed):
    """In a bed now."""
    yield from treated(house, now - days * DAY, now, name, bed=bed, birth_date=birth_date)


def in_outpatient(house, now, name, days, birth_date, substance, route):
    """Coming once a week."""
    came = now - days * DAY
    use = {"substance": substance, "route": route}
    yield from treated(house, came, now, name, every=7 * DAY, birth_date=birth_date, **use)


def in_aftercare(house, now, name, came, left, birth_date):
    """Left as planned, and answers."""
    ended = now - left * DAY
    episode = yield from treated(house, now - came * DAY, ended, name, every=7 * DAY, birth_date=birth_date)
    yield from discharged(house, ended, episode)
    yield from answers(house, episode, now, *CRAVINGS, *CRAVINGS)


def finished(house, now, name, came, left, closed, birth_date):
    """Treatment and aftercare are over; the door is open."""
    ended, over = now - left * DAY, now - closed * DAY
    episode = yield from treated(house, now - came * DAY, ended, name, every=7 * DAY, birth_date=birth_date)
    yield from discharged(house, ended, episode)
    yield from answers(house, episode, over - DAY, *CRAVINGS, *CRAVINGS)
    yield over
    closings.close(episode, reason=CloseReason.COMPLETED, note="Goes on alone.", by=house.aftercare, at=over)


def stays_in_touch(house, now, name, days, birth_date):
    """Declined, and may be asked again."""
    came = now - days * DAY
    episode = yield from overdose(house, came, name, amount="0.5 g", birth_date=birth_date)
    yield from cleared(house, came + 5 * HOUR, episode)
    again = {"may_contact_again": True, "contact_how": "A line by e-mail, mornings"}
    yield from talked(house, came + 7 * HOUR, episode, "declined", **again)
    reachable(house, came + 7 * HOUR, episode)
    yield from answers(house, episode, now, None, None, None)


def wants_nothing(house, now, name, days, birth_date):
    """Declined, and nobody chases them."""
    came = now - days * DAY
    episode = yield from overdose(house, came, name, birth_date=birth_date)
    yield from cleared(house, came + 5 * HOUR, episode)
    yield from talked(house, came + 7 * HOUR, episode, "declined", may_contact_again=False)


def arrived(house, now):
    """Came in an hour ago and is being observed."""
    episode = yield from overdose(house, now - 2 * HOUR, "Unknown", leaving=now + 4 * HOUR)
    yield from observed(house, episode, now)


def thinks_it_over(house, now):
    """Asked for two days to think."""
    episode = yield from overdose(house, now - 20 * HOUR, "Dina", amount="0.7 g", birth_date="1998-08-30")
    yield from cleared(house, now - 14 * HOUR, episode)
    yield from talked(house, now - 9 * HOUR, episode, "thinking", summary="Wants to ask her mother.")


def not_able(house, now):
    """Fell asleep during the talk; it is owed once more."""
    episode = yield from overdose(house, now - 15 * HOUR, "Emil", amount="1.5 g", birth_date="1992-03-08")
    yield from cleared(house, now - 9 * HOUR, episode)
    yield from talked(house, now - 6 * HOUR, episode, "not_able", may_contact_again=True)


def waits(house, now, name, days, *, pregnant="", **person):
    """Waits for a bed, and is called every week."""
    came = now - days * DAY
    episode = yield from asked_for_help(house, came, preferred_name=name, **person)
    if pregnant:
        patients.record_pregnancy(episode.patient, pregnant=pregnant, by=house.nurse, at=came + HOUR)
    yield from cleared(house, came + 20 * HOUR, episode, basis="screened")
    yield from taken_in(house, came + 22 * HOUR, episode, house.residential, goals="Be well by spring.")
    yield came + 23 * HOUR
    entry = waiting.put_on_wait_list(episode, program=house.residential, by=house.intake, at=came + 23 * HOUR)
    at = came + 5 * DAY
    while at < now:
        yield at
        waiting.log_waiting_contact(entry, reached=True, note="Still wants to come.", by=house.intake, at=at)
        at += 6 * DAY


def takes_it_from_a_clinic(house, now):
    """Was given ketamine for depression by a clinic, stopped, and mood was reviewed after a week."""
    came = now - 20 * DAY
    treatment = treated(house, came, now, "Farid", every=7 * DAY, birth_date="1986-01-15")
    return merge(treatment, _prescribed(house, now, "Farid"))


def _prescribed(house, now, name):
    began, stopped = now - 16 * DAY, now - 10 * DAY
    yield began
    given = ketamine.record_prescribed(
        Patient.objects.get(preferred_name=name),
        facility=house.facility,
        prescriber="Lakeside Infusion Clinic",
        prescriber_contact="+1 555 0177",
        product="racemic",
        dose="0.5 mg/kg",
        how_often="twice a week",
        indication="depression",
        supervised=True,
        by=house.nurse,
        at=began,
    )
    yield began + HOUR
    ketamine.permit_contact(given, by=house.counselor, at=began + HOUR)
    yield began + DAY
    ketamine.contact_prescriber(
        given, spoke_with="Dr. Lund", words="Agrees to stop.", by=house.prescriber, at=began + DAY
    )
    yield stopped
    ketamine.stop(given, reason="Use beside the infusions.", by=house.prescriber, at=stopped)
    yield stopped + 7 * DAY
    review = given.reviews.order_by("week").first()
    ketamine.record_mood_review(
        review,
        mood="Low in the mornings, better after walks.",
        asked_about_suicide=True,
        concern=False,
        by=house.prescriber,
        at=stopped + 7 * DAY,
    )


def shares_a_phone(house, now, name, days):
    """Brothers with one phone: a message on it may be read by the other."""
    came = now - days * DAY
    episode = yield from asked_for_help(house, came, preferred_name=name, legal_name=f"{name} Serrano")
    phone = {"channel": "phone", "value": "+12125550123", "scopes": [], "safe_to_leave_message": False}
    patients.add_contact_point(episode.patient, **phone, by=house.intake, at=came)
    yield from cleared(house, came + 20 * HOUR, episode, basis="screened")
    yield from taken_in(house, came + 21 * HOUR, episode, house.outpatient, goals="Not fight with my brother.")
    placement = yield from admitted(house, came + 2 * DAY, episode, house.outpatient)
    yield from level_assessed(house, came + 3 * DAY, episode, kind="admission", level="1.5")
    yield from planned(house, came + 4 * DAY, placement)
    yield from sessions_of(house, episode, came + 5 * DAY, now, every=7 * DAY)


def sent_out_and_back(house, now, bed):
    """Went to hospital for two days, and came back to the bed that was kept."""
    out, back = now - 6 * DAY, now - 5 * DAY
    episode = yield from treated(house, now - 14 * DAY, out, "Gia", bed=bed, birth_date="1990-02-22")
    yield out
    placements.send_out(episode, destination="General Hospital", reason="Blood in the urine", by=house.nurse, at=out)
    yield from cleared(house, back, episode)
    yield back + HOUR
    placements.bring_back(episode, by=house.nurse, at=back + HOUR)
    yield from sessions_of(house, episode, back + DAY, now, every=2 * DAY)


def missing(house, now, bed):
    """Did not come back from a walk two hours ago; a clinician judged the risk."""
    gone = now - 2 * HOUR
    episode = yield from treated(house, now - 7 * DAY, gone, "Hugo", bed=bed, birth_date="1999-04-01")
    yield gone
    left = departures.report_missing(
        episode, last_seen="At the river path, gray coat", circumstances="Alone", by=house.technician, at=gone
    )
    yield gone + HOUR / 2
    departures.record_risk_decision(
        left, risk="medium", reason="Calm this morning; no means known.", by=house.prescriber, at=gone + HOUR / 2
    )


def left_against_advice(house, now, bed):
    """Left against advice, was found at a friend's the same evening, and answers since."""
    gone = now - 6 * DAY
    episode = yield from treated(house, now - 12 * DAY, gone, "Jamal", bed=bed, birth_date="1993-10-30")
    yield from discharged(house, gone, episode, reason="8", going_to="With a friend")
    departure = episode.departures.open().get()
    judged, seen = gone + 1.5 * HOUR, gone + 6 * HOUR
    yield judged
    departures.record_risk_decision(
        departure, risk="low", reason="Said where, answers the phone.", by=house.prescriber, at=judged
    )
    yield seen
    departures.found(departure, note="At a friend's, and safe.", by=house.nurse, at=seen)
    yield from answers(house, episode, now, *CRAVINGS)


def on_the_way(house, now):
    """On the way to another program; whether they arrive is owed by us."""
    episode = yield from treated(house, now - 30 * DAY, now - DAY, "Kim", every=7 * DAY, birth_date="1984-05-13")
    yield from discharged(house, now - DAY, episode, reason="4", going_to="Hill Program, +1 555 0188")


def arrived_elsewhere(house, now):
    """Moved to another program, arrived there, and our part is over."""
    left = now - 20 * DAY
    episode = yield from treated(house, now - 55 * DAY, left, "Lou", every=7 * DAY, birth_date="1976-09-21")
    yield from discharged(house, left, episode, reason="4", going_to="Hill Program, +1 555 0188")
    yield left + 2 * DAY
    there = left + 2 * DAY
    transfers.confirm_arrival(episode.transfers.get(), told_by="Their nurse", by=house.aftercare, at=there)
    yield there + HOUR
    closings.close(episode, reason=CloseReason.TRANSFERRED, by=house.supervisor, at=there + HOUR)


def too_young(house, now):
    """Seventeen; sent on to a service for young people, and still ours until they arrived."""
    came = now - 30 * HOUR
    young = (now - timedelta(days=17 * 366)).date().isoformat()
    episode = yield from asked_for_help(
        house, came, entry=Entry.OTHER_PROVIDER, preferred_name="Milo", birth_date=young
    )
    yield came + 4 * HOUR
    refer_elsewhere(
        episode,
        kind="youth_service",
        destination="Youth Service North",
        contact="+1 555 0133",
        by=house.intake,
        at=came + 4 * HOUR,
    )


def died(house, now):
    """In aftercare; a sister called, and the death was confirmed."""
    told = now - 12 * DAY
    episode = yield from treated(
        house, now - 90 * DAY, now - 50 * DAY, "Nils", every=7 * DAY, birth_date="1980-06-18"
    )
    yield from discharged(house, now - 50 * DAY, episode)
    yield from answers(house, episode, told - DAY, *CRAVINGS)
    yield told
    report = closings.report_death(
        episode.patient, facility=house.facility, told_by="His sister, by phone", by=house.aftercare, at=told
    )
    yield told + DAY
    closings.confirm_death(report, reason="Certificate seen.", by=house.supervisor, at=told + DAY)
