"""What people see, as a browser shows it: readable by everybody, in light and dark, with the keyboard alone."""

from itertools import pairwise

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from django.urls import reverse

from aftercare.models import CheckIn
from tests import given
from tests.admin.conftest import TABS, address, begin, go_the_road, listing
from treatment.models import Bed, Handover, Session


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
    pages = {
        "login": (reverse("admin:login"), None),
        "Today": (reverse("admin:index"), clinic.nurse),
        "Today of a counselor": (reverse("admin:index"), clinic.counselor),
        "Today of a supervisor": (reverse("admin:index"), clinic.supervisor),
        "bed board": (reverse("admin:bed_board"), clinic.nurse),
        "round sheet": (f"{reverse('admin:round_sheet')}?open={order.pk}", clinic.technician),
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


def test_the_round_sheet_fits_a_tablet_and_a_gloved_finger_without_scripts(committed_clinic, chromium, live_server):
    clinic = committed_clinic
    order = given.on_rounds(given.in_bed(clinic), clinic)
    user = Client()
    user.force_login(clinic.technician)
    window = chromium.new_context(viewport={"width": 768, "height": 1024}, java_script_enabled=False)
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": user.cookies[settings.SESSION_COOKIE_NAME].value}
    window.add_cookies([{**cookie, "url": live_server.url}])
    page = window.new_page()
    page.goto(live_server.url + reverse("admin:round_sheet"))
    page.get_by_role("link", name="I saw them").click()
    small = [
        label.inner_text()
        for label in page.locator(".tl-rounds .tl-verb, .tl-rounds label").all()
        if label.bounding_box()["height"] < 44
    ]
    assert not small
    right = max(part.bounding_box()["x"] + part.bounding_box()["width"] for part in page.locator(".tl-rounds *").all()
                if part.is_visible() and part.bounding_box())  # fmt: skip
    assert right <= 768
    page.get_by_text("In a common room").click()
    page.get_by_text("Awake", exact=True).click()
    page.get_by_text("With others").click()
    page.get_by_role("button", name="Write down").click()
    assert order.entries.get().behavior == ["social"]
    window.close()
