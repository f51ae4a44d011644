"""The real magazine with made-up articles in it: every state that a page can come to, in extremes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from magazines import put_real

#: After the newest article of the real magazine.
NOW = "2026-12-01 12:00"

_AUTHORS = """
  opdigtet-a: {navn: Anne-Katrine Opdigtet Bruun-Kristoffersen, rolle: ligestillingskonsulent}
  opdigtet-b: {navn: Bo Opdigtet}
  opdigtet-c: {navn: Camilla Opdigtet Søgaard-Ærøskøbing, rolle: projektleder}
  opdigtet-d: {navn: Dorthe Opdigtet, tekst: Dorthe findes ikke.}
  opdigtet-e: {navn: Åse Opdigtet}
"""

_LONG = "Ligestillingsafdelingsmedarbejderne"

_PORTRAIT = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 500" width="300" height="500">'
    '<rect width="300" height="500" fill="#0e4648"/><circle cx="150" cy="180" r="90" fill="#f1bd45"/></svg>\n'
)

_FIGURES = (
    "job-eller-uddannelse",
    "i-job",
    "i-uddannelse",
    "maal-job-eller-uddannelse",
    "dansk-udvikling",
    "tilfreds-introduktion",
    "tilfreds-match",
    "deltagere-i-alt",
    "tid-om-maaneden",
    "forloebets-laengde",
    "netvaerkets-alder",
    "bevilling-siri",
    "kvinder-i-folketinget",
)

_WIDE = (
    "| "
    + " | ".join(f"Kolonne nummer {number}" for number in range(1, 10))
    + " |\n|"
    + " --- |" * 9
    + "\n| "
    + " | ".join("Ligestillingsvurdering" for _ in range(9))
    + " |\n"
)

_TEXT = "Denne artikel er opdigtet og findes kun i en prøve af magasinets sider.\n"

#: By slug: front matter, text and day.
STATES: Mapping[str, tuple[str, str, str]] = {
    "lang-overskrift": (
        f"title: {_LONG} og arbejdsmarkedsuddannelsesudvalgsformændene mødes igen om det, ingen af dem "
        "kunne blive enige om i efteråret\ndate: 2026-11-29\n"
        f"description: {_LONG} siger noget om noget i en underrubrik, der også er længere end de fleste.\n"
        "featured: 2\ncategory: debat\nauthors: [redaktionen]\n",
        f"{_LONG} mødtes.\n\n## {_LONG} og alle de andre\n\n{_TEXT}",
        "2026/11/29",
    ),
    "uden-noget": (
        "title: Kort\ndate: 2026-11-28\ndescription: Uden billede og uden forfatter.\ncategory: loen\n",
        _TEXT,
        "2026/11/28",
    ),
    "hoejt-billede": (
        "title: Et højt billede\ndate: 2026-11-27\ndescription: Billedet er højere, end det er bredt.\n"
        "category: familie\nauthors: [opdigtet-a, opdigtet-b, opdigtet-c, opdigtet-d, opdigtet-e]\n"
        "image:\n  src: ../../docs/images/opdigtet-hoejt.svg\n  alt: En gul cirkel på grønt.\n"
        "  credit: 'Foto: Anne-Katrine Opdigtet Bruun-Kristoffersen/Et Opdigtet Billedbureau for "
        "Ligestilling, med tilladelse fra Arkivet for Opdigtede Billeder'\n",
        f"{_TEXT}\n![Gul cirkel](../../docs/images/opdigtet-hoejt.svg "
        '"En billedtekst. Foto: Anne-Katrine Opdigtet Bruun-Kristoffersen/Et Opdigtet Billedbureau")\n',
        "2026/11/27",
    ),
    "mange-tal": (
        "title: Mange tal\ndate: 2026-11-26\ndescription: Tyve tal i en artikel.\ncategory: arbejde\n"
        "authors: [redaktionen]\n",
        _TEXT
        + "\n"
        + "\n".join(f"Et tal er […](tal:{figure}), og det er det." for figure in _FIGURES[:7])
        + "\n\n"
        + "\n".join(f"- Et tal er […](tal:{figure})." for figure in _FIGURES[7:])
        + "\n\n"
        + "\n".join(f"Igen er tallet […](tal:{figure})." for figure in _FIGURES[:6])
        + "\n",
        "2026/11/26",
    ),
    "elleve-aar": (
        "title: En gammel artikel\ndate: 2015-06-01\ndescription: Den er elleve år gammel.\n"
        "category: magt\nauthors: [redaktionen]\n",
        _TEXT,
        "2015/06/01",
    ),
    "alt-i-teksten": (
        "title: Alt, hvad der kan stå i en tekst\ndate: 2026-11-25 08:30\nupdated: 2026-11-26\n"
        "description: Fodnoter, brede tabeller, citater, fakta, kode og rettelser.\ncategory: mentor\n"
        "authors: [opdigtet-d]\ntags: [Ligestillingspolitik, mentor]\n"
        "corrections:\n  - date: 2026-11-26\n    text: Her stod noget forkert. Det er opdigtet.\n"
        "  - date: 2026-11-27\n    text: Her stod noget andet forkert.\n",
        f"{_TEXT}\nMed *kursiv*, **fed** og `kode`, en fodnote[^a] og en lang adresse: "
        "[https://eksempel.dk/en/meget/lang/adresse/der/ikke/kan/brydes/noget/steds](https://eksempel.dk/).\n\n"
        "## Et citat\n\n/// citat\nJeg er opdigtet, og det siger jeg højt.\n///\n\n"
        "> Et indrykket citat.\n\n/// fakta | En faktaboks\n- Et punkt\n- Et punkt til\n///\n\n"
        f"### Tabel\n\n{_WIDE}\n```\nen linje kode, der er meget længere, end en telefon er bred, og slet "
        "ikke kan brydes\n```\n\n1. Først\n2. Så\n\n- Et punkt\n\n```tal-graf\ntype: dele\n"
        "indikator: job-eller-uddannelse\ntitel: En graf\n```\n\n```tal-boks\n"
        "indikatorer: [dansk-udvikling, tilfreds-match]\ntitel: En boks\n```\n\n"
        "[^a]: En fodnote med […](tal:i-job).\n",
        "2026/11/25",
    ),
}


def address(slug: str) -> str:
    """Return where a state's page is."""
    return f"/{STATES[slug][2]}/{slug}/"


def put_states(folder: Path, more: int = 0) -> Path:
    """Write the real magazine with every state in it, and with ``more`` articles besides."""
    put_real(folder)
    desk = folder / "data/redaktion.yml"
    text = desk.read_text("utf-8")
    desk.write_text(text.replace("serier:\n", f"{_AUTHORS.lstrip(chr(10))}serier:\n", 1), "utf-8")
    (folder / "docs/images/opdigtet-hoejt.svg").write_text(_PORTRAIT, "utf-8")
    for slug, (matter, body, day) in STATES.items():
        _write(folder, f"{day[:4]}/{slug}", matter, body)
    for number in range(more):
        matter = (
            f"title: Opdigtet artikel nummer {number + 1}\n"
            f"date: 2019-{1 + number % 12:02}-{1 + number % 28:02}\n"
            f"description: En af {more}.\ncategory: {('loen', 'magt', 'debat')[number % 3]}\n"
        )
        _write(folder, f"2019/nummer-{number + 1}", matter, _TEXT)
    return folder


def _write(folder: Path, name: str, matter: str, body: str) -> None:
    path = folder / f"articles/{name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\n{matter}---\n\n{body}", "utf-8")
