"""Whether anything at all differs from the last build: if nothing does, nothing is read and nothing made.

A build is a function of the files it reads, of its settings, of the program, and of the day. All of these
are named before the build reads anything; what is kept of a build that ended well is that name, and what it
built. A file counts as the same only where the system vouches for it: a number on the disk, a size, and the
time of the last change, which no program can set back.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from msgspec import Struct

from magazine.publish import Ledger, Publisher
from magazine.sources import signatures
from magazine.store import Store, digest
from magazine.summary import Summary

_KEY = "unchanged"
#: What is read beside the documents, the templates and the configuration file.
_FOLDERS = ("articles", "data", ".magasin")


class Standing(Struct, frozen=True):
    """A build that ended well."""

    inputs: str
    until: datetime
    """From then on the same content makes another site."""
    summary: Summary


class Watch(Struct, frozen=True):
    """What a build is going to read, as it was before it was read."""

    name: tuple[Any, ...]
    inputs: str | None
    """A name for all of it; ``None`` where a file cannot be vouched for."""

    @classmethod
    def begin(cls, config_file: Path, folders: Sequence[str], site_dir: Path, told: object) -> Watch:
        """Look at everything that a build reads.

        Args:
            config_file: the configuration; the other files lie in folders beside it.
            folders: where documents and templates lie.
            site_dir: where the site stands.
            told: what else decides what is built, and is its own ``repr``.
        """
        root = config_file.parent
        places = (*_FOLDERS, *(os.path.relpath(folder, root) for folder in folders))
        seen = signatures(root, places, (config_file.name,))
        inputs = None if seen is None else digest(seen, repr(told))
        return cls((_KEY, str(config_file), str(site_dir)), inputs)

    def find(self, store: Store, publisher: Publisher, ledger: object, now: datetime) -> Summary | None:
        """Return what stands, if a build would make the same once more.

        Args:
            store: what earlier builds have found out.
            publisher: knows the site that stands.
            ledger: what was published last.
            now: the time, in Copenhagen.
        """
        kept = store.get(*self.name)
        if self.inputs is None or not isinstance(kept, Standing) or kept.inputs != self.inputs:
            return None
        is_whole = now < kept.until and isinstance(ledger, Ledger) and publisher.stands(ledger)
        return kept.summary if is_whole else None

    def keep(self, store: Store, summary: Summary, until: datetime) -> None:
        """Keep what was built; to be called last, when it stands."""
        if self.inputs is not None:
            store.put(Standing(self.inputs, until, summary), *self.name)
