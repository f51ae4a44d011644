"""Names inside sentences; the sentences are made up."""

from __future__ import annotations

import pytest

from magazine.danish.names import names_in


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Mødet i Vollsmose blev holdt af Odense Kommune.", ["Vollsmose", "Odense Kommune"]),
        ("Projektleder Christian Larsen siger nej. Det gør KVINFO ikke.", ["Christian Larsen", "KVINFO"]),
        (
            "Styrelsen for International Rekruttering og Integration betaler.",
            ["International Rekruttering og Integration"],
        ),
        ("I aften taler Anne i Ålborg: Men hun er på Ærø.", ["Anne", "Ålborg", "Ærø"]),
        ("”Det er nok,” siger hun. – Og så var der Åse.", ["Åse"]),
        ("Det er KVINFOs\nmentorer i Ry.", ["KVINFO"]),
        ("1. Først dette", []),
        ("", []),
    ],
)
def test_names(text: str, names: list[str]) -> None:
    assert list(names_in(text)) == names
