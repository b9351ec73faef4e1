from __future__ import annotations

import lzma
from pathlib import Path

import pytest

from summarizer.training import words


def test_what_was_read_twice_is_a_word_and_small_letters_go_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(words, "ENGLISH", tmp_path / "english.txt.xz")
    monkeypatch.setattr(words, "_own", lambda: {"zliten"})
    monkeypatch.setattr(words, "_dictionary", lambda: {"gout"})
    texts = ["Qasr said the nurseship in Qasr", "Nurseship and nurseship, once onceonly", "Onetime", "iPhoneX iPhoneX"]
    assert words.build(texts) == 4
    first = words.ENGLISH.read_bytes()
    assert lzma.decompress(first).decode().split() == ["Qasr", "Zliten", "gout", "nurseship"]
    words.build(texts)
    assert words.ENGLISH.read_bytes() == first


def test_the_dictionary_is_one() -> None:
    pytest.importorskip("symspellpy")
    dictionary = words._dictionary()
    assert len(dictionary) > 80_000 and {"the", "gout", "eviction"} <= dictionary
