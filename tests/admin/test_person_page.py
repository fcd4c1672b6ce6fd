"""One page per person: who they are, what comes next, what happened, and what cannot be done now and why."""

import re

from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import actions as accounts
from aftercare.actions import closings
from duties.models import Duty, DutyEvent
from messaging import actions as messaging
from patients import actions as patients
from tests import given
from tests.then import fresh, refused
from treatment.actions import (
    beds,
    departures,
    groups,
    observations,
    offers,
    programs,
    proposals,
    toxicology,
    transfers,
    uses,
    waiting,
)
from treatment.models import HarmReductionOffer, Program, Session

from .conftest import TABS, address


def buttons(client, row):
    """{words on the button: why it cannot be pressed}, as the row's page has them."""
    return {link["label"]: link["why_not"] for link in client.get(address(row)).context["verbs"]}


def test_what_cannot_be_done_is_shown_with_the_reason_the_action_gives(clinic, sign_in):
    episode = given.self_referred(clinic)
    given.asked(episode, clinic)
    client = sign_in(clinic.supervisor)
    elsewhere = {"program": clinic.outpatient, "by": clinic.nurse}
    found = buttons(client, episode)
    assert found["Complete the intake"] == "" and found["Admit"] == ""
    for label, verb in (
        ("Discharge", lambda: given.discharges.discharge(episode, reason="1", by=clinic.counselor)),
        ("Record the talk", lambda: given.discharges.talk(episode, outcome="accepted", by=clinic.counselor)),
        (
            "Move to another program",
            lambda: given.moved(episode, **elsewhere),
        ),
    ):
        assert found[label] == "This cannot be done while the person is at “intake”."
        with refused("wrong_stage"):
            verb()
    assert found["Back from hospital"] == found["Not coming back"] == "The person is not away."
    text = client.get(address(episode)).content.decode()
    assert "Not possible now, and why" in text and "disabled>Discharge</button>" in text
    assert not any(link["primary"] and link["why_not"] for link in client.get(address(episode)).context["verbs"])


def test_a_closed_duty_offers_nothing_more(clinic, sign_in):
    duty = given.self_referred(clinic).duties.get()
    given.a_call_owed(duty.episode, clinic)
    given.duties.resolve(duty, by=clinic.nurse)
    found = buttons(sign_in(clinic.supervisor), fresh(duty))
    assert set(found.values()) == {"This duty was closed as “done”."}
    still = buttons(sign_in(clinic.supervisor), Duty.objects.open().get())
    assert still["Done"] == "" and still["Go on now"] == "This duty is not suspended."


def test_an_emergency_shows_on_every_page_of_it_with_sending_out_one_click_away(clinic, sign_in):
    episode = given.a_handover(clinic, respiratory_rate=8).episode
    client = sign_in(clinic.nurse)
    warning = episode.emergency_warnings.get()
    for row in (episode, episode.handovers.get(), warning):
        page = client.get(address(row)).content.decode()
        assert "Call emergency services now: breathing under 10 a minute." in page
        assert address(episode, "do", "send-out") in page
    observations.answer_warning(warning, answer="counted again: 14", by=clinic.nurse)
    assert "Call emergency services now: " not in client.get(address(episode)).content.decode()


def test_the_head_says_whether_treatment_may_begin_and_what_cannot_wait(clinic, sign_in):
    client = sign_in(clinic.nurse)

    def head(row):
        return dict(client.get(address(row)).context["person"].elements)

    arrived = given.a_handover(clinic).episode
    assert head(arrived.patient)["clearance"] == '<span class="tl-faint">not cleared</span>'
    assert "danger" not in head(arrived.patient)
    given.cleared_again(arrived, clinic)
    assert head(arrived.patient)["clearance"].startswith("cleared until")
    given.asked(arrived, clinic, thoughts=True)
    assert "Danger of suicide" in head(arrived.patient)["danger"]
    observations.observe(arrived, respiratory_rate=8, by=clinic.nurse)
    assert "Emergency" in head(arrived.patient)["danger"]
    old = given.engaging(clinic, "Tess", at=given.ago(days=4))
    assert "clearance lapsed" in head(old.patient)["clearance"]
    departures.report_missing(old, kind="against_advice", by=clinic.nurse)
    assert "Being looked for" in head(old.patient)["danger"]
    young = given.in_outpatient(clinic, "Yve")
    patients.amend(young.patient, birth_date=given.ago(days=15 * 366).date(), by=clinic.intake)
    assert "for 18 and over" not in head(young.patient)["placement"]
    Program.objects.update(min_age=18)
    assert "for 18 and over" in head(young.patient)["placement"]


def tab(client, person, name, **asked):
    """A tab of the person's page, and how many statements it took."""
    with CaptureQueriesContext(connection) as taken:
        answer = client.get(address(person), {"tab": name, **asked})
    assert answer.status_code == 200, name
    return answer, len([query for query in taken.captured_queries if "SAVEPOINT" not in query["sql"]])


def test_every_tab_has_its_address_and_shows_what_it_is_for(clinic, road, sign_in):
    client = sign_in(clinic.nurse)
    for name in TABS:
        answer, _ = tab(client, road.away.patient, name)
        text = answer.content.decode()
        assert f'href="?tab={name}" aria-current="page"' in text and text.count('aria-current="page"') == 1
        assert "tl-person" in text, "the head stands on each"
        assert text.count('class="tl-verb tl-first"') <= 1, "one primary verb a page"
    now = client.get(address(road.away.patient)).context
    assert now["tab"].slug == "now" and now["thread"]["row"] == road.away
    assert "Not coming back" in [link["label"] for link in now["thread"]["verbs"] if link["can"]]
    record = tab(client, road.away.patient, "record")[0].context
    assert record["facts"] and not record["thread"] and not record["timeline"]
    assert tab(client, road.away.patient, "gossip")[0].context["tab"].slug == "now"


def test_the_timeline_is_narrowed_and_paged_by_its_address(clinic, road, sign_in):
    client = sign_in(clinic.nurse)
    whole = tab(client, road.patient, "timeline")[0].context["timeline"]
    older = client.get(address(road.patient) + whole["older"]).context["timeline"]
    assert older["newest"] and older["entries"][0]["day"] <= whole["entries"][-1]["day"]
    some = tab(client, road.patient, "timeline", kinds=["sessions", "notes"], since="2000-01-01")[0].context[
        "timeline"
    ]
    assert {entry["kind"] for entry in some["entries"]} == {"sessions", "notes"} and some["narrowed"]
    assert "Note signed: individual session" in {entry["words"] for entry in some["entries"]}
    assert all(entry["url"] for entry in some["entries"] if entry["kind"] == "sessions")
    mine = tab(client, road.patient, "timeline", by=clinic.aftercare.pk)[0].context["timeline"]
    assert {entry["by"] for entry in mine["entries"]} == {clinic.aftercare}
    past = tab(client, road.patient, "timeline", until="2001-01-01", by="nobody")[0]
    assert not past.context["timeline"]["entries"] and "Show everything to see the rest" in past.content.decode()
    assert client.get(address(road.patient), {"tab": "timeline", "before": "x~1~2"}).status_code == 404
    assert client.get(address(road.patient), {"tab": "timeline", "since": "2026-02-31"}).status_code == 200


def test_five_years_take_no_more_statements_than_a_day(clinic, sign_in):
    episode, client = given.in_bed(clinic, at=given.ago(days=1)), sign_in(clinic.nurse)

    def bulk(days):
        Session.objects.bulk_create(
            Session(
                patient=episode.patient,
                facility=clinic.here,
                episode=episode,
                kind="individual",
                started_at=at,
                ended_at=at,
                attendance="attended",
                logged_at=at,
                logged_by=clinic.counselor,
            )
            for at in (given.ago(days=day) for day in days)
        )
        duty = episode.duties.first()
        DutyEvent.objects.bulk_create(
            DutyEvent(duty=duty, patient=episode.patient, kind="tried", at=given.ago(days=day), by=clinic.nurse)
            for day in days
        )

    bulk(range(2, 12))
    for name in TABS:
        tab(client, episode.patient, name)
    few = {name: tab(client, episode.patient, name)[1] for name in TABS}
    bulk(range(12, 1800))
    assert {name: tab(client, episode.patient, name)[1] for name in TABS} == few
    assert max(few.values()) <= 55, few


def test_the_head_never_scrolls_away_and_says_what_was_not_asked(clinic, sign_in):
    episode = given.self_referred(clinic)
    text = sign_in(clinic.nurse).get(address(episode.patient)).content.decode()
    assert "llergies not asked" in text
    assert re.search(r"\.tl-person \{[^}]*position: sticky; top: 0", text)


def test_what_is_about_ketamine_is_prompted_only_where_ketamine_is_used(clinic, sign_in):
    episode = given.self_referred(clinic)
    given.using(episode.patient, clinic, "0201")
    client = sign_in(clinic.nurse)
    asks = {"Log the bladder": episode, "Ketamine is prescribed": episode.patient}

    def kinds():
        links = {label: client.get(address(row)).context["verbs"] for label, row in asks.items()}
        return [link["can"] for label, found in links.items() for link in found if link["label"] == label]

    assert kinds() == ["unasked", "unasked"]
    assert "Also possible (" in client.get(address(episode)).content.decode()
    given.using(episode.patient, clinic, "2004")
    assert kinds() == ["now", "now"]


def test_what_can_be_done_about_the_person_waits_below_what_their_thread_asks_for(clinic, sign_in):
    episode = given.self_referred(clinic)
    client = sign_in(clinic.nurse)
    text = client.get(address(episode.patient)).content.decode()
    assert text.index(">Clear<") < text.index("About the person (") < text.index("Record an allergy")
    text = client.get(address(episode.patient), {"tab": "record"}).content.decode()
    assert "About the person (" not in text and "Record an allergy" in text


def test_what_is_over_shows_no_button_that_would_refuse(clinic, sign_in):
    """An offer that was made, a wait, a search, a summary that was signed, a report that was wrong."""
    made = given.owed_for_use(clinic, HarmReductionOffer)
    assert not buttons(sign_in(clinic.nurse), made)["Offered"]
    uses.offer_harm_reduction(made, offered=["safer_route"], response="declined", by=clinic.nurse)
    waits = given.waiting(clinic, "Wim")
    offered = offers.offer_place(waits, by=clinic.intake)
    offers.withdraw_offer(offered, reason="a mistake", by=clinic.intake)
    waiting.leave_wait_list(waits, because="declined", by=clinic.intake)
    gone = departures.found(given.missing(clinic, "Mia"), by=clinic.nurse)
    left = given.leave(given.in_outpatient(clinic, "Lea"), clinic)
    dead = closings.report_death(left.patient, facility=clinic.here, told_by="a friend", by=clinic.nurse)
    closings.withdraw_death_report(dead, reason="she called", by=clinic.supervisor)
    for row, user, labels in (
        (made, clinic.nurse, ["Offered"]),
        (waits, clinic.nurse, ["I called", "Raise the priority", "Take off the wait list", "Offer a place"]),
        (offered, clinic.nurse, ["The person comes: admit", "The person declines", "Take the offer back"]),
        (gone, clinic.prescriber, ["Decide the risk", "The police were told", "Found, or safe", "Stop looking"]),
        (left, clinic.counselor, ["Write the summary", "Sign the summary"]),
        (dead, clinic.supervisor, ["Confirm the death", "The person is alive"]),
    ):
        said = buttons(sign_in(user), row)
        assert all(said[label] for label in labels), (row, said)


def test_what_waits_for_something_else_shows_no_button_that_would_refuse(clinic, sign_in):
    """A program with people in it, an assessment that is no draft, what is signed, lifted, proposed or over."""
    stays = given.in_bed(clinic)
    draft = given.level_assessed(stays, clinic, signed=False, recommended="")
    signed = given.level_assessed(given.in_bed(clinic, 1, "Jo"), clinic)
    group = given.a_group(clinic, stays)
    groups.sign_group(group, by=clinic.counselor)
    session = group.sessions.get()
    silent = messaging.opt_out(stays.patient, how="said so", by=clinic.nurse).opt_out
    messaging.lift_opt_out(silent, by=clinic.nurse)
    proposals.propose_discharge(
        stays, grounds=["violence"], what_happened="A fight.", alternative="Pier", by=clinic.counselor
    )
    bed = clinic.beds[2]
    block = beds.unblock(beds.block(bed, reason="repair", by=clinic.nurse), by=clinic.nurse)
    beds.block(bed, reason="repair", by=clinic.nurse)
    left = given.leave(given.in_outpatient(clinic, "Lea"), clinic)
    closed = programs.close_program(clinic.outpatient, by=clinic.admin)
    dead = given.self_referred(clinic, "Dee").patient
    closings.report_death(dead, facility=clinic.here, told_by="a friend", by=clinic.nurse)
    given.an_allergy(dead, clinic)
    of_group = ["Write what they share", "Sign all my notes", "What each worked on", "Entered in error"]
    for row, user, labels, live in (
        (clinic.residential, clinic.supervisor, ["Close the program", "Open the program again"], []),
        (closed, clinic.supervisor, ["Close the program", "Schedule an assessment"], ["Open the program again"]),
        (draft, clinic.counselor, ["Sign"], ["Change the draft"]),
        (signed, clinic.counselor, ["Change the draft", "Sign"], ["Entered in error"]),
        (group, clinic.counselor, of_group, []),
        (session, clinic.counselor, ["Correct"], []),
        (silent, clinic.nurse, ["Wants messages again"], []),
        (stays, clinic.counselor, ["Propose to end treatment"], ["Discharge"]),
        (left.placement, clinic.nurse, ["Set the expected end"], []),
        (stays.patient.bed_stays.get(), clinic.nurse, [], ["Move to another bed"]),
        (clinic.beds[0], clinic.nurse, ["Block the bed"], []),
        (bed, clinic.nurse, ["Block the bed"], []),
        (block, clinic.nurse, ["Unblock"], []),
        (dead, clinic.nurse, ["Report a death", "No known allergies"], []),
    ):
        said = buttons(sign_in(user), row)
        assert all(said[label] for label in labels), (row, said)
        assert not any(said[label] for label in live), (row, said)


def test_what_is_under_way_already_is_not_offered_again(clinic, sign_in):
    """A second plan, pause, search, transfer, offer, schedule, referral; a shift that was called off."""
    there = given.in_aftercare(clinic, "Mo")
    plan = there.aftercare_plans.get()
    given.a_pause(plan, clinic)
    away = given.on_leave(clinic, "Al", left=given.ago(minutes=5)).episode
    test = given.found(given.a_test(away, clinic, method="immunoassay"), clinic, ketamine=500)
    toxicology.confirm(test, method="lcms", by=clinic.nurse)
    given.tested_at_random(away, clinic)
    given.referred(away, clinic)
    gone = given.missing(clinic, "Mia").episode
    young = given.ready(clinic, "Yara")
    transfers.refer_elsewhere(young, kind="youth_service", destination="Pier", by=clinic.intake)
    waits = given.waiting(clinic, "Wim")
    offers.offer_place(waits, by=clinic.intake)
    shift = given.on_call(clinic)
    accounts.cancel_shift(shift, reason="ill", by=clinic.supervisor)
    for row, user, labels, live in (
        (there, clinic.aftercare, ["Begin check-ins"], []),
        (plan, clinic.counselor, ["Let check-ins rest", "Lower the tier"], ["Raise the tier"]),
        (away, clinic.nurse, ["Doses while away", "Begin random tests"], []),
        (away, clinic.prescriber, ["Refer to urology"], []),
        (test, clinic.nurse, ["Send to be confirmed"], []),
        (gone, clinic.nurse, ["Report missing or left"], []),
        (young, clinic.intake, ["Refer elsewhere"], []),
        (waits, clinic.intake, ["Offer a place"], ["Take off the wait list"]),
        (shift, clinic.supervisor, ["Somebody else stands it", "Call it off"], []),
    ):
        said = buttons(sign_in(user), row)
        assert all(said[label] for label in labels), (row, said)
        assert not any(said[label] for label in live), (row, said)
