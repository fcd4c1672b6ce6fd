"""Writing a crowd down: a batch is sent once, and every noun is one INSERT … SELECT from it.

No trigger is disabled. Episodes begin as referred and take every step by UPDATE, so NEXT, the history and the
promise at COMMIT see each of them. Columns that are not named take their field's default, as they would in a form.
"""

import json
from dataclasses import fields

from django.db import connection, transaction
from django.utils import timezone

from aftercare.models import AftercarePlan, Answer, CheckIn
from duties.models import Duty, DutyEvent, Rung
from patients.models import Access, ContactPoint, Entry, Episode, Patient, SubstanceUse
from treatment.models import (
    BedStay,
    Checklist,
    Clearance,
    Conversation,
    Discharge,
    Handover,
    Intake,
    Placement,
    Session,
    SessionNote,
    SessionObjective,
)

from .demo_crowd import Person

COLUMNS = [field.name for field in fields(Person)]
TYPES = {"n": "int", "number": "int", "born": "date"} | dict.fromkeys(
    ["patient", "episode", "facility", "nurse", "counselor", "intaker", "coach", "program", "bed", "schedule"], "uuid"
)
TEXTS = {
    "story", "preferred", "legal", "language", "email", "phone", "entry", "substance", "said", "zone", "close_reason",
}  # fmt: skip
SHAPE = ", ".join(f"{name} {TYPES.get(name, 'text' if name in TEXTS else 'timestamptz')}" for name in COLUMNS)
OVERDOSE = "entry = 'overdose'"
ASKED = "entry <> 'overdose'"
ABOUT = {"patient": "patient", "facility": "facility"}


@transaction.atomic
def write(people, now):
    """Write a batch of people down with everything that happened to them, in one transaction."""
    batch, signed = Batch(now), Batch(now)
    batch.people()
    batch.talks()
    batch.intakes()
    batch.stays()
    batch.followed()
    batch.sessions()
    signed.notes()
    with connection.cursor() as cursor:
        batch.execute(cursor, people)
        signed.execute(cursor, people)
        take_steps(cursor, people)


def key(name, at, of="n"):
    """SQL for the key, of version 7, of what somebody of the crowd has one of; of several, `of` tells them apart."""
    digest = f"md5('{name}' || {of})"
    moment = f"lpad(to_hex((extract(epoch from {at}) * 1000)::bigint), 12, '0')"
    return f"({moment} || '7' || substr({digest}, 1, 3) || '8' || substr({digest}, 5, 15))::uuid"


class Batch:
    """What one batch writes, noun by noun."""

    def __init__(self, now):
        self.now, self.inserts, self.params = now, [], []

    def execute(self, cursor, people):
        """All of it in one statement, so that the crowd is read once. (`web` may make no temporary tables.)"""
        rows = [{name: getattr(person, name) for name in COLUMNS} for person in people]
        crowd = f"SELECT * FROM jsonb_to_recordset(%s::jsonb) AS crowd({SHAPE})"
        parts = [f"crowd AS MATERIALIZED ({crowd})", *(f"i{n} AS ({one})" for n, one in enumerate(self.inserts))]
        cursor.execute(f"WITH {', '.join(parts)} SELECT 1", [json.dumps(rows, default=str), *self.params])

    def insert(self, model, where="true", /, many="", **columns):
        """One row of the noun for everybody of whom `where` is true, or as `many` as k goes to; values are SQL."""
        names, values = [], []
        for field in model._meta.concrete_fields:
            if field.name in columns:
                values.append(columns.pop(field.name))
            elif field.null or field.has_db_default() or field.primary_key:
                continue
            else:
                values.append("%s")
                self.params.append(field.get_db_prep_save(field.get_default(), connection))
            names.append(f'"{field.column}"')
        if columns:
            raise TypeError(f"{model.__name__} has no {', '.join(columns)}")
        into = f"INSERT INTO {model._meta.db_table} ({', '.join(names)})"
        of = f"crowd, generate_series(1, {many}) k" if many else "crowd"
        one = f"{into} SELECT {', '.join(values)} FROM {of} WHERE {where}"
        self.inserts.append(one.replace(" % ", " %% "))

    def owe(
        self, slug, name, where, *, opened, due, by, role, owner="NULL", closed="NULL", source="crowd", key_at=""
    ):
        """A duty each: open while `closed` is null, on the rung that is next at `now`; and what happened to it."""
        rungs = list(Rung.objects.current(slug, None)[:2])
        ladder, first = rungs[0].ladder, rungs[0].offset
        now = f"'{self.now.isoformat()}'::timestamptz"
        early = f"{due} + interval '{int(first.total_seconds())} s'"
        still = f"{early} > {now}" if first.total_seconds() < 0 else "true"
        duty = key(name, key_at or opened)
        self.insert(
            Duty,
            where,
            id=duty,
            facility="facility",
            patient="patient",
            episode="episode",
            ladder=f"'{ladder.pk}'::uuid",
            keeps_thread=str(ladder.keeps_thread).lower(),
            owner=owner,
            owner_role=f"'{role}'",
            opened_at=opened,
            opened_by=by,
            due_at=due,
            anchor_at=due,
            next_rung=f"CASE WHEN {still} THEN 0 ELSE 1 END",
            next_action_at=f"CASE WHEN {closed} IS NULL THEN CASE WHEN {still} THEN {early} ELSE {due} END END",
            clock_set_at=opened,
            closed_at=closed,
            closed_by=f"CASE WHEN {closed} IS NOT NULL THEN {by} END",
            outcome=f"CASE WHEN {closed} IS NOT NULL THEN 'resolved' ELSE '' END",
        )
        told = {"duty": duty, "patient": "patient"}
        self.insert(DutyEvent, where, **told, kind="'opened'", at=opened, by=by)
        self.insert(
            DutyEvent, f"({where}) AND {closed} IS NOT NULL",
            **told, kind="'closed'", at=closed, by=by, note="'Done'",
        )  # fmt: skip
        if first.total_seconds() < 0:
            system = "(SELECT id FROM accounts_user WHERE username = 'system')"
            passed = f"({where}) AND {closed} IS NULL AND {early} BETWEEN {opened} AND {now}"
            self.insert(DutyEvent, passed, **told, kind="'rung'", rung="0", at=early, by=system)
        return duty

    def people(self):
        """Who they are, how they are reached, what they use, and who may see them."""
        self.insert(
            Patient,
            id="patient",
            preferred_name="preferred",
            legal_name="legal",
            birth_date="born",
            language="language",
        )
        for because, where, at in (
            ("handover", OVERDOSE, "came"),
            ("referral", ASKED, "came"),
            ("placement", "admitted IS NOT NULL", "admitted"),
            ("aftercare", "anchor IS NOT NULL", "anchor"),
        ):
            grant = {"id": key(f"access {because}", at), "because": f"'{because}'", "from_at": at}
            self.insert(Access, where, patient="patient", facility="facility", **grant)
        by = {"verified_at": "came", "verified_by": "intaker", "patient": "patient"}
        self.insert(
            ContactPoint, "n % 10 < 7", id=key("email", "came"), channel="'email'", value="email",
            scopes="'{appointment,check_in}'::varchar[]", consented_at="came", consented_by="intaker", **by,
        )  # fmt: skip
        self.insert(
            ContactPoint, id=key("phone", "came"), channel="'phone'", value="phone", position="2",
            scopes="'{}'::varchar[]", **by,
        )  # fmt: skip
        self.insert(
            Episode,
            id="episode",
            patient="patient",
            facility="facility",
            entry="entry",
            stage="'referred'",
            stage_at="came",
            stage_by="intaker",
            opened_at="came",
            opened_by="intaker",
        )
        self.insert(
            SubstanceUse,
            id=key("use", "came"),
            patient="patient",
            facility="facility",
            substance="substance",
            route="CASE substance WHEN '2004' THEN '3' ELSE '1' END",
            frequency="'4'",
            last_used_at="came - interval '5 hours'",
            source="'person'",
            noted_at="came",
            noted_by="intaker",
        )
        about = {"patient": "patient", "facility": "facility", "episode": "episode"}
        self.insert(
            Handover, OVERDOSE, id=key("handover", "came"), **about, source="'hospital'",
            source_name="'General Hospital'", received_at="came", received_by="nurse", consciousness="'voice'",
            breathing="'normal'", heart_rate="70 + n % 50", respiratory_rate="12 + n % 6",
        )  # fmt: skip
        self._clearances(about)

    def _clearances(self, about):
        checklist = Checklist.objects.current("medical-clearance")
        met = json.dumps({item["code"]: {"finding": "met"} for item in checklist.items}).replace("'", "''")
        self.insert(
            Clearance,
            "cleared IS NOT NULL",
            id=key("clearance", "cleared"),
            **about,
            checklist=f"'{checklist.pk}'::uuid",
            findings=f"'{met}'::jsonb",
            basis=f"CASE WHEN {OVERDOSE} THEN 'cleared' ELSE 'screened' END",
            cleared_at="cleared",
            cleared_by="nurse",
        )

    def talks(self):
        """The talk after stabilization, and the one owed to whoever is thinking about it."""
        about = {"patient": "patient", "facility": "facility", "episode": "episode"}
        owed = {"role": "counselor", "by": "counselor"}
        duty = self.owe(
            "talk", "talk", "talk_due IS NOT NULL", opened="came", due="talk_due", closed="talked", **owed
        )
        self.insert(
            Conversation,
            "talk_due IS NOT NULL",
            id=key("conversation", "came"),
            **about,
            duty=duty,
            held_at="talked",
            held_by="CASE WHEN talked IS NOT NULL THEN counselor END",
            outcome="coalesce(said, '')",
            may_contact_again="CASE WHEN said = 'declined' THEN story = 'in_touch' END",
            information_offered="talked IS NOT NULL",
        )
        again = "ask_again IS NOT NULL"
        duty = self.owe("talk", "again", again, opened="talked", due="ask_again", owner="counselor", **owed)
        self.insert(Conversation, again, id=key("again", "talked"), **about, duty=duty)

    def intakes(self):
        """The intake, and the admission it leads to."""
        owed = {"role": "intake", "by": "intaker"}
        asked = f"CASE WHEN {ASKED} THEN came ELSE talked END"
        duty = self.owe(
            "intake", "intake", "intake_due IS NOT NULL", opened=asked, due="intake_due", closed="taken", **owed
        )
        admission = self.owe(
            "admission", "admission", "taken IS NOT NULL", opened="taken", due="admit_due", closed="admitted", **owed
        )
        self.insert(
            Intake,
            "intake_due IS NOT NULL",
            id=key("intake row", asked),
            patient="patient",
            facility="facility",
            episode="episode",
            duty=duty,
            admission_duty=f"CASE WHEN taken IS NOT NULL THEN {admission} END",
            program="program",
            agreed_to_treatment="taken IS NOT NULL",
            patient_notice_given="taken IS NOT NULL",
            completed_at="taken",
            completed_by="CASE WHEN taken IS NOT NULL THEN intaker END",
        )

    def stays(self):
        """Programs, beds, and the leaving of them."""
        duty = self.owe(
            "treatment_plan", "plan", "admitted IS NOT NULL", opened="coalesce(plan_opened, admitted)",
            due="coalesce(plan_due, admitted + interval '3 days')", closed="departed", owner="counselor",
            role="counselor", by="counselor", key_at="admitted",
        )  # fmt: skip
        placement = key("placement", "admitted")
        self.insert(
            Placement,
            "admitted IS NOT NULL",
            id=placement,
            patient="patient",
            facility="facility",
            episode="episode",
            program="program",
            plan_duty=duty,
            began_at="admitted",
            began_by="nurse",
            ended_at="departed",
            ended_by="CASE WHEN departed IS NOT NULL THEN counselor END",
            end_reason="""CASE WHEN departed IS NOT NULL THEN 'Treatment completed' ELSE '' END""",
        )
        self.insert(
            BedStay, "bed IS NOT NULL", id=key("bed", "admitted"), patient="patient", facility="facility",
            placement=placement, bed="bed", began_at="admitted", began_by="nurse",
        )  # fmt: skip
        self.insert(
            Discharge, "departed IS NOT NULL", id=key("discharge", "departed"), patient="patient",
            facility="facility", episode="episode", placement=placement, reason="'1'", going_to="'Own home'",
            information_offered="true", discharged_at="departed", discharged_by="counselor",
        )  # fmt: skip

    def followed(self):
        """Aftercare: the plan, the check-in that is owed, and what was said at the one before."""
        plan = key("aftercare", "anchor")
        self.insert(
            AftercarePlan,
            "anchor IS NOT NULL",
            id=plan,
            patient="patient",
            facility="facility",
            episode="episode",
            discharge=f"""CASE WHEN departed IS NOT NULL THEN {key("discharge", "departed")} END""",
            schedule="schedule",
            coach="coach",
            anchor_at="anchor",
            zone="zone",
            began_at="anchor",
            began_by="counselor",
            ended_at="closed",
            ended_by="CASE WHEN closed IS NOT NULL THEN coach END",
            end_reason="CASE WHEN closed IS NOT NULL THEN 'closed' ELSE '' END",
        )
        owed = {"owner": "coach", "role": "aftercare", "by": "coach"}
        duty = self.owe("check_in", "next", "number IS NOT NULL", opened="check_opened", due="check_due", **owed)
        self.insert(
            CheckIn, "number IS NOT NULL", id=key("check-in", "check_opened"), **ABOUT, plan=plan, duty=duty,
            number="number", due_at="check_due",
        )  # fmt: skip
        told, before = "number > 0", "greatest(anchor, told_due - interval '28 days')"
        duty = self.owe("check_in", "told", told, opened=before, due="told_due", closed="check_opened", **owed)
        self.insert(
            CheckIn, told, id=key("told check-in", before), **ABOUT, plan=plan, duty=duty, number="number - 1",
            due_at="told_due", closed_at="check_opened", closed_by="coach", outcome="'reached'",
        )  # fmt: skip
        self.insert(
            Answer, told, id=key("answer", "check_opened"), **ABOUT, check_in=key("told check-in", before),
            how="'call'", answered_at="check_opened", answered_by="coach", craving="n % 60", ketamine_days="0",
        )  # fmt: skip

    def sessions(self):
        """Two sessions for whoever is in treatment, one for whoever was, each with what was worked on."""
        for turn, began, ended, signed, where in self._turns():
            self.insert(
                Session, where, id=key(f"session {turn}", began), **ABOUT, episode="episode",
                placement=key("placement", "admitted"), kind="'individual'", started_at=began, ended_at=ended,
                attendance="'attended'", logged_at=ended, logged_by="counselor",
            )  # fmt: skip
            self.insert(
                SessionObjective, where, id=key(f"worked on {turn}", ended), **ABOUT,
                session=key(f"session {turn}", began), no_objective="'no_plan_yet'", noted_at=signed,
                noted_by="counselor",
            )  # fmt: skip

    def notes(self):
        """The signed note of each session. What was worked on is locked with it: written before, in a statement."""
        for turn, began, ended, signed, where in self._turns():
            duty = self.owe(
                "sign_note", f"sign {turn}", where, opened=ended, due=f"{ended} + interval '1 day'", closed=signed,
                owner="counselor", role="counselor", by="counselor",
            )  # fmt: skip
            self.insert(
                SessionNote, where, id=key(f"note {turn}", ended), **ABOUT, session=key(f"session {turn}", began),
                sign_duty=duty, text="'Talked about the week, and about what helps in the evening.'",
                drafted_at=ended, drafted_by="counselor", signed_at=signed, signed_by="counselor",
            )  # fmt: skip

    def _turns(self):
        """(number, when it began, ended and was signed, of whom): SQL of each session."""
        for turn, where in ((1, "admitted IS NOT NULL AND closed IS NULL"), (2, "plan_due IS NOT NULL")):
            began = f"admitted + interval '{turn} days'"
            ended, signed = f"{began} + interval '50 minutes'", f"{began} + interval '2 hours'"
            past = f"{signed} < coalesce(departed, '{self.now.isoformat()}'::timestamptz)"
            yield turn, began, ended, signed, f"{where} AND {past}"


CLEARED = "cleared_at = v.at, cleared_by_id = v.by, clearance_basis = "
UNCLEARED = "cleared_at = NULL, cleared_by_id = NULL, clearance_basis = ''"


def take_steps(cursor, people):
    """Every step of the road, in its order, each for everybody who took it."""
    fallen = [one for one in people if one.entry == Entry.OVERDOSE]
    asked = [one for one in people if one.entry != Entry.OVERDOSE]
    _step(cursor, fallen, "came", "nurse", "stabilizing")
    _step(cursor, asked, "came", "intaker", "intake")
    _step(cursor, fallen, "cleared", "nurse", "engaging", CLEARED + "'cleared'")
    _step(cursor, asked, "cleared", "nurse", "", CLEARED + "'screened'")
    _step(cursor, [one for one in people if one.said == "accepted"], "talked", "counselor", "intake")
    in_touch = [one for one in people if one.story == "in_touch"]
    _step(cursor, in_touch, "talked", "counselor", "aftercare", UNCLEARED)
    _step(cursor, people, "admitted", "nurse", "treatment")
    _step(cursor, people, "departed", "counselor", "aftercare", UNCLEARED)
    for reason in {one.close_reason for one in people if one.closed}:
        ending = f"closed_at = v.at, closed_by_id = v.by, close_reason = '{reason}'"
        _step(cursor, [one for one in people if one.close_reason == reason], "closed", "counselor", "closed", ending)


def _step(cursor, people, at, by, stage, also=""):
    """One step for those of these people who took it."""
    taken = [(one.episode, getattr(one, at), getattr(one, by)) for one in people if getattr(one, at)]
    moved = f"stage = '{stage}', stage_at = v.at, stage_by_id = v.by" if stage else ""
    changes = ", ".join(part for part in (moved, also) if part)
    cursor.execute(
        f"UPDATE patients_episode e SET {changes}"
        " FROM unnest(%s::uuid[], %s::timestamptz[], %s::uuid[]) AS v(episode, at, by) WHERE e.id = v.episode",
        [list(column) for column in zip(*taken, strict=True)] if taken else [[], [], []],
    )


def moment():
    """Now, to the hour: within it the same people are made again."""
    return timezone.now().replace(minute=0, second=0, microsecond=0)
