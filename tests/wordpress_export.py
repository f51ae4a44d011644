"""A WordPress export of any size, made up: every person, text and address in it is invented for the tests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0"
  xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
  xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:wfw="http://wellformedweb.org/CommentAPI/"
  xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:wp="http://wordpress.org/export/1.2/">
<channel>
  <title>Opdigtet blad</title>
  <link>https://gammel.example</link>
  <wp:wxr_version>1.2</wp:wxr_version>
  <wp:author><wp:author_id>1</wp:author_id><wp:author_login>Åse_R</wp:author_login>
    <wp:author_email>ase@gammel.example</wp:author_email>
    <wp:author_display_name><![CDATA[Åse Redaktør]]></wp:author_display_name></wp:author>
  <wp:category><wp:category_nicename>nyheder</wp:category_nicename><wp:category_parent></wp:category_parent>
    <wp:cat_name><![CDATA[Nyheder & noter]]></wp:cat_name>
    <wp:category_description><![CDATA[Alt nyt: det's her]]></wp:category_description></wp:category>
  <wp:tag><wp:tag_slug>l%c3%b8n</wp:tag_slug><wp:tag_name><![CDATA[løn]]></wp:tag_name></wp:tag>
"""
TAIL = "</channel>\n</rss>\n"


def item(number: int, **values: object) -> str:
    """Return one item; ``terms``, ``meta`` and ``comments`` apart, a value stands in its element as text."""
    given = {
        "title": f"Indlæg {number}",
        "link": f"https://gammel.example/2021/03/04/indlaeg-{number}/",
        "dc:creator": "Åse_R",
        "content:encoded": "<p>En kort tekst.</p>",
        "excerpt:encoded": "",
        "wp:post_date": "2021-03-04 05:06:07",
        "wp:post_date_gmt": "2021-03-04 04:06:07",
        "wp:post_name": f"indlaeg-{number}",
        "wp:status": "publish",
        "wp:post_parent": "0",
        "wp:post_type": "post",
        "wp:post_password": "",
    }
    special = {"terms", "meta", "comments"}
    given |= {_element(key): str(value) for key, value in values.items() if key not in special}
    lines = [f"    <{key}>{_cdata(value)}</{key}>" for key, value in given.items()]
    lines.append(f"    <wp:post_id>{number}</wp:post_id>")
    lines += _terms(values.get("terms", [("category", "nyheder", "Nyheder & noter")]))
    lines += _meta(values.get("meta", {}))
    lines += ["    <wp:comment><wp:comment_content>Hej</wp:comment_content></wp:comment>"] * int(
        str(values.get("comments", 0))
    )
    return "  <item>\n" + "\n".join(lines) + "\n  </item>\n"


def export(items: Iterable[str]) -> Iterator[str]:
    """Yield the parts of an export file."""
    yield HEAD
    yield from items
    yield TAIL


def _element(key: str) -> str:
    plain = {"title", "link"}
    named = {"creator": "dc:creator", "content": "content:encoded", "excerpt": "excerpt:encoded"}
    return key if key in plain else named.get(key, f"wp:{key}")


def _cdata(text: str) -> str:
    return "<![CDATA[" + text.replace("]]>", "]]]]><![CDATA[>") + "]]>"


def _terms(terms: object) -> list[str]:
    assert isinstance(terms, list)
    return [
        f"    <category domain={quoteattr(domain)} nicename={quoteattr(slug)}>{_cdata(name)}</category>"
        for domain, slug, name in terms
    ]


def _meta(meta: object) -> list[str]:
    assert isinstance(meta, dict)
    return [
        f"    <wp:postmeta><wp:meta_key>{escape(key)}</wp:meta_key><wp:meta_value>{_cdata(value)}"
        "</wp:meta_value></wp:postmeta>"
        for key, value in meta.items()
    ]
