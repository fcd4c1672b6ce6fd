"""The work that years leave behind among a crowd: sessions, rounds and doses, seventy for everybody ever admitted.

All of it is over, except what today asks for: doses that are due, and this week's appointments. Written as
`demo_bulk` writes the crowd: one INSERT … SELECT a noun and a place, with every trigger on.
"""

from django.db import connection, transaction

from accounts.models import Membership, Role
from duties.models import Duty, DutyEvent, Ladder
from patients.models import Allergy
from treatment.models import (
    Administration,
    Appointment,
    Checklist,
    Dose,
    MedicationOrder,
    RoundEntry,
    RoundOrder,
    Session,
)

from .demo_bulk import Batch, key

SESSIONS, DOSES, ROUNDS = (20, 4), (30, 10), 50  # of whoever is in treatment, and of whoever was
EACH = "k || ' ' || n"  # tells apart what somebody has several of
HERE = "ended IS NULL"


@transaction.atomic
def write(facility, now):
    """The work of one place, in one transaction."""
    work = Work(facility, now)
    work.sessions()
    work.appointments()
    work.rounds()
    work.doses()
    with connection.cursor() as cursor:
        work.execute(cursor)


def many():
    """How many sessions, rounds and doses there are."""
    return sum(model.objects.count() for model in (Session, RoundEntry, Dose))


def _of(counts):
    here, before = counts
    return f"CASE WHEN {HERE} THEN {here} ELSE {before} END"


class Work(Batch):
    """What the stays of one place leave behind, noun by noun."""

    def __init__(self, facility, now):
        super().__init__(now)
        posts = Membership.objects.active().filter(facility=facility).order_by("pk")
        staff = {post.role: f"'{post.user_id}'::uuid" for post in posts}
        self.nurse, self.counselor, self.prescriber = staff["nurse"], staff["counselor"], staff["prescriber"]
        self.place = f"'{facility.pk}'::uuid"
        self.at = f"'{now.isoformat()}'::timestamptz"
        self.stays = f"""
            SELECT p.id::text AS n, p.id AS placement, p.patient_id AS patient, p.facility_id AS facility,
                p.episode_id AS episode, p.began_at AS began, p.ended_at AS ended,
                coalesce(p.ended_at, {self.at}) - p.began_at AS stay, b.bed_id AS bed,
                get_byte(uuid_send(p.id), 15) < 20 AS one_in_twelve,
                get_byte(uuid_send(p.id), 14) AS chance
            FROM treatment_placement p
            LEFT JOIN treatment_bedstay b ON b.placement_id = p.id AND b.ended_at IS NULL
            WHERE p.facility_id = {self.place}"""
        self.about = {"patient": "patient", "facility": "facility", "episode": "episode"}

    def execute(self, cursor):
        """All of it in one statement; then what was ordered long ago is complete."""
        parts = [f"crowd AS MATERIALIZED ({self.stays})", *(f"i{n} AS ({one})" for n, one in enumerate(self.inserts))]
        cursor.execute(f"WITH {', '.join(parts)} SELECT 1", self.params)
        cursor.execute(
            "UPDATE treatment_medicationorder"
            " SET state = 'completed', ended_at = ends_at, ended_by_id = ordered_by_id"
            f" WHERE facility_id = {self.place} AND ends_at < {self.at} AND state = 'active'"
        )

    def sessions(self):
        """Spread evenly over the stay; one in eight did not come."""
        spread = _of(SESSIONS)
        began = f"began + stay * k / ({spread} + 1.0)"
        missed = "(k + chance) % 8 = 0"
        self.insert(
            Session, many=spread, id=key("work session", began, EACH), **self.about, placement="placement",
            kind="'individual'", started_at=began, ended_at=f"{began} + interval '50 minutes'",
            attendance=f"CASE WHEN {missed} THEN 'no_show' ELSE 'attended' END",
            attendance_because=f"CASE WHEN {missed} THEN 'unknown' ELSE '' END",
            logged_at=f"{began} + interval '1 hour'", logged_by=self.counselor,
        )  # fmt: skip

    def appointments(self):
        """Two that were held; of every twelfth who is here, one in the week from now."""
        about = {**self.about, "kind": "'individual'", "counselor": self.counselor, "planned_by": self.counselor}
        held = "began + stay * k / 3.0"
        self.insert(
            Appointment, many="2", id=key("held", held, EACH), **about, starts_at=held,
            ends_at=f"{held} + interval '50 minutes'", planned_at="began", state="'held'",
            closed_at=f"{held} + interval '1 hour'", closed_by=self.counselor,
        )  # fmt: skip
        ahead = f"{self.at} + chance * interval '39 minutes'"
        self.insert(
            Appointment, f"{HERE} AND one_in_twelve", id=key("ahead", self.at), **about, starts_at=ahead,
            ends_at=f"{ahead} + interval '50 minutes'", planned_at="began",
        )  # fmt: skip

    def rounds(self):
        """The first day of each stay; one in ten stands out."""
        levels = Checklist.objects.current("observation-levels")
        level, day = levels.items[0], "least(interval '25 hours', stay)"
        owed = {"opened": "began", "closed": f"began + {day}"}
        order = key("round order", "began")
        self.insert(
            RoundOrder, id=order, **self.about, checklist=f"'{levels.pk}'::uuid", level=f"'{level['code']}'",
            level_name=f"'{level['text']}'", reason="'First night'", duty=self.done("round", **owed),
            review_duty=self.done("round_review", **owed), ordered_at="began", ordered_by=self.nurse,
        )  # fmt: skip
        self.insert(
            RoundEntry, many=str(ROUNDS), order=order, patient="patient", facility="facility",
            observed_at=f"began + {day} * k / {ROUNDS + 1}.0", entered_by=self.nurse, where="'common'",
            state="'awake'", distress="CASE WHEN (k + chance) % 10 = 0 THEN 2 ELSE 0 END",
        )  # fmt: skip

    def done(self, slug, *, opened, closed):
        """A duty each that was done; its key."""
        ladder = Ladder.objects.current(slug, None)
        duty = key(slug, opened)
        self.insert(
            Duty, id=duty, **self.about, ladder=f"'{ladder.pk}'::uuid", keeps_thread=str(ladder.keeps_thread).lower(),
            owner_role=f"'{Role.NURSE}'", opened_at=opened, opened_by=self.nurse, due_at=closed, anchor_at=closed,
            next_rung="0", clock_set_at=opened, closed_at=closed, closed_by=self.nurse, outcome="'resolved'",
        )  # fmt: skip
        told = {"duty": duty, "patient": "patient", "by": self.nurse}
        self.insert(DutyEvent, **told, kind="'opened'", at=opened)
        self.insert(DutyEvent, **told, kind="'closed'", at=closed, note="'Done'")
        return duty

    def doses(self):
        """For the night, given each time but one in ten; and whoever is in a bed is owed two within the hour."""
        spread = _of(DOSES)
        order = self.order("night", "'Melatonin'", "began", f"began + stay * {DOSES[0]} / {DOSES[0] + 1}.0")
        due, dose = f"began + stay * k / ({spread} + 1.5)", key("dose", "began", EACH)
        refused = "(k + chance) % 10 = 0"
        self.insert(
            Dose, many=spread, id=dose, patient="patient", facility="facility", order=order, due_at=due,
            closed_at=f"{due} + interval '5 minutes'", closed_because="'recorded'",
        )  # fmt: skip
        self.insert(
            Administration, many=spread, id=key("given", due, EACH), **self.about, order=order, due=dose,
            outcome=f"CASE WHEN {refused} THEN 'refused' ELSE 'given' END",
            amount=f"CASE WHEN {refused} THEN NULL ELSE 3 END",
            administered_at=f"{due} + interval '5 minutes'", administered_by=self.nurse,
        )  # fmt: skip
        in_bed = "bed IS NOT NULL"
        self.insert(
            Allergy, in_bed, id=key("allergy", "began"), patient="patient", facility="facility",
            substance="'Penicillin'", severity="'mild'", noted_at="began", noted_by=self.nurse,
        )  # fmt: skip
        for number, name in enumerate(("'Acetaminophen'", "'Gabapentin'")):
            order = self.order(f"now {number}", name, "began", "NULL", in_bed)
            self.insert(
                Dose, in_bed, id=key(f"due {number}", self.at), patient="patient", facility="facility", order=order,
                due_at=f"{self.at} + {20 * number + 10} * interval '1 minute'",
            )  # fmt: skip
        limits = {"as_needed_for": "'pain'", "min_hours": "6", "max_doses": "3"}
        self.order("asked", "'Ibuprofen'", "began", "NULL", in_bed, often="as_needed", **limits)

    def order(self, name, drug, starts, ends, where="true", often="daily", **also):
        """An order each; its key."""
        order = key(f"order {name}", starts)
        times = "ARRAY['21:00']::time[]" if often == "daily" else "'{}'::time[]"
        self.insert(
            MedicationOrder, where, id=order, **self.about, name=drug, dose="3", dose_unit="'mg'", route="'oral'",
            frequency=f"'{often}'", times=times, starts_at=starts, ends_at=ends, indication="'As agreed'",
            off_label="false", evidence="'labeled'", controlled="false", ordered_at=starts,
            ordered_by=self.prescriber, laid_out_until=f"{self.at} + interval '1 day'", **also,
        )  # fmt: skip
        return order
