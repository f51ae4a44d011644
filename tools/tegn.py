"""Draw the magazine's pictures anew: ``python tools/tegn.py`` writes them to docs/images/."""

from __future__ import annotations

from pathlib import Path

from tegninger.studio import draw_all

if __name__ == "__main__":
    ROOT = Path(__file__).resolve().parent.parent
    for path, content in draw_all(ROOT).items():
        target = ROOT / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
