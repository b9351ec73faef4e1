"""Numbers and names kept out of the small model's hands: each is one sign before translation, itself again after it.

A model of ten million weights spells 231 digit by digit and loses its place, and makes up names it has seldom seen. A
*stand-in* (⓵ ⓶ ...) is one piece of its vocabulary, learnt as something to be carried over, so that a number or a name
is either all there or missing, never garbled. The same is done to training pairs (:func:`hide_pair`) and at translation
time (:func:`hide`, :func:`restore`).

Numbers of one digit stay: they are one piece already, and English may want the word.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from summarizer.arabic import western_digits
from summarizer.spelling import Spelled

# Double circled digits: no keyboard has them, NFKC leaves them alone (①, in contrast, becomes 1).
SIGNS = tuple(chr(code) for code in range(0x24F5, 0x24FF))
_SIGN = re.compile(f"[{''.join(SIGNS)}]")

# A date with dashes, or digits with . , : / inside. Not a part of a Latin word (H1N1, COVID-19, 4K), an address or a
# hashtag; both ends of a range (15-17) are numbers of their own; 11th is a number with its ending outside.
NUMBER = re.compile(
    r"(?<![A-Za-z0-9_@#])(?<![A-Za-z][-/])(?<!\d[.,:/])"
    r"(?:\d{1,2}-\d{1,2}-\d{4}|\d{4}-\d{2}-\d{2}|\d+(?:[.,:/]\d+)*)"
    r"(?!\d|[.,:/]\d|_|@|(?!(?:st|nd|rd|th)\b)[A-Za-z])"
)
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+")
_DECIMAL_COMMA = re.compile(r"\d+,\d{1,2}")
_THOUSANDS = re.compile(rf"({NUMBER.pattern})\s+(?:[أا]لف(?:ا|ًا|اً)?|[آا]لاف)\b")
_SIGN_THOUSAND = re.compile(rf"([{''.join(SIGNS)}]) thousand\b")
# Before a name that brings its own article: "the ⓵" and "Kuwait's ⓵" lose one, "president ⓵" lacks its "of".
_ARTICLE = re.compile(rf"\b((?:the|The|a|an) |['’]s )([{''.join(SIGNS)}])")
_OFFICE = re.compile(
    r"(?i)\b((?:president|head|chief|director|chairman|chairwoman|member|minister|spokesman|spokeswoman|secretary|"
    r"representative|official|director[- ]general|secretary[- ]general|undersecretary|office|plan|efforts?)s?) "
    rf"([{''.join(SIGNS)}])"
)
_ORDINAL = re.compile(rf"([{''.join(SIGNS)}])(?:st|nd|rd|th)\b")
# Capitalised words in a row, small particles of names between them: "Abdel Fattah el-Sisi", "Jan van Aken".
_ENGLISH_NAME = re.compile(r"(?:[A-Z][\w'’]*|(?:al|el|bin|ben|ibn|van|von|de|del|da)\b)(?:[ -](?=[A-Za-z]))?")
CLOSE_ENOUGH = 0.72  # likeness of two spellings of one name: Tamer and Temer, al-Zubeidi and al-Zubaidi


@dataclass(frozen=True, slots=True)
class _Found:
    """Something that can be hidden: where it stands, what makes it the same as another, and what is put back."""

    start: int
    end: int
    key: str
    restored: str


def in_english(number: str) -> str:
    """The number as English writes it: 3,5 as 3.5; all else unchanged."""
    return number.replace(",", ".") if _DECIMAL_COMMA.fullmatch(number) else number


def hide(text: str, names: Sequence[Spelled] = ()) -> tuple[str, tuple[str, ...]]:
    """Replace the numbers of a text, and the names given, by stand-ins; return the text and what each stands for.

    At most ten different things are hidden; further ones stay. A text that holds a stand-in already is left alone.
    """
    if _SIGN.search(text):
        return text, ()
    text = western_digits(text)  # one character for one: the names' places stay right
    found = _find(text, names)
    restored = {one.key: one.restored for one in reversed(found)}
    keys = list(dict.fromkeys(one.key for one in found))[: len(SIGNS)]
    return _replace(text, found, dict(zip(keys, SIGNS, strict=False))), tuple(restored[key] for key in keys)


def restore(text: str, values: Sequence[str]) -> str:
    """Put back what was hidden as English writes it: 25 thousand as 25,000, 22th as 22nd.

    A stand-in that stands for nothing is dropped: it would be an invention.
    """
    found = dict(zip(SIGNS, map(in_english, values), strict=False))

    def thousand(match: re.Match[str]) -> str:
        number = found.get(match[1], "")
        return f"{number},000" if number.isdecimal() and len(number) <= 3 else match[0]

    def ordinal(match: re.Match[str]) -> str:
        number = found.get(match[1], "")
        return number + _ending(number) if number.isdecimal() else number

    def article(match: re.Match[str]) -> str:
        value = found.get(match[2], "")
        if not value.startswith("the "):
            return match[0]
        return value if match[1].strip() in ("the", "The", "a", "an") else match[1] + value.removeprefix("the ")

    def office(match: re.Match[str]) -> str:
        return f"{match[1]} of {match[2]}" if found.get(match[2], "").startswith("the ") else match[0]

    text = _ORDINAL.sub(ordinal, _SIGN_THOUSAND.sub(thousand, text))
    text = _ARTICLE.sub(article, _OFFICE.sub(office, text))
    opens = _SIGN.match(text)
    text = _SIGN.sub(lambda match: found.get(match[0], ""), text)
    text = re.sub(r"\b(Dr|Mr|Mrs|Ms|Prof)\.\.", r"\1.", text)  # a title's stop before a sign is often written twice
    return text[:1].upper() + text[1:] if opens else text  # al-Safadi may have come to the front


def hide_pair(arabic: str, english: str, *, first: int = 0, names: Sequence[Spelled] = ()) -> tuple[str, str]:
    """Hide what both sides of a training pair have: numbers in digits, as often on one side as on the other, and the
    names whose English is found.

    ``first`` is the place in SIGNS to count from, round and round: most sentences hold one number, and if it were
    always ⓵ the model would hardly meet the others.
    """
    arabic = western_digits(arabic)
    english = _say_thousand(arabic, english)
    left = _find(arabic, names)
    right = [*_find(english), *_find_names(english, names)]
    count = [one.key for one in left].count, [one.key for one in right].count
    shared = [key for key in dict.fromkeys(one.key for one in left) if count[0](key) == count[1](key)]
    signs = dict(zip(shared, SIGNS[first:] + SIGNS[:first], strict=False))
    return _replace(arabic, left, signs), _replace(english, right, signs)


def _key(number: str) -> str:
    """What two spellings of one number share: 1,250 and 1250; 3,5 and 3.5."""
    return number.replace(",", "") if _GROUPED.fullmatch(number) else in_english(number)


def _find(text: str, names: Sequence[Spelled] = ()) -> list[_Found]:
    """The names given and the numbers of two digits or more outside them, in order."""
    found = [_Found(name.start, name.end, name.english, name.english) for name in names]
    for match in NUMBER.finditer(text):
        inside = any(name.start <= match.start() < name.end for name in names)
        if len(match[0]) > 1 and not inside:
            found.append(_Found(match.start(), match.end(), _key(match[0]), match[0]))
    return sorted(found, key=lambda one: one.start)


def _find_names(english: str, names: Iterable[Spelled]) -> list[_Found]:
    """For each name where it stands word for word, else the run of capitalised words that is spelled most like it."""
    words = list(_ENGLISH_NAME.finditer(english))
    found: list[_Found] = []
    for name in {name.english: name for name in names}.values():
        literal = re.search(rf"(?i)\b(?:the )?{re.escape(name.english.removeprefix('the '))}\b", english)
        if literal and not any(literal.start() < one.end and one.start < literal.end() for one in found):
            found.append(_Found(*literal.span(), name.english, name.english))
            continue
        length = len(name.english.split())
        runs = [words[i : i + n] for n in (length - 1, length, length + 1) if n > 0 for i in range(len(words) - n + 1)]
        spans = [(r[0].start(), r[-1].end() - len(r[-1][0]) + len(r[-1][0].rstrip(" -"))) for r in runs if _joined(r)]
        free = [(s, e) for s, e in spans if not any(s < one.end and one.start < e for one in found)]
        likeness = {span: _likeness(name.english, english[slice(*span)]) for span in free}
        best = max(likeness, key=lambda span: likeness[span], default=None)
        if best and likeness[best] >= CLOSE_ENOUGH:
            found.append(_Found(*best, name.english, name.english))
    return found


def _joined(run: Sequence[re.Match[str]]) -> bool:
    return all(before.end() == after.start() for before, after in itertools.pairwise(run))


def _likeness(one: str, other: str) -> float:
    left, right = (re.sub(r"\b(?:al|el)[- ]|[^a-z]", "", text.lower()) for text in (one, other))
    return SequenceMatcher(None, left, right, autojunk=False).ratio()


def _replace(text: str, found: Iterable[_Found], signs: dict[str, str]) -> str:
    for one in sorted(found, key=lambda one: one.start, reverse=True):
        if one.key in signs:
            text = text[: one.start] + signs[one.key] + text[one.end :]
    return text


def _say_thousand(arabic: str, english: str) -> str:
    """25,000 opposite "25 ألف" becomes 25 thousand, so that both sides hold the same number."""
    for match in _THOUSANDS.finditer(arabic):
        number = in_english(match[1])
        english = re.sub(rf"(?<![\d,.]){re.escape(number)},000(?![,\d])", f"{number} thousand", english)
    return english


def _ending(number: str) -> str:
    if number[-2:] in ("11", "12", "13"):
        return "th"
    return {"1": "st", "2": "nd", "3": "rd"}.get(number[-1], "th")
