"""Kønformation's generator: Markdown and one file of figures in, a checked magazine out.

Dependencies point one way::

    problems <- sources <- {entries, figures.read, desk, articles, standing, settings}
    intervals, danish <- hedges <- {figures.read, phrases} <- claims <- resolve
    {figures.select, references, claims} <- resolve <- {figure_markdown, site}
    render <- site <- pages <- publish <- mkdocs_hook

Nothing here imports MkDocs; ``hooks/mkdocs_hook.py`` is the only module that does.
"""
