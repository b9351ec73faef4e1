"""What tells that a story begins at a place of a page: blocks, places, and the cues that weigh them.

A cue is a small function of a place whose value is 0 to 1. What each weighs is in boundaries.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from .arabic import fold
from .cohesion import cosine, overlap
from .mastheads import leading_dateline
from .newswords import WEEKDAYS, folded

BlockKind = Literal["prose", "short", "bullet"]

# Openings that go on from something said before.
CONTINUATIONS = folded(
    "كما كذلك أيضا لكن غير بينما فيما حيث إلا لذلك لهذا بدوره بدورها أما ثم بل أضاف أضافت تابع تابعت مضيفا مشيرا مؤكدا "
    "موضحا إضافة بالإضافة بالمقابل بالتالي هكذا هنا هناك يذكر "
    "يشار تجدر جدير الجدير يأتي تأتي جاء لافتا معتبرا مشددا مبينا"
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
    "وزير وزار وزر وصل وصول وقع وقوع وقف وقفه وفا وفد وفود وكال "
    "وكيل واشنطن وافق واصل واجه وجه وجد وجود وضع وعد وصف وثق "
    "والد وثيق ودع وسط وسائل ولد ولي ولاي وحد وزع ورش ورق وليد وائل وسام واحد وطن وعك وادي وديع وسيم وهران ودي"
)  # fmt: skip
_WAW_ROOTS = tuple(WAW_WORDS.split())
# How reports of news and of offices like to open.
OPENERS = folded(
    "أعلن أعلنت كشف كشفت أفاد أفادت ذكرت قال قالت قتل قتلت لقي "
    "أصيب استقبل استقبلت بحث بحثت التقى التقت عقد عقدت شهد شهدت "
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
    """0 up to fourteen words, 1 for thirty: more likely a paragraph without its full stop, if not repeated."""
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


Cue = Callable[[Place], float]
SHARED_CUES: tuple[Cue, ...] = (
    continues, points_back, names_day, opens_as_news, has_dateline, has_masthead, after_furniture, set_apart,
    same_subject, first_is_known, opening_is_known, rest_is_known, last_returns, holds_together,
    before_is_unfinished,
)  # fmt: skip
HEADLINE_CUES: tuple[Cue, ...] = (
    *SHARED_CUES, closer_to_what_follows, told_after, told_by_first, told_before, told_only_after, few_words,
    many_words, repeats_as_prose, in_list_of_links, leans_itself, more_short_lines,
)  # fmt: skip
PLAIN_CUES: tuple[Cue, ...] = (*SHARED_CUES, after_short_line)
FIRST_CUES: tuple[Cue, ...] = (
    continues, has_masthead, names_day, closer_to_what_follows, told_after, told_by_first, few_words, many_words, asks,
    leans_itself, more_short_lines,
)  # fmt: skip
