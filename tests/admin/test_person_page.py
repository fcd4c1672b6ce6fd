"""One page per person: who they are, what comes next, what happened, and what cannot be done now and why."""

from duties.models import Duty
from tests import given
from tests.then import fresh, refused
from treatment.actions import observations

from .conftest import address


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
            lambda: given.placements.move(episode, **elsewhere),
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
