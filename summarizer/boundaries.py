"""Where one story ends and the next begins: each place between two blocks is weighed by named cues.

A cue is a small function of the place, its value usually 0 to 1. Its weight stands in a table, one for places where a
short line might be a headline and one for places without. The weights are a logistic regression fitted on joined pages of the
"dev" part of the corpus (python -m evaluation.fit_boundaries); the cues are ours.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from .arabic import fold
from .cohesion import content_stems, cosine, overlap, page_weights
from .mastheads import leading_dateline
from .newswords import WEEKDAYS, folded

BlockKind = Literal["prose", "short", "bullet"]

# Openings that go on from something said before.
CONTINUATIONS = folded(
    "كما كذلك أيضا لكن غير بينما فيما حيث إلا لذلك لهذا بدوره بدورها أما ثم بل أضاف أضافت تابع تابعت مضيفا مشيرا مؤكدا "
    "موضحا إضافة بالإضافة بالمقابل بالتالي هكذا هنا هناك يذكر يشار تجدر جدير الجدير يأتي تأتي جاء لافتا معتبرا مشددا مبينا"
)
CONTINUING_PHRASES = tuple(
    fold(p)
    for p in (
        "من جانبه", "من جانبها", "من جهته", "من جهتها", "من جهة أخرى", "من ناحية أخرى", "من ناحيته", "في المقابل",
        "إلى ذلك", "في السياق", "في سياق متصل", "في غضون ذلك", "على صعيد", "علاوة على", "فضلا عن", "بحسب", "في هذا",
        "على الرغم", "رغم ذلك", "مع ذلك", "في الوقت نفسه", "في حين", "من بين", "من هنا", "في ختام", "في نهاية", "عن",
    )
)  # fmt: skip
POINTERS = folded("هذا هذه ذلك تلك هؤلاء المذكور المذكورة الأخير الأخيرة نفسه نفسها ذاته ذاتها إنه إنها بأنه أنه أنها")
# Words whose و is a root letter: a story may well open with them.
WAW_WORDS = (
    "وزير وزار وزر وصل وصول وقع وقوع وقف وقفه وفا وفد وفود وكال وكيل واشنطن وافق واصل واجه وجه وجد وجود وضع وعد وصف وثق "
    "والد وثيق ودع وسط وسائل وسيط ولد ولي ولاي وحد وزع ورش ورق وليد وائل وسام واحد وطن وعك وادي وديع وسيم وهران ودي"
)  # fmt: skip
_WAW_ROOTS = tuple(WAW_WORDS.split())
# How reports of news and of offices like to open.
OPENERS = folded(
    "أعلن أعلنت كشف كشفت أفاد أفادت ذكرت قال قالت قتل قتلت لقي أصيب استقبل استقبلت بحث بحثت التقى التقت عقد عقدت شهد شهدت "
    "افتتح افتتحت دشن دشنت نظم نظمت اختتم اختتمت اختتمت انطلق انطلقت وصل وصلت أكد أكدت دعا دعت وقع وقعت قرر قررت أطلق "
    "أطلقت شارك شاركت ترأس تفقد زار زارت حذر حذرت طالب طالبت نفى نفت رفض رفضت اتهم اتهمت أصدر أصدرت حقق فاز فازت تمكن "
    "تمكنت أجرى أجرت أدان أدانت رحب رحبت انتقد ندد سجل سجلت ارتفع ارتفعت تراجع تراجعت انخفض بدأ بدأت يعتزم تعتزم تستعد "
    "يستعد تنفيذا بتوجيهات بتوجيه برعاية بحضور تحت بمناسبة ضمن نجح نجحت توفي توفيت اعتقلت اعتقل أوقفت أوقف تعرض تعرضت"
)
DAY_WORDS = WEEKDAYS | folded("اليوم أمس مساء صباح")
_QUESTION = re.compile(r"^(ماذا|لماذا|كيف|من هو|من هي|من هم|ما هو|ما هي|ما الذي|هل|متي|اين)\b")
_LEFT, _RIGHT, _FAR = 4, 3, 9  # paragraphs looked at before and after a place
_OPENING = 6  # words of the first paragraph that name who did what


@dataclass(frozen=True, slots=True)
class Block:
    """A line that may belong to a story, with what stood between it and the block before."""

    text: str
    kind: BlockKind
    gap: int = 0  # blank lines before it, less the page's usual number
    mastheads: int = 0  # lines of date, byline, dateline just before it
    furniture: int = 0  # other furniture just before it
    linked: bool = False  # stands in a list of links to other stories


@dataclass(frozen=True)
class Place:
    """A place where a story may begin: before block ``at``, its first paragraph being block ``first``."""

    blocks: Sequence[Block]
    stems: Sequence[Sequence[str]]
    weights: Mapping[str, float]
    at: int
    first: int

    @cached_property
    def opening(self) -> list[str]:
        """The first words of the first paragraph, folded."""
        return re.findall(r"\w+", fold(self.blocks[self.first].text[:300]))[:30]

    @cached_property
    def left(self) -> list[str]:
        return self._between(max(0, self.at - _LEFT), self.at)

    @cached_property
    def right(self) -> list[str]:
        return self._between(self.first, self.first + _RIGHT)

    @cached_property
    def far(self) -> list[str]:
        return self._between(max(0, self.at - _FAR), self.at)

    @property
    def headline(self) -> Block:
        return self.blocks[self.at]

    def _between(self, start: int, end: int) -> list[str]:
        return [s for stems in self.stems[start:end] for s in stems]


def continues(place: Place) -> float:
    """The first paragraph opens with a conjunction or a phrase that leans on what came before."""
    return float(leans(" ".join(place.opening[:4])))


def leans(text: str) -> bool:
    """Whether a text opens with a conjunction or a phrase that leans on what came before."""
    opening = " ".join(re.findall(r"\w+", fold(text[:60]))[:4])
    word = opening.split(" ", 1)[0]
    if word in CONTINUATIONS or any(opening.startswith(p + " ") for p in CONTINUING_PHRASES):
        return True
    return opens_with_and(word)


def opens_with_and(text: str) -> bool:
    """Whether the first word begins with the conjunction, not with a root's own و."""
    word = fold(text[:20].lstrip(" \"'«“”(")).split(" ", 1)[0]
    return len(word) > 2 and word.startswith("و") and not word.startswith(_WAW_ROOTS)


def points_back(place: Place) -> float:
    """A demonstrative in the first words: "يعتبر هذا اللقاء"."""
    return float(not POINTERS.isdisjoint(place.opening[:5]))


def names_day(place: Place) -> float:
    """News says in its first sentence on what day it was."""
    return float(not DAY_WORDS.isdisjoint(place.opening))


def opens_as_news(place: Place) -> float:
    return float(bool(place.opening) and (place.opening[0] in OPENERS or place.opening[:2] == ["في", "اطار"]))


def has_dateline(place: Place) -> float:
    return float(bool(leading_dateline(fold(place.blocks[place.first].text[:90]))))


def has_masthead(place: Place) -> float:
    """A date, byline or dateline stands between the headline and the story, or just before them."""
    return float(any(b.mastheads for b in place.blocks[place.at : place.first + 1]))


def after_furniture(place: Place) -> float:
    return min(2, sum(b.furniture for b in place.blocks[place.at : place.first + 1])) / 2


def set_apart(place: Place) -> float:
    """More blank lines before it than the page's paragraphs have."""
    return min(2, max(0, place.headline.gap)) / 2


def closer_to_what_follows(place: Place) -> float:
    return float(place.headline.gap > place.blocks[place.at + 1].gap) if place.at + 1 < len(place.blocks) else 0.0


def same_subject(place: Place) -> float:
    """Likeness of the paragraphs before and after."""
    return min(1.0, 3 * cosine(place.left, place.right, place.weights))


def first_is_known(place: Place) -> float:
    """How much of the first paragraph was already spoken of."""
    return overlap(place.stems[place.first], place.far, place.weights)


def opening_is_known(place: Place) -> float:
    """How much of the first words was already spoken of: "أكد عبدالجليل" needs an earlier sentence, a new story's
    opening names in full."""
    first = place.stems[place.first][:_OPENING]
    return overlap(first, place.far, place.weights)


def rest_is_known(place: Place) -> float:
    return overlap(place.right, place.far, place.weights)


def last_returns(place: Place) -> float:
    """How much of the last paragraph before the place is spoken of again after it."""
    return overlap(place.stems[place.at - 1], place.right, place.weights)


def holds_together(place: Place) -> float:
    """How much of the paragraph after the first takes up the first."""
    if place.first + 1 >= len(place.blocks):
        return 0.0
    return overlap(place.stems[place.first + 1], place.stems[place.first], place.weights)


def told_after(place: Place) -> float:
    """How much of the headline is told by the paragraphs under it."""
    return overlap(place.stems[place.at], place.right, place.weights)


def told_by_first(place: Place) -> float:
    return overlap(place.stems[place.at], place.stems[place.first], place.weights)


def told_before(place: Place) -> float:
    return overlap(place.stems[place.at], place.far, place.weights)


def told_only_after(place: Place) -> float:
    """How much of the headline stands under it and nowhere above it."""
    new = set(place.stems[place.at]).intersection(place.right).difference(place.far)
    return overlap(place.stems[place.at], new, place.weights)


def few_words(place: Place) -> float:
    """1 for a heading of one to three words, 0 from nine words on."""
    return min(1.0, max(0.0, (9 - len(place.headline.text.split())) / 6))


def many_words(place: Place) -> float:
    """0 up to fourteen words, 1 for thirty: more likely a paragraph without its full stop, unless the next repeats it."""
    if repeats_as_prose(place):
        return 0.0
    return min(1.0, max(0.0, (len(place.headline.text.split()) - 14) / 16))


def asks(place: Place) -> float:
    """Headings of sections like to ask."""
    return float(bool(_QUESTION.match(fold(place.headline.text))) or place.headline.text.endswith("؟"))


def repeats_as_prose(place: Place) -> float:
    """The first paragraph begins with the headline itself."""
    headline = fold(place.headline.text)
    # a heading of a word or two may open its paragraph by chance
    return float(headline.count(" ") > 4 and fold(place.blocks[place.first].text).startswith(headline))


def in_list_of_links(place: Place) -> float:
    return float(place.headline.linked)


def leans_itself(place: Place) -> float:
    return float(leans(place.headline.text))


def more_short_lines(place: Place) -> float:
    return min(3, place.first - place.at - 1) / 3


def after_short_line(place: Place) -> float:
    return float(place.blocks[place.at - 1].kind == "short")


def before_is_unfinished(place: Place) -> float:
    """The block before ends with a comma or a colon."""
    return float(place.blocks[place.at - 1].text.rstrip().endswith((":", "،", ",", "؛")))


def bulleted(place: Place) -> float:
    return float(place.blocks[place.first].kind == "bullet")


Cue = Callable[[Place], float]
SHARED_CUES: tuple[Cue, ...] = (
    continues, points_back, names_day, opens_as_news, has_dateline, has_masthead, after_furniture, set_apart, same_subject,
    first_is_known, opening_is_known, rest_is_known, last_returns, holds_together, before_is_unfinished, bulleted,
)  # fmt: skip
HEADLINE_CUES: tuple[Cue, ...] = (
    *SHARED_CUES, closer_to_what_follows, told_after, told_by_first, told_before, told_only_after, few_words,
    many_words, asks, repeats_as_prose, in_list_of_links, leans_itself, more_short_lines,
)  # fmt: skip
PLAIN_CUES: tuple[Cue, ...] = (*SHARED_CUES, after_short_line)
FIRST_CUES: tuple[Cue, ...] = (
    continues, has_masthead, names_day, closer_to_what_follows, told_after, told_by_first, few_words, many_words, asks,
    repeats_as_prose, in_list_of_links, leans_itself, more_short_lines,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Weighing:
    """Cues with their weights; a place begins a story when their sum with ``bias`` passes 0."""

    bias: float
    weights: Mapping[str, float]
    cues: tuple[Cue, ...]

    def score(self, place: Place) -> float:
        return self.bias + sum(self.weights[cue.__name__] * cue(place) for cue in self.cues)


@dataclass(frozen=True, slots=True)
class Start:
    """Block ``at`` begins a story; it is the headline when ``has_headline``."""

    at: int
    has_headline: bool


def story_starts(blocks: Sequence[Block]) -> list[Start]:
    """The starts of the stories, the first at the first block or at the headline of the first story."""
    starts: list[Start] = []
    for options in junctions(blocks):
        if not starts:
            starts.append(_first_start(options))
            continue
        *titled, plain = options
        score, place = max(
            ((WITH_HEADLINE.score(p), p) for p in titled), key=lambda pair: pair[0], default=(0.0, plain)
        )
        if score > 0:
            starts.append(Start(place.at, True))
        elif PLAIN.score(plain) > 0:
            # the paragraphs alone say so: then the line above is the headline, unless it is clearly none
            headed = bool(titled) and score > _CLEARLY_NONE
            starts.append(Start(place.at if headed else plain.at, headed))
    return starts


def _first_start(options: Sequence[Place]) -> Start:
    """The page's first story needs no proof that it begins; only its headline is looked for."""
    scored = [(FIRST_HEADLINE.score(place), place) for place in options if place.at != place.first]
    score, best = max(scored, key=lambda pair: pair[0], default=(0.0, options[-1]))
    return Start(best.at, True) if score > 0 else Start(options[-1].first, False)


def junctions(blocks: Sequence[Block]) -> list[list[Place]]:
    """For each paragraph of prose, the places where a story may begin with it: each short line above it, and itself."""
    stems = [content_stems(block.text) for block in blocks]
    weights = page_weights(stems)
    found: list[list[Place]] = []
    above: list[int] = []
    for i, block in enumerate(blocks):
        if block.kind == "short":
            above = [*above[-(_MOST_SHORT_LINES - 1) :], i]
            continue
        if block.kind == "prose" or not found:
            found.append([Place(blocks, stems, weights, at, i) for at in (*above, i)])
        above = []
    return found


_CLEARLY_NONE = -2.5
_MOST_SHORT_LINES = 4  # kicker, headline, subheadline and a stray label
WITH_HEADLINE = Weighing(
    -0.4,
    {
        "continues": -4.0,
        "points_back": -1.8,
        "names_day": 0.4,
        "opens_as_news": 0.7,
        "has_dateline": 1.0,
        "has_masthead": 1.3,
        "after_furniture": 0.9,
        "set_apart": 0.5,
        "same_subject": -2.7,
        "first_is_known": 1.2,
        "opening_is_known": -1.1,
        "rest_is_known": -1.0,
        "last_returns": -2.6,
        "holds_together": 0.2,
        "before_is_unfinished": 0.1,
        "bulleted": 0.0,
        "closer_to_what_follows": 3.1,
        "told_after": 4.4,
        "told_by_first": 1.2,
        "told_before": -1.2,
        "told_only_after": 0.8,
        "few_words": -6.3,
        "many_words": -6.1,
        "asks": -0.1,
        "repeats_as_prose": 0.3,
        "in_list_of_links": -2.4,
        "leans_itself": -1.7,
        "more_short_lines": -4.5,
    },
    HEADLINE_CUES,
)
FIRST_HEADLINE = Weighing(
    1.5,
    {
        "continues": -2.3,
        "has_masthead": -0.9,
        "names_day": 1.0,
        "closer_to_what_follows": 0.3,
        "told_after": 3.3,
        "told_by_first": 6.3,
        "few_words": -4.1,
        "many_words": -3.6,
        "asks": 1.7,
        "repeats_as_prose": 0.0,
        "in_list_of_links": 0.0,
        "leans_itself": -0.1,
        "more_short_lines": 1.5,
    },
    FIRST_CUES,
)
PLAIN = Weighing(
    -0.6,
    {
        "continues": -5.1,
        "points_back": -0.7,
        "names_day": 0.9,
        "opens_as_news": 0.8,
        "has_dateline": 4.3,
        "has_masthead": 4.8,
        "after_furniture": 2.2,
        "set_apart": 4.2,
        "same_subject": -5.6,
        "first_is_known": 0.6,
        "opening_is_known": 0.1,
        "rest_is_known": -3.2,
        "last_returns": -4.3,
        "holds_together": 6.1,
        "before_is_unfinished": 0.6,
        "bulleted": 0.0,
        "after_short_line": -0.1,
    },
    PLAIN_CUES,
)
