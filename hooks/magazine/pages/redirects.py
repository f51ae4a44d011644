"""Former addresses: a page that leads on by itself, and a list for hosts that can do better."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from magazine.site import Site


class Redirect(Struct, frozen=True):
    """A former address, and where it leads."""

    former: str
    address: str
    title: str


def redirects(site: Site) -> Iterator[Redirect]:
    """Yield the former addresses of all that is out, sorted."""
    found = [
        Redirect(former, article.address, site.pages[article.path].plain("title"))
        for article in site.articles
        for former in article.redirect_from
    ]
    yield from sorted(found, key=lambda redirect: redirect.former)


def redirects_file(site: Site) -> bytes:
    """Return ``_redirects``, as Netlify, Cloudflare Pages and others read it."""
    base = site.settings.base_path
    lines = [f"{base}{one.former} {base}{one.address} 301\n" for one in redirects(site)]
    return "".join(lines).encode("utf-8")
