"""Counseling notes: sealed to their own row, and read by their author and whom they name, whatever anybody tries."""

import base64
import secrets

import pytest
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from audit.models import AccessEvent, RequestKey
from config.keyring import keyring
from patients.models import Access, Because
from tests import given
from tests.then import forbidden, fresh, refused
from treatment.actions import counseling
from treatment.models import CounselingGrant, CounselingNote

SECRET = "Speaks of the harbor at night."
CounselingNoteHistory = apps.get_model("treatment", "CounselingNoteHistory")


@pytest.fixture
def episode(clinic):
    return given.in_bed(clinic)


@pytest.fixture
def note(clinic, episode):
    return given.a_counseling_note(episode, clinic, text=SECRET)


@pytest.fixture
def signed(clinic, note):
    return counseling.sign(note, by=clinic.counselor)


def raw(table="treatment_counselingnote"):
    """Everything a table holds, as text."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT row_to_json(t)::text FROM {table} t")
        return "\n".join(row[0] for row in cursor.fetchall())


# Sealed.


def test_what_is_written_is_read_by_its_author_and_stands_nowhere_in_clear(clinic, note, api):
    url = reverse("counseling-notes-write", args=[note.pk])
    again = f"{SECRET} And of her father."
    answer = api(clinic.counselor).post(url, {"text": again}, headers={"Idempotency-Key": "one"})
    assert answer.status_code == 200 and again not in answer.content.decode()
    assert fresh(note).text == again
    told = [raw(), raw("treatment_counselingnotehistory"), raw("audit_requestkey"), raw("audit_accessevent")]
    assert RequestKey.objects.count() == 1 and AccessEvent.objects.exists()
    assert CounselingNoteHistory.objects.count() >= 3
    for column in told:
        assert "harbor" not in column and "father" not in column
        assert SECRET.encode().hex() not in column


def test_the_same_text_is_never_sealed_to_the_same_bytes(clinic, note):
    first = bytes(note.sealed)
    assert bytes(counseling.write(note, text=SECRET, by=clinic.counselor).sealed) != first


def test_an_empty_note_holds_nothing(clinic, note):
    note = counseling.write(note, text="", by=clinic.counselor)
    assert (bytes(note.sealed), note.key_id, note.text) == (b"", "", "")
    with refused("note_empty"):
        counseling.sign(note, by=clinic.counselor)


def broken(row):
    """Does it refuse to open, in words?"""
    with pytest.raises(ValidationError) as caught:
        _ = fresh(row).text
    return caught.value.code == "seal_broken"


def test_a_seal_moved_to_another_row_does_not_open(clinic, note, episode):
    other = given.a_counseling_note(episode, clinic, text="Something else.")
    CounselingNote.objects.filter(pk=other.pk).update(sealed=note.sealed, key_id=note.key_id)
    assert broken(other) and fresh(note).text == SECRET


def test_a_seal_of_another_person_does_not_open(clinic, note):
    note.patient_id = given.self_referred(clinic).patient_id  # as if the row were this person's
    with pytest.raises(ValidationError):
        _ = note.text


@pytest.mark.parametrize("place", [0, 5, 14, -1])
def test_a_seal_that_was_touched_does_not_open(note, place):
    changed = bytearray(note.sealed)
    changed[place] ^= 1
    CounselingNote.objects.filter(pk=note.pk).update(sealed=bytes(changed))
    assert broken(note)


def test_another_key_or_none_opens_nothing_and_the_api_says_so(clinic, note, settings, api):
    settings.COUNSELING_KEYS = {**settings.COUNSELING_KEYS, note.key_id: secrets.token_bytes(32)}
    assert broken(note)
    settings.COUNSELING_KEYS = {"other": secrets.token_bytes(32)}
    assert broken(note)
    answer = api(clinic.counselor).get(reverse("counseling-notes-one", args=[note.pk]))
    assert (answer.status_code, answer.json()["code"]) == (409, "seal_broken")


def test_under_a_new_key_everything_is_sealed_anew_once_and_then_the_old_one_is_not_needed(
    clinic, note, signed, episode, settings
):
    draft = given.a_counseling_note(episode, clinic, text="A draft.")
    settings.COUNSELING_KEYS = {"new": secrets.token_bytes(32), **settings.COUNSELING_KEYS}
    assert fresh(draft).text == "A draft."
    call_command("reseal_notes", verbosity=0)
    states = CounselingNoteHistory.objects.count()
    call_command("reseal_notes", verbosity=0)
    assert CounselingNoteHistory.objects.count() == states
    settings.COUNSELING_KEYS = {"new": settings.COUNSELING_KEYS["new"]}
    assert (fresh(note).text, fresh(draft).text) == (SECRET, "A draft.")
    assert fresh(note).signed_by == clinic.counselor


KEY = base64.b64encode(bytes(32)).decode()


@pytest.mark.parametrize(
    "text", ["", "one", "one:", f"one:{KEY[:-4]}", f":{KEY}", f"a b:{KEY}", f"a:{KEY},a:{KEY}", "a:%%"]
)
def test_nothing_starts_with_keys_that_are_none(text):
    with pytest.raises(ImproperlyConfigured) as caught:
        keyring(text)
    assert KEY[:20] not in str(caught.value)


def test_the_first_key_seals():
    assert list(keyring(f"b:{KEY}, a:{KEY}")) == ["b", "a"]


# Written and signed.


def test_only_its_author_writes_signs_and_marks_it(clinic, note):
    given.let_read(note, clinic.supervisor)
    for act in (
        lambda: counseling.write(note, text="Mine.", by=clinic.supervisor),
        lambda: counseling.sign(note, by=clinic.supervisor),
        lambda: counseling.mark_error(note, reason="wrong", by=clinic.supervisor),
        lambda: counseling.let_read(
            note, reader=clinic.prescriber, reason="x", until_at=given.ago(days=-1), by=clinic.supervisor
        ),
    ):
        with refused("not_the_author"):
            act()


def test_signed_it_is_locked_by_the_database_but_for_its_key(clinic, signed):
    with refused("note_signed"):
        counseling.write(signed, text="Other.", by=clinic.counselor)
    for change in (
        {"sealed": b"\x01x"},
        {"signed_at": None, "signed_by": None},
        {"key_id": "x"},
        {"key_id": "", "sealed": b""},
    ):
        with forbidden("a_signed_counseling_note_never_changes"):
            CounselingNote.objects.filter(pk=signed.pk).update(**change)


def test_no_raw_sql_gives_a_note_to_somebody_else(clinic, note, episode):
    other = given.a_session(episode, clinic).session
    for change in ({"written_by": clinic.supervisor}, {"session": other}, {"written_at": given.ago(days=1)}):
        with forbidden("a_counseling_note_stays_where_it_is"):
            CounselingNote.objects.filter(pk=note.pk).update(**change)
    with forbidden("a_counseling_note_is_signed_by_its_author"):
        CounselingNote.objects.filter(pk=note.pk).update(signed_at=timezone.now(), signed_by=clinic.supervisor)
    grant = given.let_read(note, clinic.supervisor)
    with forbidden("a_grant_never_changes"):
        CounselingGrant.objects.filter(pk=grant.pk).update(reader=clinic.prescriber)
    with forbidden("only_its_author_lets_others_read"):
        CounselingGrant.objects.create(
            patient=note.patient, facility=clinic.here, note=note, reader=clinic.prescriber, reason="x",
            until_at=given.ago(days=-1), granted_at=timezone.now(), granted_by=clinic.supervisor,
        )  # fmt: skip


def test_who_may_begin_one(clinic, episode):
    session = given.a_session(episode, clinic).session
    for name in ("nurse", "technician", "privacy", "nurse_elsewhere"):
        with refused("not_a_clinician_here"):
            counseling.begin_note(session, by=getattr(clinic, name))
    session.entered_in_error_at = timezone.now()
    with refused("error_marked"):
        counseling.begin_note(session, by=clinic.counselor)


def test_a_mistake_is_read_by_nobody_it_was_given_to(clinic, note, api):
    grant = given.let_read(note, clinic.supervisor)
    counseling.mark_error(note, reason="wrong session", by=clinic.counselor)
    assert fresh(grant).revoked_by == clinic.counselor
    assert api(clinic.supervisor).get(reverse("counseling-notes-one", args=[note.pk])).status_code == 404
    assert fresh(note).text == SECRET
    with refused("error_marked"):
        counseling.write(note, text="x", by=clinic.counselor)
    with refused("error_marked"):
        given.let_read(note, clinic.prescriber)


def test_a_grant_ends_at_no_time_before_it_was_given(clinic, note, api):
    grant, author = given.let_read(note, clinic.supervisor), api(clinic.counselor)
    earlier = {"reason": "wrong session", "occurred_at": given.ago(days=3).isoformat()}
    answer = author.post(reverse("counseling-notes-mark-error", args=[note.pk]), earlier, format="json")
    assert (answer.status_code, answer.json()["code"]) == (409, "ends_before_start")
    earlier.pop("reason")
    answer = author.post(reverse("counseling-grants-revoke", args=[grant.pk]), earlier, format="json")
    assert (answer.status_code, answer.json()["code"]) == (409, "ends_before_start")
    assert fresh(grant).revoked_at is None and fresh(note).entered_in_error_at is None


# Who reads.


def reads(api, user, note):
    """What asking for the note by its key answers somebody: the text, or the status."""
    answer = api(user).get(reverse("counseling-notes-one", args=[note.pk]))
    return answer.json()["text"] if answer.status_code == 200 else answer.status_code


def test_a_grant_opens_one_note_until_it_ends_or_is_taken_back(clinic, note, episode, api):
    other = given.a_counseling_note(episode, clinic)
    with refused("not_a_clinician_here"):
        given.let_read(note, clinic.nurse)
    with refused("not_a_clinician_here"):
        given.let_read(note, clinic.counselor)
    with refused("until_in_the_past"):
        given.let_read(note, clinic.supervisor, until_at=given.ago(hours=1))
    grant = given.let_read(note, clinic.supervisor)
    assert (reads(api, clinic.supervisor, note), reads(api, clinic.supervisor, other)) == (SECRET, 404)
    with refused("granted_already"):
        given.let_read(note, clinic.supervisor)
    with refused("not_the_author"):
        counseling.revoke(grant, by=clinic.supervisor)
    counseling.revoke(grant, by=clinic.counselor)
    assert reads(api, clinic.supervisor, note) == 404
    with refused("revoked_already"):
        counseling.revoke(grant, by=clinic.counselor)
    given.let_read(note, clinic.supervisor)
    assert reads(api, clinic.supervisor, note) == SECRET
    CounselingGrant.objects.filter(revoked_at=None).update(revoked_at=timezone.now(), revoked_by=clinic.counselor)
    hour = {"until_at": given.ago(minutes=1), "at": given.ago(hours=1)}
    late = given.let_read(note, clinic.prescriber, **hour)
    assert reads(api, clinic.prescriber, note) == 404 and late.until_at < timezone.now()


def test_a_clinician_who_was_let_read_needs_to_care_for_the_person_too(clinic, note, api):
    reader = given.a_user("second", clinic.here, Role.COUNSELOR)
    given.let_read(note, reader)
    assert reads(api, reader, note) == SECRET
    Access.objects.filter(patient=note.patient).update(until_at=timezone.now())
    assert reads(api, reader, note) == 404
    Access.grant(note.patient, because=Because.BREAK_GLASS, at=given.ago(minutes=1), user=reader)
    assert reads(api, reader, note) == 404  # closed under emergency access, even to whom it was given
    assert api(reader).get(reverse("counseling-grants-list")).json()["results"] == []
