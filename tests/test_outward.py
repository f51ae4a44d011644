"""Links out of the magazine: what is told of them, a file a case under ``cases/outward``; and manners."""

from __future__ import annotations

import io
import itertools
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from http.client import HTTPSConnection
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from msgspec.structs import replace
from outward_server import Reply, serving
from whole_magazine import FILES, NOW, examined, write

from magazine import cli
from magazine.outward.check import Tour, check_outward, manners_of
from magazine.outward.mentions import Mention, mentions
from magazine.outward.visits import Manners, on_the_wire
from magazine.problems import Place, Problem
from magazine.progress import Progress

CASES = sorted((Path(__file__).parent / "cases" / "outward").glob("*.yml"))
LOOK = "Åbn linket selv, og se efter."


class Rest:
    """Sleeps in no time, and remembers how long it would have taken."""

    def __init__(self) -> None:
        self.slept: list[float] = []

    def __call__(self, seconds: float) -> None:
        self.slept.append(seconds)


def _manners(rest: Rest | None = None) -> Manners:
    return replace(manners_of("https://a.example"), sleep=rest or Rest(), timeout=0.3, limit=0.6)


def _told(*addresses: str, manners: Manners | None = None) -> list[str]:
    """Return what is told of addresses, each on a line of its own."""
    named = [Mention(Place("a.md", line), address) for line, address in enumerate(addresses, 1)]
    return [str(problem) for problem in check_outward(named, manners or _manners()).problems]


def _endless() -> Iterator[bytes]:
    while True:
        yield b"x" * 65536


@pytest.mark.parametrize("path", CASES, ids=[path.stem for path in CASES])
def test_what_is_found_and_told(path: Path) -> None:
    case = yaml.safe_load(path.read_text("utf-8"))
    with serving({path: _reply(written) for path, written in case["svarer"].items()}) as (at, _):
        assert _told(f"{at}/x") == ([case["siger"].replace("AT", at)] if "siger" in case else [])


def _reply(written: Any) -> Reply | list[Reply]:
    if isinstance(written, list):
        return [Reply(one["status"], one.get("felter", {})) for one in written]
    text = written.get("tekst", "").encode("utf-8")
    return Reply(
        written.get("status", 200),
        written.get("felter", {}),
        written.get("head"),
        lambda: iter([text]),
        written.get("langsom", False),
    )


def test_a_body_is_not_fetched() -> None:
    with serving({"/x": Reply(head=405, body=_endless), "/robots.txt": Reply(body=_endless)}) as (at, log):
        assert _told(f"{at}/x") == []

    # What the machine's own buffers have taken in, and not what a visitor asked for.
    assert log.sent < 64 * 1024**2


def test_who_draws_out_an_answer_is_left() -> None:
    """Every byte comes in time; the whole never does."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(5)
        manners = replace(_manners(), timeout=5, limit=0.2)

        told = _told(f"http://127.0.0.1:{listening.getsockname()[1]}/x", manners=manners)

    assert [line.partition("x» ")[2] for line in told] == [
        "kunne ikke nås i dag (intet svar). Prøv igen en anden dag."
    ]


def test_nobody_at_the_port() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]

    assert _told(f"http://127.0.0.1:{port}/x") == [
        f"a.md:1: advarsel: «http://127.0.0.1:{port}/x» kunne ikke nås i dag (intet svar). "
        "Prøv igen en anden dag."
    ]


def test_an_unknown_name_is_dead(monkeypatch: pytest.MonkeyPatch) -> None:
    known = socket.getaddrinfo

    def look_up(host: str, *rest: object, **more: object) -> object:
        if host == "findes-ikke.dk":
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return known(host, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    dead = "https://findes-ikke.dk/side"

    with serving({"/x": Reply(200)}) as (at, _):
        assert _told(f"{at}/x", dead) == [
            f"a.md:2: «{dead}» kan ikke findes: intet sted på nettet hedder findes-ikke.dk. Er det stavet "
            "rigtigt?"
        ]


def test_where_nobody_answers_our_own_line_is_dead(monkeypatch: pytest.MonkeyPatch) -> None:
    def look_up(host: str, *rest: object, **more: object) -> object:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    named = [Mention(Place("a.md", line), f"https://{host}.dk/") for line, host in enumerate("abc", 1)]

    assert check_outward(named, _manners()) == Tour((), 3, is_offline=True)


def test_a_certificate_that_does_not_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    def distrust(connection: HTTPSConnection) -> None:
        raise ssl.SSLCertVerificationError("certificate has expired")

    monkeypatch.setattr(HTTPSConnection, "connect", distrust)

    assert _told("https://a.dk/x") == [
        "a.md:1: advarsel: «https://a.dk/x» har et certifikat, der ikke holder, så browseren kan advare "
        f"læserne. {LOOK}"
    ]


def test_an_anchor_goes_along() -> None:
    with serving({"/x": Reply(301, {"Location": "/y"}), "/y": Reply(200)}) as (at, log):
        assert _told(f"{at}/x#afsnit") == [
            f"a.md:1: advarsel: «{at}/x#afsnit» er flyttet for godt. Skriv {at}/y#afsnit."
        ]
    assert ("HEAD", "/x") in log.visits


def test_each_address_is_visited_once_and_told_wherever_it_stands() -> None:
    with serving({}) as (at, log):
        told = _told(f"{at}/x", f"{at}/x#her", f"{at}/x")

    assert [line.partition(": «")[0] for line in told] == ["a.md:1", "a.md:2", "a.md:3"]
    assert log.visits == [("GET", "/robots.txt"), ("HEAD", "/x"), ("GET", "/x")]


def test_a_host_is_asked_one_thing_at_a_time_with_a_pause() -> None:
    rest = Rest()
    pages = {f"/{number}": Reply(200) for number in range(8)}
    with serving(pages) as (at, log):
        assert _told(*(f"{at}{path}" for path in pages), manners=_manners(rest)) == []

    assert log.most == 1
    assert rest.slept == [1] * 8


def test_a_host_is_given_the_pause_it_asks_for() -> None:
    rest = Rest()
    rules = Reply(body=lambda: iter([b"User-agent: *\nCrawl-delay: 3\n"]))
    with serving({"/robots.txt": rules, "/x": Reply(200), "/y": Reply(200)}) as (at, _):
        assert _told(f"{at}/x", f"{at}/y", manners=_manners(rest)) == []

    assert rest.slept == [3, 3]


def test_whoever_asks_for_time_gets_it() -> None:
    rest = Rest()
    moment = datetime(2026, 11, 24, 12, 0, 0, tzinfo=UTC)
    manners = replace(_manners(rest), now=lambda: moment)
    replies: dict[str, Reply | list[Reply]] = {
        "/x": [Reply(429, {"Retry-After": "7"}), Reply(200)],
        "/y": [Reply(429, {"Retry-After": "Tue, 24 Nov 2026 12:00:09 GMT"}), Reply(200)],
    }
    with serving(replies) as (at, _):
        assert _told(f"{at}/x", f"{at}/y", manners=manners) == []

    assert rest.slept == [1, 7, 1, 1, 9, 1]


def test_a_host_that_has_had_enough_is_left_alone() -> None:
    replies = {"/a": Reply(429, {"Retry-After": "3600"}), "/b": Reply(200), "/c": Reply(200)}
    with serving(replies) as (at, log):
        told = _told(*(f"{at}{path}" for path in replies))

    assert [line.partition("» ")[2] for line in told] == [
        "kunne ikke nås i dag (svarede 429). Prøv igen en anden dag."
    ] * 3
    assert log.visits == [("GET", "/robots.txt"), ("HEAD", "/a")]


def test_a_host_that_stays_silent_is_left_alone() -> None:
    replies = {f"/{number}": Reply(is_slow=True) for number in range(9)}
    with serving(replies) as (at, log):
        assert len(_told(*(f"{at}{path}" for path in replies))) == 9

    assert len(log.visits) == 3


def test_hosts_are_visited_side_by_side() -> None:
    """Each host is kept waiting until the other one has been asked, too."""
    both = threading.Barrier(2, timeout=5)

    def when_both_are_asked() -> Iterator[bytes]:
        both.wait()
        yield b""

    replies = {"/robots.txt": Reply(body=when_both_are_asked), "/x": Reply(200)}
    with serving(replies) as (at, _):
        there = at.replace("127.0.0.1", "localhost")
        assert _told(f"{at}/x", f"{there}/x", manners=replace(_manners(), timeout=10, limit=10)) == []

    assert not both.broken


def test_whoever_watches_sees_how_far_it_has_come() -> None:
    screen, times = io.StringIO(), itertools.count(0, 10)
    pages = {f"/{number}": Reply(200) for number in range(3)}
    with serving(pages) as (at, _):
        named = [Mention(Place("a.md"), f"{at}{path}") for path in pages]
        check_outward(named, _manners(), Progress(screen, lambda: next(times), next(times)))

    assert [line for line in screen.getvalue().split("\r") if line.strip()] == [
        f"Prøver links: {done} af 3" for done in range(3)
    ]


def test_the_visitor_gives_its_name_and_an_address() -> None:
    with serving({"/x": Reply(200)}) as (at, log):
        _told(f"{at}/x")

    assert log.agents == {"Magasin-linktjek/1.0 (+https://a.example/)"}


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("https://www.blå.dk/ærø?q=é#her", "https://www.xn--bl-zia.dk/%C3%A6r%C3%B8?q=%C3%A9"),
        ("HTTPS://A.DK", "https://a.dk/"),
        ("https://navn:kode@a.dk:8080/x%20y", "https://a.dk:8080/x%20y"),
        ("http://[::1]/x y", "http://[::1]/x%20y"),
    ],
)
def test_an_address_as_it_is_asked_for(written: str, asked: str) -> None:
    assert on_the_wire(written) == asked
    assert on_the_wire(asked) == asked


@pytest.mark.parametrize("address", ["https://", "https://a.dk:99999/", f"https://{'a' * 70}.dk/"])
def test_what_is_no_address(address: str) -> None:
    assert _told(address) == [f"a.md:1: «{address}» er ikke en adresse. Skriv den helt ud: https://…/"]


EVERYWHERE: Mapping[str, str] = {
    "articles/2022/a.md": (
        "---\ntitle: En artikel\ndate: 2022-06-01\n"
        "description: 'Fra https://felt.dk/side, og mere.'\ncategory: mentor\n"
        "corrections:\n  - date: 2022-06-02\n    text: Se https://rettelse.dk.\n---\n"
        "Et [link](https://krop.dk/a), <https://vinkel.dk/>\nog et [til][nr].[^1]\n\n"
        "[Intern](../../docs/om.md), [brev](mailto:a@b.dk).\n\n"
        "[^1]: En [note](https://note.dk/).\n\n[nr]: https://reference.dk/x_(y)\n"
    ),
    "articles/2030/b.md": (
        "---\ntitle: Senere\ndate: 2030-06-01\ndescription: Om noget.\ncategory: mentor\n---\n"
        "Et [link](https://venter.dk/).\n"
    ),
    "docs/om.md": "---\ntitle: Om\ndescription: Om magasinet.\n---\n[Os](https://side.dk/).\n",
    "data/tal.yml": FILES["data/tal.yml"].replace(
        "    url: ukendt\n", "    url: https://kilde.dk/\n    note: Også på (https://note-i-tal.dk/a).\n", 1
    ),
    "data/bliv-mentor.yml": (
        "steder: {}\nkontakt:\n  navn: ukendt\n  email: ukendt\n  telefon: ukendt\n"
        "  tilmelding: https://tilmelding.dk/\n"
        "formular:\n  modtager: https://postkasse.dk/\n  formål: Svar.\n  dataansvarlig: Os.\n"
        "  opbevaring: Et år.\n"
    ),
}


def test_every_place_is_looked_through(tmp_path: Path) -> None:
    site, problems = examined(tmp_path, EVERYWHERE)

    assert [problem for problem in problems if not problem.warning] == []
    assert [(m.place.path, m.place.line, m.address) for m in mentions(tmp_path, site)] == [
        ("articles/2022/a.md", 4, "https://felt.dk/side"),
        ("articles/2022/a.md", 8, "https://rettelse.dk"),
        ("articles/2022/a.md", 10, "https://krop.dk/a"),
        ("articles/2022/a.md", 10, "https://vinkel.dk/"),
        ("articles/2022/a.md", 15, "https://note.dk/"),
        ("articles/2022/a.md", 17, "https://reference.dk/x_(y)"),
        ("articles/2030/b.md", 7, "https://venter.dk/"),
        ("data/bliv-mentor.yml", 6, "https://tilmelding.dk/"),
        ("data/redaktion.yml", 19, "https://kvinfo.example/"),
        ("data/redaktion.yml", 20, "https://mentor.example/"),
        ("data/tal.yml", 7, "https://kilde.dk/"),
        ("data/tal.yml", 8, "https://note-i-tal.dk/a"),
        ("docs/om.md", 5, "https://side.dk/"),
    ]


def _tjek(root: Path, monkeypatch: pytest.MonkeyPatch, at: str, *options: str, text: str) -> tuple[int, str]:
    desk = (
        FILES["data/redaktion.yml"]
        .replace("https://kvinfo.example/", f"{at}/")
        .replace("https://mentor.example/", f"{at}/")
    )
    article = FILES["articles/2022/a.md"].replace("En tekst.", text)
    write(root, {"data/redaktion.yml": desk, "articles/2022/a.md": article})
    monkeypatch.chdir(root)
    monkeypatch.setenv("MAGASIN_NU", NOW)
    monkeypatch.setattr(cli, "manners_of", lambda address: _manners())
    done = CliRunner().invoke(cli.main, ["tjek", *options], catch_exceptions=False)
    return done.exit_code, done.output


def test_the_command_tells_all_at_once_and_fails_for_the_dead(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replies = {"/": Reply(200), "/y": Reply(301, {"Location": "/z"}), "/z": Reply(200)}
    with serving(replies) as (at, _):
        text = f"[Et]({at}/x), [to]({at}/y) og [tre](../2022/ingen.md)."
        status, told = _tjek(tmp_path, monkeypatch, at, "--eksterne", text=text)

    assert status == 1
    assert told == (
        "3 adresser på nettet prøvet.\n"
        "articles/2022/a.md:9: linket «../2022/ingen.md» fører ingen steder hen: der er ingen side, der "
        "hedder articles/2022/ingen.md. Skriv stien fra denne fil til den anden.\n"
        f"articles/2022/a.md:9: «{at}/x» findes ikke (404). Find sidens nye adresse, eller tag henvisningen "
        "ud.\n"
        f"articles/2022/a.md:9: advarsel: «{at}/y» er flyttet for godt. Skriv {at}/z.\n"
        "2 fejl, 1 advarsel.\n"
    )


def test_remarks_fail_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving({"/": Reply(200), "/x": Reply(500)}) as (at, _):
        status, told = _tjek(tmp_path, monkeypatch, at, "--eksterne", text=f"[Et]({at}/x).")

    assert status == 0
    assert told.endswith("0 fejl, 1 advarsel.\n")


def test_a_dead_link_elsewhere_keeps_no_address_from_being_written_down(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving({"/": Reply(200)}) as (at, _):
        status, told = _tjek(tmp_path, monkeypatch, at, "--eksterne", "--opdater", text=f"[Et]({at}/x).")

    assert status == 1
    assert told.endswith("adresser.lock: 1 ny adresse.\n")


def test_nobody_is_visited_unless_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving({}) as (at, log):
        assert _tjek(tmp_path, monkeypatch, at, text=f"[Et]({at}/x).")[0] == 0

    assert log.visits == []


def test_a_problem_is_told_once_where_an_address_stands_twice_on_a_line() -> None:
    with serving({}) as (at, _):
        named = [Mention(Place("a.md", 1), f"{at}/x")] * 2
        tour = check_outward(named, _manners())

    told = f"«{at}/x» findes ikke (404). Find sidens nye adresse, eller tag henvisningen ud."
    assert tour == Tour((Problem(Place("a.md", 1), told),), 1)
