"""What people see, as a browser shows it: readable by everybody, in light and dark, with the keyboard alone."""

from itertools import pairwise

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from django.urls import reverse

from aftercare.models import CheckIn
from tests import given
from tests.admin.conftest import TABS, address, begin, go_the_road, listing
from treatment.models import Administration, Bed, Handover, Session

from .conftest import follow

TABLET = 768  # pixels wide, upright


def barriers(page):
    """What axe calls serious or critical, in words."""
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {one['help']}: {[node['html'][:160] for node in one['nodes'][:4]]}"
        for one in found
        if one["impact"] in {"serious", "critical"}
    ]


def test_nothing_on_any_page_keeps_anybody_out(committed_clinic, open_page):
    clinic = committed_clinic
    episode = go_the_road(clinic)
    staying = given.in_bed(clinic, bed=1, name="Sam", at=given.ago(days=3))
    note = given.a_session(staying, clinic, at=given.ago(days=1))
    order = given.on_rounds(staying, clinic)
    given.once(staying, clinic)
    given.as_needed(staying, clinic)
    pages = {
        "login": (reverse("admin:login"), None),
        "Today": (reverse("admin:index"), clinic.nurse),
        "Today of a counselor": (reverse("admin:index"), clinic.counselor),
        "Today of a supervisor": (reverse("admin:index"), clinic.supervisor),
        "bed board": (reverse("admin:bed_board"), clinic.nurse),
        "round sheet": (f"{reverse('admin:round_sheet')}?open={order.pk}", clinic.technician),
        "medication pass": (reverse("admin:medication_pass"), clinic.nurse),
        "paper sheet": (f"{reverse('admin:round_sheet')}?paper=1", clinic.technician),
        "beds": (listing(Bed), clinic.nurse),
        "call list": (reverse("admin:call_list"), clinic.counselor),
        "check-ins": (listing(CheckIn) + "?call=yes", clinic.aftercare),
        "verb": (address(staying, "do", "move"), clinic.nurse),
        "handover": (begin(Handover, "receive"), clinic.nurse),
        "everything they use": (address(episode.patient, "do", "screen-use"), clinic.nurse),
        "group to log": (address(clinic.residential, "do", "log-group"), clinic.counselor),
        "new session": (listing(Session), clinic.counselor),
        "note": (address(note), clinic.counselor),
        "signing": (address(note, "do", "sign"), clinic.counselor),
        "group": (address(given.a_group(clinic, staying)), clinic.counselor),
        **{name: (f"{address(episode.patient)}?tab={name}", clinic.nurse) for name in TABS},
    }
    found = {}
    for name, (where, user) in pages.items():
        page = open_page(where, user)
        found[name] = barriers(page) + page.wrong
        headings = [int(tag[1]) for tag in page.eval_on_selector_all("h1,h2,h3,h4", "all => all.map(e => e.tagName)")]
        if any(after > before + 1 for before, after in pairwise(headings)):
            found[name].append(f"headings out of order: {headings}")
        if (wide := page.evaluate("document.documentElement.scrollWidth")) > 1366:
            found[name].append(f"wider than the window: {wide}")
    assert not any(found.values()), "\n".join(f"{name}: {line}" for name, lines in found.items() for line in lines)


@pytest.fixture
def on_a_tablet(chromium, served):
    """`on_a_tablet(address, user)`: the page as somebody sees it who stands in the corridor, without scripts."""
    windows = []

    def on_a_tablet(where, user):
        client = Client()
        client.force_login(user)
        window = chromium.new_context(viewport={"width": TABLET, "height": 1024}, java_script_enabled=False)
        windows.append(window)
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value}
        window.add_cookies([{**cookie, "url": served.url}])
        page = window.new_page()
        page.goto(served.url + where)
        return page

    yield on_a_tablet
    for window in windows:
        window.close()


def too_small(page, what):
    """What a gloved finger would miss, in words."""
    return [one.inner_text() for one in page.locator(what).all() if one.bounding_box()["height"] < 44]


def right_edge(page, within):
    """How far to the right anything that is seen reaches."""
    boxes = [part.bounding_box() for part in page.locator(f"{within} *").all() if part.is_visible()]
    return max(box["x"] + box["width"] for box in boxes if box)


def test_the_round_sheet_fits_a_tablet_and_a_gloved_finger_without_scripts(committed_clinic, on_a_tablet):
    clinic = committed_clinic
    order = given.on_rounds(given.in_bed(clinic), clinic)
    page = on_a_tablet(reverse("admin:round_sheet"), clinic.technician)
    follow(page, page.get_by_role("link", name="I saw them"))
    assert not too_small(page, ".tl-rounds .tl-verb, .tl-rounds label")
    assert right_edge(page, ".tl-rounds") <= TABLET
    page.get_by_text("In a common room").click()
    page.get_by_text("Awake", exact=True).click()
    page.get_by_text("With others").click()
    follow(page, page.get_by_role("button", name="Write down"))
    assert order.entries.get().behavior == ["social"]


def test_the_medication_pass_fits_a_tablet_and_a_gloved_finger_without_scripts(committed_clinic, on_a_tablet):
    clinic = committed_clinic
    for bed, name in enumerate(("Sam", "Ann", "Bartholomew Featherstonehaugh")):
        episode = given.in_bed(clinic, bed=bed, name=name)
        given.once(episode, clinic, "acetaminophen", dose=500, indication="Pain")
        given.as_needed(episode, clinic)
    page = on_a_tablet(reverse("admin:medication_pass"), clinic.nurse)
    assert page.locator(".tl-pass").count() == 3
    assert not too_small(page, ".tl-pass .tl-verb, .tl-chip")
    assert right_edge(page, "#main") <= TABLET
    follow(page, page.locator(".tl-pass", has_text="Sam").get_by_role("button", name="Given").first)
    row = Administration.objects.get()
    assert (row.outcome, row.patient.preferred_name, row.administered_by) == ("given", "Sam", clinic.nurse)
    follow(page, page.locator(".tl-pass", has_text="Ann").get_by_role("link", name="Declined").first)
    follow(page, page.get_by_role("button", name="Not given"))
    assert Administration.objects.get(outcome="refused").patient.preferred_name == "Ann"
    assert page.locator(".tl-pass").count() == 3, "and the nurse is back where they were"
