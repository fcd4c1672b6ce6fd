"""Notes under every verb in any order: what was signed stays, what is unsigned is owed, each chart has its own part.

NOTE_MACHINE_STEPS says how many verbs the long run tries; `make test` tries a few.
"""

import os
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from accounts.models import CHART
from tests import given
from tests.then import code_of
from treatment.actions import cosigning, groups, sessions
from treatment.models import Addendum, GroupSession, Session, SessionNote, SessionObjective

NAMES = ("Annika", "Bogdan", "Cyprian")
STEPS = int(os.environ.get("NOTE_MACHINE_STEPS", 2000))
person, author, some = st.integers(0, len(NAMES) - 1), st.integers(0, 2), st.integers(0, 99)
whose = st.sampled_from([None, None, None, 0, 1, 2])  # mostly whoever it belongs to
COMES = st.sampled_from(["attended", "attended", "late", "no_show"])
# What may be in the way of what is tried; anything else is our mistake.
EXPECTED = {
    "not_the_author", "note_signed", "note_not_signed", "note_empty", "note_cosigned", "error_marked",
    "nothing_to_sign", "nothing_to_cosign", "addendum_awaited", "cosigned_by_author", "not_licensed",
    "nobody_in_the_group",
}  # fmt: skip


def machine(clinic, people):
    """A machine whose three people are cared for in this clinic, by two with a license and one without."""
    trainee = given.a_trainee(clinic)
    authors = [clinic.counselor, clinic.supervisor, trainee]

    class Notes(RuleBasedStateMachine):
        done = set()

        def __init__(self):
            super().__init__()
            self.atomic = transaction.atomic()
            self.atomic.__enter__()
            self.now, self.number = timezone.now(), 0
            self.signed, self.added = {}, {}

        def teardown(self):
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)

        def tried(self, name, action, *args, **kwargs):
            """Done, or refused for a reason we know; then nothing has changed."""
            self.now += timedelta(minutes=1)
            try:
                with transaction.atomic():
                    made = action(*args, at=self.now, **kwargs)
            except (ValidationError, IntegrityError) as error:
                assert code_of(error) in EXPECTED, error
                return None
            self.done.add(name)
            return made

        def words(self, *names):
            """Words nobody used before, about these people alone."""
            self.number += 1
            return " ".join([f"{self.number}.", *names])

        def one(self, model, number, **fits):
            """One of the rows there are, if there is any; three times in four one that fits, if one does."""
            rows = model.objects.order_by("pk")
            fitting = list(rows.filter(entered_in_error_at=None, **fits)) if number % 4 else []
            found = fitting or list(rows)
            return found[number // 4 % len(found)] if found else None

        def by(self, key, whose):
            """Whoever it belongs to, or somebody of the three."""
            own = next((user for user in authors if user.pk == key), clinic.supervisor)
            return own if whose is None else authors[whose]

        @initialize(whose=author)
        def begin(self, whose):
            """Something for every verb to be tried on: a group of all, a note to co-sign, one that was returned."""
            self.log_group(whose, [(who, "attended") for who in range(len(people))])
            for _ in range(2):
                self.log(0, authors.index(trainee), "attended", True)
            for note in SessionNote.objects.filter(session__group=None):
                self.tried("sign", sessions.sign, note, by=trainee)
            self.tried("return", cosigning.return_note, note, comment="How long?", by=clinic.supervisor)

        @rule(who=person, whose=author, comes=COMES, says=st.booleans())
        def log(self, who, whose, comes, says):
            when = {"started_at": self.now - timedelta(hours=1), "ended_at": self.now}
            text = self.words(NAMES[who]) if says else ""
            self.tried("log", sessions.log_session, people[who], kind="individual", attendance=comes, text=text,
                       by=authors[whose], **when)  # fmt: skip

        @rule(whose=author, comes=st.lists(st.tuples(person, COMES), max_size=3, unique_by=lambda one: one[0]))
        def log_group(self, whose, comes):
            lines = [
                {"episode": people[who], "attendance": how, "line": self.words(NAMES[who])} for who, how in comes
            ]
            when = {"started_at": self.now - timedelta(hours=1), "ended_at": self.now}
            self.tried("log group", groups.log_group, program=clinic.residential, kind="group", topic="Sleep",
                       people=lines, text=self.words("All."), by=authors[whose], **when)  # fmt: skip

        @rule(number=some, whose=whose)
        def write(self, number, whose):
            if note := self.one(SessionNote, number, signed_at=None):
                text = self.words(note.patient.preferred_name)
                self.tried("write", sessions.write, note, text=text, by=self.by(note.drafted_by_id, whose))

        @rule(number=some, whose=whose)
        def sign(self, number, whose):
            if note := self.one(SessionNote, number, signed_at=None):
                self.tried("sign", sessions.sign, note, by=self.by(note.drafted_by_id, whose))

        @rule(number=some, whose=whose)
        def write_group(self, number, whose):
            if group := self.one(GroupSession, number):
                by = self.by(group.led_by_id, whose)
                self.tried("write group", groups.write_group, group, text=self.words("All."), by=by)

        @rule(number=some, whose=whose)
        def sign_group(self, number, whose):
            if group := self.one(GroupSession, number):
                self.tried("sign group", groups.sign_group, group, by=self.by(group.led_by_id, whose))

        @rule(number=some, whose=whose)
        def add(self, number, whose):
            if note := self.one(SessionNote, number, signed_at__isnull=False):
                text = self.words(note.patient.preferred_name)
                self.tried("add", sessions.add_addendum, note, text=text, by=self.by(note.drafted_by_id, whose))

        @rule(number=some, whose=whose)
        def cosign(self, number, whose):
            if note := self.one(SessionNote, number, signed_by=trainee, cosigned_at=None):
                self.tried("cosign", cosigning.cosign, note, by=self.by(None, whose))

        @rule(number=some, whose=whose)
        def send_back(self, number, whose):
            if note := self.one(SessionNote, number, signed_by=trainee, cosigned_at=None):
                self.tried("return", cosigning.return_note, note, comment="How long?", by=self.by(None, whose))

        @rule(number=some, whose=whose)
        def note_in_error(self, number, whose):
            if note := self.one(SessionNote, number):
                by = self.by(note.drafted_by_id, whose)
                self.tried("note error", sessions.mark_note_error, note, reason="wrong", by=by)

        @rule(number=some)
        def session_in_error(self, number):
            if session := self.one(Session, number):
                self.tried("session error", sessions.mark_session_error, session, reason="no", by=clinic.supervisor)

        @rule(number=some, whose=whose)
        def group_in_error(self, number, whose):
            if group := self.one(GroupSession, number):
                by = self.by(group.led_by_id, whose)
                self.tried("group error", groups.mark_group_error, group, reason="no", by=by)

        @rule(number=some, whose=whose)
        def addendum_in_error(self, number, whose):
            if addendum := self.one(Addendum, number):
                by = self.by(addendum.added_by_id, whose)
                self.tried("addendum error", sessions.mark_addendum_error, addendum, reason="no", by=by)

        @rule(number=some, whose=whose, comes=COMES)
        def amend(self, number, whose, comes):
            if session := self.one(Session, number):
                by = self.by(session.logged_by_id, whose)
                self.tried("amend", sessions.amend_session, session, attendance=comes, by=by)

        @rule(number=some)
        def forge(self, number):
            """Past every verb: the database itself refuses to change what is signed."""
            note = self.one(SessionNote, number)
            if note and note.signed_at and not note.entered_in_error_at:
                with pytest.raises(IntegrityError), transaction.atomic():
                    SessionNote.objects.filter(pk=note.pk).update(text="forged")
            if note and note.signed_at and note.session.group_id:
                with pytest.raises(IntegrityError), transaction.atomic():
                    GroupSession.objects.filter(pk=note.session.group_id).update(text="forged")

        @invariant()
        def what_was_signed_and_added_never_changes(self):
            rows = SessionNote.objects.filter(signed_at__isnull=False).select_related("session__group")
            for note in rows:
                shared = note.session.group and note.session.group.text
                told = (note.text, note.sections, shared, note.signed_at, note.signed_by_id)
                if not note.entered_in_error_at:  # once it is, who came may be set right; the history keeps it
                    told = (*told, note.session.attendance)
                before = self.signed.setdefault(note.pk, told)
                assert before[: len(told)] == told
            assert set(self.signed) == {note.pk for note in rows}
            for added in Addendum.objects.all():
                assert self.added.setdefault(added.pk, added.text) == added.text

        @invariant()
        def what_is_unsigned_is_owed_once_and_nothing_else_is(self):
            for note in SessionNote.objects.select_related("sign_duty", "cosign_duty", "addendum_duty"):
                draft = note.signed_at is None and note.entered_in_error_at is None
                assert note.sign_duty.is_open() == draft
                owed = [duty for duty in (note.cosign_duty, note.addendum_duty) if duty and duty.is_open()]
                waits = note.signed_by_id == trainee.pk and not (note.cosigned_at or note.entered_in_error_at)
                assert len(owed) == waits

        @invariant()
        def a_session_has_one_note_and_a_signed_one_says_what_was_worked_on(self):
            right = list(SessionNote.objects.right().values_list("session", "signed_at"))
            assert len({session for session, _ in right}) == len(right)
            said = set(SessionObjective.objects.standing().values_list("session", flat=True))
            assert {session for session, signed in right if signed} <= said

        @invariant()
        def a_chart_shows_its_own_part_and_nobodys_draft(self):
            for note in SessionNote.objects.visible_to(clinic.nurse, CHART).select_related(
                "patient", "session__group"
            ):
                assert note.signed_at
                told = [note.text, note.session.group.text if note.session.group else ""]
                told += [added.text for added in note.addenda.all()]
                others = set(NAMES) - {note.patient.preferred_name}
                assert not any(name in text for name in others for text in told)
            drafts = SessionNote.objects.visible_to(trainee, CHART).drafts()
            assert {note.author_id() for note in drafts} <= {trainee.pk}

    return Notes


CALM = {"deadline": None, "suppress_health_check": list(HealthCheck), "database": None}


@pytest.fixture
def people(clinic):
    return [given.in_bed(clinic, bed=bed, name=name) for bed, name in enumerate(NAMES)]


def test_whatever_is_tried_with_notes_what_must_hold_holds(clinic, people):
    few = settings(max_examples=3, stateful_step_count=20, derandomize=True, **CALM)
    run_state_machine_as_test(machine(clinic, people), settings=few)


@pytest.mark.slow
def test_two_thousand_verbs_change_nothing_that_was_signed(clinic, people):
    notes = machine(clinic, people)
    many = settings(
        max_examples=max(1, STEPS // 50), stateful_step_count=50, derandomize=True, phases=[Phase.generate], **CALM
    )
    run_state_machine_as_test(notes, settings=many)
    verbs = {"log", "log group", "write", "sign", "write group", "sign group", "add", "cosign", "return", "amend"}
    verbs |= {"note error", "session error", "group error", "addendum error"}
    assert verbs - notes.done == set()
