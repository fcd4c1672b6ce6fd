"""The page people answer on without signing in: who may open it, what it shows, what it keeps, what it never says."""

import re
from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from accounts.models import User
from aftercare import pages
from aftercare.actions import check_ins, drafts, links
from aftercare.models import Answer, AnswerDraft, CheckIn, CheckInLink, SafeWord
from audit.models import AccessEvent
from duties import actions as duties
from patients import actions as patients
from tests import given
from tests.then import code_of, fresh, refused

WORD = "Café Azul"


@pytest.fixture(autouse=True)
def public(settings):
    cache.clear()  # where pages are counted
    settings.PUBLIC_URL = "https://p.example.org"


@pytest.fixture
def episode(clinic):
    return given.in_aftercare(clinic, at=given.ago(days=2))


def owed(episode, slug):
    """What is owed to the person on this ladder."""
    return list(episode.duties.open().filter(ladder__slug=slug))


def current():
    return CheckIn.objects.open().get()


def a_link(episode, clinic, at=None):
    """A word chosen, and the link that goes with the next text."""
    if not SafeWord.objects.in_force().of(episode.patient).exists():
        links.choose_safe_word(episode.patient, word=WORD, hint="the old bar", by=clinic.aftercare)
    return links.issue(current(), at=at or timezone.now())


def path(link):
    return links.address(link).removeprefix("https://p.example.org")


def said(response):
    return response.content.decode()


def passed(response):
    """The pass in a page's form."""
    return re.search(r'name="pass" value="([^"]+)"', said(response))[1]


def entered(client, link, word="cafe azul", **more):
    return client.post(path(link), {"step": "enter", "word": word, **more})


def go_on(client, link, response, step="show", **answers):
    """Press the button of a page, having answered this."""
    form = {
        "step": step,
        "pass": passed(response),
        "asked": re.findall(r'name="asked" value="(\w+)"', said(response)),
    }
    return client.post(path(link), form | {f"q.{key}": value for key, value in answers.items()})


def a_section(client, link, **answers):
    """Through the gate to the first questions; answered, when answers are given."""
    section = go_on(client, link, entered(client, link))
    return go_on(client, link, section, "save", **answers) if answers else section


def gone(client):
    return client.get("/c/aaaaaaaaaaaaaaaaaaaaaaaaaa").content


def test_the_word_is_known_however_it_is_written_and_kept_by_nobody(clinic, episode):
    word = links.choose_safe_word(episode.patient, word=WORD, by=clinic.aftercare)
    assert word.is_it("  CAFE azul!") and not word.is_it("cafe") and not word.is_it("")
    again = links.choose_safe_word(episode.patient, word="Green Kettle", by=clinic.aftercare)
    word.refresh_from_db()
    assert word.dropped_at and word.word_hash == "" and again.is_it("green  kettle")
    with refused("word_dropped"):
        links.drop_safe_word(word, by=clinic.aftercare)
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(to_jsonb(row)::text, '') FROM aftercare_safewordhistory row")
        assert "hash" not in cursor.fetchone()[0]


KNOWN = [
    ("abc", "", "word_too_short"),
    ("- -- -", "", "word_too_short"),
    ("kettle " * 20, "", "word_too_long"),
    ("María Pérez", "", "word_is_known"),
    ("perez", "", "word_is_known"),
    ("2/3/1990", "", "word_is_known"),
    ("03021990", "", "word_is_known"),
    ("1990-02-03", "", "word_is_known"),
    ("555 0199", "", "word_is_known"),
    ("blue teapot", "it is Blue Teapot", "hint_gives_it_away"),
]


def test_a_word_that_others_know_is_refused(clinic, episode):
    patients.amend(episode.patient, legal_name="Maria Perez", birth_date=date(1990, 2, 3), by=clinic.intake)
    patients.add_contact_point(episode.patient, channel="phone", value="+12125550199", by=clinic.intake)
    for word, hint, code in KNOWN:
        with refused(code):
            links.choose_safe_word(fresh(episode.patient), word=word, hint=hint, by=clinic.aftercare)


def test_links_go_only_to_who_chose_a_word_and_the_token_is_nowhere_in_the_database(clinic, episode):
    assert links.issue(current(), at=timezone.now()) is None
    link = a_link(episode, clinic)
    assert a_link(episode, clinic) == link
    assert re.fullmatch(r"/c/[2-9a-z]{26}", path(link))
    with connection.cursor() as cursor:
        for table in ("aftercare_checkinlink", "aftercare_checkinlinkhistory"):
            cursor.execute(f"SELECT string_agg(to_jsonb(row)::text, '') FROM {table} row")
            assert link.token() not in cursor.fetchone()[0]


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_check_in_is_answered_on_the_page(clinic, episode, client, language):
    patients.amend(episode.patient, language=language, by=clinic.intake)
    link, first = a_link(episode, clinic), current()
    words = pages._words()[language]
    gate = client.get(path(link))
    assert words["ask_word"] in said(gate) and "Maria" not in said(gate) and words["who_is_told"] not in said(gate)
    assert words["wrong"] in said(entered(client, link, word="blue"))
    before = entered(client, link)
    for told in ("who_reads", "not_watched", "who_is_told", "at_once", "saved", "numbers_title"):
        assert words[told] in said(before)
    page, weight = go_on(client, link, before), len(before.content)
    answers = {"craving": "35", "ketamine_days": "0", "used_other": "no", "safe_now": "yes", "confidence": "3",
               "medication": "1", "wants_call": "no", "text": "zebra"}  # fmt: skip
    for _ in range(20):
        weight = max(weight, len(page.content))
        assert "zebra" not in said(page) and words["not_watched"] in said(page)
        if words["last"] in said(page):
            break
        page = go_on(client, link, page, "save", **answers)
    assert words["thanks"] in said(go_on(client, link, page, "send"))
    [answer] = Answer.objects.filter(check_in=first)
    assert (answer.how, answer.craving, answer.given["safe_now"], answer.text) == ("link", 35, True, "zebra")
    assert fresh(first).outcome == "answered" and current() != first
    assert weight < 50_000
    assert len(owed(episode, "read_message")) == 1
    # Once: whoever opens it again, with the word or without, reads that it was sent.
    for page in (client.get(path(link)), entered(client, link)):
        assert words["thanks"] in said(page) and "<form" not in said(page)
    assert Answer.objects.filter(check_in=first).count() == 1


@pytest.mark.parametrize(("wish", "said_back"), [("fewer", "thanks_fewer"), ("rest", "thanks_rest"), ("", "thanks")])
@pytest.mark.parametrize("language", ["en", "es"])
def test_on_the_last_page_they_say_how_often_they_want_to_be_asked(
    clinic, episode, client, language, wish, said_back
):
    patients.amend(episode.patient, language=language, by=clinic.intake)
    link, words, plan = a_link(episode, clinic), pages._words()[language], episode.aftercare_plans.get()
    page = a_section(client, link)
    while words["last"] not in said(page):
        assert 'name="wish"' not in said(page)
        page = go_on(client, link, page, "save", craving="10", ketamine_days="0", used_other="no", safe_now="yes")
    assert words["wish_rest"] in said(page) and "checked" not in said(page)
    form = {"step": "send", "pass": passed(page), "wish": wish, "l": language}
    assert words[said_back] in said(client.post(path(link), form))
    assert Answer.objects.get().given["craving"] == 10
    assert (fresh(plan).pace, plan.pauses.exists()) == (2 if wish == "fewer" else 1, wish == "rest")
    if wish == "rest":
        assert current().due_at > timezone.now() + timedelta(days=13)


def test_who_used_just_now_is_talked_with_before_they_rest(clinic, episode, client):
    link, plan = a_link(episode, clinic), episode.aftercare_plans.get()
    page = a_section(client, link)
    while pages._words()["en"]["last"] not in said(page):
        page = go_on(client, link, page, "save", craving="10", used_other="no", safe_now="yes", ketamine_days="2")
    page = client.post(path(link), {"step": "send", "pass": passed(page), "wish": "rest"})
    assert pages._words()["en"]["thanks_left"] in said(page)
    assert fresh(plan).tier == "red" and not plan.pauses.exists() and owed(episode, "read_message")


def test_a_question_that_must_be_answered_is_asked_again_by_name(clinic, episode):
    check_in = current()
    _, wrong = drafts.take_down(check_in, {"safe_now": ""}, by=clinic.aftercare, at=timezone.now())
    assert {key: code_of(refusal) for key, refusal in wrong.items()} == {"safe_now": "required"}
    draft, wrong = drafts.take_down(check_in, {"safe_now": "yes"}, by=clinic.aftercare, at=timezone.now())
    assert not wrong and draft.given["safe_now"] is True


def test_the_page_needs_no_cookie_and_leaves_nothing_behind(clinic, episode, client):
    link = a_link(episode, clinic)
    for page in (client.get(path(link)), entered(client, link), a_section(client, link)):
        assert not page.cookies
        assert page["Cache-Control"].startswith("no-store") and page["Referrer-Policy"] == "no-referrer"
        assert "noindex" in page["X-Robots-Tag"]
        policy = page["Content-Security-Policy"]
        assert (
            "default-src 'none'" in policy
            and "unsafe" not in policy
            and "'self'" not in policy.split("script-src")[1].split(";")[0]
        )
        assert not re.findall(r'(?:src|srcset|action)="', said(page))


def test_what_was_typed_is_never_shown_again(clinic, episode, client):
    link = a_link(episode, clinic)
    a_section(client, link, craving="77", used_other="yes", safe_now="yes")
    assert AnswerDraft.objects.open().get().given == {"craving": 77, "used_other": True, "safe_now": True}
    again = a_section(client, link)
    assert not re.search(r"""["'>]\s*77\s*["'<]""", said(again)) and "checked" not in said(again)
    assert 'value="craving"' not in said(again) and 'value="other_use"' in said(again)


def test_what_cannot_be_read_is_asked_again_and_kept_on_the_page(clinic, episode, client):
    link = a_link(episode, clinic)
    page = a_section(client, link, craving="a lot", used_other="no", safe_now="yes")
    assert "from 0 to 100" in said(page) and "a lot" in said(page)
    assert AnswerDraft.objects.open().get().given == {"used_other": False, "safe_now": True}
    page = go_on(client, link, page, "save")
    assert "Please answer this one." in said(page)
    assert go_on(client, link, page, "send").status_code == 200


def test_the_fifth_wrong_word_locks_the_link_and_somebody_calls(clinic, episode, client):
    link = a_link(episode, clinic)
    for _ in range(4):
        assert entered(client, link, word="no idea").status_code == 200
    assert entered(client, link, word="no idea").content == gone(client)
    assert entered(client, link).content == gone(client)
    [call] = [duty for duty in owed(episode, "contact") if "wrong words" in duty.note]
    assert call.owner == clinic.aftercare
    assert links.issue(current(), at=timezone.now()) is None  # no second one to go on guessing


def test_wrong_over_withdrawn_and_unknown_links_look_the_same(clinic, episode, client):
    link = a_link(episode, clinic)
    unknown = gone(client)
    almost = link.token()[:-1] + ("3" if link.token().endswith("2") else "2")
    pages_seen = [
        client.get("/c/zz"),
        client.get(f"/c/{almost}"),
        client.post("/c/zz", {"step": "enter"}),
    ]
    CheckInLink.objects.filter(pk=link.pk).update(expires_at=timezone.now())
    pages_seen.append(client.get(path(link)))
    CheckInLink.objects.filter(pk=link.pk).update(expires_at=given.ago(days=-9))
    assert client.get(path(link)).content != unknown
    links.drop_safe_word(SafeWord.objects.get(), by=clinic.aftercare)
    pages_seen.append(client.get(path(link)))
    assert all((page.status_code, page.content) == (404, unknown) for page in pages_seen)


def test_a_pass_opens_its_own_link_for_half_an_hour(clinic, episode, client, monkeypatch):
    link = a_link(episode, clinic)
    page = entered(client, link)
    other = pages.PASS.sign("another link")
    form = {"step": "save", "asked": "craving", "q.craving": "50"}
    assert pages._words()["en"]["ask_word"] in said(client.post(path(link), {**form, "pass": other}))
    monkeypatch.setattr(pages, "IDLE", -1)
    assert pages._words()["en"]["closed_meanwhile"] in said(client.post(path(link), {**form, "pass": passed(page)}))
    assert not AnswerDraft.objects.exists()


def test_danger_calls_somebody_in_before_the_rest_is_said_and_shows_numbers_at_once(clinic, episode, client):
    link = a_link(episode, clinic)
    page = a_section(client, link, craving="90", used_other="no", safe_now="no")
    [alarm] = owed(episode, "critical_contact")
    assert alarm.due_at <= timezone.now() and "not safe" in alarm.note
    assert pages._words()["en"]["now_title"] in said(page) and 'href="tel:988"' in said(page)
    assert not Answer.objects.exists()
    page = a_section(client, link)
    assert pages._words()["en"]["now_title"] in said(page)  # also when reopened
    go_on(client, link, page, "send")
    assert Answer.objects.get().given["safe_now"] is False and fresh(alarm).is_open()


def test_asking_to_be_called_sends_in_what_was_saved(clinic, episode, client):
    link = a_link(episode, clinic)
    page = a_section(client, link, craving="10", used_other="no", safe_now="yes")
    assert pages._words()["en"]["thanks_call"] in said(go_on(client, link, page, "call"))
    answer = Answer.objects.get()
    assert answer.wants_call and answer.craving == 10
    assert [duty.note for duty in owed(episode, "contact")] == ["asked for a call"]


def test_what_was_left_unfinished_is_sent_in_by_itself(clinic, episode, client):
    a_section(client, a_link(episode, clinic), craving="80", used_other="no", safe_now="yes")
    assert drafts.gather(timezone.now() + timedelta(hours=11)) == 0
    later = timezone.now() + timedelta(hours=13)
    assert drafts.gather(later) == 1 and drafts.gather(later) == 0
    assert Answer.objects.get().given == {"craving": 80, "used_other": False, "safe_now": True}
    assert AnswerDraft.objects.get().given == {} and CheckInLink.objects.get().ended_how == "sent"


def test_a_late_answer_counts_and_one_given_otherwise_ends_the_link(clinic, episode, client):
    link, check_in = a_link(episode, clinic), current()
    late = check_in.due_at + timedelta(days=3)
    duties.tick(check_in.due_at + timedelta(hours=25))
    check_ins.turn(late)
    assert fresh(check_in).outcome == "missed_by_us"  # no message went out
    assert owed(episode, "contact")
    page = a_section(client, link, craving="20", used_other="no", safe_now="yes")
    go_on(client, link, page, "send")
    assert Answer.objects.get().check_in == check_in
    assert not owed(episode, "contact")
    second = links.issue(current(), at=timezone.now())
    check_ins.answer(current(), how="call", craving=5, by=clinic.aftercare)
    assert client.get(path(second)).content == gone(client)


def test_the_access_log_names_the_person_and_not_the_address(clinic, episode, client):
    link = a_link(episode, clinic)
    entered(client, link, word="wrong")
    event = AccessEvent.objects.order_by("-id").first()
    assert (event.path, event.patients, event.code) == ("/c/", [episode.patient_id], "wrong_word")
    assert (event.user, event.username) == (User.objects.system().pk, "person by link")
    assert not AccessEvent.objects.filter(path__contains=link.token()).exists()


def test_one_link_is_not_opened_without_end(clinic, episode, client, monkeypatch):
    monkeypatch.setattr(pages, "A_MINUTE", 2)
    link = a_link(episode, clinic)
    assert [client.get(path(link)).status_code for _ in range(3)] == [200, 200, 429]


FORMS = [
    {"step": "enter"},
    {"step": "enter", "word": "x\x00" * 500},
    {"step": "save", "pass": "a:b:c"},
    {"step": "nonsense", "pass": "\udcff".encode("utf-8", "surrogatepass")},
    {"l": "xx", "step": ["enter", "save"]},
]


def test_nothing_that_is_sent_breaks_the_page(clinic, episode, client):
    for form in FORMS:
        assert client.post(path(a_link(episode, clinic)), form).status_code == 200
    link = a_link(episode, clinic)
    page = a_section(client, link, craving="\x00", used_other=["yes", "no"], safe_now="9" * 4000, unknown="1")
    assert page.status_code == 200
    plain_form = {"content_type": "application/x-www-form-urlencoded"}
    assert client.post(path(link), "%zz=%00&&=", **plain_form).status_code == 200
    assert client.post(path(link), "x" * 70_000, **plain_form).status_code == 413


def test_sent_twice_at_the_same_moment_it_is_one_answer(committed_clinic, run_both):
    clinic = committed_clinic
    link = a_link(given.in_aftercare(clinic, at=given.ago(days=2)), clinic)
    links.save(link, {"craving": "20"}, by=clinic.aftercare)
    results = run_both(*[lambda: links.send_in(link, by=clinic.aftercare)] * 2)
    assert sorted(code_of(one.error) if one.error else "sent" for one in results) == ["link_over", "sent"]
    assert Answer.objects.count() == 1
