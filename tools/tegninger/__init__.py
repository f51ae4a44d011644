"""The magazine's pictures, drawn from its figures: ``python tools/tegn.py`` writes them to docs/images/."""
