"""The tokenizer folder of a run: a SentencePiece model with our normalisation inside, and Marian's two JSON files.

Either made anew from the corpus (one joint unigram model, digits split, RECIPE.md point 2), or taken from an existing
model folder, whose pieces stay and whose normaliser is replaced.
"""

from __future__ import annotations

import json
import random
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from summarizer.standins import SIGNS, hide_pair

from .cleaning import Pair
from .config import RunConfig
from .corpus import good_pairs, held_out_of
from .normalise import compile_rules, graft, normalise, rules_tsv
from .pieces import add_stand_ins, has_stand_ins, unused_pieces

SETTINGS = {
    "source_lang": "ar", "target_lang": "en", "model_max_length": 512,
    "tokenizer_class": "MarianTokenizer", "separate_vocabs": False,
}  # fmt: skip
SAMPLE_CHARS = 12_000_000  # a side; more changes no piece that matters


def graft_tokenizer(model: Path, output: Path, unused_in: Path | None = None) -> None:
    """A model folder's tokenizer with our normaliser inside; pieces and ids as they were.

    With `unused_in`, an encoded corpus, ten pieces that it never uses become the stand-ins for numbers.
    """
    output.mkdir(parents=True, exist_ok=True)
    normaliser = compile_rules()
    for name in ("source.spm", "target.spm"):
        (output / name).write_bytes(graft((model / name).read_bytes(), normaliser))
    for name in ("vocab.json", "tokenizer_config.json"):
        shutil.copyfile(model / name, output / name)
    if unused_in is not None and not has_stand_ins(output):
        add_stand_ins(output, unused_pieces(output, unused_in))


def sample_text(pairs: Iterable[Pair], weights: dict[str, float], default: float, seed: int) -> list[str]:
    """Arabic and English lines, drawn by weight, about `SAMPLE_CHARS` of each, so that each gets half the pieces."""
    rng = random.Random(seed)
    lines = [pair for pair in pairs if rng.random() < weights.get(pair.source, default)]
    rng.shuffle(lines)
    text: list[str] = []
    for side in (0, 1):
        left = SAMPLE_CHARS
        for pair in lines:
            if left < 0:
                break
            text.append(hide_pair(pair.arabic, pair.english)[side])
            left -= len(pair[side])
    return text


def train_tokenizer(config: RunConfig, output: Path, *, pieces: int = 10_000) -> None:
    """Train on the cleaned corpus and write the folder. Some minutes on one core."""
    import sentencepiece

    counts: Counter[tuple[str, str]] = Counter()
    pairs = good_pairs(config.corpus, held_out_of(config.corpus), counts)
    text = sample_text(pairs, config.corpus.weights, config.corpus.default_weight, config.seed)
    with tempfile.TemporaryDirectory() as scratch:
        rules = Path(scratch, "rules.tsv")
        rules.write_text(rules_tsv(), encoding="utf-8")
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter(text), model_prefix=f"{scratch}/joint", model_type="unigram", vocab_size=pieces,
            character_coverage=0.9999, split_digits=True, required_chars="0123456789", max_sentence_length=3000,
            user_defined_symbols=list(SIGNS), eos_id=0, unk_id=1, bos_id=-1, pad_id=-1,
            normalization_rule_tsv=str(rules), minloglevel=1,
        )  # fmt: skip
        model = Path(scratch, "joint.model").read_bytes()
    write_tokenizer(model, output)


def write_tokenizer(model: bytes, output: Path) -> None:
    """The folder around a SentencePiece model: both sides the same file, and one id more, for padding."""
    import sentencepiece

    output.mkdir(parents=True, exist_ok=True)
    pieces = sentencepiece.SentencePieceProcessor(model_proto=model)
    vocabulary = {pieces.id_to_piece(i): i for i in range(len(pieces))} | {"<pad>": len(pieces)}
    for name in ("source.spm", "target.spm"):
        (output / name).write_bytes(model)
    (output / "vocab.json").write_text(json.dumps(vocabulary, ensure_ascii=False, indent=1), encoding="utf-8")
    (output / "tokenizer_config.json").write_text(json.dumps(SETTINGS) + "\n", encoding="utf-8")


def differing_lines(before: Path, after: Path, lines: Iterable[str]) -> list[str]:
    """Lines that the grafted tokenizer cuts otherwise than the first one cut their normalised form: should be none."""
    import sentencepiece

    old, new = (
        sentencepiece.SentencePieceProcessor(model_file=str(folder / "source.spm")) for folder in (before, after)
    )
    return [line for line in lines if old.encode(normalise(line)) != new.encode(line)]
