"""The headers: they allow the site itself and nothing else, and every kind of host says the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from deploy import snippets

from magazine.pages.security import SEARCH, headers, headers_file, policy


def _directives(text: str) -> dict[str, str]:
    return dict(part.strip().split(" ", 1) for part in text.split(";"))


@pytest.mark.parametrize("is_search", [False, True], ids=["page", "search"])
@pytest.mark.parametrize("form", ["", "https://skema.example"], ids=["no form", "form"])
def test_the_policy_allows_the_site_itself(is_search: bool, form: str) -> None:
    found = _directives(policy(is_search=is_search, form_origin=form))

    assert found["default-src"] == "'none'"
    assert not re.search(r"unsafe-inline|'unsafe-eval'|sha256|nonce|\*|data:", " ".join(found.values()))
    assert ("'wasm-unsafe-eval'" in found["script-src"]) is is_search
    outside = {name for name, value in found.items() if "skema.example" in value}
    assert outside == ({"connect-src", "form-action"} if form else set())


def test_a_meta_says_nothing_that_only_a_header_can() -> None:
    assert "frame-ancestors" in policy()
    assert "frame-ancestors" not in policy(in_page=True)


def test_the_file_gives_the_search_page_its_own_policy() -> None:
    blocks = re.split(r"(?m)^(?=/)", headers_file("/blad", "").decode("ascii"))

    everywhere, search = (block for block in blocks if block)
    assert everywhere.startswith("/blad/*\n")
    assert "wasm-unsafe-eval" not in everywhere
    assert search.startswith(f"/blad{SEARCH}*\n  ! Content-Security-Policy\n")
    assert "wasm-unsafe-eval" in search


@pytest.mark.parametrize("name", ["nginx.conf", "Caddyfile"])
def test_the_snippets_are_current_and_say_what_the_file_says(name: str, root: Path) -> None:
    text = (root / "deploy" / name).read_text("utf-8")

    assert text == snippets()[name]
    assert all(header in text and value in text for header, value in headers())


def test_caddy_has_one_policy_for_each_path(root: Path) -> None:
    """It sets the wider header over the narrower one: the search would get the policy of all pages."""
    lines = [line.split() for line in (root / "deploy/Caddyfile").read_text("utf-8").splitlines()]
    matchers = {line[0]: line[1:] for line in lines if line[0].startswith("@")}
    policies = {line[1]: line for line in lines if "Content-Security-Policy" in line and line[0] == "header"}

    assert matchers == {"@soeg": ["path", "/soeg/*"], "@andre": ["not", "path", "/soeg/*"]}
    assert policies.keys() == matchers.keys()
    assert [name for name, line in policies.items() if "'wasm-unsafe-eval';" in line] == ["@soeg"]
