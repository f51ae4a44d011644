"""Make a magazine of any size, with what a magazine's articles hold.

A made-up article has about 600 words, drawn from a Danish word list as often as Danish uses them: front
matter, subheads, links to other articles, a list. Between them stand paragraphs of a real article of the same
date, with their figures and their claims, since those are what this project has to check: four or five
references on average; every fifth article shows one of its original's charts, boxes or tables, every tenth
has a figure in its headline. ``dense`` makes every article as full of figures as the magazine's own. Fifty
articles share a figure that nobody else has. The same number makes the same magazine.
"""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Mapping, Sequence
from itertools import accumulate
from pathlib import Path

#: What a build reads beside the articles.
PARTS = ("mkdocs.yml", "docs", "data", "overrides", "hooks")

#: Words enough for a trial without a word list; none of them counts anything.
VOCABULARY = tuple(
    re.findall(
        r"\w+",
        """
        kvinder mænd mentor mentee arbejde hverdag møde samtale sprog netværk erfaring forløb kommune lokal
        frivillig fælles retning mulighed viden debat ligestilling køn rettighed historie avis læser kilde
        undersøgelse svar spørgsmål resultat mål indsats støtte familie barsel løn valg stemme parlament by
        boligområde projekt koordinator aftale tid sted rum ord tanke plan
        """,
    )
)
#: So many words has an article's own text; with the real paragraphs it comes to about 600.
OWN_WORDS = 360
#: How many real paragraphs with figures an article has, and how many authors there are.
WITH_FIGURES = (1, 2, 2, 3)
AUTHORS = 24

#: So many articles show the figure that is changed when a changed figure is measured.
SHARING = 50
#: What is added to the figures, by section.
FIGURE = {
    "kilder": """
  baenkeproeve:
    titel: Bænkeprøve
    udgiver: Bænken
    udgivet: 2011-01-01
    url: ukendt
""",
    "indikatorer": """
  tog-cyklen:
    navn: Tog cyklen
    enhed: procent
    blandt: alle, der blev spurgt
""",
    "observationer": """
  - indikator: tog-cyklen
    periode: 2010
    værdi: 42
    kilde: baenkeproeve
""",
}
SENTENCE = "\nI 2010 tog [42 procent](tal:tog-cyklen/2010) cyklen.\n"


def make_magazine(
    real: Path, made: Path, count: int, words: Sequence[str] = VOCABULARY, *, dense: bool = False
) -> int:
    """Write a magazine with at least as many articles as the real one; return how many it has.

    Args:
        real: the repository.
        made: a folder to write; what stands there is removed.
        count: how many articles.
        words: what the made-up texts are of, the most frequent first.
        dense: keep all of an original's paragraphs, so that each article has as many figures.
    """
    if made.exists():
        shutil.rmtree(made)
    made.mkdir(parents=True)
    for part in PARTS:
        source = real / part
        if source.is_dir():
            shutil.copytree(source, made / part, ignore=shutil.ignore_patterns("__pycache__", "*.pyc"))
        else:
            shutil.copy2(source, made / part)
    shutil.copytree(real / "articles", made / "articles")
    originals = sorted((made / "articles").glob("*/*.md"))
    texts = [original.read_text("utf-8") for original in originals]
    has_figure = _add_entries(made / "data/tal.yml", FIGURE)
    _add_entries(made / "data/redaktion.yml", {"forfattere": "".join(_author(n) for n in range(AUTHORS))})
    has_authors = (made / "data/redaktion.yml").exists()
    out: list[tuple[str, str]] = []
    language = _Language(words, count)
    for number in range(len(originals), count):
        original = originals[number % len(originals)]
        chance = random.Random(number)
        front, body = _front_and_body(texts[number % len(originals)])
        front = _front(front, chance, language, authors=has_authors)
        body = _body(body, chance, language, dense=dense)
        if has_figure and number * SHARING // count > (number - 1) * SHARING // count:
            body += SENTENCE
        name, day = f"{original.stem}-{number}", _day(front)
        # An article leads to those that were there when it came out.
        earlier = [older for older, then in out if then < day]
        if earlier:
            body += _links(chance, language, earlier, originals)
        out.append((name, day))
        (original.parent / f"{name}.md").write_text(f"---\n{front}---\n\n{body}", encoding="utf-8")
    return max(count, len(originals))


def without_extras(made: Path) -> None:
    """Turn off what no peer has: the cards for those who share an article, and the search."""
    config = made / "mkdocs.yml"
    text = config.read_text("utf-8")
    config.write_text(re.sub(r"(?m)^(\s*social_cards:) draw\b", r"\1 none", text), encoding="utf-8")
    (made / "docs/js/soeg.js").unlink(missing_ok=True)


def change_figure(made: Path) -> None:
    """Give the source of the shared figure another title, as a mended one would have."""
    file = made / "data/tal.yml"
    text = file.read_text("utf-8")
    file.write_text(re.sub(r"(?m)^(    titel: Bænkeprøve.*)$", r"\1 x", text), encoding="utf-8")


class _Language:
    """Draws words as often as a language uses them, the first ones most, and tags as a magazine uses them."""

    def __init__(self, words: Sequence[str], count: int) -> None:
        self._words = words
        # Zipf's law: the n-th word of a language is used about 1/n as often as the first.
        self._weights = list(accumulate(1 / (rank + 3) for rank in range(len(words))))
        self._tags = 12 + count // 50

    def words(self, chance: random.Random, count: int) -> list[str]:
        return chance.choices(self._words, cum_weights=self._weights, k=count)

    def sentences(self, chance: random.Random, count: int) -> str:
        """Return about ``count`` words in sentences."""
        made = []
        while count > 0:
            length = chance.randrange(7, 19)
            made.append(" ".join(self.words(chance, length)).capitalize() + ".")
            count -= length
        return " ".join(made)

    def headline(self, chance: random.Random) -> str:
        return " ".join(self.words(chance, chance.randrange(5, 10))).capitalize()

    def tags(self, chance: random.Random) -> list[str]:
        """Return three tags; half of all uses fall on a fifth of them."""
        return sorted({f"nr. {int(self._tags * chance.random() ** 2)} emne" for _ in range(3)})


def _author(number: int) -> str:
    return f"\n  skribent-{number}:\n    navn: Skribent Nummer{number}\n    rolle: findes kun i målingen"


def _add_entries(file: Path, entries: Mapping[str, str]) -> bool:
    """Put entries first in their sections of a YAML file; return whether there is such a file."""
    if not file.exists():
        return False
    text = file.read_text("utf-8")
    for section, entry in entries.items():
        text = text.replace(f"{section}:\n", f"{section}:{entry.rstrip()}\n", 1)
    file.write_text(text, encoding="utf-8")
    return True


def _front_and_body(text: str) -> tuple[str, str]:
    front, body = re.split(r"(?m)^---\s*\n", text, maxsplit=2)[1:]
    return front, body.strip()


def _front(front: str, chance: random.Random, language: _Language, *, authors: bool) -> str:
    # Two articles cannot lead from one address, so none of the made-up ones takes a redirect along;
    # a series would get hundreds of parts.
    front = re.sub(r"(?m)^redirect_from:.*\n(?:[ -].*\n)*", "", front)
    front = re.sub(r"(?m)^(?:series|featured):.*\n", "", front)
    front = re.sub(
        r"(?m)^date: (\d{4}-\d\d-\d\d).*$",
        lambda day: f"date: {day[1]} {chance.randrange(4, 12):02}:{chance.randrange(60):02}",
        front,
    )
    if chance.random() > 1 / 10:
        front = re.sub(r"(?m)^title:.*$", f"title: {language.headline(chance)}", front)
        front = re.sub(r"(?m)^description:.*$", f"description: {language.sentences(chance, 18)}", front)
    front = re.sub(r"(?m)^tags:.*$", f"tags: [{', '.join(language.tags(chance))}]", front)
    if authors:
        front = re.sub(r"(?m)^authors:.*$", f"authors: [skribent-{chance.randrange(AUTHORS)}]", front)
    # A picture in every second article.
    return front if chance.random() < 1 / 2 else re.sub(r"(?m)^image:.*\n(?: +.*\n)*", "", front)


def _day(front: str) -> str:
    found = re.search(r"(?m)^date: ([\d-]+)", front)
    return found[1] if found else ""


def _body(body: str, chance: random.Random, language: _Language, *, dense: bool) -> str:
    paragraphs = re.split(r"\n{2,}", body)
    if dense:
        prose = [index for index, paragraph in enumerate(paragraphs) if re.match(r"[A-ZÆØÅ]", paragraph)]
        shuffled = chance.sample(prose, len(prose))
        moved = dict(zip(prose, (paragraphs[index] for index in shuffled), strict=True))
        ordered = [moved.get(index, paragraph) for index, paragraph in enumerate(paragraphs)]
        return "\n\n".join([*ordered, language.sentences(chance, 60)]) + "\n"
    # Footnotes stand elsewhere in the original, and paragraphs are taken out of their place.
    alone = [re.sub(r"\[\^[^\]]+\]", "", paragraph) for paragraph in paragraphs if "[^" not in paragraph[:2]]
    figures = [paragraph for paragraph in alone if re.match(r"[A-ZÆØÅ].*\]\(tal:", paragraph, re.DOTALL)]
    fences = [paragraph for paragraph in alone if paragraph.startswith("```tal-")]
    kept = chance.sample(figures, min(len(figures), chance.choice(WITH_FIGURES)))
    if fences and chance.random() < 1 / 5:
        kept.append(chance.choice(fences))
    parts = [language.sentences(chance, OWN_WORDS // 8) for _ in range(8)]
    for paragraph in kept:
        parts.insert(chance.randrange(1, len(parts)), paragraph)
    third = len(parts) // 3
    for place in (2 * third, third):
        parts.insert(place, f"## {language.headline(chance)}")
    parts.append("\n".join(f"- {language.headline(chance)}" for _ in range(3)))
    return "\n\n".join(parts) + "\n"


def _links(
    chance: random.Random, language: _Language, names: Sequence[str], originals: Sequence[Path]
) -> str:
    """Return a sentence that leads to two of the articles that are there already."""
    years = {original.stem: original.parent.name for original in originals}
    links = [
        f"[{language.headline(chance)}](../{years[name.rpartition('-')[0]]}/{name}.md)"
        for name in sorted({chance.choice(names), chance.choice(names)})
    ]
    return f"\nLæs også {' og '.join(links)}.\n"
