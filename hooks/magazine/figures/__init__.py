"""The figures of ``data/tal.yml``: the frozen model, its reader, and what is in force when."""
