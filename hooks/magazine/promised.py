"""``.magasin/adresser.lock``: the addresses that readers have, none of which may stop leading."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from magazine.articles import Article
from magazine.problems import Place, Problem
from magazine.sources import read_text

LOCK_FILE = ".magasin/adresser.lock"
UPDATE = "magasin tjek --opdater"

_HEAD = f"""\
# Adresser, som læserne har, med artiklens fil og titel. Skrives af «{UPDATE}».
# En adresse, der står her, skal føre et sted hen. Slet linjen, hvis en artikel er slettet med vilje.
"""
_LINE = re.compile(r"(?P<address>/\S*) (?P<path>\S+)(?: (?P<title>.*))?")


class Promised(Struct, frozen=True):
    """An address that an article was published under, or led on from."""

    address: str
    path: str
    """The article's file at that time."""
    title: str
    line: int = 0


def read_promised(root: Path) -> tuple[tuple[Promised, ...], tuple[Problem, ...]]:
    """Read the addresses that readers have; none where nobody has written them down.

    Args:
        root: the repository's folder.

    Returns:
        The addresses, and every problem.
    """
    if not (root / LOCK_FILE).exists():
        return (), ()
    text, told = read_text(root, LOCK_FILE)
    problems = list(told)
    found = []
    for number, line in enumerate(text.text.split("\n") if text else (), 1):
        if not line.strip() or line.startswith("#"):
            continue
        match = _LINE.fullmatch(line.strip())
        if match is None:
            problems.append(
                Problem(
                    Place(LOCK_FILE, number),
                    f"linjen «{line.strip()}» er ikke en adresse med en fil. Slet den, og kør «{UPDATE}».",
                )
            )
        else:
            found.append(Promised(match["address"], match["path"], match["title"] or "", number))
    return tuple(found), tuple(problems)


def promised_text(kept: Iterable[Promised], articles: Iterable[Article]) -> str:
    """Return the file anew: what it held, and the addresses of all that is out.

    Args:
        kept: what it held.
        articles: those that readers get.
    """
    lines = {one.address: f"{one.address} {one.path} {one.title}".rstrip() for one in kept}
    for article in articles:
        for address in (article.address, *article.redirect_from):
            lines[address] = f"{address} {article.path} {_one_line(article.title)}".rstrip()
    return _HEAD + "".join(f"{lines[address]}\n" for address in sorted(lines))


def broken_promises(
    promised: Sequence[Promised],
    articles: Sequence[Article],
    unread: Collection[str],
    others: Collection[str],
) -> Iterator[Problem]:
    """Yield an error for each address that led to an article and leads nowhere now, with what to write.

    Args:
        promised: the addresses that readers have.
        articles: all that could be read, drafts and scheduled ones too.
        unread: the paths of articles whose addresses are unknown, for faults that are told elsewhere.
        others: every other address that the site has.
    """
    if not promised:
        return
    at = {article.address: article for article in articles}
    former = {address for article in articles for address in article.redirect_from}
    by_path = {article.path: article for article in articles}
    known = {one.address for one in promised}
    new: _Newcomers | None = None
    lost: dict[str, list[str]] = defaultdict(list)
    for one in promised:
        article = at.get(one.address)
        if article is not None and article.draft:
            yield Problem(
                Place(article.path, article.lines.get("draft", 1)),
                f"artiklen er en kladde, men læserne har dens adresse, {one.address}. Slet «draft: ja». Er "
                f"den trukket tilbage med vilje, så slet linje {one.line} i {LOCK_FILE}.",
            )
        if article is not None or one.address in former or one.address in others or one.path in unread:
            continue
        if new is None:
            new = _Newcomers.of(article for article in articles if article.address not in known)
        moved = by_path.get(one.path) or new.heir_of(one)
        if moved is not None:
            lost[moved.path].append(one.address)
        else:
            yield Problem(
                Place(LOCK_FILE, one.line),
                f"{one.address} fører ikke længere til nogen artikel: {one.path} er væk. Er filen omdøbt, så "
                f"skriv i den nye: redirect_from: [{one.address}]. Er artiklen slettet med vilje, så slet "
                "linjen her.",
            )
    for path, addresses in lost.items():
        yield _move(by_path[path], addresses)


def renamed(promised: Sequence[Promised], articles: Sequence[Article]) -> Mapping[str, str]:
    """Return the files that articles lie in now, by those that they were published from and that are gone.

    Args:
        promised: the addresses that readers have.
        articles: all that could be read.
    """
    paths = {article.path for article in articles}
    gone = [one for one in promised if one.path not in paths]
    if not gone:
        return {}
    former = {address: article for article in articles for address in article.redirect_from}
    known = {one.address for one in promised}
    new = _Newcomers.of(article for article in articles if article.address not in known)
    found = {}
    for one in gone:
        heir = former.get(one.address) or new.heir_of(one)
        if heir is not None:
            found[one.path] = heir.path
    return found


def _move(article: Article, addresses: Sequence[str]) -> Problem:
    line = article.lines.get("redirect_from") or article.lines.get("date", 1)
    written = ", ".join((*article.redirect_from, *addresses))
    has = f"adressen {addresses[0]}" if len(addresses) == 1 else f"adresserne {', '.join(addresses)}"
    return Problem(
        Place(article.path, line),
        f"artiklen har haft {has}, og læserne kommer stadig ad den vej. Skriv øverst i filen: "
        f"redirect_from: [{written}]",
    )


class _Newcomers(Struct, frozen=True):
    """Articles at addresses that readers do not have yet, such as renamed ones."""

    by_title: Mapping[str, Sequence[Article]]
    by_day: Mapping[str, Sequence[Article]]

    @classmethod
    def of(cls, articles: Iterable[Article]) -> _Newcomers:
        by_title: dict[str, list[Article]] = defaultdict(list)
        by_day: dict[str, list[Article]] = defaultdict(list)
        for article in articles:
            by_title[_one_line(article.title)].append(article)
            by_day[_folder(article.address)].append(article)
        return cls(by_title, by_day)

    def heir_of(self, one: Promised) -> Article | None:
        """Return the only article that an address can have led to: by its title, else by its day."""
        alike = self.by_title.get(one.title) or self.by_day.get(_folder(one.address), ())
        return alike[0] if len(alike) == 1 else None


def _one_line(title: str) -> str:
    return " ".join(title.split())


def _folder(address: str) -> str:
    """Return what an address lies in: ``/2022/05/24/`` of an article's."""
    return address.rstrip("/").rpartition("/")[0] + "/"
