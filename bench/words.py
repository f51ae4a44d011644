"""Danish words, the most frequent first, from the package ``wordfreq``.

The package is installed once, from its registry, into ``.cache/bench/tools``; its small Danish list is all
that is used of it (Robyn Speer, wordfreq 3.1.1, Apache-2.0, data CC BY-SA 4.0).
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

PACKAGE = "wordfreq==3.1.1"
#: Words that count something would need a source, and rarer words than these nobody writes.
COUNTING = re.compile(
    r"nul|et|en|én|ét|to|tre|fire|fem|seks|syv|otte|ni|ti|elleve|tolv|\w+ten|\w*tyve|\w*tredive|\w*fyrre|"
    r"\w*halvtreds|\w*tres|\w*halvfjerds|\w*firs|\w*halvfems|\w*hundred\w*|\w*tusinde?r?|\w*million\w*|"
    r"\w*milliard\w*|mia|mio|begge|dobbelt\w*|halv\w*|tredje\w*|fjerde\w*|femte\w*|\w+nde|pct|procent\w*|"
    r"gange?|\w*doble\w*|\w*dobling\w*|fordobl\w*|hver\w*|anden|andet|første\w*|par|snes|dusin|kvart\w*|ingen"
)
MOST = 20_000
_CODE = "from wordfreq import top_n_list; print('\\n'.join(top_n_list('da', 30000)))"


def danish_words(tools: Path) -> list[str]:
    """Return Danish words that count nothing, the most frequent first.

    Args:
        tools: where packages for the measurements are installed.

    Raises:
        subprocess.CalledProcessError: the package can neither be found nor installed.
    """
    folder = tools / "words"
    python = folder / "bin/python"
    if not (folder / "installed").exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", PACKAGE], check=True)
        (folder / "installed").touch()
    done = subprocess.run([str(python), "-c", _CODE], check=True, capture_output=True, text=True)
    words = [word for word in done.stdout.split() if re.fullmatch(r"[a-zæøåé]{2,}", word)]
    return [word for word in words if not COUNTING.fullmatch(word)][:MOST]
