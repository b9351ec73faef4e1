"""What a line is by what stands around it, where the page prints pieces of other stories or of the site among its own:
headlines run across the top, cards of other stories, tags and signatures under a story, the site's name.

A look takes the lines and gives them back, some of them told. None touches a paragraph with its full stop.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from .arabic import fold, word_set
from .cohesion import content_stems, overlap, page_weights
from .cues import leans
from .furniture import ends_as_sentence, folded_for_rules
from .lines import Line, is_full, is_prose, is_short, text_after, text_before, words
from .mastheads import is_no_name, may_be_verb, pattern
from .newswords import GIVEN_NAMES, PLACES, SECTIONS, folded

_MANY_HEADLINES = 4  # headlines above a story before they are another's
# Of a line's weight told by the story. Of 1,500 articles 5 % have a headline below the first and 1 % below the second;
# of headlines put before another article, 98 % and 90 %.
_UNKNOWN, _SURELY_UNKNOWN = 0.25, 0.12
_KNOWN, _SURELY_KNOWN = 0.6, 0.7  # from it a short line, or one of nouns only, names what the story told
_TAG_WORDS = 4
LINK_WORDS = 14  # a link to another story has no more
_HEADLINE_WORDS = 4  # the least of a headline in a ticker
# Furniture that stands under a story, never within it.
_END_MARKS = word_set(
    "share comments tags source related copyright app newsletter login counter disclaimer pagination poll paywall "
    "staff site byline"
)


@dataclass(frozen=True)
class _Subjects:
    """What the lines of a page speak of."""

    lines: Sequence[Line]

    @cached_property
    def stems(self) -> list[list[str]]:
        return [content_stems(line.text) if line.role == "text" else [] for line in self.lines]

    @cached_property
    def weights(self) -> dict[str, float]:
        return page_weights(stems for stems in self.stems if stems)

    def told(self, i: int, by: Iterable[int]) -> float:
        """How much of line ``i`` is told by other lines, 0 to 1."""
        others = [stem for j in by if j != i for stem in self.stems[j]]
        return overlap(self.stems[i], others, self.weights)


def _gone(line: Line, reason: str) -> Line:
    return replace(line, role="furniture", reason=reason)


# --- headlines of other stories across the top ------------------------------------------------------------------------
def find_tickers(lines: list[Line]) -> list[Line]:
    """Four and more headlines above the first paragraph, of things that the story does not tell, are not its own."""
    first = next((i for i, line in enumerate(lines) if is_prose(line)), len(lines))
    above = [i for i in range(first) if is_short(lines[i]) and words(lines[i]) >= _HEADLINE_WORDS]
    story = _paragraphs_from(lines, first)
    if len(above) < _MANY_HEADLINES or not story:
        return lines
    subjects = _Subjects(lines)
    told = {i: subjects.told(i, story) for i in above}
    best = max(above[-2:], key=lambda i: told[i])  # the headline is the last of them, or has a second line under it
    strange = [i for i in above if told[i] < _UNKNOWN and (i != best or told[i] < _SURELY_UNKNOWN)]
    if len(strange) < _MANY_HEADLINES - 1:
        return lines
    return [_gone(line, "ticker") if i in strange else line for i, line in enumerate(lines)]


def _paragraphs_from(lines: Sequence[Line], start: int) -> list[int]:
    return [i for i in range(start, len(lines)) if is_prose(lines[i])][:8]


_LONG_RUN = 45  # words
_PUNCTUATION = re.compile(r"[،,؛;]|[.!؟](\s|$)")


def find_run_together(lines: list[Line]) -> list[Line]:
    """A first paragraph of many words without a comma or a stop, of things that nothing under it speaks of, followed by
    a headline and paragraphs that have their stops, is the headlines of a bar run together."""
    first = next((i for i, line in enumerate(lines) if is_prose(line)), len(lines))
    after = text_after(lines, first)
    if first == len(lines) or words(lines[first]) < _LONG_RUN or _PUNCTUATION.search(lines[first].text):
        return lines
    story = _paragraphs_from(lines, after)
    headed = after < len(lines) and is_short(lines[after])
    if not headed or not any(is_full(lines[i]) for i in story) or _Subjects(lines).told(first, story) >= _UNKNOWN:
        return lines
    return [_gone(line, "ticker") if i == first else line for i, line in enumerate(lines)]


# --- cards of other stories -------------------------------------------------------------------------------------------
_CUT = re.compile(r"(\.\.+|…)\s*([\[(]?\s*(اقر[أا]|إقر[أا]|أكمل|المزيد|تابع|التفاصيل)\s*(المزيد|القراءة)?\s*[\])»]*)?$")


def is_cut(line: Line) -> bool:
    """Whether a line of some length breaks off: "... وأضاف المتحدث أن…"."""
    return line.role == "text" and words(line) >= 8 and bool(_CUT.search(line.text))


def find_teasers(lines: list[Line]) -> list[Line]:
    """An opening cut short, with no paragraph beside it, is a card of another story; its headline stands just above.
    On a page of nothing but cards they are the stories."""
    full = [i for i, line in enumerate(lines) if is_full(line)]
    found = list(lines)
    for i, line in enumerate(lines):
        before, after = text_before(lines, i), text_after(lines, i)
        alone = not any(0 <= j < len(lines) and is_prose(lines[j]) and not is_cut(lines[j]) for j in (before, after))
        if len(full) > 1 and alone and is_cut(line) and not (full[0] < i < full[-1]):
            found[i] = _gone(line, "teaser")
            found = _without_card_headline(found, before, first_story=full[0])
    return found


def _without_card_headline(lines: list[Line], i: int, *, first_story: int) -> list[Line]:
    if not 0 <= i < first_story or not is_short(lines[i]):
        return lines
    title = fold(lines[i].text)
    return [_gone(x, "teaser") if n <= i and is_short(x) and fold(x.text) == title else x for n, x in enumerate(lines)]


def is_broken_off(lines: Sequence[Line], i: int) -> bool:
    """Whether paragraph ``i``, inside a list of links, is the opening of the story a link leads to: cut short, or
    without its stop on a page whose stories have theirs, between links and dates."""
    line, after = lines[i], text_after(lines, i)
    if after < len(lines) and is_prose(lines[after]) and not is_cut(lines[after]):
        return False
    if is_cut(line):
        return True
    dated = words(line) > LINK_WORDS and any(
        0 <= j < len(lines) and lines[j].role == "published" for j in (i - 1, i + 1)
    )
    if not dated or _goes_on(lines, i, after):
        return False
    return not ends_as_sentence(line.text) and any(is_full(other) for other in lines)


def _goes_on(lines: Sequence[Line], i: int, heading: int) -> bool:
    """Whether a paragraph under its date is a story's first: a heading follows, and a paragraph under that. Where cards
    follow each other, each has its date."""
    told = text_after(lines, heading) if heading < len(lines) else heading
    if told >= len(lines) or not is_prose(lines[told]) or is_cut(lines[told]):
        return False
    return not any(line.role == "published" for line in lines[i + 1 : told + 2])


_SKIP = pattern(r"^تخطى? (?P<name>.{2,40}?) وواصل القراءة$")
_LONGEST_SKIP = 20  # lines


def find_skipped(lines: list[Line]) -> list[Line]:
    """What a page lets its readers skip ("تخطى قصص مقترحة وواصل القراءة") is not of the story, down to its end."""
    found = list(lines)
    for i, line in enumerate(lines):
        skip = _SKIP.match(folded_for_rules(line.text))
        if not skip:
            continue
        ends = {f"نهايه {skip['name']}", f"{skip['name']} نهايه"}
        block = range(i, min(len(lines), i + _LONGEST_SKIP))
        last = next((j for j in block if folded_for_rules(lines[j].text) in ends), i)
        found[i : last + 1] = [_gone(other, "related") for other in lines[i : last + 1]]
    return found


# --- captions ---------------------------------------------------------------------------------------------------------
def find_captions(lines: list[Line]) -> list[Line]:
    """A short line printed twice in a row is the text of a picture, unless it is a headline: that is told by what
    follows more than the headline above it is, or than it was told before."""
    found = list(lines)
    subjects = _Subjects(lines)
    for i in range(1, len(lines)):
        twice = is_short(lines[i]) and is_short(lines[i - 1]) and fold(lines[i].text) == fold(lines[i - 1].text)
        if twice and _is_caption(lines, i, subjects):
            found[i - 1], found[i] = _gone(lines[i - 1], "caption"), _gone(lines[i], "caption")
    return found


def _is_caption(lines: Sequence[Line], i: int, subjects: _Subjects) -> bool:
    above, told = text_before(lines, i - 1), subjects.told(i, _paragraphs_from(lines, i))
    if above < 0:
        return False
    if is_prose(lines[above]):
        return subjects.told(i, range(max(0, above - 8), above + 1)) > told
    headline = words(lines[above]) >= max(_HEADLINE_WORDS, words(lines[i]))
    return headline and subjects.told(above, _paragraphs_from(lines, i)) > max(told, _UNKNOWN)


# --- what stands under a story ----------------------------------------------------------------------------------------
def find_tails(lines: list[Line]) -> list[Line]:
    """Short lines between the last paragraph of a story and the furniture under it are its tags, who wrote it, or the
    site; past that furniture, under the last paragraph of the page, they are of the page."""
    found = list(lines)
    subjects = _Subjects(lines)
    last = max((i for i, line in enumerate(lines) if is_prose(line)), default=len(lines))
    for i, line in enumerate(lines):
        if is_prose(line) and not line.text.endswith(":"):
            for j, reason in _tail_of(lines, i, subjects):
                found[j] = _gone(lines[j], reason)
    ended = False
    for i in range(last + 1, len(lines)):
        ended = ended or (lines[i].role in ("furniture", "list") and lines[i].reason in _END_MARKS)
        if ended and is_short(lines[i]) and found[i].role == "text":
            known = words(lines[i]) <= _TAG_WORDS and subjects.told(i, range(last + 1)) >= _KNOWN
            found[i] = _gone(lines[i], "tags" if known else lines[i].reason or "related")
    return found


# --- readers' words under a story -------------------------------------------------------------------------------------
_COMMENT_WORDS = 40


def find_comments(lines: list[Line]) -> list[Line]:
    """Under a heading of comments, past the last paragraph that is long or has another beside it, what stands alone
    under a date is a reader's."""
    body = [i for i, line in enumerate(lines) if is_prose(line) and (words(line) > _COMMENT_WORDS or _beside(lines, i))]
    under, found = False, list(lines)
    for i in range(body[-1] + 1 if body else len(lines), len(lines)):
        under = under or (lines[i].role == "furniture" and lines[i].reason == "comments")
        if under and is_prose(lines[i]) and lines[i - 1].role == "published":
            found[i] = _gone(lines[i], "comments")
    return found


def _beside(lines: Sequence[Line], i: int) -> bool:
    return any(0 <= j < len(lines) and is_prose(lines[j]) for j in (i - 1, i + 1))


# --- a sentence cut up by the links in it -----------------------------------------------------------------------------
_LEADS_ON = folded(
    "في من على إلى عن مع أن إن بين حول خلال ضد عبر لدى منذ قبل بعد وزارة دولة مدينة محافظة الرئيس و أو ثم التي الذي"
)
_BEGUN, _LINKED = 6, 3  # words


def mend_sentences(lines: list[Line]) -> list[Line]:
    """Where links were lines of their own, a line that ends with a preposition goes on in the next, whatever that one
    looks like by itself, and then in the one after it."""
    found = list(lines)
    for i, line in enumerate(lines[:-2]):
        begun = line.role == "text" and words(line) >= _BEGUN and _LEADS_ON.issuperset(fold(line.text).split()[-1:])
        beside = lines[i + 1].gap == lines[i + 2].gap == 0 and lines[i + 2].role == "text"
        if begun and beside and words(lines[i + 1]) <= _LINKED:
            found[i] = replace(line, kind="prose")
            found[i + 1] = replace(lines[i + 1], role="text", reason="", kind="prose")
    return found


def _tail_of(lines: Sequence[Line], i: int, subjects: _Subjects) -> list[tuple[int, str]]:
    """The lines that sign or tag the story whose paragraph ``i`` may be the last, each with its reason."""
    end = i + 1
    while end < len(lines) and is_short(lines[end]):
        end += 1
    closed = end == len(lines) or lines[end].reason in _END_MARKS or lines[end].role == "byline"
    if end == i + 1 or not closed:
        return []
    story = range(max(0, i - 12), i + 1)
    tail = [(j, _tail_reason(lines, j, subjects.told(j, story))) for j in range(i + 1, end)]
    after = text_after(lines, end - 1)
    goes_on = after < len(lines) and is_prose(lines[after])  # then a word or two may head what follows
    return [(j, reason) for j, reason in tail if reason and not (goes_on and reason == "source")]


def _tail_reason(lines: Sequence[Line], j: int, told: float) -> str:
    text = lines[j].text
    if leans(text):
        return ""
    if is_name(text) or is_signature(text):
        return "byline"
    if told >= _KNOWN and (words(lines[j]) <= _TAG_WORDS or (told > _SURELY_KNOWN and _bare(text))):
        return "tags"
    return "source" if words(lines[j]) <= 2 and not ends_as_sentence(text) else ""


_GRAMMAR = folded(
    "في من على إلى عن أن إن مع التي الذي هذا هذه بعد قبل بين لا ما لم قد ثم كما أو خلال عند لدى حتى منذ ضد"
)


def _bare(text: str) -> bool:
    """Whether a line is made of names and nouns only: no word of grammar and no sign between them."""
    tokens = re.findall(r"\w+", fold(text))
    return len(tokens) > _TAG_WORDS and _GRAMMAR.isdisjoint(tokens) and not re.search(r"[.:؛!؟\"«]", text)


# --- who wrote it -----------------------------------------------------------------------------------------------------
_INITIAL = pattern(r"^(?:(?:ب|م|ق|ع|س|أ|ن|ف|ر|ح|ك|د|ل)\s?[.]\s?)(\w+)( \w+)?$")
_SIGN = re.compile(r"\s*[/|_]\s*|\s*[-–—]\s+|\s+[-–—]\s*")
_NAME_WORDS = 4


def is_name(text: str) -> bool:
    """Whether a line is a person's name and nothing else: it begins with a given name, or an initial."""
    line = folded_for_rules(text).strip(" .-–:")
    names = re.sub(r"^(د|أ|م|أ\.د)\s?\.\s?", "", line).split()
    if _INITIAL.match(line):
        return True
    plain = all(re.fullmatch(r"[^\W\d_]+", word) for word in names)
    return (
        2 <= len(names) <= _NAME_WORDS
        and plain
        and names[0] in GIVEN_NAMES
        and not (is_no_name(line) or any(map(may_be_verb, names)))
    )


def is_signature(text: str) -> bool:
    """Whether a line is a name and a place or a paper: "محمد الأمين _ عطبرة", "القاهرة: محمد الأمين"."""
    place, colon, name = folded_for_rules(text).partition(":")
    if colon and place.strip() in PLACES:
        return is_name(name)
    parts = [part for part in _SIGN.split(text.strip(" -–/")) if part]
    few = len(parts) == 2 and all(len(part.split()) <= 3 for part in parts)
    return few and any(is_name(part) for part in parts)


def find_names(lines: list[Line]) -> list[Line]:
    """A name alone on its line, between a headline and the first paragraph, is who wrote."""
    found = list(lines)
    for i, line in enumerate(lines):
        above, below = text_before(lines, i), text_after(lines, i)
        leads = below < len(lines) and is_prose(lines[below]) and (above < 0 or is_short(lines[above]))
        if is_short(line) and not line.reason and leads and (is_name(line.text) or is_signature(line.text)):
            known = any(place == fold(line.text) for place in PLACES)
            found[i] = line if known else replace(line, role="byline")
    return found


# --- the site's own name ----------------------------------------------------------------------------------------------
_NAMED = tuple(
    pattern(text)
    for text in (
        r"محفوظة? ?(لدى|ل\s?)?\s?(ل?موقع|ل?صحيفة|ل?جريدة|ل?وكالة|ل?شبكة|ل?بوابة|ل?قناة)?\s?(?P<name>[^\d©:،,.|]{3,40})",
        r"(©|copyright)[\s\d-]*(?P<name>[^\d©:،,.|]{3,40})",
        r"(?P<name>[^\d©:،,.|]{3,40}?)\s*©",
        r"^المصدر\s*:\s*(موقع|صحيفة|جريدة|وكالة|شبكة|بوابة|قناة)\s(?P<name>[^\d:،,.|]{3,30})$",
        r"(appeared first|first appeared) on (?P<name>.{3,30}?)\.?$",
        r"^(تابعونا|تابعوا|تابع|انضم|تابعنا)\b.*?\b(قناة|أخبار)\s(?P<name>\S+( \S+)?) (على|عبر)",
    )
)
_OF_SITES = folded(
    "موقع نيوز صحيفة جريدة وكالة قناة بوابة شبكة الإخبارية الاخباري الإخباري الإلكترونية الإليكترونية "
    "الالكترونية وكالات "
    "خاص متابعة متابعات اليوم جميع الحقوق محفوظة حقوق النشر لدى كافة tv news"
)


def find_site(lines: list[Line]) -> list[Line]:
    """A line of nothing but the site's name, as its notices print it, and of words that go with one."""
    names = _names_of_site(line.text for line in lines if line.role == "furniture")
    names -= _OF_SITES | SECTIONS
    if not names:
        return lines
    allowed = names | _OF_SITES | SECTIONS
    return [_gone(line, "site") if _says_only(line, names, allowed) else line for line in lines]


def _names_of_site(texts: Iterable[str]) -> frozenset[str]:
    found = (compiled.search(folded_for_rules(text)) for text in texts for compiled in _NAMED)
    words_of = [re.findall(r"[^\W\d_]+", match["name"]) for match in found if match]
    return frozenset(word for group in words_of if len(group) <= 4 for word in group if len(word) > 2)


def _says_only(line: Line, names: frozenset[str], allowed: frozenset[str]) -> bool:
    tokens = re.findall(r"[^\W\d_]+", folded_for_rules(line.text))
    few = line.role == "text" and 0 < len(tokens) <= 6 and (line.kind == "short" or line.text.endswith((":", "-", "–")))
    return few and not names.isdisjoint(tokens) and allowed.issuperset(tokens)
