"""Numbers in Arabic and in English text: digits, words, ordinals, months, with their values and places.

The two languages share one way of adding up a spoken number; they differ in their words (numberwords.py) and in what
may follow what: Arabic says "five and twenty", English "twenty-five".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from summarizer.arabic import fold, western_digits, word_set
from summarizer.numberwords import (
    AMBIGUOUS_MONTHS,
    ARABIC_WORDS,
    ENGLISH_WORDS,
    MONTH_WORDS,
    TWO_WORD_MONTHS_AR,
    VAGUE,
    Entry,
    Kind,
    Rank,
)

Language = Literal["ar", "en"]

# One token: digits with thousands by spaces, digits with signs, or letters with their vowel signs.
_TOKEN = re.compile(
    r"(?<![\d.,])\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?![\d.,]\d|\d)"
    r"|\d{1,3}،\d{1,2}(?!\d)|\d+(?:[.,]\d+)*"
    r"|(?:[^\W\d_][\u064b-\u065f\u0670]*)+"
)
_GAP = re.compile(r"[\s-]*(?:and\s+)?(?:of\s+)?(?:an?\s+)?", re.IGNORECASE)
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:[.,]\d{3})+")
# 5k, $3m: scales only straight after the digits; "3 m" is metres.
_ATTACHED_SCALES = word_set("k m b mn bn tn")
_AFTERNOON = re.compile(r"(?::\d\d)?\s*p\.?\s?m\b", re.IGNORECASE)
_YEAR_BEFORE = re.compile(r"\b(19|20)\d\d[-–/]$")
_PERCENT = word_set("بالميه بالمايه")
_HUNDRED = word_set("الميه المايه")

# What may follow what in one number, and whether it must carry "and" (None: either).
_AFTER_SCALE: tuple[Rank, ...] = ("unit", "ten", "tens", "digits")
FOLLOWS: dict[Language, dict[tuple[Rank, Rank], bool | None]] = {
    "ar": {
        ("unit", "ten"): False,
        ("unit", "tens"): True,
        ("unit", "hundred"): False,
        ("fraction", "scale"): False,
        ("scale", "fraction"): True,
        ("dual", "fraction"): True,
        **{(r, "scale"): False for r in ("unit", "ten", "tens", "hundred", "digits")},
        **{("hundred", r): True for r in _AFTER_SCALE},
        **{(s, r): True for s in ("scale", "dual") for r in (*_AFTER_SCALE, "hundred", "scale", "dual")},
    },
    "en": {
        ("tens", "unit"): False,
        ("fraction", "scale"): None,
        ("scale", "fraction"): True,
        ("unit", "fraction"): True,
        **{(r, "hundred"): False for r in _AFTER_SCALE},
        **{(r, "scale"): False for r in (*_AFTER_SCALE, "hundred")},
        **{(s, r): None for s in ("hundred", "scale") for r in _AFTER_SCALE},
    },
}


@dataclass(frozen=True, slots=True)
class Number:
    """A number as found. ``also`` holds other readings the surface allows: 1.250 may be 1250."""

    value: Decimal
    surface: str
    start: int
    end: int
    kind: Kind
    also: tuple[Decimal, ...] = ()

    @property
    def readings(self) -> frozenset[Decimal]:
        return frozenset((self.value, *self.also))


@dataclass(frozen=True, slots=True)
class _Token:
    word: str  # folded
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Piece:
    entry: Entry
    word: str
    start: int
    end: int
    linked: bool


@dataclass(slots=True)
class _Sum:
    """One number being added up: what stands below the next scale, and what is already scaled."""

    pieces: list[_Piece] = field(default_factory=list)
    total: Decimal = Decimal(0)
    current: Decimal = Decimal(0)
    scale: Decimal = Decimal(0)  # the last scale taken; 0 when none was

    def take(self, piece: _Piece) -> None:
        entry = piece.entry
        if entry.rank in ("scale", "dual"):
            self.total += (self.current or 1) * entry.value
            self.current, self.scale = Decimal(0), entry.value / (2 if entry.rank == "dual" else 1)
        elif entry.rank == "hundred" and entry.value == 100 and 0 < self.current < 100:
            self.current *= 100
        elif entry.rank == "fraction" and self.scale:
            self.total += entry.value * self.scale
        else:
            self.current += entry.value
        self.pieces.append(piece)

    def admits(self, piece: _Piece, language: Language) -> bool:
        pair = (self.pieces[-1].entry.rank, piece.entry.rank)
        wanted = FOLLOWS[language].get(pair, "never")
        if wanted == "never" or (wanted is not None and wanted != piece.linked):
            return False
        if piece.entry.rank == "digits" and piece.entry.value % 1:
            return False  # مليونين و1.2 مليار
        if language == "en" and pair[0] == "scale" and piece.linked and self.pieces[0].entry.rank == "digits":
            return False  # "14 million and two-thirds of it"
        if pair[0] == "scale" and self.pieces[0].entry.value % 1:
            return False  # 3.5 million and 1,250 are two
        # "two million and five million" are two numbers: what is added must be smaller than the scale before it.
        return not self.scale or pair[1] == "fraction" or piece.entry.value < self.scale

    def restart(self, piece: _Piece) -> list[_Piece]:
        """Between 12 thousand and 56 thousand: give up what followed the last scale, it belongs to ``piece``."""
        scaled = [i for i, p in enumerate(self.pieces) if p.entry.rank in ("scale", "dual")]
        if piece.entry.rank != "scale" or piece.linked or not scaled or not self.current:
            return []
        tail = self.pieces[scaled[-1] + 1 :]
        self.pieces, self.current = self.pieces[: scaled[-1] + 1], Decimal(0)
        return tail


@lru_cache(maxsize=4096)
def numbers_in(text: str, language: Language) -> tuple[Number, ...]:
    """All numbers of the text in order, ``text[n.start:n.end] == n.surface``.

    Percent words ("بالمئة"), plurals that only say "many" ("آلاف") and Sunday and Monday are none.
    """
    found: list[Number] = []
    group: _Sum | None = None
    for piece, adjacent in _pieces(western_digits(text), language):
        if group and adjacent and group.admits(piece, language):
            group.take(piece)
            continue
        tail = group.restart(piece) if group and adjacent else []
        if group and group.pieces:
            found += _close(group, text, language)
        group = _Sum()
        for part in (*tail, piece):
            group.take(part)
    return tuple(found + _close(group, text, language)) if group else tuple(found)


def _close(group: _Sum, text: str, language: Language) -> list[Number]:
    """The finished number, or none when it is only a word for "many"."""
    first, last = group.pieces[0], group.pieces[-1]
    if first.word in VAGUE:
        return []
    value = group.total + group.current
    surface = text[first.start : last.end]
    return [Number(value, surface, first.start, last.end, _kind(group, language), _also(group, value))]


def _kind(group: _Sum, language: Language) -> Kind:
    entry = group.pieces[0].entry
    if len(group.pieces) == 1:
        # "the hundred", and an English "hundred" alone, as in "several hundred", count nothing.
        loose = entry.rank in ("hundred", "scale") and (entry.definite or language == "en")
        return "soft" if loose else entry.kind
    if entry.kind == "soft":
        return "word"
    return entry.kind


def _also(group: _Sum, value: Decimal) -> tuple[Decimal, ...]:
    first, last = group.pieces[0], group.pieces[-1]
    if len(group.pieces) == 1:
        # ألفا شخص: two thousand in the construct state, or the accusative of one thousand.
        double = (2 * value,) if first.entry.rank == "scale" and first.word.endswith("ا") else ()
        return first.entry.also + double
    if last.entry.rank == "fraction":
        return (value - last.entry.value,)
    if last.word in _ATTACHED_SCALES and len(last.word) == 1:
        return (first.entry.value,)  # "5m" may be metres
    return tuple(a * last.entry.value for a in first.entry.also) if last.entry.rank == "scale" else ()


def _pieces(text: str, language: Language) -> Iterator[tuple[_Piece, bool]]:
    """Each token that can be part of a number, and whether it follows straight on the piece before."""
    tokens = [
        _Token(fold(m[0]) if not m[0].isascii() else m[0].lower(), m.start(), m.end()) for m in _TOKEN.finditer(text)
    ]
    end = -1
    for i, token in enumerate(tokens):
        for entry, start, stop in _readings(tokens, i, text, language):
            gap = text[end:start] if end >= 0 else "."
            linked = entry.linked or "and" in gap.lower() or _linked_digits(text, start)
            piece = _Piece(entry, token.word, start, stop, linked)
            yield piece, bool(_GAP.fullmatch(gap.removesuffix("و")))
            end = stop


def _fold(word: str) -> str:
    return word.lower() if word.isascii() else fold(word)


def _linked_digits(text: str, start: int) -> bool:
    # 25 ألفا و500: the conjunction is glued to the digits.
    return text[start].isdigit() and text[max(0, start - 2) : start] in (" و", "\nو")


def _readings(tokens: Sequence[_Token], i: int, text: str, language: Language) -> Iterator[tuple[Entry, int, int]]:
    token = tokens[i]
    if token.word[0].isdigit():
        yield from _literals(token, text)
        return
    entry = _word(tokens, i, text, language)
    if entry:
        yield entry, token.start, token.end


def _literals(token: _Token, text: str) -> Iterator[tuple[Entry, int, int]]:
    """The value of a digit token; 12.5.2018 and 1,2,3 are several."""
    digits = re.sub(r"[ \u00a0\u202f]", "", text[token.start : token.end]).replace("،", ".")
    read = _read_digits(digits)
    if read is None:
        for match in re.finditer(r"\d+", digits):
            yield Entry(Decimal(match[0]), "digits", "digits"), token.start + match.start(), token.start + match.end()
        return
    value, also = read
    if _AFTERNOON.match(text, token.end) and value < 12:
        also += (value + 12,)
    year = _YEAR_BEFORE.search(text, max(0, token.start - 6), token.start)
    if year and len(digits) == 2:
        also += (Decimal(year[1]) * 100 + value,)  # 2018-19
    if text[token.end : token.end + 1] == "s" or text[token.end : token.end + 2] == "'s":
        also += (value % 100,)  # the 1950s are the fifties
    yield Entry(value, "digits", "digits", also), token.start, token.end


def _read_digits(digits: str) -> tuple[Decimal, tuple[Decimal, ...]] | None:
    """Value and other readings: 1,250 and 1.250 may be thousands or decimals, the usual reading first."""
    marks = re.sub(r"\d", "", digits)
    if not marks:
        return Decimal(digits), ()
    plain = Decimal(re.sub(r"[.,]", "", digits))
    if _GROUPED.fullmatch(digits) and len(set(marks)) == 1:
        if len(marks) > 1:
            return plain, ()
        decimal = Decimal(digits.replace(",", "."))
        return (plain, (decimal,)) if marks == "," else (decimal, (plain,))
    if len(marks) == 1:
        # 04,01 and 04.01 are times.
        return None if re.match(r"0\d", digits) else (Decimal(digits.replace(",", ".")), _clock(digits))
    return _read_mixed(digits, marks)


def _clock(digits: str) -> tuple[Decimal, ...]:
    # 13,20 and 13.20 may be the time.
    clock = re.fullmatch(r"([01]\d|2[0-3])[.,]([0-5]\d)", digits)
    return (Decimal(clock[1]), Decimal(clock[2])) if clock else ()


def _read_mixed(digits: str, marks: str) -> tuple[Decimal, tuple[Decimal, ...]] | None:
    # 1,250.75: what stands last is the decimal sign.
    whole, fraction = digits[: digits.rindex(marks[-1])], digits[digits.rindex(marks[-1]) + 1 :]
    if _GROUPED.fullmatch(whole) and len(set(marks[:-1])) == 1 and marks[-1] != marks[0]:
        return Decimal(re.sub(r"[.,]", "", whole) + "." + fraction), ()
    return None


def _word(tokens: Sequence[_Token], i: int, text: str, language: Language) -> Entry | None:
    word = tokens[i].word
    before = tokens[i - 1].word if i else ""
    if language == "en":
        return _english(tokens, i, text)
    if word in _PERCENT or (word in _HUNDRED and before == "في"):
        return None
    month = TWO_WORD_MONTHS_AR.get((word.lstrip("وفبل"), tokens[i + 1].word)) if i + 1 < len(tokens) else None
    entry = month or ARABIC_WORDS.get(word)
    if entry and entry.kind == "ordinal" and before == "المجموعه":
        return replace(entry, kind="soft")  # the eighth group of a cup is Group H
    return _doubt_month(entry, tokens, i, text) if entry and entry.kind == "month" else entry


def _english(tokens: Sequence[_Token], i: int, text: str) -> Entry | None:
    token = tokens[i]
    entry = ENGLISH_WORDS.get(token.word)
    if entry is None or (token.word in _ATTACHED_SCALES and not text[token.start - 1 : token.start].isdigit()):
        return None
    if entry.kind != "month":
        return entry
    return _doubt_month(entry, tokens, i, text) if text[token.start].isupper() else None


def _doubt_month(entry: Entry, tokens: Sequence[_Token], i: int, text: str) -> Entry:
    if tokens[i].word.lstrip("وف") not in AMBIGUOUS_MONTHS or _dated(tokens, i, text):
        return entry
    return replace(entry, kind="soft")


def _dated(tokens: Sequence[_Token], i: int, text: str) -> bool:
    """Whether a word that may be a month stands where a month stands: beside a number, a slash or "the month of"."""
    before = tokens[i - 1].word if i else ""
    after = tokens[i + 1].word if i + 1 < len(tokens) else ""
    slash = "/" in (text[tokens[i].start - 1 : tokens[i].start], text[tokens[i].end : tokens[i].end + 1])
    return slash or before[:1].isdigit() or after[:1].isdigit() or before in MONTH_WORDS


# -- comparing --------------------------------------------------------------------------------------------------

# Smaller numbers in words are articles and pronouns as often as counts: "one of them", "the second half".
HARD_COUNT = 3
_LONG_RUN = re.compile(r"\d{7,}")


def lost_numbers(source: str, source_language: Language, target: str, target_language: Language) -> tuple[Number, ...]:
    """Numbers of the source that the target says in no form. Turned round, it finds the invented ones."""
    there = numbers_in(target, target_language)
    readings = frozenset().union(*(n.readings for n in there)) if there else frozenset()
    digits = re.sub(r"(?<=\d)[ -](?=\d)", "", western_digits(target))
    return tuple(n for n in counted_numbers(source, source_language) if not _said(n, readings, digits))


def counted_numbers(text: str, language: Language) -> tuple[Number, ...]:
    """The numbers a translation must keep, each value once."""
    first = {n.value: n for n in reversed(numbers_in(text, language)) if _counts(n)}
    return tuple(sorted(first.values(), key=lambda n: n.start))


def _counts(number: Number) -> bool:
    return number.kind != "soft" and (number.kind in ("digits", "month") or number.value >= HARD_COUNT)


def _said(number: Number, readings: frozenset[Decimal], digits: str) -> bool:
    if number.readings & readings:
        return True
    value = number.value
    if value % 10 == 0 and value / 10 in readings and 10 in readings:
        return True  # "two decades" for twenty years
    # Telephone and other long numbers are grouped in many ways.
    plain = str(value)
    return number.kind == "digits" and (
        (len(plain) >= 4 and plain in digits) or any(plain in run for run in _LONG_RUN.findall(digits))
    )
