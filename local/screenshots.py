"""`make screenshots`: the demo clinic in a folder of its own, looked at in Chromium; writes docs/screenshots."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from local.stack import PROJECT, Stack, free_port

FOLDER = PROJECT / "docs" / "screenshots"
SIZE = {"width": 1280, "height": 800}
ELENA = "table a:has-text('Elena')"
# What is shown: file, who looks, where they begin, what they click to get there, and how it looks.
SHOTS = [
    ("today-nurse", "nurse", "/admin/", None, "light"),
    ("today-counselor", "counselor", "/admin/", None, "light"),
    ("today-supervisor", "supervisor", "/admin/", None, "dark"),
    ("bed-board", "nurse", "/admin/bed-board/", None, "light"),
    ("note", "counselor", "/admin/", "table a:has-text('Individual')", "light"),
    ("call-list", "aftercare", "/admin/call-list/", None, "light"),
    ("today-aftercare", "aftercare", "/admin/", None, "light"),
    ("person", "nurse", "/admin/patients/patient/?q=Elena", ELENA, "light"),
    ("timeline", "nurse", "/admin/patients/patient/?q=Elena", f"{ELENA}, .tl-tabs a:has-text('Timeline')", "dark"),
]


def main() -> int:
    """Start, look, stop."""
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        print("There is no Chromium here: apt-get install chromium", file=sys.stderr)
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    base = Path(tempfile.mkdtemp(prefix="throughline-"))
    stack = Stack(base, port=free_port(18300))
    try:
        stack.start()
        password = stack.environment()["DEMO_PASSWORD"]
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            for name, who, where, clicks, look in SHOTS:
                window = browser.new_context(viewport=SIZE, color_scheme=look)
                window.add_init_script(f"localStorage.setItem('_x_adminTheme', JSON.stringify('{look}'))")
                page = window.new_page()
                page.goto(f"{stack.url}/admin/login/?next=/admin/")
                page.fill("[name=username]", who)
                page.fill("[name=password]", password)
                page.click("button[type=submit]")
                page.goto(stack.url + where)
                for click in (clicks or "").split(", "):
                    if click:
                        page.locator(click).first.click()
                        page.wait_for_load_state()
                page.screenshot(path=FOLDER / f"{name}.png")
                window.close()
                print(f"docs/screenshots/{name}.png")
            browser.close()
    finally:
        stack.stop()
        shutil.rmtree(base, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
