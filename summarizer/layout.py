"""The lines of a page with what each is, told by itself (furniture.py) and then by its neighbours (here)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from statistics import median_low

from .arabic import fold, legible
from .cues import Block, BlockKind, leans, opens_with_and
from .furniture import classify, ends_as_sentence, folded_for_rules, is_label, is_ticker
from .lines import Line, is_prose, is_short, text_after
from .mastheads import leading_dateline, names_place
from .newswords import SECTIONS
from .surroundings import (
    LINK_WORDS,
    find_captions,
    find_comments,
    find_names,
    find_run_together,
    find_site,
    find_skipped,
    find_tails,
    find_teasers,
    find_tickers,
    is_broken_off,
    mend_sentences,
)

BULLET = re.compile(r"^(?:[·•▪◦●○■□►▶◄✓✔➤❖]\s*|[*–—-]\s+)(?=\S)")
NUMBERED = re.compile(r"^[\d٠-٩]{1,2}\s?[.)\-–]\s*(?=[^\W\d_\s])")
_LONG_SHORT_LINE, _LONG_WHERE_STOPS_LACK = 30, 14  # words
_MENU_WORDS, _MENU_LINES = 4, 3
_MOST_LINKS = 15
_TAGS_ON_A_LINE = 12
_LEANING = 5  # words from which a line that opens with "and" is a sentence, though its full stop is missing


def read_lines(text: str) -> list[Line]:
    """The lines of a page, each with its role and kind."""
    lines = _split(legible(text))
    for look in LOOKS:
        lines = look(lines)
    return lines


def _split(text: str) -> list[Line]:
    lines: list[Line] = []
    gap = 0
    for raw in text.split("\n"):
        tidy = " ".join(raw.split())
        if not tidy:
            gap += 1
            continue
        verdict = classify(tidy)
        # the wide gaps between headlines run together are seen before the spaces are tidied
        ticker = verdict.role == "text" and is_ticker(raw)
        lines.append(
            Line(tidy, "furniture" if ticker else verdict.role, "ticker" if ticker else verdict.reason, gap=gap)
        )
        gap = 0
    return lines


def _take_marks(lines: list[Line]) -> list[Line]:
    """Bullets lose their marks; only marked lines side by side, or after a colon, are a list."""
    found = [_mark_of(line) for line in lines]
    taken = list(lines)
    for i, mark in enumerate(found):
        if not mark:
            continue
        beside = any(0 <= j < len(lines) and found[j] for j in (i - 1, i + 1))
        listed = beside or (i > 0 and lines[i - 1].text.endswith(":"))
        if listed or not mark[0].isdigit():
            kind: BlockKind = "bullet" if listed else "prose"
            taken[i] = replace(lines[i], text=lines[i].text[len(mark) :], mark=mark, kind=kind)
    return taken


def _mark_of(line: Line) -> str:
    found = (BULLET.match(line.text) or NUMBERED.match(line.text)) if line.role == "text" else None
    return found[0] if found else ""


def _tell_short_lines(lines: list[Line]) -> list[Line]:
    """Lines that don't end as a sentence does, and aren't too long, may be headlines or headings."""
    long = [line for line in lines if line.role == "text" and len(line.text.split()) > _LONG_WHERE_STOPS_LACK]
    stops = sum(ends_as_sentence(line.text) for line in long) * 3 > len(long)
    limit = _LONG_SHORT_LINE if stops else _LONG_WHERE_STOPS_LACK
    return [
        replace(line, kind="short") if line.kind == "prose" and _may_be_heading(line.text, limit) else line
        for line in lines
    ]


def _may_be_heading(text: str, limit: int) -> bool:
    words = text.count(" ") + 1
    unfinished = text.endswith((":", "،", ",", "؛", ";")) or (words > _LEANING and _opens_as_prose(text))
    sentence = ends_as_sentence(text) and not text.endswith(("؟", "?", "!", "..."))
    return not unfinished and not sentence and words <= limit


def _opens_as_prose(text: str) -> bool:
    """An "and", or a dateline with its agency, opens paragraphs, not headlines."""
    return opens_with_and(text) or bool(leading_dateline(folded_for_rules(text[:120]), signed=True))


_CLAIMS = {"byline": 1, "source": 1, "staff": 1, "tags": 12}  # lines that a label alone on its own may claim


def _give_labels_their_line(lines: list[Line]) -> list[Line]:
    """A label alone on its line ("بقلم:", "المصدر", "الوسوم:") says what the short lines under it are."""
    given = list(lines)
    for i, line in enumerate(lines[:-1]):
        most = _CLAIMS.get(line.reason, 0) if is_label(line.text) else 0
        for j in range(i + 1, min(i + 1 + most, len(lines))):
            if lines[j].role != "text" or lines[j].kind == "prose" or not _claimed(lines, j, line.reason):
                break
            byline = line.reason == "byline"
            given[j] = replace(lines[j], role="byline" if byline else "furniture", reason="" if byline else line.reason)
    return given


def _claimed(lines: Sequence[Line], j: int, reason: str) -> bool:
    """Tags may stand side by side on one line, where no story begins."""
    after = text_after(lines, j)
    ends = after == len(lines) or lines[after].kind == "short"
    return len(lines[j].text.split()) <= (_TAGS_ON_A_LINE if reason == "tags" and ends else _MENU_WORDS)


def _find_mastheads(lines: list[Line]) -> list[Line]:
    """Two or three names between signs, just under a headline and just above a paragraph, are who and where, even when
    no table has them: "الموصل / المدار", "أطلس بريس - سناء بنجلون"."""
    found = list(lines)
    texts = [i for i, line in enumerate(lines) if line.role == "text"]
    for above, i, below in zip(texts, texts[1:], texts[2:], strict=False):
        headed = lines[above].kind == "short" and lines[above].text.count(" ") > lines[i].text.count(" ")
        if headed and lines[i].kind == "short" and lines[below].kind == "prose" and _names_between_signs(lines[i].text):
            found[i] = replace(lines[i], role="dateline" if names_place(fold(lines[i].text)) else "byline")
    return found


def _names_between_signs(text: str) -> bool:
    parts = re.split(r"\s*[/|]\s*|\s*[-–—]\s+|\s+[-–—]\s*", text.strip(" -/"))
    return len(parts) in (2, 3) and all(1 <= len(part.split()) <= 3 for part in parts)


def _find_repeats(lines: list[Line]) -> list[Line]:
    """A short line printed twice with no paragraph between is a headline shown again, under a date or in a bar."""
    found = list(lines)
    seen: dict[str, int] = {}
    for i, line in enumerate(lines):
        if line.role == "text" and line.kind == "prose":
            seen.clear()
        elif line.role == "text" and line.kind == "short" and line.text.count(" ") > 1:
            if fold(line.text) in seen:
                found[i] = replace(line, role="furniture", reason="repeated headline")
            seen[fold(line.text)] = i
    return found


def _find_links(lines: list[Line]) -> list[Line]:
    """The short lines under "إقرأ أيضاً" are links, unless one turns out to head a story of its own; among them stand
    openings of the stories they lead to."""
    found = list(lines)
    left, reason = 0, ""
    for i, line in enumerate(lines):
        if line.role == "list":
            found[i] = replace(line, role="furniture")
            left, reason = _MOST_LINKS, line.reason
        elif left and line.role == "published" and _dates_a_link(lines, i):
            found[i] = replace(line, role="furniture", reason=reason)
        elif line.role != "text" or not left:
            continue
        elif is_broken_off(lines, i):
            found[i] = replace(line, role="furniture", reason="teaser")
        elif line.kind == "prose" or len(line.text.split()) > LINK_WORDS:
            left = 0
        else:
            found[i] = replace(line, reason=reason, kind="short")
            left -= 1
    return found


def _dates_a_link(lines: Sequence[Line], i: int) -> bool:
    """Whether a date in a list of links is that of the link above it: more links follow, or the story that the list
    stands in; not a headline with its story, whose date it may be."""
    after = text_after(lines, i)
    if not is_short(lines[i - 1]) or after == len(lines):
        return is_short(lines[i - 1])
    told = text_after(lines, after) if is_short(lines[after]) else after
    return told == len(lines) or not is_prose(lines[told]) or leans(lines[told].text)


def _find_menus(lines: list[Line]) -> list[Line]:
    """Runs of very short lines are a menu where no story has begun, or where they name sections or buttons."""
    found = list(lines)
    prose = [i for i, line in enumerate(lines) if line.role == "text" and line.kind == "prose"]
    heads = [i for i, line in enumerate(lines) if line.role == "text" and line.text.count(" ") >= _MENU_WORDS]
    for run in _runs(lines):
        members = [i for i in run if lines[i].role == "text"]
        # below a headline or a story a run may be the story's own list; only its words can tell
        outside = not heads or run[0] < heads[0]
        if members and (outside or _named_sections([lines[i].text for i in members], len(run))):
            # the last short line above a story is as likely its headline as not
            keep = bool(prose) and run[-1] < prose[-1] and lines[members[-1]].text.count(" ") > 1
            for i in members[: len(members) - keep]:
                found[i] = replace(lines[i], role="furniture", reason="menu")
    return found


def _runs(lines: Sequence[Line]) -> list[range]:
    """Runs of at least three very short lines, furniture counted in, none of them a list that a colon opens."""
    runs: list[range] = []
    start = 0
    for i in range(len(lines) + 1):
        if i < len(lines) and _very_short(lines[i]):
            continue
        opened = start > 0 and lines[start - 1].text.endswith(":")
        if i - start >= _MENU_LINES and not opened:
            runs.append(range(start, i))
        start = i + 1
    return runs


def _very_short(line: Line) -> bool:
    few = len(line.text.split()) <= _MENU_WORDS
    return few and (line.role == "furniture" or (line.role == "text" and line.kind == "short"))


def _named_sections(texts: Sequence[str], lines: int) -> bool:
    """Whether half the lines of a run are furniture already, or half the words of the rest name sections."""
    words = [word for text in texts for word in fold(text).split()]
    return len(texts) * 2 <= lines or sum(word in SECTIONS for word in words) * 2 >= len(words)


def _find_prose(lines: list[Line]) -> list[Line]:
    """A page of short lines only: a text pasted without its full stop is a story, a list of headlines is none."""
    texts = [i for i, line in enumerate(lines) if line.role == "text"]
    if not texts or any(_tells_something(lines[i]) for i in texts):
        return lines
    longest = max(texts, key=lambda i: len(lines[i].text))
    few = len(texts) <= _MENU_LINES and len(lines[longest].text.split()) >= _MENU_WORDS
    reasons = {i: replace(lines[i], role="furniture", reason=lines[i].reason or "menu") for i in texts}
    if few:
        # a headline above its only line stays a headline; the last long line is the story
        reasons = {longest: replace(lines[longest], kind="prose")}
    return [reasons.get(i, line) for i, line in enumerate(lines)]


def _tells_something(line: Line) -> bool:
    item = line.kind == "bullet" and (ends_as_sentence(line.text) or line.text.count(" ") > _MENU_WORDS)
    return line.kind == "prose" or item


LOOKS: tuple[Callable[[list[Line]], list[Line]], ...] = (
    _take_marks,
    _tell_short_lines,
    mend_sentences,
    find_skipped,
    _give_labels_their_line,
    find_site,
    find_run_together,
    find_captions,
    _find_repeats,
    _find_mastheads,
    _find_links,
    find_names,
    find_teasers,
    find_tickers,
    find_comments,
    find_tails,
    _find_menus,
    _find_prose,
)


def blocks_of(lines: Sequence[Line]) -> tuple[list[Block], list[int]]:
    """The lines that may belong to stories, as blocks, and the number of each one's line."""
    usual = median_low([line.gap for line in lines]) if lines else 0
    blocks: list[Block] = []
    numbers: list[int] = []
    mastheads = furniture = gap = 0
    for number, line in enumerate(lines):
        gap = max(gap, line.gap)
        if line.role == "text":
            linked = line.reason == "related"
            blocks.append(Block(line.text, line.kind, gap - usual, mastheads, furniture, linked))
            numbers.append(number)
            mastheads = furniture = gap = 0
        else:
            mastheads += line.role != "furniture"
            furniture += line.role == "furniture"
    return blocks, numbers
