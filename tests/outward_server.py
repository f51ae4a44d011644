"""A web server on this machine with every way in which an address can fail."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

#: How long what is slow takes, in seconds; whoever waits for it has given up before.
SLOW = 5
#: How long every other answer takes at least, in seconds.
_A_MOMENT = 0.005


@dataclass(frozen=True)
class Reply:
    """What stands at a path."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    head: int | None = None
    """What is answered to a HEAD, where it is something else."""
    body: Callable[[], Iterator[bytes]] | None = None
    is_slow: bool = False


@dataclass
class Log:
    """Who came, in their order, and how many at once."""

    visits: list[tuple[str, str]] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)
    inside: int = 0
    asking: int = 0
    most: int = 0
    """How many were waiting for an answer at once."""
    sent: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def of(self, path: str) -> list[str]:
        """Return how a path was asked for."""
        return [method for method, asked in self.visits if asked == path]


@contextmanager
def serving(replies: Mapping[str, Reply | list[Reply]]) -> Iterator[tuple[str, Log]]:
    """Serve the replies by path; of a list one at a time, the last for good.

    Yields:
        the server's address, and its log.
    """
    log, ended = Log(), threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            with log.lock:
                log.inside += 1
                log.asking += 1
                log.most = max(log.most, log.asking)
                log.visits.append((self.command, self.path))
                log.agents.add(self.headers["User-Agent"])
                there = replies.get(self.path, Reply(404))
                reply = there if isinstance(there, Reply) else there.pop(0) if there[1:] else there[0]
            # Long enough for whoever asks at the same time to be seen.
            ended.wait(SLOW if reply.is_slow else _A_MOMENT)
            with log.lock:
                # Who has an answer may ask again before this one is done with sending it.
                log.asking -= 1
            try:
                is_head = self.command == "HEAD"
                self.send_response(reply.head if is_head and reply.head else reply.status)
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                for part in reply.body() if reply.body and not is_head else ():
                    self.wfile.write(part)
                    log.sent += len(part)
            except OSError:
                pass  # the visitor has left
            finally:
                with log.lock:
                    log.inside -= 1

        do_GET = _answer  # noqa: N815  # the library looks for these names
        do_HEAD = _answer  # noqa: N815

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        block_on_close = False

    server = Server(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", log
    finally:
        ended.set()
        server.shutdown()
        thread.join()
        server.server_close()
        deadline = time.monotonic() + SLOW
        while log.inside and time.monotonic() < deadline:
            time.sleep(0.01)
