"""Visits to other sites: slowly, by their own rules, with a name to ask for, and never for long.

A host is asked one thing at a time, with a pause in between, whoever is led there from wherever. A page
is never fetched: its head tells enough, and of a body nothing is read.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import Enum, auto
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from queue import Queue
from threading import Event, Lock, Timer
from urllib.parse import SplitResult, quote, urljoin, urlsplit
from urllib.robotparser import RobotFileParser

from msgspec import Struct, field
from msgspec.structs import replace

from magazine.progress import Progress, watched

#: As many steps as browsers go.
_HOPS = 10
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_FOR_GOOD = frozenset({301, 308})
#: As much of a robots.txt as must be read (RFC 9309).
_RULES = 500 * 1024
#: So many times in a row a host may stay silent; then it is left alone for today.
_PATIENCE = 2
#: Of what a host asks for between two visits, as much as we sit through.
_LONGEST_PAUSE = 30
_SAFE = "/%:@!$&'()*+,;=~-._?[]"


class Fate(Enum):
    """What has become of an address."""

    FINE = auto()
    GONE = auto()
    """404 or 410."""
    NO_NAME = auto()
    """Nobody knows the host."""
    MOVED = auto()
    """For good."""
    AT_FRONT = auto()
    """A page's address that leads to a front page by now."""
    REFUSED = auto()
    """The host does not want to show it to a program."""
    LATER = auto()
    """The host answers, but not today."""
    SILENT = auto()
    """No answer at all."""
    CIRCLE = auto()
    """It leads round and round."""
    UNTRUSTED = auto()
    """The certificate does not hold."""
    FORBIDDEN = auto()
    """``robots.txt`` asks programs to stay away."""
    STRANGE = auto()
    """What came is not what the Web's protocol knows."""


class Finding(Struct, frozen=True):
    """What was found at an address."""

    fate: Fate
    status: int = 0
    """What the host answered, if it did."""
    there: str = ""
    """Where the address leads now, if somewhere else."""


class Manners(Struct, frozen=True):
    """How a visitor behaves."""

    agent: str
    """Its name, with an address to ask at."""
    pause: float = 1
    """Between two visits to a host, in seconds."""
    timeout: float = 10
    """For each step of a visit, in seconds."""
    limit: float = 20
    """For a whole visit, however much it is drawn out."""
    patience: float = 60
    """The longest wait that a host may ask for."""
    at_once: int = 6
    """So many hosts are visited side by side."""
    sleep: Callable[[float], None] = time.sleep
    now: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))


class _Answer(Struct, frozen=True):
    """The head of an answer."""

    status: int
    location: str = ""
    retry_after: str = ""
    body: bytes = b""
    """As much as was asked for."""


class _NoAnswerError(Exception):
    """A visit came to nothing."""

    def __init__(self, finding: Finding) -> None:
        self.finding = finding
        super().__init__(finding)


class _CutOffError(_NoAnswerError):
    """The host hung up; some do so at a question they do not know."""


class _Host(Struct):
    """What is known of a host while we are at it."""

    pause: float
    lock: Lock = field(default_factory=Lock)
    was_asked: bool = False
    silences: int = 0
    given_up: Finding | None = None


class _Rules(Struct):
    """A site's ``robots.txt``, once it is read."""

    lock: Lock = field(default_factory=Lock)
    parser: RobotFileParser | None = None
    fault: Finding | None = None
    """Why nobody knows what they are; then the site is left alone for today."""


def on_the_wire(address: str) -> str:
    """Return an address as it is asked for: in ASCII, without its fragment.

    Raises:
        ValueError: where it is none.
    """
    parts = urlsplit(address)
    host = (parts.hostname or "").encode("idna").decode("ascii")
    if parts.scheme not in ("http", "https") or not host:
        raise ValueError(address)
    where = f"[{host}]" if ":" in host else host
    port = f":{parts.port}" if parts.port else ""
    query = f"?{quote(parts.query, safe=_SAFE)}" if parts.query else ""
    return f"{parts.scheme}://{where}{port}{quote(parts.path, safe=_SAFE) or '/'}{query}"


class Visitor:
    """Visits addresses, each once."""

    def __init__(self, manners: Manners) -> None:
        """Keep the manners; nothing is visited yet."""
        self._manners = manners
        self._lock = Lock()
        self._hosts: dict[str, _Host] = {}
        self._rules: dict[str, _Rules] = {}
        self._trust = ssl.create_default_context()
        self._is_over = Event()

    def visit(self, addresses: Iterable[str], progress: Progress | None = None) -> Mapping[str, Finding]:
        """Return what was found at each address.

        Args:
            addresses: as ``on_the_wire`` returns them.
            progress: told how far the work has come.
        """
        by_host: dict[str, list[str]] = {}
        for address in sorted(set(addresses)):
            by_host.setdefault(urlsplit(address).hostname or "", []).append(address)
        found: dict[str, Finding] = {}
        news: Queue[tuple[str, Finding] | BaseException] = Queue()
        total = sum(map(len, by_host.values()))
        with ThreadPoolExecutor(self._manners.at_once) as pool:
            for group in by_host.values():
                pool.submit(self._tour, tuple(group), news)
            try:
                for address, finding in watched(progress, "Prøver links", _told(news, total), total):
                    found[address] = finding
            finally:
                self._is_over.set()
                pool.shutdown(wait=False, cancel_futures=True)
        return found

    def _tour(self, addresses: tuple[str, ...], news: Queue[tuple[str, Finding] | BaseException]) -> None:
        """Visit the addresses of a host one by one."""
        try:
            for address in addresses:
                if self._is_over.is_set():
                    return
                news.put((address, self._follow(address)))
        except BaseException as fault:
            news.put(fault)
            raise

    def _follow(self, address: str) -> Finding:
        """Go where an address leads, and return what is there."""
        here, lasting, is_lasting = address, address, True
        for _ in range(_HOPS):
            try:
                answer = self._knock(here)
            except _NoAnswerError as silence:
                return replace(silence.finding, there=here if here != address else "")
            if answer.status not in _REDIRECTS:
                return _judge(address, here, lasting, answer.status)
            try:
                there = on_the_wire(urljoin(here, answer.location)) if answer.location else ""
            except ValueError:
                there = ""
            if not there:
                return Finding(Fate.STRANGE, answer.status)
            is_lasting = is_lasting and answer.status in _FOR_GOOD
            lasting = there if is_lasting else lasting
            here = there
        return Finding(Fate.CIRCLE)

    def _knock(self, address: str) -> _Answer:
        """Ask for the head of a page, and for the page where the head is not to be had.

        Raises:
            _NoAnswerError: where there is none, or where we are not welcome.
        """
        parts = urlsplit(address)
        if not self._rules_at(f"{parts.scheme}://{parts.netloc}").can_fetch(self._manners.agent, address):
            raise _NoAnswerError(Finding(Fate.FORBIDDEN))
        with suppress(_CutOffError):
            answer = self._ask("HEAD", address)
            if answer.status < 400:
                return answer
        return self._ask("GET", address)

    def _rules_at(self, origin: str) -> RobotFileParser:
        """Return what a site lets programs do.

        Raises:
            _NoAnswerError: where nobody knows, because it does not answer.
        """
        with self._lock:
            rules = self._rules.setdefault(origin, _Rules())
        with rules.lock:
            if rules.fault is not None:
                raise _NoAnswerError(rules.fault)
            if rules.parser is None:
                try:
                    rules.parser = self._read_rules(f"{origin}/robots.txt")
                except _NoAnswerError as silence:
                    rules.fault = silence.finding
                    raise
                delay = rules.parser.crawl_delay(self._manners.agent)
                if delay is not None:
                    host = self._host_of(urlsplit(origin))
                    host.pause = max(host.pause, min(int(delay), _LONGEST_PAUSE))
            return rules.parser

    def _read_rules(self, address: str) -> RobotFileParser:
        parser, here = RobotFileParser(), address
        lines: list[str] = []
        for _ in range(_HOPS):
            answer = self._ask("GET", here, _RULES)
            if answer.status >= 500:
                raise _NoAnswerError(Finding(Fate.LATER, answer.status))
            if answer.status not in _REDIRECTS:
                lines = answer.body.decode("utf-8", "replace").splitlines() if answer.status == 200 else []
                break
            try:
                here = on_the_wire(urljoin(here, answer.location))
            except ValueError:
                break
        try:
            parser.parse(lines)
        except ValueError:
            parser.parse([])
        return parser

    def _host_of(self, parts: SplitResult) -> _Host:
        with self._lock:
            return self._hosts.setdefault(parts.hostname or "", _Host(self._manners.pause))

    def _ask(self, method: str, address: str, want: int = 0) -> _Answer:
        """Ask a host when it is our turn, and once more after a wait that it asks for.

        Raises:
            _NoAnswerError: where it does not answer, or has not done so all the time.
        """
        parts = urlsplit(address)
        host = self._host_of(parts)
        with host.lock:
            answer = self._ask_now(host, method, parts, want)
            wait = self._wait(answer)
            if wait is not None and wait <= self._manners.patience:
                self._manners.sleep(wait)
                answer = self._ask_now(host, method, parts, want)
                wait = self._wait(answer)
            if wait is not None:
                host.given_up = Finding(Fate.LATER, answer.status)
                raise _NoAnswerError(host.given_up)
            return answer

    def _ask_now(self, host: _Host, method: str, parts: SplitResult, want: int) -> _Answer:
        if host.given_up is not None:
            raise _NoAnswerError(host.given_up)
        if host.was_asked:
            self._manners.sleep(host.pause)
        host.was_asked = True
        try:
            answer = self._fetch(method, parts, want)
        except _NoAnswerError as silence:
            host.silences += 1
            is_lasting = silence.finding.fate in (Fate.NO_NAME, Fate.UNTRUSTED)
            if is_lasting or host.silences >= _PATIENCE:
                host.given_up = silence.finding
            raise
        host.silences = 0
        return answer

    def _wait(self, answer: _Answer) -> float | None:
        """Return how many seconds a host asks to be left alone; ``None`` where it does not."""
        text = answer.retry_after.strip()
        if answer.status != 429 and not (answer.status == 503 and text):
            return None
        if text.isascii() and text.isdecimal():
            return float(text[:9])
        try:
            then = parsedate_to_datetime(text)
            return max(0.0, (then - self._manners.now()).total_seconds())
        except (ValueError, TypeError):
            return self._manners.patience if answer.status == 429 else 0.0

    def _fetch(self, method: str, parts: SplitResult, want: int) -> _Answer:
        host, manners = parts.hostname or "", self._manners
        connection = (
            HTTPSConnection(host, parts.port, timeout=manners.timeout, context=self._trust)
            if parts.scheme == "https"
            else HTTPConnection(host, parts.port, timeout=manners.timeout)
        )
        is_late = Event()
        timer: Timer | None = None
        try:
            connection.connect()
            # A host may give a byte now and then for ever: the timeout is for each of them.
            timer = Timer(manners.limit, _hang_up, (connection.sock, is_late))
            timer.daemon = True
            timer.start()
            target = parts.path + (f"?{parts.query}" if parts.query else "")
            headers = {"User-Agent": manners.agent, "Accept": "*/*", "Connection": "close"}
            connection.request(method, target, headers=headers)
            response = connection.getresponse()
            return _Answer(
                response.status,
                _decoded(response.getheader("Location") or ""),
                response.getheader("Retry-After") or "",
                response.read(want) if want else b"",
            )
        except socket.gaierror as fault:
            is_unknown = fault.errno in (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", None))
            raise _NoAnswerError(Finding(Fate.NO_NAME if is_unknown else Fate.SILENT)) from fault
        except ssl.SSLCertVerificationError as fault:
            raise _NoAnswerError(Finding(Fate.UNTRUSTED)) from fault
        except (ConnectionResetError, HTTPException) as fault:
            if is_late.is_set():
                raise _NoAnswerError(Finding(Fate.SILENT)) from fault
            # The library's own word for a host that hangs up is both of the two.
            is_reset = isinstance(fault, ConnectionResetError)
            raise _CutOffError(Finding(Fate.SILENT if is_reset else Fate.STRANGE)) from fault
        except OSError as fault:
            raise _NoAnswerError(Finding(Fate.SILENT)) from fault
        finally:
            if timer is not None:
                timer.cancel()
            connection.close()


def _told(news: Queue[tuple[str, Finding] | BaseException], total: int) -> Iterator[tuple[str, Finding]]:
    for _ in range(total):
        told = news.get()
        if isinstance(told, BaseException):
            raise told
        yield told


def _decoded(field: str) -> str:
    """Return a header field, Latin-1 to the library, as UTF-8 where it is that."""
    with suppress(UnicodeDecodeError):
        return field.encode("latin-1").decode("utf-8")
    return field


def _hang_up(connection: socket.socket, is_late: Event) -> None:
    is_late.set()
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)


def _judge(address: str, here: str, lasting: str, status: int) -> Finding:
    """Return what a page's last answer means for the address that led to it."""
    there = here if here != address else ""
    if status in (404, 410):
        return Finding(Fate.GONE, status, there)
    if status >= 500:
        return Finding(Fate.LATER, status, there)
    if status >= 400:
        return Finding(Fate.REFUSED, status, there)
    if there and urlsplit(address).path != "/" and urlsplit(here).path == "/":
        return Finding(Fate.AT_FRONT, status, there)
    if lasting != address:
        return Finding(Fate.MOVED, status, lasting)
    return Finding(Fate.FINE, status, there)
