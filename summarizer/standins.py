"""Numbers kept out of the small model's hands: each is one sign before translation and itself again after it.

A model of ten million weights spells 231 digit by digit and loses its place. A *stand-in* (⓵ ⓶ ...) is one piece of
its vocabulary, learnt as something to be carried over, so that a number is either all there or missing, never garbled.
The same is done to training pairs (:func:`hide_pair`) and at translation time (:func:`hide`, :func:`restore`).

Numbers of one digit stay: they are one piece already, and English may want the word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarizer.arabic import western_digits

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
_THOUSAND = re.compile(rf"([{''.join(SIGNS)}])\s+(?:[أا]لف(?:ا|ًا|اً)?|[آا]لاف)\b")
_SIGN_THOUSAND = re.compile(rf"([{''.join(SIGNS)}]) thousand\b")
_ORDINAL = re.compile(rf"([{''.join(SIGNS)}])(?:st|nd|rd|th)\b")


def in_english(number: str) -> str:
    """The number as English writes it: 3,5 as 3.5; all else unchanged."""
    return number.replace(",", ".") if _DECIMAL_COMMA.fullmatch(number) else number


def _key(number: str) -> str:
    """What two spellings of one number share: 1,250 and 1250; 3,5 and 3.5."""
    return number.replace(",", "") if _GROUPED.fullmatch(number) else in_english(number)


def hide(text: str) -> tuple[str, tuple[str, ...]]:
    """Replace the numbers of a text by stand-ins; return the text and, in their order, what each stands for.

    At most ten different numbers are hidden; further ones stay. A text that holds a stand-in already is left alone.
    """
    numbers: dict[str, str] = {}  # key -> number, in order of first appearance

    def sign(match: re.Match[str]) -> str:
        value = _key(match[0])
        if len(match[0]) < 2 or (value not in numbers and len(numbers) == len(SIGNS)):
            return match[0]
        numbers.setdefault(value, match[0])
        return SIGNS[list(numbers).index(value)]

    if _SIGN.search(text):
        return text, ()
    return NUMBER.sub(sign, western_digits(text)), tuple(numbers.values())


def restore(text: str, numbers: Sequence[str]) -> str:
    """Put the numbers back as English writes them: 25 thousand as 25,000, 22th as 22nd.

    A stand-in that stands for nothing is dropped: it would be an invention.
    """
    found = dict(zip(SIGNS, map(in_english, numbers), strict=False))

    def thousand(match: re.Match[str]) -> str:
        number = found.get(match[1], "")
        return f"{number},000" if number.isdecimal() and len(number) <= 3 else match[0]

    def ordinal(match: re.Match[str]) -> str:
        number = found.get(match[1], "")
        return number + _ending(number) if number else ""

    text = _ORDINAL.sub(ordinal, _SIGN_THOUSAND.sub(thousand, text))
    return _SIGN.sub(lambda match: found.get(match[0], ""), text)


def _ending(number: str) -> str:
    if number[-2:] in ("11", "12", "13"):
        return "th"
    return {"1": "st", "2": "nd", "3": "rd"}.get(number[-1], "th")


def hide_pair(arabic: str, english: str, *, first: int = 0) -> tuple[str, str]:
    """Hide the numbers that both sides of a training pair write in digits, as often on one side as on the other.

    ``first`` is the place in SIGNS to count from, round and round: most sentences hold one number, and if it were
    always ⓵ the model would hardly meet the others.
    """
    hidden, numbers = hide(arabic)
    english = _say_thousand(hidden, numbers, english)
    spelled = [_key(match[0]) for match in NUMBER.finditer(english)]
    places = dict(zip(SIGNS, numbers, strict=False))
    shared = [s for s, number in places.items() if spelled.count(_key(number)) == hidden.count(s)]
    # Numbered again over what is shared: training should see them in the order of the text, as translation will.
    final = dict(zip(shared, SIGNS[first:] + SIGNS[:first], strict=False))
    by_key = {_key(places[s]): sign for s, sign in final.items()}
    return (
        _SIGN.sub(lambda match: final.get(match[0], places.get(match[0], match[0])), hidden),
        NUMBER.sub(lambda match: by_key.get(_key(match[0]), match[0]), english),
    )


def _say_thousand(hidden: str, numbers: Sequence[str], english: str) -> str:
    """25,000 opposite "25 ألف" becomes 25 thousand, so that both sides hold the same number."""
    for match in _THOUSAND.finditer(hidden):
        number = numbers[SIGNS.index(match[1])]
        english = re.sub(rf"(?<![\d,.]){re.escape(in_english(number))},000(?![,\d])", f"{number} thousand", english)
    return english
