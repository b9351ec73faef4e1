"""Plots as inline SVG: bars with their intervals. No library, no script; all text is escaped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan

from markupsafe import Markup, escape

ROW, LABEL, WIDTH, RIGHT = 22, 210, 720, 70  # pixels


@dataclass(frozen=True, slots=True)
class Bar:
    label: str
    value: float
    low: float = float("nan")
    high: float = float("nan")
    mark: float = float("nan")  # a second value, drawn as a line across: what it is compared with
    ours: bool = False


def bars(title: str, rows: Sequence[Bar], *, digits: int = 1) -> Markup:
    """Horizontal bars from 0, one a row, whiskers where there is an interval."""
    shown = [row for row in rows if not isnan(row.value)]
    top = max((v for row in shown for v in (row.value, row.high, row.mark) if not isnan(v)), default=0) or 1
    scale = (WIDTH - LABEL - RIGHT) / top
    height = ROW * len(shown) + 8
    drawn = Markup("").join(_bar(row, place, scale, digits) for place, row in enumerate(shown))
    return Markup('<svg role="img" viewBox="0 0 {} {}" width="{}"><title>{}</title>{}</svg>').format(
        WIDTH, height, WIDTH, title, drawn
    )


def _bar(row: Bar, place: int, scale: float, digits: int) -> Markup:
    y = place * ROW + 4
    parts = [
        Markup('<text x="{}" y="{}" class="label">{}</text>').format(LABEL - 8, y + 14, _short(row.label)),
        Markup('<rect x="{}" y="{}" width="{:.1f}" height="14" class="{}"/>').format(
            LABEL, y + 3, max(row.value * scale, 0), "ours" if row.ours else "other"
        ),
    ]
    if not isnan(row.low):
        parts.append(_whisker(LABEL + row.low * scale, LABEL + row.high * scale, y + 10))
    if not isnan(row.mark):
        x = LABEL + row.mark * scale
        parts.append(Markup('<path d="M{0:.1f} {1} V{2}" class="mark"/>').format(x, y + 1, y + 19))
    end = LABEL + max(v for v in (row.value, row.high, row.mark) if not isnan(v)) * scale
    parts.append(
        Markup('<text x="{:.1f}" y="{}" class="value">{}</text>').format(end + 6, y + 14, f"{row.value:.{digits}f}")
    )
    return Markup("").join(parts)


def _whisker(low: float, high: float, y: int) -> Markup:
    path = f"M{low:.1f} {y} H{high:.1f} M{low:.1f} {y - 4} V{y + 4} M{high:.1f} {y - 4} V{y + 4}"
    return Markup('<path d="{}" class="whisker"/>').format(path)


def _short(text: str, most: int = 32) -> Markup:
    return escape(text if len(text) <= most else "…" + text[1 - most :])
