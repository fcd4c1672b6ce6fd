"""Bad input is refused with a code or stored faithfully; nothing is half written, and nothing is a 500."""

import json
from urllib.parse import urlencode

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from accounts import actions as accounts
from accounts.models import Role
from audit.models import AccessEvent
from config.admin import shift_pages
from patients.models import Episode, Patient
from tests import given
from tests.then import everything, fresh
from treatment.actions import sessions
from treatment.models import Bed, BedStay, Placement, Session, Unit

from .conftest import address, begin, listing

REFER = "/api/v1/episodes/"
INVISIBLE = "Ma\u200bri\u200da \u202eזו\u202c"
NAMES = {
    "a mononym": "Sukarno",
    "a formula": "=cmd|' /C calc'!A0",
    "a plus": "+1-1",
    "an at": "@SUM(1)",
    "right to left": "\u202eמריה\u202c",
    "zero width": INVISIBLE,
    "an apostrophe": "O'Neill; DROP TABLE patients_patient --",
    "a tag": "<script>alert(1)</script>",
    "one letter": "Ø",
    "an emoji": "Ана 🌊",
}


def referral(clinic, **person):
    """Somebody new asks for help."""
    return {"facility": str(clinic.here.pk), "entry": "self", "person": {"preferred_name": "Ann", **person}}


def code_of(response):
    """The code of a refusal that is no failure of ours; the field's own where a field is wrong."""
    assert 400 <= response.status_code < 500, (response.status_code, response.content[:300])
    body = response.json()
    assert body["code"] and body["detail"]
    return body["code"]


def test_a_name_is_stored_as_it_was_written_and_shown_as_text(clinic, api, sign_in):
    for name in NAMES.values():
        sent = {**referral(clinic, preferred_name=name), "not_a_duplicate": True}
        answer = api(clinic.intake).post(REFER, sent, format="json")
        assert answer.status_code == 201, answer.content
        person = Patient.objects.get(pk=answer.json()["patient"])
        assert person.preferred_name == name
        read = api(clinic.intake).get(f"/api/v1/patients/{person.pk}/").json()
        assert read["preferred_name"] == name and read["legal_name"] == ""
        page = sign_in(clinic.nurse).get(address(person))
        assert page.status_code == 200 and "<script>alert(1)" not in page.content.decode()


BIRTHS = [
    "2026-02-30",
    "0000-01-01",
    "99999-01-01",
    "1990-13-01",
    "yesterday",
    "2031-01-01",
    "-1",
    19900101,
    [],
    {},
    True,
]


def test_an_impossible_birth_date_is_refused_and_nobody_is_written_down(clinic, api):
    for born in BIRTHS:
        code_of(api(clinic.intake).post(REFER, referral(clinic, birth_date=born)))
        assert not Patient.objects.exists() and not Episode.objects.exists(), born


def test_an_impossible_weight_is_refused_and_the_old_one_stays(clinic, api):
    person = given.self_referred(clinic).patient
    for weight in (-1, 0, 5000, "heavy", 1e308, "NaN", "Infinity", None, [70]):
        code_of(api(clinic.nurse).post(f"/api/v1/patients/{person.pk}/record-weight/", {"weight_kg": weight}))
        assert fresh(person).weight_kg is None and fresh(person).version == person.version, weight


CODED = ["sex", "gender_code", "language", "zone", "race", "ethnicity", "veteran", "marital", "education"]


def test_an_unknown_code_is_refused_at_both_doors_and_the_known_one_stays(clinic, api, sign_in):
    person = given.self_referred(clinic).patient
    before = {field: getattr(person, field) for field in CODED}
    door, form = f"/api/v1/patients/{person.pk}/amend/", address(person, "do", "amend")
    client = sign_in(clinic.intake)
    for field in CODED:
        for value in ("nonsense", "\x00", "x" * 5000, 777, ["a"], {"a": 1}):
            answer = api(clinic.intake).post(door, {field: value}, format="json")
            assert code_of(answer) == "invalid" and list(answer.json()["fields"]) == [field], (field, value)
        for value in ("nonsense", "\x00", "x" * 5000):
            page = client.post(form, {"preferred_name": person.preferred_name, field: value})
            assert page.status_code == 400 and field in page.context["form"].errors, (field, value)
    assert {field: getattr(fresh(person), field) for field in CODED} == before


NO_OBJECTS = [b"{", b"[]", b"null", b"\xff\xfe", b'{"person": ', b"7", b"", b"[" * 20_000, b'{"facility": "\\u0000"}']


def test_a_body_that_is_no_object_is_refused(clinic, api):
    for body in NO_OBJECTS:
        code_of(api(clinic.intake).generic("POST", REFER, body, content_type="application/json"))
    assert not Patient.objects.exists()


def test_ten_megabytes_are_refused_before_they_are_read(clinic, api):
    episode = given.in_outpatient(clinic)
    body = json.dumps({"text": "x" * 10_000_000}).encode()
    for path in (REFER, f"/api/v1/episodes/{episode.pk}/log-session/"):
        answer = api(clinic.counselor).generic("POST", path, body, content_type="application/json")
        assert (answer.status_code, answer.json()["code"]) in {(413, "too_large"), (403, "wrong_role")}


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/patients/?q=a%00b", "/api/v1/patients/?name=%00%00%00", "/api/v1/patients/?number=%00",
        "/api/v1/patients/?number=99999999999999999999999", "/api/v1/patients/?q=%ff%fe%fd",
        "/api/v1/patients/?limit=-1",
        "/api/v1/patients/%00/", "/api/v1/patients/not-a-key/", "/api/v1/sessions/?patient=%00",
        "/api/v1/sessions/?kind=%00", "/api/v1/nowhere/",
    ],
)  # fmt: skip
def test_nonsense_in_an_address_is_answered_in_words(clinic, api, path):
    answer = api(clinic.counselor).get(path)
    assert answer.status_code in {200, 400, 404}, (answer.status_code, answer.content[:200])
    if answer.status_code == 200:
        assert answer.json()["results"] == []


@pytest.mark.parametrize("term", ["%00", "a%00b", "%ff", "%E2%80%8B%E2%80%8B%E2%80%8B", "%" * 40, "x" * 5000])
def test_nonsense_in_the_search_of_the_admin_finds_nobody_or_is_told(clinic, sign_in, term):
    given.self_referred(clinic, "Maria")
    client = sign_in(clinic.counselor)
    for path in (f"/admin/patients/patient/?q={term}", f"/admin/search/?s={term}"):
        page = client.get(path)
        said = page.content.decode()
        assert page.status_code < 500
        assert "Maria" not in said or "Null characters are not allowed." in said


def test_impossible_times_and_null_bytes_in_a_form_are_told_beside_their_field(clinic, sign_in):
    episode, client = given.in_outpatient(clinic), sign_in(clinic.counselor)
    good = {
        "kind": "individual",
        "attendance": "attended",
        "started_at": "2026-01-05T10:00",
        "ended_at": "2026-01-05T11:00",
    }
    for wrong in (
        {"started_at": "2026-02-30T10:00"}, {"started_at": "99999-01-01T00:00"}, {"ended_at": "never"},
        {"text": "a\x00b"}, {"kind": "seance"}, {"started_at": "2031-01-01T10:00"}, {"ended_at": "2026-01-05T09:00"},
    ):  # fmt: skip
        page = client.post(address(episode, "do", "log-session"), {**good, **wrong})
        assert page.status_code in {400, 409}, (wrong, page.status_code)
        assert "what you typed is kept" in page.content.decode()
    assert not Session.objects.filter(episode=episode).exists()


def test_what_cannot_be_leaves_nothing_half_done(clinic, api):
    """A taken bed, a bed elsewhere, a stage skipped, a locked note, a wrong role, a wrong place."""
    given.in_bed(clinic)
    waiting, early = given.in_intake(clinic, "Sam"), given.self_referred(clinic, "Ann")
    given.intake_done(waiting, clinic)
    unit = Unit.objects.create(facility=clinic.elsewhere, name="Far")
    far = Bed.objects.create(unit=unit, label="1")
    program = str(clinic.residential.pk)
    placed, stays = Placement.objects.count(), BedStay.objects.count()
    intake, nurse_there = api(clinic.intake), api(clinic.nurse_elsewhere)

    def admit(client, episode, bed):
        return client.post(f"/api/v1/episodes/{episode.pk}/admit/", {"program": program, "bed": str(bed.pk)})

    assert code_of(admit(intake, waiting, clinic.beds[0])) == "bed_taken"
    assert code_of(admit(intake, waiting, far))
    assert code_of(admit(intake, early, clinic.beds[1]))
    assert code_of(admit(api(clinic.technician), waiting, clinic.beds[1])) == "wrong_role"
    assert admit(nurse_there, waiting, clinic.beds[1]).status_code in {403, 404}
    assert (Placement.objects.count(), BedStay.objects.count()) == (placed, stays)
    assert fresh(waiting).stage == waiting.stage

    note = given.a_session(given.in_outpatient(clinic, "Lee"), clinic, text="Signed.")
    sessions.sign(note, by=clinic.counselor)
    answer = api(clinic.counselor).post(f"/api/v1/session-notes/{note.pk}/write/", {"text": "Other."})
    assert code_of(answer) == "note_signed" and fresh(note).text == "Signed."
    assert AccessEvent.objects.filter(code="bed_taken").exists()


def test_the_form_refuses_a_person_who_cannot_be_and_writes_nobody_down(clinic, sign_in):
    client, url = sign_in(clinic.intake), begin(Episode, "refer")
    good = {"facility": str(clinic.here.pk), "entry": "self", "person.preferred_name": "Ann"}
    wrong = [{"person.birth_date": born} for born in BIRTHS if isinstance(born, str)]
    wrong += [
        {"person.sex": "nonsense"},
        {"person.language": "x" * 5000},
        {"person.zone": "\x00"},
        {"entry": "stork"},
    ]
    wrong += [
        {"person.preferred_name": "a\x00b"},
        {"person.preferred_name": ""},
        {"person.preferred_name": "x" * 5000},
    ]
    wrong += [{"facility": str(clinic.elsewhere.pk)}, {"facility": "\x00"}, {"occurred_at": "2031-01-01T10:00"}]
    for more in wrong:
        page = client.post(url, {**good, **more})
        assert page.status_code in {400, 409} and (page.context["form"].errors or page.context["refused"]), more
        assert not Patient.objects.exists() and not Episode.objects.exists(), more
    assert client.post(url, good).status_code == 302


def test_a_name_typed_in_a_form_is_stored_as_it_was_written_and_shown_as_text(clinic, sign_in):
    client = sign_in(clinic.intake)
    for name in NAMES.values():
        typed = {"facility": str(clinic.here.pk), "entry": "self", "person.preferred_name": name}
        answer = client.post(begin(Episode, "refer"), {**typed, "not_a_duplicate": "on"})
        assert answer.status_code == 302, name
        person = Patient.objects.get(preferred_name=name)
        for url in (
            address(person),
            listing(Patient),
            address(person, "do", "amend"),
        ):
            shown = client.get(url)
            assert shown.status_code == 200 and "<script>alert(1)" not in shown.content.decode()
            assert escape(name) in shown.content.decode(), (name, url)


def signed_in():
    """What signing in changes, left out."""
    return {"accounts_user": None, "accounts_userhistory": None}


def test_the_form_refuses_what_cannot_be_done_and_changes_nothing(clinic, sign_in):
    """Negative weights, a bed elsewhere, a stage skipped, a wrong role, a wrong place, ten megabytes."""
    waiting, early = given.taken_in(clinic, "Sam"), given.self_referred(clinic, "Ann")
    far = Bed.objects.create(unit=Unit.objects.create(facility=clinic.elsewhere, name="Far"), label="1")
    weigh, admit = address(waiting.patient, "do", "record-weight"), address(waiting, "do", "admit")
    before = everything() | signed_in()
    bed = {"program": clinic.residential.pk, "bed": clinic.beds[0].pk}
    for who, url, typed, statuses in [
        *[("nurse", weigh, {"weight_kg": weight}, {400}) for weight in ("-1", "0", "5000", "heavy", "1e308", "NaN")],
        ("intake", admit, {**bed, "bed": far.pk}, {400}),
        ("intake", admit, {**bed, "bed": "\x00"}, {400}),
        ("intake", admit, {**bed, "program": "nonsense"}, {400}),
        ("intake", address(early, "do", "admit"), bed, {409}),
        ("technician", admit, bed, {403}),
        ("nurse_elsewhere", admit, bed, {404}),
        ("outsider", admit, bed, {403}),
        ("intake", address(waiting, "do", "no-such-verb"), bed, {404}),
        ("intake", admit, {**bed, "override_reason": "x" * 10_000_000}, {400}),
        ("intake", admit, {f"field{number}": "" for number in range(2000)}, {400}),
    ]:
        page = sign_in(getattr(clinic, who)).post(url, typed)
        assert page.status_code in statuses, (who, typed if len(typed) < 9 else "many", page.status_code)
    assert everything() | signed_in() == before
    assert fresh(waiting).stage == waiting.stage


def test_a_page_that_is_refused_says_so_in_words(clinic, sign_in):
    episode = given.self_referred(clinic)
    for who, url, words in [
        ("nurse_elsewhere", address(episode), "not yours to see"),
        ("technician", address(episode, "do", "admit"), "Your role at this place does not allow this."),
        ("admin", listing(Patient), "ask an administrator of your place"),
        ("nurse", listing(Episode) + "?patient__legal_name__startswith=M", "Nothing was changed"),
    ]:
        page = sign_in(getattr(clinic, who)).get(url)
        text = page.content.decode()
        assert words in text and "Go to Today" in text, (who, url, text)
        assert "Go to Today" not in sign_in(clinic.nurse).get("/c/").content.decode()
    form = Client(enforce_csrf_checks=True)
    form.force_login(clinic.nurse)
    late = form.post(address(episode, "do", "observe"), {"respiratory_rate": "12"})
    assert late.status_code == 403 and "copy what you typed" in late.content.decode()


WILD = [
    "\x00",
    "zz",
    "-1",
    "9" * 20,
    "' OR 1=1 --",
    "\u202e\u200b",
    "2026-02-30",
    "0001-01-01",
    "9999-12-31",
    "[]",
    "%",
]
ASKED = {"unit", "hours", "open", "kinds", "by", "since", "until", "before", "whose", "do", "to", "term", "s"}


@pytest.mark.slow
def test_nonsense_in_the_address_of_a_page_is_no_failure_of_ours(clinic, sign_in):
    """Every list with every filter of its own, the pages of a shift, and a person's page on each tab."""
    given.on_rounds(given.in_bed(clinic, name="Maria"), clinic)
    person = address(Patient.objects.get())
    asked = [(person, "tab", wild) for wild in WILD]
    asked += [(f"{person}?tab=timeline", end, wild) for end in ("since", "until", "before") for wild in WILD]
    for page in ("index", *shift_pages(), "search", "autocomplete"):
        asked += [
            (reverse(f"admin:{page}") + "?" + urlencode(dict.fromkeys(ASKED, wild)), "p", wild) for wild in WILD[:5]
        ]
    for at, (model, page) in enumerate(admin.site._registry.items()):
        own = [getattr(one, "parameter_name", None) or f"{one}__exact" for one in page.list_filter] + ["o", "p", "q"]
        asked += [(listing(model), own[0], "\x00"), (listing(model), own[at % len(own)], WILD[at % len(WILD)])]
    client, failed = sign_in(given.a_user("root", clinic.here, "supervisor")), []
    client.raise_request_exception = False
    for url, name, wild in asked:
        answer = client.get(f"{url}{'&' if '?' in url else '?'}{urlencode({name: wild})}")
        if answer.status_code >= 500:
            failed.append((url, name, wild))
    assert not failed


@pytest.mark.slow
def test_nonsense_for_the_key_of_a_row_is_no_failure_of_ours(clinic, sign_in):
    whoever = given.a_user("root", clinic.here, "supervisor")
    for role in {*Role} - {Role.SUPERVISOR}:
        accounts.join(whoever, facility=clinic.here, role=role, by=clinic.admin)
    client, failed = sign_in(whoever), []
    client.raise_request_exception = False
    for model in admin.site._registry:
        for wild in (*WILD[1:5], "²"):
            url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[wild])
            if client.get(url).status_code not in {302, 403, 404}:
                failed.append(url)
    assert not failed
