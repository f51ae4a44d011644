"""``magasin``: the editors' command. It says everything in Danish and never shows a traceback."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Sequence
from itertools import count
from pathlib import Path

import click

from magazine.addresses import name_of
from magazine.clock import read_clock
from magazine.figures.read import read_figures
from magazine.figures.select import NoValue, newest
from magazine.impact import compare
from magazine.importing.run import import_archive, report_markdown
from magazine.importing.wordpress import BrokenExportError
from magazine.outward.check import check_outward, manners_of
from magazine.outward.mentions import mentions
from magazine.pages.kin import kin_of, reasons
from magazine.problems import Problem
from magazine.progress import Progress
from magazine.promised import LOCK_FILE, promised_text, read_promised
from magazine.references import SCHEME
from magazine.reports import impact_markdown, impact_text, schedule_text
from magazine.site import DESK_FILE, FIGURES_FILE, Site, examine
from magazine.sources import Text, decode_text, find_root, read_text, replace_text, write_new
from magazine.terminal import DanishGroup
from magazine.values import print_value

_NEW_ARTICLE = """---
title: {title}
date: {day}
description: ''
category: {category}
authors: [redaktionen]
draft: ja
---

"""


@click.group(
    cls=DanishGroup,
    help="Redaktionens værktøj til Kønformation. Vejledningen står i REDAKTION.md.",
    subcommand_metavar="KOMMANDO …",
)
def main() -> None:
    """Run the command named on the line."""


@main.command(
    short_help="Læg en ny artikel klar til at skrive i.",
    help="Læg en ny artikel klar til at skrive i. OVERSKRIFT er artiklens overskrift, for eksempel: "
    'magasin ny "Flere kom i job". Filen kommer til at ligge i årets mappe. Artiklen er en kladde, til du '
    "sletter linjen «draft: ja».",
)
@click.argument("overskrift", nargs=-1, required=True, metavar="OVERSKRIFT")
def ny(overskrift: tuple[str, ...]) -> None:
    """Write an article's file with its front matter."""
    root = _root()
    site, _ = examine(root)
    today = site.clock.today
    # Who forgets the quotation marks has written a headline all the same.
    titel = " ".join(" ".join(overskrift).split())
    slug = name_of(titel)
    if not slug:
        raise click.ClickException(
            f"overskriften «{titel}» har ingen bogstaver at lave et filnavn af. Skriv for eksempel: "
            'magasin ny "Flere kom i job"'
        )
    path = f"articles/{today.year}/{slug}.md"
    category = next(iter(site.desk.categories), "")
    quoted = "'" + titel.replace("'", "''") + "'"
    text = _NEW_ARTICLE.format(title=quoted, day=today.isoformat(), category=category)
    if not write_new(root, path, text):
        raise click.ClickException(
            f"{path} findes allerede. Vælg en anden overskrift, eller skriv videre i filen."
        )
    click.echo(
        f"Skrev {path}. Udfyld description (underrubrikken), ret category, og skriv artiklen. Slet linjen "
        "«draft: ja», når den er færdig."
    )
    click.echo(f"Kategorierne står i {DESK_FILE}: {', '.join(site.desk.categories)}.")


@main.command(
    short_help="Vis alle fejl og advarsler uden at bygge.",
    help="Vis alle fejl og advarsler uden at bygge. Hver begynder med filen og linjen. En fejl skal rettes, "
    "før magasinet kan bygges; en advarsel skal læses.",
)
@click.option("--relaterede", is_flag=True, help="Vis også, hvilke artikler der står under hver, og hvorfor.")
@click.option("--opdater", is_flag=True, help=f"Skriv de udgivne artiklers adresser i {LOCK_FILE}.")
@click.option(
    "--eksterne", is_flag=True, help="Prøv også links ud af magasinet. Det bruger nettet og tager tid."
)
def tjek(relaterede: bool, opdater: bool, eksterne: bool) -> None:
    """Print every problem; exit with 1 where one of them is an error."""
    root = _root()
    site, problems = examine(root)
    # A dead link elsewhere says nothing of the magazine's own addresses.
    is_sound = all(problem.warning for problem in problems)
    if relaterede:
        for path, kin in sorted(kin_of(site).items()):
            click.echo(path)
            for one in kin:
                click.echo(f"  {one.path}: {reasons(one, site)}")
    if eksterne:
        manners = manners_of(site.settings.address)
        tour = check_outward(mentions(root, site), manners, _progress())
        problems = tuple(sorted({*problems, *tour.problems}))
        what = "adresse" if tour.visited == 1 else "adresser"
        silence = " Ingen svarede. Er der forbindelse til nettet?" if tour.is_offline else ""
        click.echo(f"{tour.visited} {what} på nettet prøvet.{silence}")
    _print(problems)
    errors = sum(not problem.warning for problem in problems)
    warnings = len(problems) - errors
    click.echo(f"{errors} fejl, {warnings} {'advarsel' if warnings == 1 else 'advarsler'}.")
    if opdater:
        click.echo(f"{LOCK_FILE}: {_update_addresses(root, site) if is_sound else _FAULTY}")
    sys.exit(1 if errors else 0)


#: What becomes of the addresses while there are faults.
_FAULTY = "ikke ændret. Ret fejlene først."


def _update_addresses(root: Path, site: Site) -> str:
    """Write down the addresses of all that is out, and return what was done."""
    before, _ = read_promised(root)
    text = promised_text(before, site.articles)
    more = text.count("\n/") - len(before)
    if not write_new(root, LOCK_FILE, text):
        replace_text(root, LOCK_FILE, text)
    return f"{more} {'ny adresse' if more == 1 else 'nye adresser'}."


@main.command(help="Vis, hvad der bliver udgivet hvornår: artikler, kladder og kilder.")
def tidsplan() -> None:
    """Print what is held back, and when it appears."""
    root = _root()
    site, problems = examine(root)
    figures, _ = read_figures(read_text(root, FIGURES_FILE)[0], site.clock.today)
    click.echo(schedule_text(site, figures), nl=False)
    if errors := sum(not problem.warning for problem in problems):
        click.echo(f"{errors} fejl skal rettes, før noget kan udgives. Se dem med «magasin tjek».")


@main.command(
    short_help="Vis tallene med henvisninger, lige til at sætte ind.",
    help="Vis tallene med henvisninger, lige til at sætte ind. Med et ORD får du kun dem, hvor ordet står i "
    "navnet, for eksempel: magasin tal orlov",
)
@click.argument("ord", nargs=-1, metavar="[ORD]")
def tal(ord: tuple[str, ...]) -> None:
    """Print each indicator whose id or name holds the word, with its newest value."""
    site, problems = examine(_root())
    _print([problem for problem in problems if problem.place.path == FIGURES_FILE])
    for line in _ready_references(site, " ".join(ord).casefold()):
        click.echo(line)


def _ready_references(site: Site, word: str) -> Sequence[str]:
    lines: list[str] = []
    today = site.clock.today
    for indicator in site.figures.indicators.values():
        if word not in indicator.id and word not in indicator.name.casefold():
            continue
        try:
            found = newest(site.figures, indicator.id, today, today).observation
        except NoValue as missing:
            lines += [f"{indicator.name}: {missing}", ""]
            continue
        words = print_value(found.value, indicator.unit)
        lines += [
            f"{indicator.name} ({found.period.print()}{f', {indicator.among}' if indicator.among else ''})",
            f"  skrevet:  [{words}]({SCHEME}{indicator.id}/{found.period.text})",
            f"  udfyldt:  […]({SCHEME}{indicator.id})",
        ]
        others = {
            item.period.text: item.period.last
            for item in site.figures.of(indicator.id)
            if item.period != found.period
        }
        if others:
            lines.append(
                f"  også for: {', '.join(sorted(others, key=lambda text: others[text], reverse=True))}"
            )
        lines.append("")
    return lines or [f"Ingen tal har «{word}» i navnet. Skriv magasin tal for at se dem alle."]


@main.command(
    short_help="Vis, hvad en ændring af tallene gør ved artiklerne.",
    help="Vis, hvad en ændring af data/tal.yml gør ved artiklerne, før den udgives: hver sætning før og "
    "efter, fejlene, noterne og rettelserne. Der sammenlignes med den udgave, der er gemt i Git, eller med "
    "den UDGAVE, du nævner, for eksempel: magasin virkning main. Om magasinet kan bygges, siger "
    "magasin tjek.",
)
@click.argument("udgave", default="HEAD", metavar="[UDGAVE]")
@click.option("--markdown", is_flag=True, help="Skriv som Markdown, til at sætte ind på GitHub.")
def virkning(udgave: str, markdown: bool) -> None:
    """Compare the working tree's figures with those of a Git revision.

    It reports, as ``git diff`` does, and errors are part of what it reports: they change no exit status.
    """
    root = _root()
    clock, found = read_clock()
    _print(found)
    old_text = _figures_at(root, udgave)
    before = examine(root, clock=clock, figures_text=old_text)
    after = examine(root, clock=clock)
    impact = compare(before, after, FIGURES_FILE)
    click.echo(impact_markdown(impact) if markdown else impact_text(impact), nl=False)


@main.command(
    short_help="Læg artiklerne fra en WordPress-eksport ind i magasinet.",
    help="Læg artiklerne fra en WordPress-eksport ind i magasinet. FIL er den xml-fil, WordPress giver dig "
    "under Værktøjer, Eksportér. Bagefter ligger der en rapport om det, du skal se efter.",
)
@click.argument("fil", type=click.Path(path_type=Path), metavar="FIL")
@click.option(
    "--billeder",
    type=click.Path(path_type=Path),
    metavar="MAPPE",
    help="En kopi af mappen wp-content/uploads fra det gamle sted.",
)
def importer(fil: Path, billeder: Path | None) -> None:
    """Import an export, and keep a report of what an editor must look at."""
    root = _root()
    try:
        report = import_archive(root, fil, billeder, DESK_FILE)
    except BrokenExportError as fault:
        raise click.ClickException(f"{fil}: {fault}") from None
    except OSError as fault:
        raise click.ClickException(f"{fil} {_why_unread(fault)}") from None
    text = report_markdown(report)
    name = next(
        name
        for number in count(1)
        if write_new(root, name := f"import-rapport{'' if number == 1 else f'-{number}'}.md", text)
    )
    for number, what in sorted((number, what) for what, number in report.counts.items()):
        click.echo(f"{number} {what}")
    click.echo(f"{len(report.told)} ting at se efter; de står i {name}. Kør så «magasin tjek».")


def _why_unread(fault: OSError) -> str:
    match fault:
        case FileNotFoundError():
            return "findes ikke. Skriv stien til den fil, du har hentet fra WordPress."
        case IsADirectoryError():
            return "er en mappe. Skriv stien til xml-filen i den."
    return "kan ikke læses. Se efter, om du har lov til at åbne den."


def _figures_at(root: Path, revision: str) -> Text:
    """Return ``data/tal.yml`` as it stood in a Git revision."""
    command = ["git", "-C", str(root), "show", "--end-of-options", f"{revision}:./{FIGURES_FILE}"]
    try:
        answer = subprocess.run(command, capture_output=True, check=False)
    except OSError:
        raise click.ClickException(
            "Git findes ikke på denne maskine, og uden det er der intet at sammenligne med."
        ) from None
    if answer.returncode:
        raise click.ClickException(
            f"Git kender ingen {FIGURES_FILE} i «{revision}». Skriv for eksempel: magasin virkning main"
        )
    text, problems = decode_text(answer.stdout, f"{revision}:{FIGURES_FILE}")
    if text is None:
        raise click.ClickException("\n".join(str(problem) for problem in problems))
    return Text(FIGURES_FILE, text.text)


def _root() -> Path:
    root = find_root()
    if root is None:
        raise click.ClickException(
            "her er intet magasin. Gå til magasinets mappe, den med filen mkdocs.yml, og prøv igen."
        )
    return root


def _progress() -> Progress | None:
    """Return what tells how far long work has come, where a person sees it."""
    return Progress(sys.stderr, time.monotonic, time.monotonic()) if sys.stderr.isatty() else None


def _print(problems: Sequence[Problem]) -> None:
    for problem in problems:
        click.echo(str(problem), err=True)
