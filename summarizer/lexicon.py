"""Words of English, to find those that a model made up.

A small model writes a rare word from pieces, and the pieces may join to what is no word: "embulation", "supplyed".
``data/english.txt.xz`` holds, one a line, the words of a dictionary and of the English side of the training pairs: in
small letters those that are written so, with a capital those seen only as names. ``python -m summarizer.training
words`` makes it anew.
"""

from __future__ import annotations

import lzma
import re
from functools import cache
from pathlib import Path

ENGLISH = Path(__file__).parent / "data" / "english.txt.xz"
# Words with an apostrophe or accents inside; not those glued to digits, dots or @ (COVID-19, B12, who.int).
WORD = re.compile(r"(?<![\w.@/#-])[^\W\d_]+(?:['’][^\W\d_]+)*(?![\w@/#]|\.[\w])")
FEWEST_LETTERS = 3
LONGEST_ACRONYM = 6
_ENDINGS = ("'s", "’s", "s'", "s’", "'", "’", "s")


def strange_words(text: str) -> list[str]:
    """The words of an English text that are in no list, each once, in order."""
    found = (match[0] for part in text.split() for match in WORD.finditer(part.replace("-", " ")))
    return [word for word in dict.fromkeys(found) if not is_english(word)]


def is_english(word: str) -> bool:
    """Whether a word is known, or short, or an acronym, or a known word's plural or genitive.

    A word in small letters must have been seen in small letters: "wath" is none, though Al Wath is a place.
    """
    if len(word) < FEWEST_LETTERS or (word.isupper() and len(word) <= LONGEST_ACRONYM):
        return True
    small, known = word.lower(), _known()
    forms = [small] + [
        small[: -len(e)] for e in _ENDINGS if small.endswith(e) and len(small) - len(e) >= FEWEST_LETTERS
    ]
    if any(form in known for form in forms):
        return True
    return word[0].isupper() and any(form.capitalize() in known for form in forms)


@cache
def _known() -> frozenset[str]:
    with lzma.open(ENGLISH, "rt", encoding="utf-8") as lines:
        words = frozenset(line.rstrip("\n") for line in lines)
    if not words:
        raise ValueError(f"{ENGLISH} holds no words.")
    return words
