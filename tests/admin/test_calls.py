"""The call list: whom to call now, why, on which number, in what words; the outcome in one click."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from aftercare.actions import calls as the_calls
from aftercare.actions import opting_out
from duties import actions as duties
from duties.models import Kind
from patients import actions as patients
from patients.actions import contacts
from patients.models import ContactPoint
from tests import given
from tests.then import duty, fresh
from treatment.actions import worries

from .conftest import address


@pytest.fixture
def jo(clinic):
    """Somebody about whom somebody close is worried."""
    episode = given.self_referred(clinic, "Josephine")
    called_about(episode, clinic)
    return episode


def called_about(episode, clinic):
    """A call to them is owed."""
    close = given.a_supporter(episode.patient, clinic)
    worries.log_worry(close, facility=clinic.here, words="Has not been seen.", by=clinic.counselor)


def a_number(episode, clinic, value="+14155550123", **more):
    """A number of theirs."""
    return contacts.add_contact_point(episode.patient, channel="phone", value=value, by=clinic.counselor, **more)


@pytest.fixture
def calls(sign_in):
    """The call list as somebody sees it."""
    return lambda user: sign_in(user).get(reverse("admin:call_list"))


def test_whoever_is_owed_a_call_is_on_it_with_why_number_and_words(clinic, jo, calls):
    a_number(jo, clinic, best_time="after the late shift")
    page = calls(clinic.counselor).content.decode()
    for said in ("Josephine", "Somebody close to them is worried", "tel:+14155550123", "after the late shift"):
        assert said in page
    assert "I am calling for Josephine" in page
    assert not any(
        word in page.split("What to say")[1].split("</dl>")[0].lower()
        for word in ("clinic", "treatment", "recovery", "ketamine")
    )


def test_the_words_are_in_the_language_of_the_person(clinic, jo, calls):
    type(jo.patient).objects.filter(pk=jo.patient_id).update(language="es")
    page = calls(clinic.counselor).content.decode()
    assert "Llamo para hablar con Josephine" in page and 'lang="es"' in page


def test_no_answer_is_one_click_and_comes_back_to_the_list(clinic, jo, sign_in):
    owed, client = duty(jo, "contact"), sign_in(clinic.counselor)
    here = reverse("admin:call_list")
    answer = client.post(address(owed, "do", "log-call"), {"outcome": "no_answer", "_next": here})
    assert answer.url == here
    assert owed.events.get(kind=Kind.TRIED).note == "No answer."
    assert "No answer." in client.get(here).content.decode()
    form = client.get(f"{address(owed, 'do', 'log-call')}?outcome=reached").content.decode()
    assert '<option value="reached" selected' in form
    client.post(address(owed, "do", "log-call"), {"outcome": "reached", "_next": here})
    assert fresh(owed).closed_at and "Josephine" not in client.get(here).content.decode()


def test_a_call_about_a_warning_sign_is_one_choice_more_chosen_by_nobody_beforehand(clinic, sign_in, api):
    episode, now = given.in_aftercare(clinic), timezone.now()
    about = {"facility": clinic.here, "episode": episode, "owner_role": "counselor"}
    red = duties.open("red_call", due_at=now, by=clinic.nurse, at=now, **about)
    client, here = sign_in(clinic.counselor), reverse("admin:call_list")
    form = client.get(f"{address(red, 'do', 'log-call')}?outcome=reached").content.decode()
    chosen = form.split('name="reassessment"')[1].split("</select>")[0]
    assert '<option value="" selected>Choose' in chosen and chosen.count("selected") == 1
    without = client.post(address(red, "do", "log-call"), {"outcome": "reached", "_next": here})
    assert "Say what came of offering" in without.content.decode() and fresh(red).is_open()
    said = {"outcome": "reached", "reassessment": "accepted", "_next": here}
    assert client.post(address(red, "do", "log-call"), said).url == here
    assert duty(episode, "level_assessment")
    told = api(clinic.counselor).get(f"/api/v1/patients/{episode.patient_id}/timeline/").content.decode()
    assert "offered, and accepted" in told


def test_the_review_of_whoever_was_not_reached_leads_to_that_they_got_in_touch(clinic, sign_in):
    episode, client = given.in_aftercare(clinic, at=given.ago(days=30)), sign_in(clinic.supervisor)
    duties.tick(given.missed(episode) + timedelta(days=8))
    plan = episode.aftercare_plans.get()
    form = address(plan, "do", "got-in-touch")
    assert form in client.get(address(duty(episode, "outreach_decision"), "change")).content.decode()
    client.post(form, {"way": "letter", "note": "Am well."})
    assert not episode.duties.open().filter(ladder__slug="outreach_decision").exists()


def test_a_message_is_left_only_where_it_is_safe(clinic, jo, calls):
    a_number(jo, clinic)
    assert "leave no message" in calls(clinic.counselor).content.decode()
    voicemail = next(o for o in calls(clinic.counselor).context["rows"][0]["outcomes"] if o["value"] == "voicemail")
    assert voicemail["why_not"]
    ContactPoint.objects.filter(patient=jo.patient).update(safe_to_leave_message=True)
    voicemail = next(o for o in calls(clinic.counselor).context["rows"][0]["outcomes"] if o["value"] == "voicemail")
    assert not voicemail["why_not"]


def test_a_number_that_is_dead_is_not_offered(clinic, jo, calls):
    contacts.mark_broken(a_number(jo, clinic), by=clinic.counselor)
    page = calls(clinic.counselor).content.decode()
    assert "tel:" not in page and "There is no number that works" in page


def test_nobody_sees_whom_they_may_not(clinic, jo, calls):
    assert calls(clinic.nurse).status_code == 403
    elsewhere = given.a_user("counselor_elsewhere", clinic.elsewhere, Role.COUNSELOR)
    page = calls(elsewhere)
    assert page.status_code == 200 and page.context["rows"] == [] and "Josephine" not in page.content.decode()


def test_the_list_takes_as_many_statements_for_three_as_for_one(clinic, jo, sign_in, django_assert_max_num_queries):
    client, here = sign_in(clinic.counselor), reverse("admin:call_list")
    client.get(here)
    with django_assert_max_num_queries(27) as first:
        client.get(here)
    for name in ("Ann", "Bea"):
        other = given.self_referred(clinic, name)
        called_about(other, clinic)
        a_number(other, clinic, value="+14155550199")
    with django_assert_max_num_queries(len(first)):
        assert len(client.get(here).context["rows"]) == 3


def owe(episode, clinic, slug="contact", **fields):
    """A call on this ladder is owed by now."""
    now = given.ago(minutes=1)
    fields = {"owner_role": "aftercare", "due_at": now, "by": clinic.nurse, "at": now, **fields}
    return duties.open(slug, facility=clinic.here, episode=episode, **fields)


def names(page):
    """Who is on the list, in its order."""
    return [row["patient"].preferred_name for row in page.context["rows"]]


def test_the_most_in_danger_come_first_then_the_freshly_discharged_and_who_was_tried_today_last(clinic, calls):
    for name, days, slug in (("Old", 80, "contact"), ("New", 3, "contact"), ("Red", 50, "red_call")):
        owe(given.in_aftercare(clinic, name=name, at=given.ago(days=days)), clinic, slug)
    assert names(calls(clinic.counselor)) == ["Red", "New", "Old"]
    row = calls(clinic.counselor).context["rows"][1]
    assert (row["days"], row["now_is_good"] or row["next_try"] is not None) == (3, True)
    tried = calls(clinic.counselor).context["rows"][0]["duty"]
    the_calls.log_call(tried, outcome="no_answer", by=clinic.counselor)
    page = calls(clinic.counselor)
    assert names(page) == ["New", "Old", "Red"] and "Tried today already" in page.content.decode()


def test_somebody_looks_at_their_own_calls(clinic, calls, sign_in):
    owe(given.in_aftercare(clinic, name="Mine"), clinic, owner=clinic.aftercare)
    owe(given.in_bed(clinic, bed=1, name="Theirs"), clinic, owner_role="counselor")
    here = reverse("admin:call_list")
    assert set(names(sign_in(clinic.aftercare).get(here))) == {"Mine", "Theirs"}
    assert names(sign_in(clinic.aftercare).get(f"{here}?whose=mine")) == ["Mine"]


def test_a_call_that_rests_is_not_made(clinic, calls):
    owed = owe(given.in_aftercare(clinic), clinic)
    the_calls.log_call(owed, outcome="in_custody", by=clinic.aftercare)
    assert names(calls(clinic.counselor)) == []


def test_a_dead_number_is_one_click_beside_it(clinic, jo, calls, sign_in):
    number = a_number(jo, clinic)
    here = reverse("admin:call_list")
    body = {"outcome": "wrong_number", "contact_point": str(number.pk), "_next": here}
    assert sign_in(clinic.counselor).post(address(duty(jo, "contact"), "do", "log-call"), body).url == here
    assert fresh(number).broken_at and duty(jo, "contact_broken")


def test_after_three_days_those_the_person_permitted_are_shown_with_what_they_may_know(clinic, calls, sign_in):
    episode = given.in_aftercare(clinic)
    sister = given.a_supporter(episode.patient, clinic, "Ines", phone="+14155550177")
    patients.permit(sister, may_know=["emergency"], may_know_words="only in danger", by=clinic.nurse)
    banned = given.a_supporter(episode.patient, clinic, "Rolf")
    patients.forbid_contact(banned, reason="afraid", by=clinic.nurse)
    contact = owe(episode, clinic)
    assert "Ines" not in calls(clinic.supervisor).content.decode()
    owe(episode, clinic, "contact_review", because_of=contact)
    page = calls(clinic.supervisor).content.decode()
    for said in ("Ines", "tel:+14155550177", "an emergency", "only in danger", "neither say nor deny"):
        assert said in page
    assert "Rolf" not in page
    script = page.split("What to say to Ines")[1].split("</dl>")[0].lower()
    assert not any(word in script for word in ("clinic", "treatment", "recovery", "ketamine", "program"))
    here = reverse("admin:call_list")
    body = {"outcome": "no_answer", "facility": str(clinic.here.pk), "_next": here}
    assert sign_in(clinic.supervisor).post(address(sister, "do", "log-call"), body).url == here
    assert sister.call_attempts.get().by == clinic.supervisor


@pytest.mark.parametrize("page", ["contact", "contact_review"])
def test_the_page_of_the_review_and_of_the_call_says_whom_one_may_call_and_under_which_permission(
    clinic, sign_in, page
):
    episode = given.in_aftercare(clinic)
    sister = given.a_supporter(episode.patient, clinic, "Ines", phone="+14155550177")
    patients.permit(sister, may_know=["emergency"], may_know_words="only in danger", by=clinic.nurse)
    banned = given.a_supporter(episode.patient, clinic, "Rolf")
    patients.forbid_contact(banned, reason="afraid", by=clinic.nurse)
    contact = owe(episode, clinic)
    asked = address(contact)
    assert "Whom one may call" not in sign_in(clinic.supervisor).get(asked).content.decode()
    review = owe(episode, clinic, "contact_review", because_of=contact, owner_role="supervisor")
    asked = address({"contact": contact, "contact_review": review}[page])
    told = sign_in(clinic.supervisor).get(asked).content.decode()
    for said in (
        "Whom one may call",
        "Ines",
        "tel:+14155550177",
        "an emergency",
        "only in danger",
        "neither say nor",
    ):
        assert said in told
    shown = told.split('id="around"')[1].split("</section>")[0]
    assert "Rolf" not in shown
    assert "Whom one may call" not in sign_in(clinic.technician).get(asked).content.decode()
    done = sign_in(clinic.supervisor).post(
        address(sister, "do", "log-call"), {"outcome": "no_answer", "facility": str(clinic.here.pk), "_next": asked}
    )
    assert done.url == asked and contact.call_attempts.get().supporter == sister
    patients.withdraw_permission(sister, by=clinic.nurse)
    told = sign_in(clinic.supervisor).get(asked).content.decode()
    assert "has permitted no one in writing" in told and "tel:+14155550177" not in told


def test_whom_one_may_call_stays_known_when_the_review_is_done_and_is_not_once_the_person_is_reached(clinic, calls):
    episode = given.in_aftercare(clinic)
    sister = given.a_supporter(episode.patient, clinic, "Ines", phone="+14155550177")
    patients.permit(sister, may_know=["emergency"], by=clinic.nurse)
    contact = owe(episode, clinic)
    review = owe(episode, clinic, "contact_review", because_of=contact, owner_role="supervisor")
    duties.resolve(review, by=clinic.supervisor, reason="call the sister")
    assert "Ines" in calls(clinic.counselor).content.decode()
    the_calls.log_call(contact, outcome="reached", by=clinic.aftercare)
    owe(episode, clinic)
    assert "Ines" not in calls(clinic.counselor).content.decode()


def test_somebody_known_under_two_records_is_called_once_on_every_number_and_not_after_a_no(clinic, jo, api):
    now = timezone.now()
    person = patients.register(preferred_name="Jo", facility=clinic.here, because="referral", at=now)
    owed = {"facility": clinic.here, "patient": person, "owner_role": Role.COUNSELOR, "by": clinic.counselor}
    duties.open("contact", **owed, due_at=now, at=now)
    a_number(jo, clinic)
    the_calls.log_call(duty(jo, "contact"), outcome="no_answer", by=clinic.counselor)
    patients.merge(jo.patient, into=person, by=clinic.privacy)
    [row] = api(clinic.counselor).get("/api/v1/people-to-call/").json()["results"]
    assert row["patient"] == str(person.pk) and len(row["duties"]) == 2
    assert [point["value"] for point in row["numbers"]] == ["+14155550123"]
    assert row["tried_today"] and len(row["tries"]) == 1 and not row["asked_to_stop"]
    opting_out.opt_out(person, channel="phone", how="said so", by=clinic.counselor)
    [row] = api(clinic.counselor).get("/api/v1/people-to-call/").json()["results"]
    assert row["asked_to_stop"]
    the_calls.log_call(fresh(duty(jo, "contact")), outcome="reached", by=clinic.counselor)
    assert api(clinic.counselor).get("/api/v1/people-to-call/").json()["results"] == []


def test_people_to_call_over_http(clinic, api):
    owe(given.in_aftercare(clinic, name="Ann", at=given.ago(days=9)), clinic)
    [row] = api(clinic.aftercare).get("/api/v1/people-to-call/").json()["results"]
    assert (row["preferred_name"], row["days_since_discharge"], row["tried_today"]) == ("Ann", 9, False)
    assert api(clinic.aftercare).get("/api/v1/people-to-call/?mine=perhaps").status_code == 400


def test_a_load_beyond_the_limit_is_shown_in_red_and_nothing_follows(clinic, sign_in, api, settings):
    settings.LOAD_LIMITS = {"open_calls": 1, "calls_today": 5, "alerts": 5}
    for name in ("Ann", "Bea"):
        owe(given.in_aftercare(clinic, name=name), clinic, owner=clinic.aftercare)
    page = sign_in(clinic.supervisor).get(reverse("admin:index")).content.decode()
    assert "What each of us carries" in page and "▲ 2 of 1" in page
    [row] = [row for row in api(clinic.supervisor).get("/api/v1/load/").json()["results"] if row["over"]]
    assert (row["name"], row["open_calls"], row["over"]) == ("Aftercare", 2, ["open_calls"])
    assert row in api(clinic.supervisor).get("/api/v1/watchdog/").json()["load"]
