"""What the preview takes after an edit: from the saving of a file to the page (Linux only)."""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

#: What a build of the preview ends with.
_BUILT = re.compile("Sider: ")
#: What it says when it watches.
_WATCHES = re.compile("Serving on ")
#: Saved again only when the system vouches for what was saved before.
_PAUSE = 2.5
_PATIENCE = 600.0
_EDITS = 3


@dataclass
class _Listener:
    """Counts the builds that a preview tells of."""

    stream: IO[str]
    built: int = 0
    watches: bool = False
    lines: list[str] = field(default_factory=list)
    _told: threading.Condition = field(default_factory=threading.Condition)

    def listen(self) -> None:
        for line in self.stream:
            with self._told:
                self.lines.append(line.rstrip())
                self.built += _BUILT.search(line) is not None
                self.watches |= _WATCHES.search(line) is not None
                self._told.notify_all()

    def wait(self, builds: int) -> None:
        with self._told:
            if not self._told.wait_for(lambda: self.watches and self.built >= builds, _PATIENCE):
                raise TimeoutError("\n".join(self.lines[-5:]))


def measure_preview(
    root: Path, edits: Mapping[str, Callable[[], None]], environment: Mapping[str, str]
) -> dict[str, tuple[float, float]]:
    """Return by edit what the preview took, CPU and wall seconds, the median of three.

    Args:
        root: a magazine.
        edits: each changes a file in it.
        environment: of the preview's process.

    Raises:
        OSError: where the system does not tell what a process has used.
        TimeoutError: where a build does not end.
    """
    command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", "127.0.0.1:0"]
    process = subprocess.Popen(
        command, cwd=root, env={**environment}, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
    )
    assert process.stderr is not None
    listener = _Listener(process.stderr)
    threading.Thread(target=listener.listen, daemon=True).start()
    found: dict[str, tuple[float, float]] = {}
    try:
        listener.wait(1)
        # The first edit meets what the first build has left; it is not counted.
        for name, edit in (("", next(iter(edits.values()))), *edits.items()):
            took = []
            for _ in range(_EDITS if name else 1):
                time.sleep(_PAUSE)
                used, began, builds = _used(process.pid), time.perf_counter(), listener.built
                edit()
                listener.wait(builds + 1)
                wall = time.perf_counter() - began
                time.sleep(0.5)
                took.append((_used(process.pid) - used, wall))
            found[name] = (
                statistics.median(cpu for cpu, _ in took),
                statistics.median(wall for _, wall in took),
            )
    finally:
        process.terminate()
        process.wait()
    return {name: cost for name, cost in found.items() if name}


def _used(process: int) -> float:
    """Return the CPU seconds of a process and of its children that have ended (proc(5), ``stat``)."""
    fields = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
