"""Debian's Chromium, driven by Playwright, with no way to the internet."""

import contextlib
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Request, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    *("--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    # No name has an address, so that a page which needs another site breaks here as it would in a lecture hall.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
WIDTH, HEIGHT = 1280, 900
TIMEOUT_S = 60.0


@dataclass(frozen=True)
class Visitor:
    """Somebody's browser: cookies of their own, and the addresses outside this machine that pages asked for."""

    context: BrowserContext
    outside: list[str] = field(default_factory=list)


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    """Chromium as it is installed on this machine."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        pytest.fail("The tests of pages need Chromium, and there is none. Install it: apt-get install chromium")
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []  # Chromium's own sandbox refuses to work for root
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*ARGUMENTS, *sandbox])
        yield browser
        browser.close()


@contextlib.contextmanager
def visitor(browser: Browser) -> Iterator[Visitor]:
    """A browser for one person. Two servers on this machine share cookies, so each person needs one."""
    context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT})
    context.set_default_timeout(TIMEOUT_S * 1000)
    visitor = Visitor(context)

    def note(request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in ("http", "https") and address.hostname != "127.0.0.1":
            visitor.outside.append(request.url)

    context.on("request", note)
    yield visitor
    context.close()
