"""Write the headers for servers of one's own into ``deploy/``; run after a change of the policy.

python tools/deploy.py
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from magazine.pages.security import caddy_snippet, nginx_snippet

FOLDER = Path(__file__).resolve().parent.parent / "deploy"


def snippets() -> Mapping[str, str]:
    """Return each file's text by its name."""
    return {"nginx.conf": nginx_snippet(), "Caddyfile": caddy_snippet()}


def main() -> None:
    """Write the files."""
    for name, text in snippets().items():
        (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
