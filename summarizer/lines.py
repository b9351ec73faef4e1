"""A line of a page, and what several looks ask of it and of the lines around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .cues import BlockKind
from .furniture import Role, ends_as_sentence


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the page that is not blank."""

    text: str  # without its bullet mark
    role: Role = "text"
    reason: str = ""  # why it goes, when it goes; for a text line, why it goes unless it heads a story
    kind: BlockKind = "prose"
    gap: int = 0  # blank lines before it
    mark: str = ""  # the bullet mark it had


def words(line: Line) -> int:
    return len(line.text.split())


def is_prose(line: Line) -> bool:
    """Whether the line tells something: a paragraph or an item of a list."""
    return line.role == "text" and line.kind != "short"


def is_short(line: Line) -> bool:
    return line.role == "text" and line.kind == "short"


def is_full(line: Line) -> bool:
    """Whether the line is a paragraph with its full stop."""
    return is_prose(line) and ends_as_sentence(line.text) and not line.text.endswith(("...", "…"))


def text_before(lines: Sequence[Line], i: int) -> int:
    """The number of the nearest text line above line ``i``, -1 for none."""
    return next((j for j in range(i - 1, -1, -1) if lines[j].role == "text"), -1)


def text_after(lines: Sequence[Line], i: int) -> int:
    """The number of the nearest text line below line ``i``, the length of the page for none."""
    return next((j for j in range(i + 1, len(lines)) if lines[j].role == "text"), len(lines))
