"""What a server should say with every page: the content security policy and its companions.

Nothing on a page is inline and nothing comes from others, so the policy starts from nothing and allows the
site itself. It is written where each kind of host looks: ``_headers``, snippets for nginx and Caddy
(``deploy/``), and a ``<meta>`` for hosts that can set no header.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

#: The only page that runs WebAssembly: the search index is a program.
SEARCH = "/soeg/"
#: No file has the hash of its content in its name, so each is asked for again (and mostly found unchanged).
_CACHE = "public, max-age=0, must-revalidate"

#: No Cross-Origin-Resource-Policy: readers of the feeds may show the pictures.
_COMPANIONS: Mapping[str, str] = MappingProxyType(
    {
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
    }
)
#: What only a header can say: in a ``<meta>`` browsers pass these over, with a complaint.
_HEADER_ONLY = ("frame-ancestors",)


def policy(*, is_search: bool = False, form_origin: str = "", in_page: bool = False) -> str:
    """Return the content security policy of a page.

    Args:
        is_search: the search page, which runs the index's WebAssembly.
        form_origin: where the landing page's form is sent, ``https://host``; empty without one.
        in_page: for a ``<meta>``, where some directives mean nothing.
    """
    outside = f" {form_origin}" if form_origin else ""
    directives = {
        "default-src": "'none'",
        "script-src": "'self' 'wasm-unsafe-eval'" if is_search else "'self'",
        "style-src": "'self'",
        "img-src": "'self'",
        "font-src": "'self'",
        "connect-src": f"'self'{outside}",
        "manifest-src": "'self'",
        "form-action": f"'self'{outside}",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
        "require-trusted-types-for": "'script'",
        "trusted-types": "'none'",
    }
    return "; ".join(
        f"{name} {value}" for name, value in directives.items() if not (in_page and name in _HEADER_ONLY)
    )


def headers(form_origin: str = "") -> Iterator[tuple[str, str]]:
    """Yield every header that all pages share, by name."""
    yield "Content-Security-Policy", policy(form_origin=form_origin)
    yield from _COMPANIONS.items()


def headers_file(base_path: str = "", form_origin: str = "") -> bytes:
    """Return ``_headers``, which Netlify, Cloudflare Pages and others read.

    Args:
        base_path: what stands before every address of the site.
        form_origin: as in ``policy``.
    """
    lines = [f"{base_path}/*"]
    lines += [f"  {name}: {value}" for name, value in headers(form_origin)]
    lines.append(f"  Cache-Control: {_CACHE}")
    # A header of a narrower path is added, not put in place: it is taken away first.
    lines += [
        f"{base_path}{SEARCH}*",
        "  ! Content-Security-Policy",
        f"  Content-Security-Policy: {policy(is_search=True, form_origin=form_origin)}",
    ]
    return ("\n".join(lines) + "\n").encode("ascii")


def nginx_snippet(form_origin: str = "") -> str:
    """Return the headers for nginx's ``http`` and ``server`` blocks."""
    default, search = policy(form_origin=form_origin), policy(is_search=True, form_origin=form_origin)
    lines = [
        "# Written by `python tools/deploy.py`; see README, “Publish”.",
        "# In http { }:",
        "map $uri $koenformation_policy {",
        f'    default "{default}";',
        f'    ~^{SEARCH} "{search}";',
        "}",
        "# In server { }:",
        "add_header Content-Security-Policy $koenformation_policy always;",
    ]
    lines += [f'add_header {name} "{value}" always;' for name, value in _COMPANIONS.items()]
    lines += [f'add_header Cache-Control "{_CACHE}";', "error_page 404 /404.html;", "charset utf-8;"]
    return "\n".join(lines) + "\n"


def caddy_snippet(form_origin: str = "") -> str:
    """Return the headers for a site's block in a Caddyfile."""
    lines = ["# Written by `python tools/deploy.py`; see README, “Publish”.", "header {"]
    lines += [f'    {name} "{value}"' for name, value in _COMPANIONS.items()]
    lines += [f'    Cache-Control "{_CACHE}"', "}"]
    # Caddy sets the headers of the narrower matcher first, and those of the wider one over them.
    lines += [
        f"@soeg path {SEARCH}*",
        f'header @soeg Content-Security-Policy "{policy(is_search=True, form_origin=form_origin)}"',
        f"@andre not path {SEARCH}*",
        f'header @andre Content-Security-Policy "{policy(form_origin=form_origin)}"',
        "handle_errors {",
        "    rewrite * /404.html",
        "    file_server",
        "}",
    ]
    return "\n".join(lines) + "\n"
