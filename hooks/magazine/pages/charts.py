"""Charts as shapes: every place and length computed here, exactly, so that templates only print.

A chart fills the width that it is given: places along it are percentages, heights are ``em`` of the
chart's own type. So its text keeps the page's size on a phone, and grows with the reader's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from magazine.blocks.model import Block, Kind, Shown
from magazine.blocks.remarks import steps_of, usual_step

#: The narrowest column, a phone of 320 pixels, and how wide a letter is there on the safe side.
_COLUMN = 284
_LETTER, _LARGE_LETTER, _SMALL_LETTER, _SPACE = 8, 19, 8, 6
#: How far a label may stand out at a side, where the page has its margin.
_OVERHANG = 10
#: A share is drawn on a scale to 100, as long as it would not be a mere sliver there.
_SLIVER = 25
_WHOLE = Fraction(100)
#: A series keeps this much of the width free at each side, so that its outer labels have room.
_MARGIN = Fraction(6)
#: From three usual steps on, a gap is folded: time runs on, but the chart says that it skips.
_FOLD = 3


class Bar(Struct, frozen=True):
    """A bar; ``css`` names what it shows."""

    x: str
    y: str
    width: str
    height: str
    css: str
    is_hatched: bool = False


class Rule(Struct, frozen=True):
    """A straight line."""

    x1: str
    y1: str
    x2: str
    y2: str
    css: str


class Dot(Struct, frozen=True):
    """A point of a series."""

    x: str
    y: str
    css: str


class Run(Struct, frozen=True):
    """Words of one size."""

    text: str
    css: str = ""
    dx: str = ""


class Words(Struct, frozen=True):
    """A line of text in a chart."""

    x: str
    y: str
    runs: tuple[Run, ...]
    css: str = ""
    dx: str = ""


class ChartView(Struct, frozen=True):
    """A chart as a template prints it."""

    id: str
    height: str
    bars: tuple[Bar, ...]
    rules: tuple[Rule, ...]
    dots: tuple[Dot, ...]
    words: tuple[Words, ...]
    description: str
    """The chart in a sentence, for those who do not see it."""


def chart_view(block: Block, id_: str) -> ChartView:
    """Draw a block of a kind in ``blocks.model.CHARTS``.

    Args:
        block: what is shown.
        id_: the beginning of the ids that the chart may use.
    """
    drawing = _Drawing()
    match block.kind:
        case Kind.TARGET:
            _draw_target(block, drawing)
        case Kind.PARTS:
            _draw_parts(block, drawing)
        case Kind.SERIES:
            _draw_series(block, drawing)
        case _:
            _draw_change(block, drawing)
    return ChartView(
        id_,
        _em(drawing.height),
        tuple(drawing.bars),
        tuple(drawing.rules),
        tuple(drawing.dots),
        tuple(drawing.words),
        _description(block),
    )


def decimal(value: Fraction, places: int = 4) -> str:
    """Return a number with a decimal point, no longer than it must be."""
    scaled = round(abs(value) * 10**places)
    whole, part = divmod(scaled, 10**places)
    digits = f"{part:0{places}d}".rstrip("0")
    sign = "-" if value < 0 and scaled else ""
    return f"{sign}{whole}.{digits}" if digits else f"{sign}{whole}"


class _Drawing:
    """The shapes of one chart while it is drawn; lengths are percentages across, ``em`` down."""

    def __init__(self) -> None:
        self.height = Fraction(0)
        self.bars: list[Bar] = []
        self.rules: list[Rule] = []
        self.dots: list[Dot] = []
        self.words: list[Words] = []

    def bar(
        self, x: Fraction, y: Fraction, width: Fraction, height: Fraction, css: str, *, hatched: bool = False
    ) -> None:
        self.bars.append(Bar(_percent(x), _em(y), _percent(width), _em(height), _classes(css), hatched))
        self._reach(y + height)

    def rule(self, x1: Fraction, y1: Fraction, x2: Fraction, y2: Fraction, css: str) -> None:
        self.rules.append(Rule(_percent(x1), _em(y1), _percent(x2), _em(y2), _classes(css)))
        self._reach(max(y1, y2))

    def dot(self, x: Fraction, y: Fraction, css: str) -> None:
        self.dots.append(Dot(_percent(x), _em(y), _classes(css)))
        self._reach(y)

    def write(self, x: Fraction, y: Fraction, *runs: Run, css: str = "", dx: Fraction = Fraction(0)) -> None:
        named = tuple(replace(run, css=_classes(run.css)) for run in runs)
        self.words.append(Words(_percent(x), _em(y), named, _classes(css), _em(dx) if dx else ""))
        self._reach(y)

    def _reach(self, y: Fraction) -> None:
        self.height = max(self.height, y + Fraction(1, 2))


def _classes(names: str) -> str:
    """Return the classes with the charts' own beginning: the page has a ``.skala``, too."""
    return " ".join(f"graf-{name}" for name in names.split())


def _percent(value: Fraction) -> str:
    return f"{decimal(value)}%"


def _em(value: Fraction) -> str:
    return f"{decimal(value)}em"


def _draw_target(block: Block, drawing: _Drawing) -> None:
    assert block.target is not None, "the resolver finds it, or tells"
    value = block.shown[0]
    scale = _scale((value, block.target))
    top = _caption(drawing, Fraction(0), value, value.label, "stort vigtig")
    end = _value_bar(drawing, top, Fraction(3), value, scale, "del-1")
    _rest(drawing, top + 3, end, scale, value)
    _target_line(drawing, block.target, scale, top, top + 3)


def _draw_change(block: Block, drawing: _Drawing) -> None:
    scale = _scale(block.shown)
    y = Fraction(0)
    dated = len({shown.label for shown in block.shown} - {_period(shown) for shown in block.shown}) > 0
    dated = dated and len({_period(shown) for shown in block.shown}) > 1
    for place, shown in enumerate(block.shown, 1):
        label = f"{shown.label}, {_period(shown)}" if dated else shown.label
        label = f"{label}, forventet" if shown.is_expected else label
        top = _caption(drawing, y, shown, label, "stort" if place == 1 else "stort vigtig")
        _value_bar(drawing, top, Fraction(2), shown, scale, "foer" if place == 1 else "del-1")
        y = top + Fraction(29, 10)


def _draw_parts(block: Block, drawing: _Drawing) -> None:
    assert block.whole is not None, "parts have a whole"
    scale = _scale((*block.shown, block.whole, *([block.target] if block.target else [])))
    if block.whole.indicator.exclusive and _fit_side_by_side(block.shown, scale):
        _draw_stacked(block, drawing, scale)
    else:
        _draw_stairs(block, drawing, scale)


def _fit_side_by_side(parts: Sequence[Shown], scale: Fraction) -> bool:
    """Tell whether each part's label has room above its piece of the bar, on a phone too."""
    at = Fraction(0)
    for part in parts:
        width = Fraction(_high(part) * _COLUMN, 1) / scale
        room = _COLUMN - at if part is parts[-1] else width
        if max(len(part.label) * _LETTER, len(_number(part)) * _LARGE_LETTER) > room:
            return False
        at += width
    return True


def _draw_stacked(block: Block, drawing: _Drawing, scale: Fraction) -> None:
    assert block.whole is not None
    top, height = Fraction(41, 10), Fraction(3)
    at = Fraction(0)
    for place, part in enumerate(block.shown, 1):
        drawing.write(
            at, Fraction(2), Run(_number(part), "stort vigtig" if place == 1 else "stort"), *_unit_run(part)
        )
        drawing.write(at, Fraction(35, 10), Run(part.label))
        at += _value_bar(drawing, top, height, part, scale, f"del-{place}", start=at)
    bottom = top + height
    _rest(drawing, bottom, at, scale, block.whole)
    if block.target is not None:
        bottom = _target_line(drawing, block.target, scale, top, bottom)
    _bracket(drawing, block.whole, scale, bottom + 1)


def _draw_stairs(block: Block, drawing: _Drawing, scale: Fraction) -> None:
    """Draw the whole and, below it, each part where it begins: many parts, small or overlapping ones."""
    assert block.whole is not None
    top = _caption(drawing, Fraction(0), block.whole, "i alt", "stort")
    end = _value_bar(drawing, top, Fraction(2), block.whole, scale, "helhed")
    first, y = top, top + Fraction(5, 2)
    _rest(drawing, top + 2, end, scale, block.whole)
    at = Fraction(0)
    for place, part in enumerate(block.shown, 1):
        for line in _wrapped(f"{part.words} {part.label}"):
            y += Fraction(13, 10)
            drawing.write(Fraction(0), y, Run(line))
        width = _value_bar(drawing, y + Fraction(1, 2), Fraction(8, 5), part, scale, f"del-{place}", start=at)
        if block.whole.indicator.exclusive:
            at += width
        y += Fraction(27, 10)
    if block.target is not None:
        _target_line(drawing, block.target, scale, first, y - Fraction(3, 5))


def _caption(drawing: _Drawing, y: Fraction, shown: Shown, label: str, css: str) -> Fraction:
    """Write a large number and what it is; return where its bar begins."""
    number = Run(_number(shown), css)
    width = len(_number(shown)) * _LARGE_LETTER + len(f"{_unit(shown)}  {label}") * _LETTER + _SPACE
    if width <= _COLUMN:
        drawing.write(Fraction(0), y + 2, number, *_unit_run(shown), Run(label, "svag", "0.6em"))
        return y + Fraction(27, 10)
    drawing.write(Fraction(0), y + 2, number, *_unit_run(shown))
    y += 2
    for line in _wrapped(label):
        y += Fraction(3, 2)
        drawing.write(Fraction(0), y, Run(line, "svag"))
    return y + Fraction(7, 10)


def _wrapped(text: str) -> Iterator[str]:
    """Yield a label in lines that a phone has room for."""
    line = ""
    for word in text.split():
        if line and len(f"{line} {word}") * _LETTER > _COLUMN:
            yield line
            line = word
        else:
            line = f"{line} {word}".strip()
    yield line


def _value_bar(
    drawing: _Drawing,
    y: Fraction,
    height: Fraction,
    shown: Shown,
    scale: Fraction,
    css: str,
    start: Fraction = Fraction(0),
) -> Fraction:
    """Draw a value; of a range the part between its ends lighter. Return the bar's length."""
    low, high = shown.observation.value.first.value, _high(shown)
    width = low * _WHOLE / scale
    if shown.is_expected:
        drawing.bar(start, y, width, height, "forventet", hatched=True)
    else:
        drawing.bar(start, y, width, height, css)
    if high > low:
        drawing.bar(start + width, y, (high - low) * _WHOLE / scale, height, "spaend", hatched=True)
    return high * _WHOLE / scale


def _rest(drawing: _Drawing, y: Fraction, end: Fraction, scale: Fraction, shown: Shown) -> None:
    """Draw the scale beyond a bar as a thin line, and name its end where it is the whole of a share."""
    if end >= _WHOLE:
        return
    drawing.rule(end, y, _WHOLE, y, "skala")
    if scale == _WHOLE and shown.indicator.unit.id == "procent" and end <= 80:
        drawing.write(
            _WHOLE, y - Fraction(1, 2), Run(f"100{_NARROW}{shown.indicator.unit.short}"), css="slut svag"
        )


_NARROW = "\u202f"


def _target_line(
    drawing: _Drawing, target: Shown, scale: Fraction, top: Fraction, bottom: Fraction
) -> Fraction:
    """Draw the target across the bar, with its name; return where the name ends."""
    x = target.observation.value.first.value * _WHOLE / scale
    y = bottom + Fraction(17, 10)
    for css in ("maal-bund", "maal"):
        drawing.rule(x, top - Fraction(2, 5), x, y, css)
    left = x <= 60
    drawing.write(
        x,
        y,
        Run(f"{target.label}: {target.words}"),
        css="" if left else "slut",
        dx=Fraction(1, 2) if left else Fraction(-1, 2),
    )
    return y


def _bracket(drawing: _Drawing, whole: Shown, scale: Fraction, y: Fraction) -> None:
    """Measure the parts together, as craftsmen do: a line with an end at both sides."""
    end = _high(whole) * _WHOLE / scale
    tick = Fraction(2, 5)
    drawing.rule(Fraction(0), y, end, y, "klamme")
    drawing.rule(Fraction(0), y - tick, Fraction(0), y + tick, "klamme")
    drawing.rule(end, y - tick, end, y + tick, "klamme")
    run = Run(f"{whole.words} i alt")
    if end <= 65:
        drawing.write(end, y + Fraction(1, 3), run, dx=Fraction(1, 2))
    else:
        drawing.write(end, y + Fraction(17, 10), run, css="slut")


# Series


def _draw_series(block: Block, drawing: _Drawing) -> None:
    shown = block.shown
    top, base = Fraction(5, 2), Fraction(10)
    values = [item.observation.value.first.value for item in shown]
    aims = [block.target.observation.value.first.value] if block.target is not None else []
    high, low = max(*values, *aims, Fraction(0)), min(*values, *aims, Fraction(0))
    span = high - low or Fraction(1)
    height = base - top
    ys = [base - (value - low) * height / span for value in values]
    xs = _places(block)
    zero = base + low * height / span
    for place, ((x1, y1), (x2, y2)) in enumerate(pairwise(zip(xs, ys, strict=True)), 1):
        folded = place in block.gaps and _is_folded(block, place)
        if folded:
            _fold(drawing, x1, x2, zero)
        else:
            drawing.rule(x1, zero, x2, zero, "nul")
        if place in block.breaks:
            middle = (x1 + x2) * Fraction(1, 2)
            drawing.rule(middle, top - 1, middle, base, "brud")
            drawing.write(middle, top - Fraction(13, 10), Run("brud"), css="midt svag")
        elif place not in block.gaps:
            expected = shown[place].is_expected or shown[place - 1].is_expected
            drawing.rule(x1, y1, x2, y2, "kurve forventet" if expected else "kurve")
    drawing.rule(Fraction(0), zero, xs[0], zero, "nul")
    drawing.rule(xs[-1], zero, _WHOLE, zero, "nul")
    for item, x, y in zip(shown, xs, ys, strict=True):
        drawing.rule(x, zero, x, y, "stilk")
        drawing.dot(x, y, "punkt forventet" if item.is_expected else "punkt")
        if item.is_expected:
            label = _label(x, "forventet", _SMALL_LETTER)
            drawing.write(
                label.x, base + Fraction(14, 5), Run(label.text, "periode"), css=f"{label.css} svag"
            )
    for aim in aims:
        _series_target(block, drawing, xs, ys, base - (aim - low) * height / span)
    value_labels = [_label(x, item.words, _LETTER) for x, item in zip(xs, shown, strict=True)]
    over = " fri" if aims else ""
    for place in _chosen(value_labels, values):
        label = value_labels[place]
        drawing.write(label.x, ys[place] - Fraction(9, 10), Run(label.text), css=f"{label.css}{over}".strip())
    period_labels = [_label(x, _period(item), _SMALL_LETTER) for x, item in zip(xs, shown, strict=True)]
    for place in _chosen(period_labels, values):
        label = period_labels[place]
        drawing.write(label.x, base + Fraction(3, 2), Run(label.text, "periode"), css=f"{label.css} svag")


def _series_target(
    block: Block, drawing: _Drawing, xs: Sequence[Fraction], ys: Sequence[Fraction], y: Fraction
) -> None:
    """Draw the target across the periods that it holds for, its name where the curve leaves room."""
    assert block.target is not None
    since = block.target_since
    start = xs[since] - 3 if since else Fraction(0)
    drawing.rule(start, y, _WHOLE, y, "maal")
    run = Run(f"{block.target.label}: {block.target.words}")
    ends_left = not since and abs(ys[0] - y) > abs(ys[-1] - y)
    place = 0 if ends_left else -1
    # Away from the curve; below the line where the figures, whose words stand above them, lie higher.
    above = ys[place] > y
    at = y - Fraction(1, 2) if above else y + Fraction(13, 10)
    css = "fri" if ends_left else "slut fri"
    drawing.write(Fraction(0) if ends_left else _WHOLE, at, run, css=css)


class _Label(Struct, frozen=True):
    """Words at a point, with the room that they take in the narrowest column."""

    text: str
    x: Fraction
    css: str
    left: Fraction
    right: Fraction


def _label(x: Fraction, text: str, letter: int) -> _Label:
    """Set a label in the middle of its point, or at the edge where it would stand out too far."""
    at, width = x * _COLUMN / _WHOLE, Fraction(len(text) * letter)
    half = width * Fraction(1, 2)
    if at - half < -_OVERHANG:
        return _Label(text, Fraction(0), "", Fraction(0), width)
    if at + half > _COLUMN + _OVERHANG:
        return _Label(text, _WHOLE, "slut", _COLUMN - width, Fraction(_COLUMN))
    return _Label(text, x, "midt", at - half, at + half)


def _period(shown: Shown) -> str:
    return shown.observation.period.print()


def _steps(block: Block) -> list[int]:
    return steps_of([shown.observation.period for shown in block.shown])


def _is_folded(block: Block, place: int) -> bool:
    return _steps(block)[place - 1] > _FOLD * usual_step(_steps(block))


def _places(block: Block) -> list[Fraction]:
    """Return where the points stand: time to scale, a long gap folded to one usual step."""
    usual = usual_step(_steps(block))
    widths = [
        Fraction(usual if place in block.gaps and _is_folded(block, place) else step)
        for place, step in enumerate(_steps(block), 1)
    ]
    total, room = sum(widths, Fraction(0)), _WHOLE - 2 * _MARGIN
    xs = [_MARGIN]
    for width in widths:
        xs.append(xs[-1] + width * room / total)
    return xs


def _fold(drawing: _Drawing, x1: Fraction, x2: Fraction, y: Fraction) -> None:
    """Draw the axis between two points broken by two strokes."""
    middle, half, lean = (x1 + x2) * Fraction(1, 2), Fraction(4, 5), Fraction(1, 2)
    drawing.rule(x1, y, middle - half, y, "nul")
    drawing.rule(middle + half, y, x2, y, "nul")
    for x in (middle - half, middle + half):
        drawing.rule(x - lean, y + Fraction(1, 2), x + lean, y - Fraction(1, 2), "knaek")


def _chosen(labels: Sequence[_Label], values: Sequence[Fraction]) -> list[int]:
    """Choose the labels that have room beside each other: those of the ends and extremes come first."""
    last = len(labels) - 1
    order = [last, 0, values.index(max(values)), values.index(min(values)), *range(last, -1, -1)]
    chosen: list[int] = []
    for place in dict.fromkeys(order):
        label = labels[place]
        if all(
            label.right + _SPACE <= labels[other].left or labels[other].right + _SPACE <= label.left
            for other in chosen
        ):
            chosen.append(place)
    return sorted(chosen)


# What is said


def _scale(shown: Sequence[Shown]) -> Fraction:
    """Return what the full width stands for."""
    high = max(_high(item) for item in shown)
    is_share = all(item.indicator.unit.id == "procent" and not item.indicator.statistic for item in shown)
    if is_share and _SLIVER <= high <= _WHOLE:
        return _WHOLE
    return high or Fraction(1)


def _high(shown: Shown) -> Fraction:
    value = shown.observation.value
    return (value.last or value.first).value


def _unit(shown: Shown) -> str:
    return shown.indicator.unit.short or (shown.indicator.nouns[-1] if shown.indicator.nouns else "")


def _number(shown: Shown) -> str:
    """Return the number alone, ``59`` or ``4 mio.``."""
    words, short = shown.words, shown.indicator.unit.short
    return words.removesuffix(short).rstrip() if short else words


def _unit_run(shown: Shown) -> tuple[Run, ...]:
    unit = _unit(shown)
    return (Run(unit, dx="0.3em"),) if unit else ()


def _description(block: Block) -> str:
    what = "Kurve" if block.kind is Kind.SERIES else "Søjler"
    return " ".join((f"{what}. {block.summary}.", *block.remarks))
