"""Two texts side by side, the words marked that the other doesn't have in that place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from markupsafe import Markup

_WORD = re.compile(r"\S+")


def mark_differences(left: str, right: str) -> tuple[Markup, Markup]:
    """Both texts, escaped, with <mark> around what differs; case and punctuation at a word's edge don't."""
    a, b = _WORD.findall(left), _WORD.findall(right)
    matcher = SequenceMatcher(None, [_key(w) for w in a], [_key(w) for w in b], autojunk=False)
    same = [block for block in matcher.get_matching_blocks() if block.size]
    kept_a = {i for block in same for i in range(block.a, block.a + block.size)}
    kept_b = {i for block in same for i in range(block.b, block.b + block.size)}
    return _marked(a, kept_a), _marked(b, kept_b)


def _key(word: str) -> str:
    return re.sub(r"^\W+|\W+$", "", word).casefold() or word


def _marked(words: Sequence[str], kept: set[int]) -> Markup:
    parts = [Markup("{}" if i in kept else "<mark>{}</mark>").format(word) for i, word in enumerate(words)]
    return Markup(" ").join(parts)
