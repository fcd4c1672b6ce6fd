"""Chromium, looking at a clinic in which somebody stands at every point of the road."""

import os
import shutil

import pytest
from django.conf import settings
from django.test import Client

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def pytest_collection_modifyitems(items):
    """All of these are slow, and need a browser."""
    for item in items:
        if "tests/browser/" in item.nodeid:
            item.add_marker(pytest.mark.slow)
            if not CHROMIUM:
                item.add_marker(pytest.mark.skip(reason="no chromium here: apt-get install chromium"))


@pytest.fixture(scope="session")
def chromium():
    """One browser for all of them."""
    from playwright.sync_api import sync_playwright

    # Playwright keeps an event loop in this thread, where Django would refuse to use its database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


def follow(page, link):
    """A link or button that leads to another page, all of which is there when this returns.

    A click alone returns once the answer begins: whoever looks then may find an empty document.
    """
    with page.expect_navigation():
        link.click()


@pytest.fixture(params=["light", "dark"])
def look(request):
    """Both of them."""
    return request.param


@pytest.fixture
def open_page(chromium, served, look):
    """`open_page(address, user)`: the page as that user sees it, in a window of its own."""
    windows = []

    def open_page(address, user=None):
        window = chromium.new_context(color_scheme=look, viewport={"width": 1366, "height": 900})
        windows.append(window)
        window.add_init_script(f"localStorage.setItem('_x_adminTheme', JSON.stringify('{look}'))")
        if user:
            client = Client()
            client.force_login(user)
            name = settings.SESSION_COOKIE_NAME
            window.add_cookies([{"name": name, "value": client.cookies[name].value, "url": served.url}])
        page = window.new_page()
        page.wrong = []
        page.on("pageerror", lambda error: page.wrong.append(str(error)))
        page.on("console", lambda said: page.wrong.append(said.text) if said.type == "error" else None)
        page.goto(served.url + address, wait_until="load")
        return page

    yield open_page
    for window in windows:
        window.close()
