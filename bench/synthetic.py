"""Make a magazine of any size out of the real one.

Each made-up article is a real one under another name: the same front matter, figures, links and pictures,
since those are what costs; its paragraphs in another order and a paragraph of its own, so that nothing
is found twice that a real archive would not hold twice. None of them goes on with a series, which would get
hundreds of parts. Fifty share a figure that nobody else has. The same number makes the same magazine.
"""

from __future__ import annotations

import random
import re
import shutil
from pathlib import Path

#: What a build reads beside the articles.
PARTS = ("mkdocs.yml", "docs", "data", "overrides", "hooks")

#: Without figures and without words that count, so that the paragraphs need no reference.
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


def make_magazine(real: Path, made: Path, count: int) -> int:
    """Write a magazine with at least as many articles as the real one; return how many it has.

    Args:
        real: the repository.
        made: a folder to write; what stands there is removed.
        count: how many articles.
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
    has_figure = _add_figure(made / "data/tal.yml")
    for number in range(len(originals), count):
        original = originals[number % len(originals)]
        text = _vary(texts[number % len(originals)], number)
        if has_figure and number * SHARING // count > (number - 1) * SHARING // count:
            text += SENTENCE
        (original.parent / f"{original.stem}-{number}.md").write_text(text, encoding="utf-8")
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


def _add_figure(file: Path) -> bool:
    if not file.exists():
        return False
    text = file.read_text("utf-8")
    for section, entry in FIGURE.items():
        text = text.replace(f"{section}:\n", f"{section}:{entry}", 1)
    file.write_text(text, encoding="utf-8")
    return True


def _vary(text: str, number: int) -> str:
    chance = random.Random(number)
    front, body = re.split(r"(?m)^---\s*\n", text, maxsplit=2)[1:]
    # Two articles cannot lead from one address, so none of the made-up ones takes a redirect along.
    front = re.sub(r"(?m)^redirect_from:.*\n(?:[ -].*\n)*", "", front)
    front = re.sub(r"(?m)^series:.*\n", "", front)
    front = re.sub(
        r"(?m)^date: (\d{4}-\d\d-\d\d).*$",
        lambda day: f"date: {day[1]} {chance.randrange(4, 23):02}:{chance.randrange(60):02}",
        front,
    )
    paragraphs = re.split(r"\n{2,}", body.strip())
    prose = [index for index, paragraph in enumerate(paragraphs) if re.match(r"[A-ZÆØÅ]", paragraph)]
    shuffled = chance.sample(prose, len(prose))
    moved = dict(zip(prose, (paragraphs[index] for index in shuffled), strict=True))
    ordered = [moved.get(index, paragraph) for index, paragraph in enumerate(paragraphs)]
    own = " ".join(chance.choices(VOCABULARY, k=60)).capitalize() + "."
    return f"---\n{front}---\n\n" + "\n\n".join([*ordered, own]) + "\n"
