"""What every test file may ask for."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Playwright
    from served import Published

# The same examples in every run, and no clock: a test that fails by chance, or on a slow machine, is
# ignored sooner or later. HYPOTHESIS_PROFILE=search looks for new examples.
settings.register_profile(
    "steady",
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("search", settings.get_profile("steady"), derandomize=False, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))

#: Debian's, which `make test` installs where it may; elsewhere Playwright has its own.
DEBIANS_CHROMIUM = Path("/usr/bin/chromium")


def pytest_configure() -> None:
    """Forget the caller's clocks: a test sets the ones it needs."""
    for clock in ("MAGASIN_NU", "SOURCE_DATE_EPOCH"):
        os.environ.pop(clock, None)


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository's folder."""
    return Path(__file__).resolve().parent.parent


def launch(playwright: Playwright) -> Browser:
    """Start a browser that speaks to nobody but the pages it is given."""
    return playwright.chromium.launch(
        executable_path=DEBIANS_CHROMIUM if DEBIANS_CHROMIUM.exists() else None,
        args=[
            "--no-sandbox",  # it has none where tests run as root, as they do in a container
            "--disable-gpu",
            "--disable-quic",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run",
        ],
    )


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A browser that speaks to nobody but the pages it is given."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def magazine_online(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Published]:
    """The real magazine, built with a form and served with its headers."""
    from served import published

    with published(tmp_path_factory.mktemp("online") / "magasin") as place:
        yield place
