"""Signing in, reading, doing, describing: what holds for the API as a whole."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from knox.models import AuthToken
from rest_framework.test import APIClient

from aftercare.models import CheckIn
from audit.models import AccessEvent, uuid7
from config import api as routes
from config.api.description import Description
from config.codes import CODES
from duties.actions import tick
from patients.models import Episode
from patients.views import READS, VERBS
from tests import given
from tests.then import owed
from treatment.actions import investigations, schedules

PASSWORD = "practice makes calm"
# Frames of transactions do not count; nor does what conftest adds at their end, or history's context before them.
FRAMES = re.compile(r"(SELECT set_config.*?; )?(BEGIN|COMMIT|SAVEPOINT|RELEASE SAVEPOINT|ROLLBACK|SET CONSTRAINTS)")


@pytest.fixture(autouse=True)
def no_tries_yet():
    """Log-in tries are counted in the cache."""
    cache.clear()


@pytest.fixture
def signed_in(clinic):
    """Clients that sign in as people do: with a name, a password and a token."""

    def client(user):
        user.set_password(PASSWORD)
        user.save(update_fields=["password"])
        made = APIClient()
        answer = made.post("/api/v1/login/", {"username": user.username, "password": PASSWORD})
        assert answer.status_code == 200, answer.json()
        made.credentials(HTTP_AUTHORIZATION=f"Token {answer.json()['token']}")
        return made

    return client


def statements(captured):
    """The statements that count: everything but the frames of transactions."""
    return [query["sql"] for query in captured if not FRAMES.match(query["sql"])]


# Signing in.


def test_signing_in_and_out(clinic, signed_in):
    client = signed_in(clinic.nurse)
    assert AccessEvent.objects.get(action="login").user == clinic.nurse.pk
    me = client.get("/api/v1/me/").json()
    assert (me["username"], me["name"]) == ("nurse", "Nurse")
    assert [(held["role"], held["facility"]["name"]) for held in me["memberships"]] == [("nurse", "Harbor House")]
    assert client.post("/api/v1/logout/").status_code == 204
    assert client.get("/api/v1/me/").status_code == 401


def test_a_wrong_password_and_a_name_nobody_has_sound_the_same(clinic, api):
    answers = [
        api().post("/api/v1/login/", {"username": name, "password": "wrong"}).json() for name in ("nurse", "nobody")
    ]
    for answer in answers:
        answer.pop("instance")
    assert answers[0] == answers[1]
    assert (answers[0]["status"], answers[0]["code"]) == (401, "login_failed")


def test_whoever_has_left_cannot_sign_in(clinic, signed_in, api):
    client = signed_in(clinic.technician)
    left = api(clinic.admin).post(f"/api/v1/users/{clinic.technician.pk}/leave/")
    assert left.status_code == 200, left.json()
    assert client.get("/api/v1/me/").status_code == 401
    answer = api().post("/api/v1/login/", {"username": "technician", "password": PASSWORD})
    assert answer.status_code == 401


def test_tries_are_limited_by_the_real_address(clinic, api):
    client = api()
    asked = {"username": "nurse", "password": "wrong"}
    found = [
        client.post("/api/v1/login/", asked, HTTP_X_FORWARDED_FOR=f"198.51.100.{number}") for number in range(21)
    ]
    assert [answer.status_code for answer in found] == [401] * 20 + [429]
    assert found[-1].json()["code"] == "throttled"
    assert int(found[-1]["Retry-After"]) > 0


def test_a_lost_redis_locks_nobody_out(clinic, signed_in, settings):
    address = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1"}
    settings.CACHES = {"default": address}
    assert signed_in(clinic.nurse).get("/api/v1/me/").status_code == 200


def test_the_oldest_of_too_many_tokens_goes(clinic, signed_in):
    first = signed_in(clinic.nurse)
    cache.clear()
    for _ in range(19):
        AuthToken.objects.create(clinic.nurse)
    assert first.get("/api/v1/me/").status_code == 200
    signed_in(clinic.nurse)
    assert AuthToken.objects.filter(user=clinic.nurse).count() == 20
    assert first.get("/api/v1/me/").status_code == 401


# Reading.


def test_pages_go_on_where_the_last_one_ended(clinic, api):
    made = [str(given.self_referred(clinic, f"Jo {number}").pk) for number in range(5)]
    client, address, found = api(clinic.nurse), "/api/v1/episodes/?limit=2", []
    while address:
        page = client.get(address).json()
        assert set(page) == {"next", "results"}
        assert len(page["results"]) <= 2
        found += [row["id"] for row in page["results"]]
        address = page["next"]
    assert found == made


def test_a_page_has_fifty_rows_unless_asked_otherwise(clinic, api):
    for number in range(51):
        given.a_user(f"nurse {number}", clinic.here, "nurse")
    client = api(clinic.admin)
    assert len(client.get("/api/v1/memberships/").json()["results"]) == 50
    assert len(client.get("/api/v1/memberships/?limit=100").json()["results"]) == 61


def test_filters_narrow(clinic, api):
    one, other = given.self_referred(clinic, "Josephine"), given.in_bed(clinic, name="Ann")
    client = api(clinic.nurse)

    def ids(address, field="id"):
        return {row[field] for row in client.get(f"/api/v1/{address}").json()["results"]}

    assert ids(f"episodes/?patient={one.patient_id}") == {str(one.pk)}
    assert ids("episodes/?stage=treatment") == {str(other.pk)}
    assert ids("episodes/?open=false") == set()
    assert ids("patients/?name=joseph", "preferred_name") == {"Josephine"}
    assert ids(f"duties/?episode={one.pk}&open=true", "kind") == {"intake"}
    assert ids("duties/?mine=true&kind=away") == set()
    assert ids("beds/?free=true", "label") == {"2", "3"}
    assert ids("beds/?free=false", "label") == {"1"}
    assert ids(f"session-notes/?session__episode={one.pk}") == set()


def test_the_inbox_is_newest_first_and_read_by_its_owner_only(clinic, api):
    for days in (6, 5):
        given.self_referred(clinic, f"Jo {days}", at=given.ago(days=days))
    tick()
    client = api(clinic.supervisor)
    rows = client.get("/api/v1/inbox/?unread=true").json()["results"]
    assert len(rows) >= 2 and all(row["to_role"] == "supervisor" for row in rows)
    assert [row["id"] for row in rows] == sorted((row["id"] for row in rows), reverse=True)
    address = f"/api/v1/inbox/{rows[0]['id']}/read/"
    assert api(clinic.nurse).post(address).status_code == 404
    assert client.post(address).json()["read_by"] == str(clinic.supervisor.pk)
    assert rows[0]["id"] not in {row["id"] for row in client.get("/api/v1/inbox/?unread=true").json()["results"]}


def test_the_census_counts_beds_of_the_users_places(clinic, api):
    given.in_bed(clinic, bed=0)
    away = given.in_bed(clinic, bed=1, name="Ann")
    given.placements.send_out(away, destination="General", reason="Fever", by=clinic.nurse)
    (row,) = api(clinic.analyst).get("/api/v1/census/").json()["results"]
    assert (row["name"], row["beds"], row["taken"], row["kept"], row["free"]) == ("East", 3, 1, 1, 1)
    assert api(clinic.nurse_elsewhere).get("/api/v1/census/").json()["results"] == []


def test_the_watchdog_says_what_is_late(clinic, api):
    client = api(clinic.supervisor)
    assert client.get("/api/v1/watchdog/").json()["ticking"] is False
    given.self_referred(clinic, at=given.ago(days=6))
    assert client.get("/api/v1/watchdog/").json()["oldest_due_at"]
    tick()
    found = client.get("/api/v1/watchdog/").json()
    assert found["ticking"] is True
    assert found["oldest_unsent_at"]
    assert api(clinic.nurse).get("/api/v1/watchdog/").status_code == 403


def test_the_call_list_says_whom_to_call(clinic, api):
    given.in_aftercare(clinic, at=given.ago(days=3))
    check_in = CheckIn.objects.open().get()
    tick(check_in.due_at + timedelta(hours=47))
    (row,) = api(clinic.aftercare).get("/api/v1/call-list/").json()["results"]
    assert (row["id"], row["preferred_name"]) == (str(check_in.pk), "Maria")
    (call,) = row["calls"]
    coach = api(clinic.aftercare)
    said = coach.post(f"/api/v1/duties/{call}/log-call/", {"outcome": "no_answer"})
    assert said.status_code == 200, said.json()
    assert coach.get("/api/v1/call-list/").json()["results"]
    coach.post(f"/api/v1/duties/{call}/log-call/", {"outcome": "reached", "craving": 20})
    assert coach.get("/api/v1/call-list/").json()["results"] == []


def test_code_lists(clinic, api):
    client = api(clinic.analyst)
    names = client.get("/api/v1/codes/").json()
    assert names == sorted(CODES)
    for name in names:
        rows = client.get(f"/api/v1/codes/{name}/").json()
        assert rows and all(row["label"] for row in rows)
    assert {"code": "2004", "label": "Ketamine"} in client.get("/api/v1/codes/substances/").json()
    assert client.get("/api/v1/codes/secrets/").status_code == 404


# Doing.


def test_a_key_of_ones_own_is_kept(clinic, api):
    key = str(uuid7())
    answer = api(clinic.intake).post(
        "/api/v1/episodes/",
        {
            "id": key,
            "facility": str(clinic.here.pk),
            "entry": "self",
            "person": {"preferred_name": "Jo"},
            "occurred_at": given.ago(hours=2).isoformat(),
        },
    )
    assert answer.json()["id"] == key
    opened = answer.json()["opened_at"]
    assert timezone.now() - timezone.datetime.fromisoformat(opened) > timedelta(hours=1)


def test_answers_say_when_it_happened_and_when_we_heard(clinic, api):
    given.in_aftercare(clinic, at=given.ago(days=3))
    check_in = CheckIn.objects.open().get()
    when = given.ago(hours=5)
    answer = api(clinic.aftercare).post(
        f"/api/v1/check-ins/{check_in.pk}/answer/", {"how": "call", "occurred_at": when.isoformat()}
    )
    assert answer.status_code == 201, answer.json()
    said = answer.json()
    assert timezone.datetime.fromisoformat(said["occurred_at"]) == when
    assert timezone.datetime.fromisoformat(said["received_at"]) > when


def test_inputs_reach_only_what_the_user_may_use(clinic, api):
    episode = given.taken_in(clinic)
    there = given.Program.objects.create(facility=clinic.elsewhere, name="There", setting="outpatient")
    answer = api(clinic.nurse).post(f"/api/v1/episodes/{episode.pk}/admit/", {"program": str(there.pk)})
    assert answer.json()["fields"]["program"][0]["code"] == "does_not_exist"
    stranger = given.a_user("stranger", clinic.elsewhere, "intake")
    hidden = api(stranger).post(
        "/api/v1/episodes/",
        {"facility": str(clinic.elsewhere.pk), "entry": "return", "patient": str(episode.patient_id)},
    )
    assert hidden.json()["fields"]["patient"][0]["code"] == "does_not_exist"
    elsewhere = api(clinic.intake).post(
        "/api/v1/episodes/",
        {"facility": str(clinic.elsewhere.pk), "entry": "self", "person": {"preferred_name": "Jo"}},
    )
    assert elsewhere.json()["fields"]["facility"][0]["code"] == "does_not_exist"


# The whole.


def test_the_description_has_no_warnings(db, tmp_path, capsys):
    call_command("spectacular", validate=True, fail_on_warn=True, file=str(tmp_path / "schema.yml"))
    text = (tmp_path / "schema.yml").read_text()
    assert "/api/v1/episodes/{id}/admit/" in text
    assert "operationId: handovers_receive" in text
    assert "Idempotency-Key" in text


def test_every_noun_and_every_verb_has_its_route():
    served = set()
    for route in routes.every:
        for callback in (route.callback, getattr(route.callback, "create", None)):
            served.add(getattr(callback, "cls", None))
    assert set(READS.values()) <= served
    assert {verb for verbs in VERBS.values() for verb in verbs} <= served


def test_every_endpoint_names_its_roles_and_every_verb_itself():
    for verbs in VERBS.values():
        for verb in verbs:
            assert verb.allowed_roles and verb.name and verb.label and verb.description.endswith("."), verb
            assert re.fullmatch(r"[a-z-]+", verb.name)
        assert len({verb.name for verb in verbs}) == len(verbs)
    for route in routes.every:
        cls = getattr(route.callback, "cls", None)
        if cls is not None and route.name not in {"schema", "docs"}:
            assert cls.allowed_roles, route.name


def test_the_documentation_needs_nothing_from_elsewhere(db, client):
    page = client.get("/api/v1/docs/")
    assert page.status_code == 200
    assert not re.search(rb'(src|href)="(https?:)?//', page.content)


def test_only_the_admin_and_the_documentation_may_do_more(clinic, client):
    def policy(path):
        return client.get(path)["Content-Security-Policy"]

    client.force_login(clinic.admin)
    for path in ("/api/v1/me/", "/api/v1/patients/", "/api/v1/nowhere/", "/"):
        assert "unsafe" not in policy(path), path
    assert "'unsafe-inline'" in policy("/api/v1/docs/") and "unsafe-eval" not in policy("/api/v1/docs/")
    for path in ("/admin/", "/admin/accounts/facility/"):
        assert "script-src 'self' 'unsafe-eval'" in policy(path), path
    client.logout()
    assert "'unsafe-eval'" in policy("/admin/login/")


def test_the_front_door_is_the_admin(client, db):
    assert client.get("/")["Location"] == "/admin/"


LISTS = [
    route.name
    for route in routes.every
    if issubclass(getattr(route.callback, "cls", object), tuple(READS.values()))
    and not route.name.endswith("-one")
    and "pk" not in route.pattern.converters
]


def test_reading_takes_few_statements_however_many_rows(clinic, signed_in, django_assert_max_num_queries):
    """Two people, then ten: no list asks more, and none asks more than six times."""

    def fill(people):
        for number in people:
            at = given.ago(days=3)
            episode = given.in_aftercare(clinic, name=f"Jo {number}", at=at, email=f"jo-{number}@example.org")
            given.patients.record_use(episode.patient, facility=clinic.here, by=clinic.nurse, substance="2004")
        tick(timezone.now() + timedelta(hours=47))

    clients = {role: signed_in(getattr(clinic, role)) for role in ("supervisor", "privacy", "admin")}
    person = None

    def count():
        found = {}
        for name in LISTS:
            role = "privacy" if name.startswith("access") else "supervisor"
            query = f"?patient={person}" if name == "access-events" else ""
            address = reverse(name) + query
            with CaptureQueriesContext(connection) as captured:
                response = clients[role].get(address)
            assert response.status_code == 200, (name, response.json())
            found[name] = len(statements(captured.captured_queries)), len(response.json()["results"])
        return found

    fill(range(2))
    person = clients["supervisor"].get("/api/v1/patients/").json()["results"][0]["id"]
    assert UUID(person)
    two = count()
    fill(range(2, 10))
    ten = count()
    assert {name: asked for name, (asked, _) in two.items()} == {name: asked for name, (asked, _) in ten.items()}
    assert {name: asked for name, (asked, _) in ten.items() if asked > 6} == {}
    assert ten["patients-list"][1] == 10


def test_one_row_takes_few_statements(clinic, signed_in):
    episode = given.self_referred(clinic)
    client = signed_in(clinic.nurse)
    with CaptureQueriesContext(connection) as captured:
        client.get(f"/api/v1/episodes/{episode.pk}/")
    assert len(statements(captured.captured_queries)) <= 6


def done(client, address, **body):
    """A verb that is not refused: what it answers, and how many statements it took."""
    with CaptureQueriesContext(connection) as captured:
        response = client.post(f"/api/v1/{address}/", body, HTTP_IDEMPOTENCY_KEY=address, headers={"if-match": "*"})
    assert response.status_code in (200, 201), (address, response.json())
    return response.json(), len(statements(captured.captured_queries))


def test_a_verb_takes_at_most_25_statements(clinic, signed_in):
    nurse, counselor, intake = (signed_in(user) for user in (clinic.nurse, clinic.counselor, clinic.intake))
    taken = {}
    for program in (clinic.residential, clinic.outpatient):
        schedules.use_default_schedules(program, by=clinic.admin)

    def do(client, address, **body):
        said, taken[address.rpartition("/")[2]] = done(client, address, **body)
        return said

    handover = do(
        nurse,
        "handovers",
        facility=str(clinic.here.pk),
        source="hospital",
        consciousness="alert",
        breathing="normal",
    )
    episode = f"episodes/{handover['episode']}"
    do(nurse, f"{episode}/clear", basis="cleared", findings=given.findings())
    do(counselor, f"{episode}/talk", outcome="accepted")
    do(nurse, f"{episode}/screen-suicide", wish=False, thoughts=False, behavior=False)
    do(intake, f"{episode}/complete-intake", program=str(clinic.residential.pk), patient_notice_given=True)
    do(nurse, f"{episode}/admit", program=str(clinic.residential.pk), bed=str(clinic.beds[0].pk))
    scheduled = Episode.objects.get(pk=handover["episode"]).scheduled_assessments.get(slug="phq-9")
    begun = do(counselor, f"scheduled-assessments/{scheduled.pk}/ask")
    do(counselor, f"assessments/{begun['id']}/answer", how="asked", answers={"9": 1})
    do(counselor, f"{episode}/log-bladder", visible_blood=True)
    do(counselor, f"{episode}/log-session", **a_session())
    note = counselor.get(f"/api/v1/session-notes/?session__episode={handover['episode']}").json()["results"][0]["id"]
    do(counselor, f"session-notes/{note}/write", text="Slept well.")
    do(counselor, f"session-notes/{note}/sign")
    level = {"kind": "transition", "credential": "student", "indicated": "1.5", "recommended": "1.5", "placed": "1.5"}
    assessed = do(counselor, f"{episode}/assess-level", **level, needs={"use": "yes"})
    do(counselor, f"level-assessments/{assessed['id']}/sign")
    soon = (timezone.now() + timedelta(days=1)).isoformat()
    travels = given.all_travels()
    do(counselor, f"{episode}/move", program=str(clinic.outpatient.pk), next_contact_at=soon, travels=travels)
    do(counselor, f"{episode}/discharge", reason="1", checklist_answers=given.said())
    check_in = CheckIn.objects.open().get()
    do(nurse, f"check-ins/{check_in.pk}/answer", how="call")
    do(signed_in(clinic.supervisor), f"{episode}/close", reason="withdrew")
    assert {verb: count for verb, count in taken.items() if count > 25} == {}


def test_a_bladder_log_that_calls_for_everything_takes_no_more(clinic, signed_in):
    """Blood, cramps and a pregnancy, weeks after stopping, in somebody who is due to log and to be looked at."""
    given.asking(clinic.residential, clinic, slug="bladder-log", days=[1, 28], every_days=None)
    episode = given.in_bed(clinic, at=given.ago(days=2))
    given.using(episode.patient, clinic, frequency="5", last_used_at=given.ago(weeks=6))
    given.patients.record_pregnancy(episode.patient, pregnant="yes", breastfeeding="no", by=clinic.nurse)
    assert investigations.plan_checks() == 1
    signs = {"visible_blood": True, "incontinence": True, "cannot_pass": True, "fever_and_flank_pain": True}
    numbers = {"voids": 30, "nocturia": 9, "urgency": 9, "pain": 9}
    client = signed_in(clinic.nurse)
    said, taken = done(client, f"episodes/{episode.pk}/log-bladder", **signs, **numbers, cramps=True)
    assert said["red_flags"][-1] == "pregnancy" and len(said["red_flags"]) == 4
    kinds = {"bladder_urgent", "investigation", "urology_referral", "assessment", "body_check"}
    assert kinds <= set(owed(episode))
    ordered = set(episode.investigations.open().values_list("kind", flat=True))
    assert {"liver", "biliary_ultrasound", "renal_ultrasound", "post_void_residual"} <= ordered
    assert taken <= 25


def a_session():
    """A session an hour ago."""
    return {
        "kind": "individual",
        "attendance": "attended",
        "started_at": given.ago(hours=1).isoformat(),
        "ended_at": given.ago(minutes=10).isoformat(),
    }


def test_the_address_of_a_list_says_that_a_post_creates(clinic, signed_in):
    assert signed_in(clinic.nurse).options("/api/v1/handovers/").headers["Allow"] == "GET, HEAD, OPTIONS, POST"


def test_a_verb_is_done_by_post_and_by_nothing_else(clinic, signed_in):
    client, answers = signed_in(clinic.nurse), set()
    for route in routes.every:
        if getattr(route.callback, "cls", None) in {verb for verbs in VERBS.values() for verb in verbs}:
            keys = [1 if converter.regex == "[0-9]+" else uuid7() for converter in route.pattern.converters.values()]
            address = reverse(route.name, args=keys)
            answers |= {(client.get(address).status_code, client.options(address).status_code)}
    assert answers == {(405, 200)}


def test_the_description_is_written_once_however_often_anybody_asks(db, client, monkeypatch):
    first = client.get("/api/v1/schema/?format=json")
    assert (
        first["Content-Type"] == "application/vnd.oai.openapi+json"
        and b"/api/v1/episodes/{id}/admit/" in first.content
    )
    monkeypatch.setattr(Description, "generator_class", None)
    again = client.get("/api/v1/schema/?format=json&lang=es&version=2")
    assert again.content == first.content


def test_the_description_says_what_a_shape_alone_does_not(clinic, client):
    described = client.get("/api/v1/schema/?format=json").json()
    shapes, paths = described["components"]["schemas"], described["paths"]
    files = paths["/api/v1/documents/{id}/file/"]["get"]["responses"]["200"]["content"]
    assert set(files) == {"application/pdf", "image/png", "image/jpeg", "text/plain"}
    assert paths["/api/v1/codes/{name}/"]["get"]["parameters"][0]["schema"]["enum"] == sorted(CODES)
    assert shapes["WriteSectionsInputRequest"]["properties"]["sections"]["minProperties"] == 1
    assert shapes["AmendScheduleInputRequest"]["properties"]["waits"]["maximum"] == 94
    assert "nullable" not in shapes["DetectedInputRequest"]["properties"]["detected"]  # null is refused: not_said
    temperature = shapes["ReceiveInputRequest"]["properties"]["temperature"]
    assert re.fullmatch(temperature["pattern"], "") and not re.fullmatch(temperature["pattern"], "-")
    assert shapes["ReceiveInputRequest"]["not"] == {"required": ["patient", "person"]}
    for address in ("/api/v1/patients/{id}/add-document/", "/api/v1/instruments/"):
        assert set(paths[address]["post"]["requestBody"]["content"]) == {"multipart/form-data"}
    assert "nullable" not in shapes["LoadInstrumentInputRequest"]["properties"]["valid_until"]  # a form has no null
