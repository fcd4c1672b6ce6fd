"""Every noun is listed, found and opened by those who may, and by nobody else."""

import re
from copy import deepcopy
from urllib.parse import urlencode

import pytest
from django.contrib import admin
from django.core.cache import cache
from django.urls import URLResolver, reverse

from accounts.models import Role
from audit.models import AccessEvent, uuid7
from duties.models import Notice
from patients.models import Episode, Patient
from patients.views import VERBS
from tests import given

from .conftest import a_road, address, listing


@pytest.fixture(scope="module")
def built(kept):
    """The road of this module: it takes long to build."""
    with kept():
        yield a_road(given.a_clinic())


@pytest.fixture
def road(built, db):
    """The same for each test; what it does there is taken back."""
    return deepcopy(built)


OF_THE_HOUSE = {"duties.Ladder", "duties.Rung", "aftercare.Schedule", "treatment.Checklist"}


def nouns():
    """Every registered noun with its page."""
    return sorted(admin.site._registry.items(), key=lambda pair: pair[0]._meta.label)


def about_people():
    """Those whose rows are about a person."""
    return [(model, page) for model, page in nouns() if model is Patient or hasattr(model, "patient")]


def reader(clinic, page):
    """Somebody who may open every row of a noun."""
    role = next(role for role in ("supervisor", "privacy", "admin") if role in page.reads.allowed_roles)
    return getattr(clinic, role)


@pytest.mark.slow
def test_every_noun_is_listed_searched_and_opened(road, sign_in):
    sign_in(road.clinic.nurse).get(address(road.patient))
    for model, page in nouns():
        client = sign_in(reader(road.clinic, page))
        answer = client.get(listing(model))
        assert answer.status_code == 200, model
        rows = list(answer.context["cl"].result_list)
        assert rows, f"the road leaves a row of {model}"
        for row in rows[:2]:
            assert client.get(address(row)).status_code == 200, row
        assert client.get(listing(model), {"q": "Maria"}).status_code == 200, model
        if model not in (Patient, AccessEvent) and hasattr(model, "patient"):
            found = client.get(listing(model), {"q": "Maria"}).context["cl"].result_list
            assert {row.patient for row in found} <= {road.patient}, model


@pytest.mark.slow
def test_filters_answer(road, sign_in):
    for model, page in nouns():
        client = sign_in(reader(road.clinic, page))
        shown = client.get(listing(model)).context["cl"]
        for spec in shown.filter_specs:
            choice = list(spec.choices(shown))[-1]
            answer = client.get(listing(model) + choice["query_string"])
            assert answer.status_code == 200, (model, choice)


def addresses(patterns, before=""):
    """(route, name) of every page of the admin."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, before + str(pattern.pattern))
        elif pattern.name and "content_type_id" not in str(pattern.pattern):
            yield before + str(pattern.pattern), pattern.name


def a_row(model):
    """A row of a noun; one about somebody, where it may be about nobody."""
    rows = model._default_manager.all()
    return (rows.filter(patient__isnull=False).first() if hasattr(model, "patient") else None) or rows.first()


def every_page():
    """The address of every page of the admin, each with a row; of the verbs one, for `test_verbs` has them all."""
    by_name = {f"{model._meta.app_label}_{model._meta.model_name}": model for model, _ in nouns()}
    for route, name in addresses(admin.site.get_urls()):
        noun, _, page = name.rpartition("_")
        model, wanted = by_name.get(noun), re.findall(r"<(?:\w+:)?(\w+)>", route)
        if name == "logout" or (wanted and model is None):
            continue
        verbs = [verb.name for verb in VERBS.get(model, []) if verb.creates == (page == "begin")] or ["none"]
        key = a_row(model).pk if {"object_id", "pk"} & set(wanted) else None
        yield reverse(f"admin:{name}", args=[verbs[0] if one == "verb" else key for one in wanted])


def looked_for(patient):
    """Addresses that look for somebody: by words, order, filter and number, in lists, searches and choices."""
    for model, _ in about_people():
        about = {"patient__id__exact": str(patient.pk)} if hasattr(model, "patient") else {"q": "maria"}
        yield f"{listing(model)}?{urlencode({**about, 'o': '-2.1'})}"
        named = {"app_label": model._meta.app_label, "model_name": model._meta.model_name, "term": "maria"}
        for name in {"patient", "episode"} & {field.name for field in model._meta.concrete_fields}:
            yield f"{reverse('admin:autocomplete')}?{urlencode({**named, 'field_name': name})}"
    for term in ("maria", patient.number):
        yield f"{reverse('admin:search')}?s={term}"
        yield from (f"{listing(model)}?q={term}" for model in (Patient, Episode, Notice))


@pytest.mark.slow
def test_nobody_without_a_part_here_meets_anybody_on_any_page(road, sign_in):
    """The outsider, a nurse of another place, and who runs this one without looking after anybody."""
    sign_in(road.clinic.nurse).get(address(road.patient))  # and so there is an access event
    names = set(Patient.objects.values_list("preferred_name", flat=True)) - {"Low"}  # a word of filters as well
    told = re.compile("|".join(rf"\b{name}\b" for name in names))
    people = [model for model, _ in about_people()]
    hidden = {str(a_row(model).pk) for model in people}
    pages = list(every_page())
    read = [url for url in pages if not re.search("/(add|delete|history|begin|do)/", url)]
    asked = list(looked_for(road.patient))
    assert len(read) > 200 and len(pages) > 700 and len(asked) > 150
    for name, urls in {"outsider": read, "admin": read, "nurse_elsewhere": [*pages, *asked]}.items():
        client = sign_in(getattr(road.clinic, name))
        for url in urls:
            cache.clear()  # where searches are counted
            answer = client.get(url)
            assert answer.status_code in (200, 302, 400, 403, 404), (name, url, answer.status_code)
            if hidden & set(url.split("/")):
                assert answer.status_code in (403, 404), (name, url, answer.status_code)
            assert not told.search(answer.content.decode()), (name, url)
            shown = (answer.context or {}).get("cl")
            if shown and shown.model in people:  # and no number tells how many there are
                rows = [row for row in shown.result_list if shown.model is Patient or row.patient_id]
                assert not rows and shown.result_count == len(shown.result_list), (name, url)


def test_a_nurse_elsewhere_who_is_intake_here_has_the_pages_and_verbs_of_intake(road, sign_in):
    """What a nurse may and intake may not: no row of this place is listed or opened, and no verb is done to one."""
    both = given.a_user("both", road.clinic.here, Role.INTAKE)
    given.accounts.join(both, facility=road.clinic.elsewhere, role=Role.NURSE, by=road.clinic.admin)
    client, asked = sign_in(both), 0
    for model, page in about_people():
        row, held = a_row(model), page.reads.allowed_roles & {Role.INTAKE, Role.NURSE}
        if held == {Role.NURSE}:
            assert not client.get(listing(model)).context["cl"].result_list, model
            assert client.get(address(row)).status_code in (403, 404), model
        for verb in VERBS.get(model, []):
            if not verb.creates and verb.allowed_roles & {Role.INTAKE, Role.NURSE} == {Role.NURSE}:
                assert client.get(address(row, "do", verb.name)).status_code in (403, 404), (model, verb.name)
                asked += 1
    assert asked > 50
    assert client.get(address(road.patient)).status_code == 200
    assert client.get(address(road.episode, "do", "send-out")).status_code == 200


def test_those_who_may_find_them(road, sign_in):
    client = sign_in(road.clinic.nurse)
    assert "Maria" in client.get(reverse("admin:search"), {"s": "maria"}).content.decode()
    looked_up = client.get(
        reverse("admin:autocomplete"),
        {"app_label": "patients", "model_name": "episode", "field_name": "patient", "term": "Maria"},
    )
    assert [found["text"] for found in looked_up.json()["results"]] == [f"Maria (No. {road.patient.number})"]
    assert list(client.get(listing(Patient), {"q": "Ma"}).context["cl"].result_list) == []


def test_a_superuser_sees_no_more(road, sign_in):
    root = given.a_user("root", is_superuser=True)
    client = sign_in(root)
    for model, _ in about_people():
        assert client.get(listing(model)).status_code == 403, model
    assert client.get(address(road.patient)).status_code == 403


def test_a_superuser_elsewhere_sees_nobody_here(road, sign_in):
    root = given.a_user("root", road.clinic.elsewhere, Role.NURSE, is_superuser=True)
    client = sign_in(root)
    assert client.get(address(road.patient)).status_code == 404
    assert list(client.get(listing(Patient)).context["cl"].result_list) == []


def test_looking_through_relations_is_refused(road, sign_in):
    client = sign_in(road.clinic.nurse)
    answer = client.get(listing(Episode), {"patient__legal_name__startswith": "M"})
    assert answer.status_code == 400


def test_opening_and_listing_are_recorded(road, sign_in):
    client = sign_in(road.clinic.nurse)
    client.get(address(road.episode))
    assert road.patient.pk in AccessEvent.objects.first().patients
    client.get(listing(Episode))
    assert {road.patient.pk, road.away.patient_id} <= set(AccessEvent.objects.first().patients)
    sign_in(road.clinic.nurse_elsewhere).get(address(road.episode))
    guess = AccessEvent.objects.first()
    assert (guess.status, guess.patients) == (404, [road.patient.pk])


def test_only_privacy_officers_read_the_access_log(road, sign_in):
    sign_in(road.clinic.nurse).get(address(road.patient))
    for name in ("admin", "supervisor", "nurse", "analyst"):
        assert sign_in(getattr(road.clinic, name)).get(listing(AccessEvent)).status_code == 403
    found = sign_in(road.clinic.privacy).get(listing(AccessEvent), {"q": str(road.patient.pk)})
    assert address(road.patient) in {row.path for row in found.context["cl"].result_list}


def test_djangos_own_forms_are_off(road, sign_in):
    client = sign_in(given.a_user("root", road.clinic.here, Role.SUPERVISOR, is_superuser=True))
    for to in ("change", "delete"):
        assert client.post(address(road.episode, to), {"stage": "closed"}).status_code == 403
    assert client.get(reverse("admin:patients_episode_add")).status_code == 403
    road.episode.refresh_from_db()
    assert road.episode.stage == "aftercare"


def test_the_page_shows_the_history(road, sign_in):
    answer = sign_in(road.clinic.nurse).get(address(road.episode))
    told = [line for change in answer.context["changes"] for line in change["what"]]
    assert "Stage: Treatment → Aftercare" in told


def test_the_front_page_says_what_is_owed(road, sign_in):
    answer = sign_in(road.clinic.counselor).get(reverse("admin:index"))
    text = answer.content.decode()
    assert "Email only, not a paging system." in text
    assert answer.context["inbox"]["rows"] or "No news." in text
    assert answer.context["watchdog"]["ticking"]
    assert sum(row["kept"] for row in answer.context["census"]) == 1
    text = sign_in(road.clinic.nurse).get(reverse("admin:index")).content.decode()
    assert "Call about the person who was sent out" in text and "Sam" in text


def test_a_notice_is_marked_as_read_on_the_front_page(road, sign_in):
    client = sign_in(road.clinic.supervisor)
    row = client.get(reverse("admin:index")).context["inbox"]["rows"][0]["notice"]
    answer = client.post(address(row, "do", "read"), {"_next": reverse("admin:index")})
    assert answer.url == reverse("admin:index")
    row.refresh_from_db()
    assert row.read_by == road.clinic.supervisor


def test_being_told_about_somebody_shows_nobody(road, sign_in):
    duty = road.patient.duties.exclude(notices=None).first()
    told = duty.notices.first()
    told.pk, told.rung, told.to_user, told.to_role, told.to_patient = uuid7(), 90, None, "admin", False
    told.state, told.read_at, told.read_by = "sent", None, None
    told.save(force_insert=True)
    client = sign_in(road.clinic.admin)
    for url in (reverse("admin:index"), listing(Notice), address(told)):
        text = client.get(url).content.decode()
        assert duty.ladder.name in text and "Maria" not in text, url
    assert not client.get(listing(Notice), {"q": "maria"}).context["cl"].result_list
    assert client.get(address(duty)).status_code == 404
    assert client.post(address(told, "do", "read"), {"_next": reverse("admin:index")}).status_code == 302


def test_every_page_answers_under_the_admins_policy(road, sign_in):
    answer = sign_in(road.clinic.nurse).get(address(road.patient))
    assert "'unsafe-eval'" in answer.headers["Content-Security-Policy"]
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
