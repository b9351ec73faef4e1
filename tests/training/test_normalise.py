"""The rules inside SentencePiece and the rules in Python are the same rules."""

from __future__ import annotations

import random
import unicodedata
from pathlib import Path

import pytest

from summarizer.training.normalise import compile_rules, graft, normalise, rules

sentencepiece = pytest.importorskip("sentencepiece")

SEEDS = Path(__file__).parents[2] / "seeds"
CASES = {
    "أحمد إلى آل ٱلله": "احمد الي ال الله",
    "مُدَرِّسَةٌ كبـــيرة": "مدرسة كبيرة",
    "۱۲٫۵٪ و ٣٬٤٠٠": "12.5% و 3,400",
    "«عن بُعد» “مصر 2030”": '"عن بعد" "مصر 2030"',
    "ایران کرد گ پ چ ڤ": "ايران كرد ك ب ج ف",
    "15 – 17 — 20": "15 - 17 - 20",
    "\ufeffا\u200fب\u200cت\u00adث": "ابتث",
    "ﻻ ﷺ ﺍﻟﻠﻪ": "لا صلي الله عليه وسلم الله",
    "لماذا؟ نعم، لا؛": "لماذا؟ نعم، لا؛",
    "Café Łódź Müller İzmir": "Café Lodz Muller Izmir",
    "مسؤول شئون": "مسؤول شئون",
}


@pytest.mark.parametrize(("raw", "expected"), CASES.items())
def test_python_rules(raw: str, expected: str) -> None:
    assert normalise(raw) == expected


def test_normalising_twice_is_normalising_once() -> None:
    for target in rules().values():
        assert normalise(target) == target


@pytest.fixture(scope="module")
def tokenizers(tmp_path_factory: pytest.TempPathFactory) -> tuple[object, object]:
    """A small tokenizer as it was trained, with plain NFKC, and the same one with our normaliser grafted in."""
    folder = tmp_path_factory.mktemp("spm")
    text = [normalise(line) for path in sorted(SEEDS.glob("*.txt")) for line in path.read_text("utf-8").splitlines()]
    (folder / "text.txt").write_text("\n".join(text), encoding="utf-8")
    sentencepiece.SentencePieceTrainer.train(
        input=str(folder / "text.txt"), model_prefix=str(folder / "old"), vocab_size=400, hard_vocab_limit=False,
        normalization_rule_name="nfkc", split_digits=True, minloglevel=2,
    )  # fmt: skip
    old = (folder / "old.model").read_bytes()
    new = graft(old, compile_rules())
    load = sentencepiece.SentencePieceProcessor
    return load(model_proto=old), load(model_proto=new)


def hard_lines() -> list[str]:
    """The seeds, the cases, and lines of random characters, marks and spaces of the scripts that news is written in."""
    rng = random.Random(1)
    blocks = [chr(c) for a, b in ((0x20, 0x250), (0x300, 0x370), (0x600, 0x700), (0x2000, 0x2070), (0xFB50, 0xFEFF))
              for c in range(a, b) if unicodedata.category(chr(c)) not in ("Cn", "Co")]  # fmt: skip
    noise = ["".join(rng.choices(blocks, k=rng.randint(1, 60))) for _ in range(3000)]
    seeds = [line for path in sorted(SEEDS.glob("*.txt")) for line in path.read_text("utf-8").splitlines()]
    return [*seeds, *CASES, *noise]


def test_grafted_rules_cut_raw_text_as_the_old_model_cut_normalised_text(tokenizers: tuple[object, object]) -> None:
    old, new = tokenizers
    lines = hard_lines()
    different = [line for line in lines if old.encode(normalise(line)) != new.encode(line)]  # type: ignore[attr-defined]
    # NFKC sorts marks by class before it joins them, which rules for single strings cannot: an accent behind an
    # accent, in no real text, may be folded onto another letter.
    assert len(different) <= len(lines) // 500


def test_real_lines_are_cut_alike_without_exception(tokenizers: tuple[object, object]) -> None:
    old, new = tokenizers
    for line in hard_lines()[:-3000]:
        assert old.encode(normalise(line)) == new.encode(line)  # type: ignore[attr-defined]


def test_the_vocabulary_is_untouched(tokenizers: tuple[object, object]) -> None:
    old, new = tokenizers
    pieces = [[model.id_to_piece(i) for i in range(len(model))] for model in (old, new)]  # type: ignore[attr-defined, arg-type]
    assert pieces[0] == pieces[1]
