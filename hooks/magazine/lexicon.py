"""THE table of words that claims about numbers are made of, for editors to read and change.

A row is a kind of word, its name, and every form in which it is written; ``means`` is what the editors'
guide says of it. What is no word here, no number, no unit and no noun of the indicator, is an error in a
reference. The widths of the hedges stand in ``magazine.hedges``.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache

from msgspec import Struct

from magazine.intervals import Interval


class Kind(StrEnum):
    """What a word does in a phrase; the values are the headings of the editors' table."""

    HEDGE = "Forbehold"
    QUANTIFIER = "Andele uden tal"
    RATIO = "Gange"
    CHANGE = "Ændringer"
    COMPARISON = "Sammenligninger"
    DIFFERENCE = "Forskelle"
    DEGREE = "Grader"
    SAMENESS = "Det samme"
    TARGET = "Mod målet"
    MISSING = "Op til målet"
    MEAN = "Mod gennemsnittet"
    SUPERLATIVE = "Højest og lavest"
    SCOPE = "Hvor langt det rækker"
    RANK = "Plads i en række"
    PART = "Dele af en helhed"
    REST = "Resten"
    SHARE = "Svarende til"
    AGAINST = "Det andet tal"
    NAMED = "Det, der sammenlignes med"
    STATISTIC = "Gennemsnit og median"
    PRECISE = "Præcis"
    ATTITUDE = "Holdning, som ikke ændrer noget"
    NEGATION = "Ikke"
    NO_FIGURE = "Intet tal"


class Entry(Struct, frozen=True):
    """A row of the table."""

    kind: Kind
    name: str
    words: tuple[str, ...]
    """Each form; a word that follows the number stands behind ``…``."""
    means: str
    permits: Interval | None = None
    """Of a share without a number, in percent."""
    misleads_below: Fraction | None = None


def _closed(low: int | Fraction, high: int | Fraction | None) -> Interval:
    return Interval(Fraction(low), None if high is None else Fraction(high))


def _forms(text: str) -> tuple[str, ...]:
    return tuple(form.strip() for form in text.split(",") if form.strip())


def _multiplied(stem: str) -> tuple[str, ...]:
    """Return the forms of *fordoblet*, *en fordobling* and their like."""
    return tuple(f"{stem}{ending}" for ending in ("et", "es", "ede", "edes", "er", "e", "ing", "ingen"))


TABLE: tuple[Entry, ...] = (
    # Hedges. What each permits is told in magazine.hedges.
    Entry(
        Kind.HEDGE,
        "knap",
        ("knap", "lige knap", "lidt under", "lidt mindre end", "lidt færre end", "små", "en lille"),
        "lige under tallet",
    ),
    Entry(Kind.HEDGE, "næsten", ("næsten", "tæt på", "nær"), "under tallet, ikke langt fra"),
    Entry(
        Kind.HEDGE, "op mod", ("op mod", "op imod"), "under tallet, ikke langt fra, eller lige netop tallet"
    ),
    Entry(
        Kind.HEDGE,
        "godt",
        (
            "godt",
            "lige godt",
            "godt og vel",
            "lidt over",
            "lidt mere end",
            "lidt flere end",
            "en god",
            "et godt",
        ),
        "lige over tallet",
    ),
    Entry(
        Kind.HEDGE,
        "omkring",
        (
            "omkring",
            "cirka",
            "ca.",
            "omtrent",
            "rundt regnet",
            "i runde tal",
            "nogenlunde",
        ),
        "lidt til begge sider",
    ),
    Entry(Kind.HEDGE, "over", ("over", "mere end", "flere end"), "mere end tallet"),
    Entry(Kind.HEDGE, "under", ("under", "mindre end", "færre end"), "mindre end tallet"),
    Entry(
        Kind.HEDGE,
        "mindst",
        ("mindst", "… eller flere", "… eller mere", "… eller derover"),
        "tallet eller mere",
    ),
    Entry(
        Kind.HEDGE,
        "højst",
        ("højst", "op til", "maks.", "maksimalt", "… eller færre", "… eller mindre", "… eller derunder"),
        "tallet eller mindre",
    ),
    # Shares without a number.
    Entry(
        Kind.QUANTIFIER,
        "de fleste",
        ("de fleste", "flertallet", "et flertal", "hovedparten", "størstedelen"),
        "mere end 50 procent; fra 60, hvis ingen skal studse",
        Interval(Fraction(50), None, low_closed=False),
        Fraction(60),
    ),
    Entry(
        Kind.QUANTIFIER,
        "langt de fleste",
        (
            "langt de fleste",
            "langt hovedparten",
            "langt størstedelen",
            "et klart flertal",
            "et markant flertal",
        ),
        "mindst 75 procent",
        _closed(75, None),
    ),
    Entry(
        Kind.QUANTIFIER,
        "næsten alle",
        ("næsten alle", "stort set alle"),
        "fra 95 til under 100 procent",
        Interval(Fraction(95), Fraction(100), high_closed=False),
    ),
    Entry(
        Kind.QUANTIFIER,
        "næsten ingen",
        ("næsten ingen", "kun få", "stort set ingen"),
        "over 0, højst 5 procent",
        Interval(Fraction(0), Fraction(5), low_closed=False),
    ),
    Entry(Kind.QUANTIFIER, "alle", ("alle",), "100 procent", _closed(100, 100)),
    Entry(Kind.QUANTIFIER, "ingen", ("ingen",), "0 procent", _closed(0, 0)),
    Entry(
        Kind.QUANTIFIER,
        "lige mange",
        ("lige mange", "50/50"),
        "47,5 til 52,5 procent",
        Interval(Fraction(95, 2), Fraction(105, 2)),
    ),
    Entry(
        Kind.QUANTIFIER,
        "ligelig kønsfordeling",
        ("ligelig kønsfordeling", "en ligelig kønsfordeling"),
        "40 til 60 procent",
        _closed(40, 60),
    ),
    # Ratios. «N gange så …» is built of a number.
    Entry(Kind.RATIO, "2", ("dobbelt så", *_multiplied("fordobl")), "to gange så meget"),
    Entry(Kind.RATIO, "½", ("halvt så", "halv så"), "en halv gang så meget"),
    Entry(Kind.RATIO, "1/2", _multiplied("halver"), "det modsatte af en fordobling"),
    Entry(Kind.RATIO, "3", _multiplied("tredobl"), "tre gange så meget"),
    Entry(Kind.RATIO, "4", _multiplied("firedobl"), "fire gange så meget"),
    Entry(Kind.RATIO, "5", _multiplied("femdobl"), "fem gange så meget"),
    Entry(Kind.RATIO, "6", _multiplied("seksdobl"), "seks gange så meget"),
    Entry(Kind.RATIO, "7", _multiplied("syvdobl"), "syv gange så meget"),
    Entry(Kind.RATIO, "8", _multiplied("ottedobl"), "otte gange så meget"),
    Entry(Kind.RATIO, "9", _multiplied("nidobl"), "ni gange så meget"),
    Entry(Kind.RATIO, "10", _multiplied("tidobl"), "ti gange så meget"),
    # Changes in time, and comparisons of any two.
    Entry(
        Kind.CHANGE,
        "steget",
        _forms(
            "steget, steg, stiger, stige, stigende, stigning, stigningen, vokset, voksede, vokser, vokse, "
            "voksende, vækst, væksten, øget, øgede, øger, øges, øgedes, forøget, forøgelse, fremgang, "
            "fremgangen, frem, gået frem, gik frem, går frem"
        ),
        "det nyeste tal er størst",
    ),
    Entry(
        Kind.CHANGE,
        "faldet",
        _forms(
            "faldet, faldt, falder, falde, faldende, fald, faldets, mindsket, mindskede, mindskes, mindsker, "
            "reduceret, reducerede, reduceres, reducerer, reduktion, tilbagegang, tilbagegangen, nedgang, "
            "nedgangen, tilbage, gået tilbage, gik tilbage, går tilbage, mistet, mistede, mister"
        ),
        "det nyeste tal er mindst",
    ),
    Entry(
        Kind.COMPARISON,
        "højere",
        _forms("højere, flere, mere, større, længere, oftere, hyppigere, ekstra"),
        "tallet er større end det andet",
    ),
    Entry(
        Kind.COMPARISON,
        "lavere",
        _forms("lavere, færre, mindre, kortere, sjældnere"),
        "tallet er mindre end det andet",
    ),
    Entry(
        Kind.DIFFERENCE,
        "forskel",
        ("forskel", "forskellen", "afstand", "afstanden"),
        "så langt er der mellem de to",
    ),
    Entry(
        Kind.DEGREE,
        "lidt",
        ("lidt", "en smule", "en anelse", "svagt", "svag", "marginalt", "en lille", "lille", "beskedent"),
        "højst 15 procent, hvis ingen skal studse",
    ),
    Entry(
        Kind.DEGREE,
        "langt",
        (
            "langt",
            "markant",
            "væsentligt",
            "væsentlig",
            "kraftigt",
            "kraftig",
            "betydeligt",
            "betydelig",
            "meget",
        ),
        "mindst 10 procent, hvis ingen skal studse",
    ),
    Entry(
        Kind.SAMENESS,
        "uændret",
        _forms(
            "uændret, uændrede, det samme, den samme, samme, samme niveau, på samme niveau, på niveau med, "
            "lige så mange, lige så meget, lige så høj, lige så højt, lige så stor, lige så "
            "stort, lige så ofte, "
            "ingen forskel, ikke ændret sig"
        ),
        "de trykte tal er ens",
    ),
    Entry(
        Kind.SAMENESS,
        "stort set samme",
        _forms(
            "stort set samme, stort set det samme, stort set den samme, stort set samme niveau, "
            "stort set på niveau med, stort set uændret, stort set ikke ændret sig, næsten uændret, "
            "næsten det samme, omtrent det samme, omtrent samme, omtrent uændret, omtrent på niveau med, "
            "omtrent lige så mange, omtrent lige så meget, omtrent lige så stor, omtrent lige så stort, "
            "omtrent lige så høj, omtrent lige så højt, næsten ingen forskel, stabilt, stabil"
        ),
        "de trykte tal ligger inden for 1 point (procent) eller 2 procent (andet)",
    ),
    Entry(Kind.TARGET, "over", ("over målet", "overgik målet"), "mere end målet"),
    Entry(Kind.TARGET, "under", ("under målet",), "mindre end målet"),
    Entry(
        Kind.TARGET,
        "nåede",
        ("nåede målet", "når målet", "nået målet", "nå målet", "opfyldte målet", "opfylder målet"),
        "målet eller mere",
    ),
    Entry(Kind.TARGET, "på", ("på målet", "lige på målet"), "de trykte tal er ens"),
    Entry(
        Kind.TARGET,
        "langt fra",
        ("langt fra målet", "langt fra at nå målet"),
        "mindst 10 procent under målet",
    ),
    Entry(Kind.MISSING, "mangler", ("mangler", "manglede"), "så langt er der op til målet"),
    Entry(
        Kind.MEAN,
        "over",
        ("over gennemsnittet", "over landsgennemsnittet"),
        "mere end gennemsnittet",
    ),
    Entry(
        Kind.MEAN,
        "under",
        ("under gennemsnittet", "under landsgennemsnittet"),
        "mindre end gennemsnittet",
    ),
    Entry(
        Kind.SUPERLATIVE,
        "højest",
        _forms(
            "højest, højeste, hidtil højeste, størst, største, hidtil største, flest, fleste, "
            "mest, relativt største"
        ),
        "alle andre ligger lavere",
    ),
    Entry(
        Kind.SUPERLATIVE,
        "lavest",
        _forms(
            "lavest, laveste, hidtil laveste, mindst, mindste, hidtil mindste, færrest, færreste, "
            "relativt mindste"
        ),
        "alle andre ligger højere",
    ),
    Entry(
        Kind.SUPERLATIVE,
        "rekord",
        _forms(
            "rekord, rekorden, sat rekord, rekordhøj, rekordhøjt, rekordhøje, rekordstor, "
            "rekordstort, rekordmange"
        ),
        "højest af alle perioder i rækken, der skal være på mindst tre og uden brud",
    ),
    Entry(
        Kind.SUPERLATIVE,
        "rekordlav",
        _forms("rekordlav, rekordlavt, rekordlave, rekordfå"),
        "lavest af alle perioder i rækken, der skal være på mindst tre og uden brud",
    ),
    Entry(
        Kind.SCOPE, "siden", ("siden",), "alle senere perioder ligger lavere (højere), men ikke den nævnte"
    ),
    Entry(
        Kind.SCOPE,
        "nogensinde",
        (
            "nogensinde",
            "siden målingerne begyndte",
            "siden målingernes begyndelse",
            "i målingernes historie",
        ),
        "alle perioder i rækken, der skal være på mindst tre og uden brud",
    ),
    Entry(
        Kind.SCOPE, "blandt", ("blandt", "landets", "i landet", "af alle"), "en række, der er nævnt i «mod=»"
    ),
    Entry(
        Kind.RANK, "nummer", ("nummer", "nr."), "pladsen i en række, der er nævnt i «mod=», det største først"
    ),
    Entry(
        Kind.PART,
        "heraf",
        ("heraf", "hvoraf", "af dem", "blandt dem", "af disse"),
        "tallet er en del af helheden («mod=helhed»)",
    ),
    Entry(
        Kind.REST,
        "resten",
        ("resten", "de resterende", "den resterende", "det resterende"),
        "helheden minus de andre dele («mod=helhed»)",
    ),
    Entry(
        Kind.SHARE,
        "svarende til",
        _forms(
            "svarende til, svarer til, svarer det til, det svarer til, hvilket svarer til, "
            "svarede til, det svarede til, udgør, "
            "udgjorde, udgøre, udgjort, en andel"
        ),
        "regnet ud af tallet og det, der er nævnt i «af=»",
    ),
    Entry(
        Kind.AGAINST,
        "mod",
        ("mod", "i forhold til", "sammenlignet med"),
        "først tallet selv, så det andet",
    ),
    Entry(Kind.NAMED, "målet", ("målet", "mål", "at nå målet"), "målet («mod=mål»)"),
    Entry(
        Kind.NAMED,
        "gennemsnittet",
        ("gennemsnittet", "landsgennemsnittet"),
        "et gennemsnit («mod=» en indikator med «statistik: gennemsnit»)",
    ),
    Entry(
        Kind.NAMED,
        "før",
        ("før", "året før", "sidst", "sidste gang", "forrige gang", "tidligere", "ved forrige valg"),
        "en tidligere periode («mod=forrige»)",
    ),
    Entry(
        Kind.STATISTIC,
        "gennemsnit",
        ("i gennemsnit", "i snit", "gennemsnitligt", "gennemsnitlig", "per", "pr."),
        "kun hvor indikatoren er et gennemsnit",
    ),
    Entry(Kind.STATISTIC, "median", ("median", "medianen"), "kun hvor indikatoren er en median"),
    Entry(
        Kind.PRECISE,
        "præcis",
        ("præcis", "præcist", "nøjagtig", "nøjagtigt"),
        "kun om tal, kilden ikke har afrundet",
    ),
    Entry(
        Kind.ATTITUDE,
        "kun",
        _forms(
            "kun, blot, bare, alene, hele, ikke mindre end, så meget som, helt op på, helt oppe "
            "på, sølle, magre, "
            "beskedne, faktisk, endda, allerede"
        ),
        "farver tallet og siger ikke noget om størrelsen",
    ),
    Entry(Kind.NEGATION, "ikke", ("ikke",), "det modsatte; kun foran en sammenligning uden tal"),
    Entry(
        Kind.NO_FIGURE,
        "mange",
        ("en håndfuld", "mange", "en del", "en stor andel", "en stor del", "en lille andel", "adskillige"),
        "kan ikke prøves, og skal derfor ikke have en henvisning",
    ),
)

#: Words that may stand anywhere and say nothing of their own.
FILLERS = frozenset(
    [
        "i",
        "af",
        "på",
        "til",
        "med",
        "og",
        "eller",
        "end",
        "som",
        "at",
        "blev",
        "bliver",
        "blive",
        "var",
        "er",
        "har",
        "blevet",
        "kom",
        "så",
        "en",
        "et",
        "den",
        "det",
        "de",
        "der",
        "går",
        "gik",
        "gået",
        "ligger",
        "lå",
        "sig",
        "alt",
        "samlet",
        "set",
        "niveau",
        "således",
        "altså",
    ]
)

#: What *dobbelt så* and *tre gange så* go on with.
DEGREES_OF = frozenset(
    [
        "mange",
        "meget",
        "stor",
        "stort",
        "store",
        "høj",
        "højt",
        "høje",
        "ofte",
        "tit",
        "hyppig",
        "hyppigt",
        "lang",
        "langt",
        "lange",
        "længe",
        "gode",
        "sandsynligt",
        "sandsynlig",
    ]
)


def entries(kind: Kind) -> Iterator[Entry]:
    """Yield the rows of a kind."""
    return (entry for entry in TABLE if entry.kind is kind)


def words_of(kind: Kind) -> tuple[str, ...]:
    """Return every word of a kind."""
    return tuple(word for entry in entries(kind) for word in entry.words)


@lru_cache(maxsize=1)
def lemmas() -> dict[str, str]:
    """Return each one-word form of a relation with the first form of its row: *halveres* → *halveret*."""
    inflected = (Kind.RATIO, Kind.CHANGE, Kind.SUPERLATIVE, Kind.COMPARISON)
    return {
        word: entry.words[0] if entry.words[0].count(" ") == 0 else entry.name
        for entry in TABLE
        if entry.kind in inflected
        for word in entry.words
        if " " not in word
    }


def markdown() -> str:
    """Return the table for the editors' guide."""
    lines: list[str] = []
    for kind in Kind:
        rows = [
            f"| {', '.join(entry.words).replace('|', chr(92) + '|')} | {entry.means} |"
            for entry in entries(kind)
        ]
        lines += [f"### {kind}", "", "| Ord | Betyder |", "| --- | --- |", *rows, ""]
    return "\n".join(lines)
