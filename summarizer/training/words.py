"""The list of English words that ``summarizer/lexicon.py`` reads, made from the training pairs, our own tables, and the
82,765 words that SymSpell ships (MIT; what SCOWL's list and Google's n-grams share).
"""

from __future__ import annotations

import lzma
import re
from collections import Counter
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path

from summarizer.glossary import own_terms
from summarizer.lexicon import ENGLISH, FEWEST_LETTERS, WORD
from summarizer.spelling import SPELLINGS

DICTIONARY = "frequency_dictionary_en_82_765.txt"
SEEN = 2  # times; what was read once may be a slip
_CAMEL = re.compile(r"[a-z][A-Z]")


def build(english: Iterable[str]) -> int:
    """Write the list from English texts; return how many words it holds."""
    small: Counter[str] = Counter()
    named: Counter[str] = Counter()
    for text in english:
        for word in _words(text):
            (named if word[0].isupper() else small)[word.lower()] += 1
    known = {word for word, times in small.items() if times >= SEEN} | _dictionary()
    names = {word.capitalize() for word, times in named.items() if times + small[word] >= SEEN and word not in known}
    names |= {word.capitalize() for word in _own() if word not in known}
    lines = sorted(known | names)
    # Format and preset are fixed, and nothing of the day or the machine is in it: a rebuild is the same file.
    ENGLISH.write_bytes(lzma.compress("".join(f"{word}\n" for word in lines).encode(), preset=9))
    return len(lines)


def _words(text: str) -> Iterable[str]:
    found = (match[0] for part in text.replace("-", " ").split() for match in WORD.finditer(part))
    return (word for word in found if len(word) >= FEWEST_LETTERS and not _CAMEL.search(word))


def _dictionary() -> set[str]:
    rows = (files("symspellpy") / DICTIONARY).read_text(encoding="utf-8-sig").splitlines()
    return {row.split()[0] for row in rows if row}


def _own() -> set[str]:
    """Words of the tables that are put in after the model: they are never its own."""
    rows = Path(SPELLINGS).read_text(encoding="utf-8").splitlines()
    spelled = (row.split("\t")[1] for row in rows if row and not row.startswith("#"))
    return {word.lower() for text in [*own_terms().values(), *spelled] for word in _words(text)}
