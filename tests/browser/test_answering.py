"""The page people answer on, in a browser: in both languages, with scripts and without, on a small old screen."""

from contextlib import suppress

import pytest
from django.utils import timezone
from playwright.sync_api import Error

from aftercare import pages
from aftercare.actions import links
from aftercare.models import Answer, CheckIn
from messaging.channels import email
from patients import actions as patients
from tests import given

from .conftest import follow
from .test_pages import barriers


@pytest.fixture(params=["light"])
def look(request):
    """The page has one look."""
    return request.param


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
@pytest.mark.parametrize("language", ["en", "es"])
def test_somebody_answers_leaves_comes_back_and_sends(
    committed_clinic, chromium, served, settings, language, scripts
):
    settings.PUBLIC_URL = served.url
    settings.EXIT_URL = f"{served.url}/health/"
    words = pages._words()[language]
    episode = given.in_aftercare(committed_clinic, at=given.ago(days=2))
    patients.amend(episode.patient, language=language, by=committed_clinic.intake)
    links.choose_safe_word(episode.patient, word="green kettle", hint="kitchen", by=committed_clinic.aftercare)
    link = links.address(links.issue(CheckIn.objects.get(), at=timezone.now()))
    window = chromium.new_context(viewport={"width": 320, "height": 480}, java_script_enabled=scripts)
    weights, wrong, asked_for = [], [], []
    window.on("request", lambda sent: asked_for.append(sent.url))
    window.on("weberror", lambda error: wrong.append(str(error.error)))
    page = window.new_page()

    def looked_at():
        """Whatever stands on the page now: readable, in its width, big enough for a thumb."""
        weights.append(len(page.content().encode()))
        if scripts:
            wrong.extend(barriers(page))
        assert page.evaluate("document.documentElement.scrollWidth") <= 320 if scripts else True
        small = [one for one in page.locator("button, .pick, .leave").all() if one.bounding_box()["height"] < 44]
        assert not small
        assert page.locator("html").get_attribute("lang") == language

    def through_the_gate():
        page.goto(link)
        looked_at()
        page.get_by_label(words["ask_word"]).fill("Green  KETTLE")
        follow(page, page.get_by_role("button", name=words["open"]))
        page.get_by_text(words["not_watched"]).first.wait_for()
        looked_at()
        follow(page, page.get_by_role("button", name=words["begin"]))

    through_the_gate()
    page.locator("[name='q.craving']").fill("61")
    for one in page.locator("fieldset").all():
        one.locator("input").nth(0 if one.locator("[name='q.safe_now']").count() else 1).check()
    days = page.locator("[name='q.ketamine_days']")
    if days.count():
        days.fill("0")
    follow(page, page.get_by_role("button", name=words["go_on"]))
    looked_at()

    # Away at once, and the way back shows nothing: what was posted is in no cache, and the browser says so.
    page.locator("#leave").click()
    page.wait_for_url(settings.EXIT_URL)
    with suppress(Error):
        page.go_back()
    assert page.locator("[name='q.craving']").count() == 0

    page = window.new_page()
    through_the_gate()
    assert page.locator("[name='q.craving']").count() == 0
    assert not [one for one in page.locator("input[type=number], textarea").all() if one.input_value()]
    assert page.locator("input:checked").count() == 0
    # In the other language and back.
    other = {"en": "es", "es": "en"}[language]
    follow(page, page.get_by_role("button", name=words["other"]))
    assert page.locator("html").get_attribute("lang") == other
    follow(page, page.get_by_role("button", name=pages._words()[other]["other"]))
    for _ in range(20):
        looked_at()
        if page.get_by_role("button", name=words["send"], exact=True).count():
            break
        follow(page, page.get_by_role("button", name=words["go_on"]))
    follow(page, page.get_by_role("button", name=words["send"], exact=True))
    page.get_by_text(words["thanks"]).wait_for()
    looked_at()
    assert Answer.objects.get().craving == 61
    page.goto(link)
    page.get_by_text(words["thanks"]).wait_for()
    assert page.locator("form").count() == 0

    # The link in an email that says no more: asked once more, and then done.
    page.goto(email.stop_address(episode.patient.contact_points.get().pk))
    looked_at()
    follow(page, page.get_by_role("button", name=words["stop_button"]))
    page.get_by_text(words["stopped"]).wait_for()
    looked_at()
    assert not CheckIn.objects.open().exists()
    assert max(weights) <= 50_000 and not wrong, wrong
    assert all(url.startswith((served.url, "data:")) for url in asked_for)
    assert not window.cookies()
    window.close()
