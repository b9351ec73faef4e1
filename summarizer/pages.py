"""A page -> its stories, with every line accounted for: in a story, or dropped with a reason.

lines (layout.py, furniture.py) -> where stories begin (boundaries.py) -> stories (here)
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from .arabic import ARABIC_LETTER, arabic_share, clean, fold, guess_language, strip_invisible
from .boundaries import Start, story_starts
from .errors import EmptyInput, NotArabic
from .furniture import REASONS, ends_as_sentence, folded_for_rules
from .layout import blocks_of, read_lines
from .lines import Line
from .mastheads import leading_dateline, without_label
from .records import Dropped, Page, Paragraph, ParagraphKind, Story

__all__ = ["REASONS", "require_arabic", "split_page", "split_stories"]

_HEADING_WORDS = 16  # a short line inside a story that is longer is a paragraph without its full stop
_LABEL_WORDS = 3  # above a headline: the name of a section
_LEAST_ARABIC = 0.2  # of the letters; below it the page is in another language
MASTHEADS = {"published": "time", "byline": "byline", "dateline": "dateline"}


def split_stories(page: Page) -> list[Story]:
    """The stories of a page in order; empty when it holds only furniture. Each carries what was dropped near it."""
    return split_page(page)[0]


def split_page(page: Page) -> tuple[list[Story], tuple[Dropped, ...]]:
    """The stories, and everything that was dropped, so that it can be told even when no story was found."""
    lines = read_lines(page.text)
    blocks, numbers = blocks_of(lines)
    starts = story_starts(blocks)
    if not starts:
        dropped = tuple(_dropped(line) for line in lines)
        return [], dropped
    heads = {numbers[s.at] for s in starts if s.has_headline}
    cuts = [0, *(_with_masthead(lines, numbers, start) for start in starts[1:]), len(lines)]
    drafts = [_Draft.of(lines[a:b], a, heads) for a, b in pairwise(cuts)]
    stories = [draft.story(page.source, i) for i, draft in enumerate(drafts, 1)]
    return stories, tuple(d for story in stories for d in story.dropped)


def require_arabic(page: Page) -> None:
    """Raise EmptyInput for a page without a word, NotArabic (with the language it looks like) for one not in Arabic."""
    if not strip_invisible(page.text).strip():
        raise EmptyInput(source=page.source)
    language = guess_language(page.text)
    few = arabic_share(page.text) < _LEAST_ARABIC or not ARABIC_LETTER.search(page.text)
    if few or language.startswith("Persian"):
        raise NotArabic(source=page.source, language=language)


def story_of(page: Page) -> Story:
    """A text that is one story already: every line of it a paragraph, nothing dropped."""
    lines = [line for line in clean(page.text).split("\n") if line]
    return Story(page.source, 1, tuple(Paragraph(line) for line in lines))


def _with_masthead(lines: Sequence[Line], numbers: Sequence[int], start: Start) -> int:
    """The line a story's share of the page begins with: a date or byline just above its headline is its own, unless
    it has another below."""
    at = numbers[start.at]
    above = numbers[start.at - 1] + 1
    below = _masthead_roles(lines, at + 1)
    for i in range(above, at):
        if lines[i].role in MASTHEADS and lines[i].role not in below:
            return i
    return at


def _masthead_roles(lines: Sequence[Line], start: int) -> set[str]:
    """The mastheads between a headline and its first paragraph."""
    roles: set[str] = set()
    for line in lines[start : start + 12]:
        if line.role == "text" and line.kind != "short":
            break
        roles.add(line.role)
    return roles


def _dropped(line: Line, reason: str = "") -> Dropped:
    return Dropped(line.mark + line.text, reason or line.reason or MASTHEADS.get(line.role, "menu"))


@dataclass
class _Draft:
    """A story while its lines are dealt out."""

    headline: str = ""
    mastheads: dict[str, Line] = field(default_factory=dict)
    above: dict[str, bool] = field(default_factory=dict)  # whether the masthead stood above the headline
    paragraphs: list[Paragraph] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)

    @classmethod
    def of(cls, lines: Sequence[Line], offset: int, heads: Iterable[int]) -> _Draft:
        """Deal the lines out; ``offset`` is the page's number of the first, ``heads`` those that are headlines."""
        draft = cls()
        own = [i for i in range(len(lines)) if i + offset in heads]
        head = own[0] if own else -1
        draft.headline = lines[head].text if own else ""
        prose = [i for i, line in enumerate(lines) if line.role == "text" and line.kind != "short" and i > head]
        for i, line in enumerate(lines):
            if i == head:
                continue
            if line.role in MASTHEADS:
                draft.take_masthead(line, above=i < head, inside=bool(prose) and prose[0] < i < prose[-1])
            elif line.role != "text":
                draft.dropped.append(_dropped(line))
            else:
                draft.take_text(line, above=i < head, before_more=bool(prose) and i < prose[-1])
        return draft

    def take_masthead(self, line: Line, *, above: bool, inside: bool) -> None:
        """The first of each kind below the headline is the story's, or else the last above it. A
        bare date inside a story heads a part of it."""
        if inside and line.role == "published" and line.text[:1].isdigit():
            self.paragraphs.append(Paragraph(line.text, "heading"))
            return
        earlier = self.mastheads.get(line.role)
        if earlier is None or self.above[line.role]:
            self.mastheads[line.role], self.above[line.role], line_out = line, above, earlier
        else:
            line_out = line
        if line_out is not None:
            self.dropped.append(_dropped(line_out))

    def take_text(self, line: Line, *, above: bool, before_more: bool) -> None:
        reason = self.reason_to_drop(line, above=above)
        if reason:
            self.dropped.append(_dropped(line, reason))
        else:
            self.paragraphs.append(Paragraph(line.text, _kind(line, before_more=before_more)))

    def reason_to_drop(self, line: Line, *, above: bool) -> str:
        """Why a short line goes, now that the story's headline is known; "" when it stays."""
        if line.kind != "short":
            return ""
        if _same_headline(line.text, self.headline):
            return "repeated headline"
        if above and len(line.text.split()) <= _LABEL_WORDS:
            return "menu"
        return line.reason

    def story(self, source: str, number: int) -> Story:
        said = {role: line.text for role, line in self.mastheads.items()}
        return Story(
            source=source,
            number=number,
            paragraphs=tuple(self.paragraphs),
            headline=self.headline,
            published=without_label(said.get("published", "")).strip("[]"),
            byline=without_label(said.get("byline", "")),
            dateline=said.get("dateline", "").rstrip(" :-–—|") or self.inline_dateline(),
            dropped=tuple(self.dropped),
        )

    def inline_dateline(self) -> str:
        """The dateline the first paragraph opens with; it stays in the paragraph, so that no word is lost."""
        first = next((p.text for p in self.paragraphs if p.kind == "body"), "")
        length = len(leading_dateline(folded_for_rules(first[:120])).rstrip(" :-–—/|،,"))
        end = next((i for i in range(length, len(first) + 1) if len(folded_for_rules(first[:i])) >= length), 0)
        return first[:end].rstrip(" :-–—/|،,ـ") if length else ""


def _kind(line: Line, *, before_more: bool) -> ParagraphKind:
    if line.kind == "bullet":
        return "bullet"
    heading = line.kind == "short" and before_more and len(line.text.split()) <= _HEADING_WORDS
    return "heading" if heading and not ends_as_sentence(line.text.rstrip("؟?")) else "body"


def _same_headline(text: str, headline: str) -> bool:
    """Whether a short line is the headline once more, perhaps with the site's name behind it."""
    own, other = fold(headline), fold(text)
    return bool(own) and (
        own == other or (len(own.split()) > _LABEL_WORDS and other.startswith((own + " |", own + " -")))
    )
