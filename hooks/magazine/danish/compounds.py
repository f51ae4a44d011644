"""Where long Danish words may be divided: between the parts of a compound, else between syllables.

Danish writes "arbejdsmarkedsuddannelsesudvalg" as one word. No list holds every compound; but the endings
that take a joining "s" are few, and so are the words that most compounds of this magazine are made of.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

SOFT_HYPHEN = "\u00ad"

#: More letters than the largest headline has room for on the narrowest phone.
LONG = 16
#: So many letters stand before and after a joint, and before and after a syllable.
_LEAST, _LEAST_SYLLABLE = 3, 4

#: A part that ends so is joined with what follows.
_LINKED = (
    "ings|heds|tions|sions|skabs|doms|ments|tets|elses|ejds|lovs|værks(?!æt)|dags|rets|livs|køns|barsels|års|mands"
    "|steds|markeds|udvalgs|valgs|statistiks|ministers|hængs|omsorgs|gennemsnits|erhvervs|forskels|centrums"
)
#: First parts, most of them without a joining letter, at the beginning of a word or of one of its parts.
_FIRST = (
    "folke(?!ting)|kvinder|kvinde|løn(?!ning)|køns|køn|mentor|familie|børne|stats|by|hoved|over(?!ensk)"
    "|under(?!søg|vis|støt)|selv|sammen|sam(?!tyk)|mellem|kommune|kommunal|ministers|minister|netværks|netværk"
    "|medarbejder|indvandrer|flygtninge|skole|virksomheds|lige(?!still|behandl)|fag|pædagog|chef|leder|deltids|fuldtids|tilbage|forældre|demokrati|karriere|pensions|voldtægts"
    "|spørgeskema|ungdoms|menneske|bruger|corona|samtykke|social|seksual|presse|jubilæums|universitets|produktions|rødstrømpe"
)
#: Later parts by their beginning.
_LATER = (
    "uddannelse|undervisning|arbejd|marked|udvalg|formand|formænd|medarbejder|netværk|minister|politik"
    "|politisk|forskel|forening|afdeling|undersøgelse|understøttelse|rapport|kommission|ordning|orlov"
    "|repræsent|udvikling|mulighed|fordeling|lovgivning|betænkning|forhandling|organisation|kvinde|mænd"
    "|kampagne|direktør|styrelse|indsats|program|forløb|projekt|koordinat|bestyrelse|beskæftigelse"
    "|integration|rekruttering|ansættelse|erstatning|statistik|strategi|analyse|vurdering|rettighed"
    "|beslutning|bestemmelse|kultur|histori|forskning|forskere|parti|overenskomst|afgørelse|nævn|rådgivning"
    "|regler|regering|sammenføring|evaluering|aftale|grundlag|spørgsmål|problem|gruppe|familie|børn|barsel"
    "|dagpenge|værdi|konsulent|sekretær|institution|universitet|professor|stipendi|bevilling|tilskud"
    "|målsætning|ledelse|ledere|rekord|resultat|tilfredshed|periode|diskrimination|vold|krise|center|centre"
    "|samfund|fællesskab|møde|medlem|deltager|kandidat|baggrund|restriktion|behandling|beregning|redegørelse"
    "|lønning|alder|hjælp|bevægelse|demokrat"
)
#: What a later part does not stand alone after: "forsamling" is no part "for" and a part "samling".
_NOT_AFTER = "".join(
    f"(?<!{prefix})" for prefix in ("for", "be", "ud", "ind", "af", "op", "an", "om", "med", "sam")
)

_JOINT = re.compile(
    rf"(?:{_LINKED})(?=[a-zæøå]{{{_LEAST}}})|(?<=[a-zæøå]{{4}}){_NOT_AFTER}(?={_LATER})", re.I
)
_START = re.compile(rf"(?:{_FIRST})(?=[a-zæøå]{{4}})", re.I)
#: One consonant goes with the vowel after it, and so do those that a word may begin with.
_ONSET = "(?:[bdfgkpt][lr]|s[kpt]r?|[bcdfghjklmnpqrstvxz])[aeiouyæøå]"
_SYLLABLE = re.compile(rf"(?<=[aeiouyæøå])(?:(?={_ONSET})|[bcdfghjklmnpqrstvxz](?={_ONSET}))", re.I)
_VOWEL = re.compile("[aeiouyæøåé]", re.I)
#: A whole word that is long and says not itself where it is divided; or what is no text: an element's tag.
_LONG_WORD = re.compile(rf"<[^>]*>|&#?\w+;|(?<![\w{SOFT_HYPHEN}])[^\W\d_]{{{LONG},}}(?![\w{SOFT_HYPHEN}])")


def joints(word: str) -> tuple[int, ...]:
    """Return where the parts of a compound meet, as many as are known, in order."""
    places = {match.end() for match in _JOINT.finditer(word)}
    begun = [0, *places]
    while begun:
        first = _START.match(word, begun.pop())
        if first is not None and first.end() not in places:
            places.add(first.end())
            begun.append(first.end())
    return _apart(word, places, 0, len(word), _LEAST)


def syllables(word: str) -> tuple[int, ...]:
    """Return where syllables end, by the letters alone, in order."""
    return tuple(match.end() for match in _SYLLABLE.finditer(word))


def divided(word: str) -> str:
    """Return a long word with soft hyphens at its joints; in a part that is long itself, at its syllables."""
    found = joints(word)
    ends = (0, *found, len(word))
    within = (
        place
        for start, end in pairwise(ends)
        if end - start >= LONG
        for place in _apart(word, syllables(word), start, end, _LEAST_SYLLABLE)
    )
    places = (0, *sorted((*found, *within)), len(word))
    return SOFT_HYPHEN.join(word[start:end] for start, end in pairwise(places))


@lru_cache(maxsize=1 << 14)  # a headline stands on page after page
def divide_long(text: str) -> str:
    """Return a headline with soft hyphens in its long words; the tags of a marked-up one stay as they are.

    A word with a soft hyphen is the writer's own affair.
    """
    if max(map(len, text.split()), default=0) < LONG:
        return text  # as most are
    return _LONG_WORD.sub(lambda found: divided(found[0]) if found[0][0] not in "<&" else found[0], text)


def whole(text: str) -> str:
    """Return a text without soft hyphens, for those who do not read it in lines: machines, and addresses."""
    return text.replace(SOFT_HYPHEN, "")


def _apart(
    word: str, places: set[int] | tuple[int, ...], start: int, end: int, least: int
) -> tuple[int, ...]:
    """Return the places between two others that leave each part its letters, a vowel among them."""
    kept: list[int] = []
    for place in sorted(places):
        before = kept[-1] if kept else start
        if place - before >= least and end - place >= least and _VOWEL.search(word, before, place):
            kept.append(place)
    return tuple(kept)
