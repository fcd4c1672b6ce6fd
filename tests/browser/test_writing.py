"""A note is kept while it is written: through a closed laptop, an expired session, a second tab."""

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import expect

from tests import given
from tests.admin.conftest import address
from treatment.actions import sessions

from .conftest import follow

NAME = settings.SESSION_COOKIE_NAME


@pytest.fixture
def look():
    """Only one."""
    return "light"


@pytest.fixture
def note(committed_clinic):
    """A draft of the counselor's."""
    return given.a_session(given.in_bed(committed_clinic), committed_clinic, text="Slept badly.")


def written(page):
    """The note's own box on the page, and what the page says of it."""
    return page.get_by_label("The note"), page.locator(".tl-state")


def test_what_is_typed_is_there_when_the_page_is_opened_again(committed_clinic, open_page, note):
    page = open_page(address(note), committed_clinic.counselor)
    text, state = written(page)
    text.fill("Slept well, and ate.")
    expect(state).to_contain_text("Saved", timeout=15_000)
    page.close()  # the laptop is shut; nothing was pressed
    page = open_page(address(note), committed_clinic.counselor)
    expect(written(page)[0]).to_have_value("Slept well, and ate.")
    kept = page.evaluate("JSON.stringify(localStorage) + JSON.stringify(sessionStorage)")
    assert "Slept" not in kept
    assert page.wrong == []


def test_an_expired_session_is_told_and_what_was_typed_is_saved_after_signing_in_again(
    committed_clinic, open_page, served, note
):
    counselor = committed_clinic.counselor
    page = open_page(address(note), counselor)
    text, state = written(page)
    page.context.clear_cookies(name=NAME)
    text.fill("Written after it expired.")
    expect(state).to_contain_text("you are signed out", timeout=15_000)
    expect(text).to_have_value("Written after it expired.")
    counselor.set_password("green kettle 7")
    counselor.save()
    door = page.context.new_page()  # where everything a page knew of its session is new
    door.goto(served.url + reverse("admin:login"))
    door.locator("[name=username]").fill(counselor.username)
    door.locator("[name=password]").fill("green kettle 7")
    follow(door, door.get_by_role("button", name="Log in"))
    expect(state).to_contain_text("Saved", timeout=20_000)
    note.refresh_from_db()
    assert note.text == "Written after it expired."


def test_a_second_tab_is_told_and_either_text_may_be_kept(committed_clinic, open_page, note):
    page = open_page(address(note), committed_clinic.counselor)
    text, state = written(page)
    sessions.write(note, text="From another tab.", by=committed_clinic.counselor)
    text.fill("From this one.")
    expect(state).to_contain_text("changed in another tab", timeout=15_000)
    note.refresh_from_db()
    assert note.text == "From another tab."
    page.get_by_role("button", name="Keep what is here").click()
    expect(state).to_contain_text("Saved", timeout=15_000)
    note.refresh_from_db()
    assert note.text == "From this one."


def test_signing_first_saves_what_was_typed(committed_clinic, open_page, note):
    page = open_page(address(note), committed_clinic.counselor)
    written(page)[0].fill("Typed a moment ago.")
    page.get_by_role("link", name="Sign", exact=True).click()
    expect(page.locator(".tl-prose")).to_contain_text("Typed a moment ago.", timeout=15_000)
    follow(page, page.get_by_role("button", name="Sign", exact=True))
    note.refresh_from_db()
    assert note.signed_at and note.text == "Typed a moment ago."


def test_a_slash_goes_to_the_search(committed_clinic, open_page, note):
    page = open_page(address(note), committed_clinic.counselor)
    page.locator("body").press("/")
    assert page.evaluate("document.activeElement.id") == "nav-filter"
    text = written(page)[0]
    text.press("End")
    text.press("/")
    expect(text).to_have_value("Slept badly./")
