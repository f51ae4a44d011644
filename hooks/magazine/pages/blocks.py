"""Views of the blocks of figures: chart, box and table, with their sources and remarks."""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup
from msgspec import Struct

from magazine.blocks.model import CHARTS, UNKNOWN, Block, Kind, Row, Shown
from magazine.danish.typography import set_text
from magazine.figures.cite import describe_source
from magazine.pages.charts import ChartView, chart_view
from magazine.resolve import Resolved
from magazine.values import print_value

#: Sets a figure: its answer and the words that are printed, to the figure and its note mark.
SetFigure = Callable[[Resolved, str], tuple[Markup, Markup]]


class SourceView(Struct, frozen=True):
    """A source under a block."""

    text: str
    address: str
    """Empty where it is unknown."""


class ItemView(Struct, frozen=True):
    """A key figure of a box."""

    number: Markup
    mark: Markup
    unit: str
    name: str
    period: str
    among: str
    """Empty where it is the same for all of the box."""
    address: str


class TableRowView(Struct, frozen=True):
    """A row of a table."""

    label: str
    cells: tuple[Markup, ...]


class TableView(Struct, frozen=True):
    """A block's figures as a table."""

    head: tuple[str, ...]
    """The first names the rows; empty where their names say enough."""
    rows: tuple[TableRowView, ...]


class BlockView(Struct, frozen=True):
    """A block as its template prints it."""

    id: str
    title: Markup
    text: Markup
    subtitle: str
    chart: ChartView | None
    items: tuple[ItemView, ...]
    table: TableView
    remarks: tuple[str, ...]
    sources: tuple[SourceView, ...]
    facts: tuple[str, ...]


def block_view(
    block: Block, number: int, title: Markup, text: Markup, set_figure: SetFigure, *, draws: bool = True
) -> BlockView:
    """Return a block's view.

    Args:
        block: what is shown.
        number: the block's on its page, from 1.
        title: its title, set.
        text: its text, set, or nothing.
        set_figure: marks a figure up and sets its note mark; asked once for each place of a figure.
        draws: whether charts and boxes are drawn; else every block is a table.
    """
    id_ = f"blok-{number}"
    is_box = draws and block.kind is Kind.BOX
    return BlockView(
        id=id_,
        title=title,
        text=text,
        subtitle=set_text(block.subtitle),
        chart=chart_view(block, id_) if draws and block.kind in CHARTS else None,
        items=tuple(_item(block, shown, set_figure) for shown in block.shown) if is_box else (),
        table=TableView(block.head, () if is_box else tuple(_row(row, set_figure) for row in block.rows)),
        remarks=tuple(set_text(remark) for remark in block.remarks),
        sources=tuple(
            SourceView(set_text(describe_source(source)), source.url or "") for source in block.sources
        ),
        facts=block.facts,
    )


def _item(block: Block, shown: Shown, set_figure: SetFigure) -> ItemView:
    observation, indicator = shown.observation, shown.indicator
    among = observation.among or indicator.among or ""
    same = len({item.observation.among or item.indicator.among for item in block.shown}) == 1
    one_period = len({item.observation.period for item in block.shown}) == 1
    number = print_value(observation.value, indicator.unit, "tal")
    figure, mark = set_figure(shown.answer, number)
    return ItemView(
        number=figure,
        mark=mark,
        unit=_unit_of(shown),
        name=shown.label,
        period="" if one_period else observation.period.print(),
        among="" if same else set_text(among),
        address=f"/tal/{indicator.id}/",
    )


def _unit_of(shown: Shown) -> str:
    unit, value = shown.indicator.unit, shown.observation.value
    is_one = value.last is None and value.first.value == 1
    nouns = shown.indicator.nouns
    word = (unit.singular if is_one else unit.plural) or (nouns[0 if is_one else -1] if nouns else "")
    return f"{word} (forventet)".strip() if shown.is_expected else word


def _row(row: Row, set_figure: SetFigure) -> TableRowView:
    cells = []
    for cell in row.cells:
        if cell is None:
            cells.append(Markup.escape(UNKNOWN))
        elif isinstance(cell, Shown):
            words = f"{cell.words} (forventet)" if cell.is_expected else cell.words
            cells.append(Markup("").join(set_figure(cell.answer, words)))
        else:
            cells.append(Markup.escape(cell))
    return TableRowView(row.label, tuple(cells))
