"""Pairs on disk -> arrays of piece ids, cleaned, held-out text removed, noised twins beside the originals.

The arrays are written once and read by every process of a run:

    source.npy, target.npy   uint16, the pieces of all rows end to end, each row closed by the end mark
    bounds.npy               int64 (rows + 1, 2), where each row starts on either side
    group.npy                uint8 (rows,), the row's source as an index into `groups` of corpus.json
    twin.npy                 int32 (rows,), the row that is this one's noised twin, or -1; twins come last
    corpus.json              groups, counts per source and rule, the tokenizer's hash; written last
"""

from __future__ import annotations

import hashlib
import json
import lzma
import random
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from summarizer.glossary import fixed_spans
from summarizer.standins import hide_pair

from .cleaning import Pair, clean
from .config import CorpusConfig, RunConfig, at_root
from .noise import twin
from .overlap import HeldOut, held_out_texts, with_stand_ins, without
from .pieces import has_stand_ins

END = 0  # the id of </s> in every tokenizer of this project
UNKNOWN = 1
NO_TWIN = -1
MANIFEST = "corpus.json"


def read_pairs(path: Path) -> Iterator[Pair]:
    """The pairs of a TSV file, plain or .xz, or of all such files of a folder; lines without two tabs are skipped."""
    if path.is_dir():
        for file in sorted([*path.glob("*.tsv"), *path.glob("*.tsv.xz")]):
            yield from read_pairs(file)
        return
    opener = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            fields = line.rstrip("\n").split("\t")
            if len(fields) >= 3:
                yield Pair(*fields[:3])


def held_out_of(config: CorpusConfig) -> HeldOut:
    """The index of the configured held-out files, as they are and with stand-ins."""
    return HeldOut(with_stand_ins(held_out_texts(path for path in map(at_root, config.held_out) if path.exists())))


def good_pairs(config: CorpusConfig, held_out: HeldOut, counts: Counter[tuple[str, str]]) -> Iterator[Pair]:
    """Every usable pair of the configured files; `counts` is filled as they are read."""
    pairs = (pair for name in config.files if at_root(name).exists() for pair in read_pairs(at_root(name)))
    return without(clean(pairs, counts), held_out, counts)


@dataclass
class Rows:
    """The corpus while it is built: piece ids of both sides, the source's name, the twin's row."""

    source: list[list[int]]
    target: list[list[int]]
    group: list[str]
    twin: list[int]

    def add(self, source: list[int], target: list[int], group: str) -> int:
        self.source.append(source)
        self.target.append(target)
        self.group.append(group)
        self.twin.append(NO_TWIN)
        return len(self.group) - 1


class Encoder:
    """Pieces of a pair, or None when a side is too long or the English can't be spelt."""

    def __init__(self, tokenizer: Path, config: CorpusConfig, held_out: HeldOut) -> None:
        import sentencepiece

        self.pieces = sentencepiece.SentencePieceProcessor(model_file=str(tokenizer / "source.spm"))
        self.config, self.held_out = config, held_out
        self.hides_numbers = has_stand_ins(tokenizer)

    def hidden(self, pair: Pair) -> tuple[str, str]:
        """The pair with stand-ins for its numbers, names and terms, if the tokenizer has them."""
        if not self.hides_numbers:
            return pair.arabic, pair.english
        tens, first = _share(pair)
        names = fixed_spans(pair.arabic, rare=tens < 5)  # a translator asks with rare names hidden and without
        return hide_pair(pair.arabic, pair.english, first=first, names=names)

    def is_near(self, hidden: tuple[str, str]) -> bool:
        """Whether either side is near held-out text, now that names and numbers make no difference."""
        return any(map(self.held_out.is_near, hidden))

    def __call__(self, pair: Pair, hidden: tuple[str, str]) -> tuple[list[int], list[int]] | None:
        """The ids of the hidden texts; of one pair in ten as it is, for those who use the model without stand-ins."""
        texts = (pair.arabic, pair.english) if _share(pair)[0] == 0 else hidden
        source, target = ([*self.pieces.encode(text), END] for text in texts)
        if max(len(source), len(target)) > self.config.longest:
            return None
        if self.config.drop_unknown and (UNKNOWN in target or source.count(UNKNOWN) > 2):
            return None
        return source, target


def _share(pair: Pair) -> tuple[int, int]:
    """Two numbers from 0 to 9, spread evenly over the pairs and always the same for one."""
    return divmod(zlib.crc32(pair.arabic.encode()) % 100, 10)


def encode_all(
    pairs: Iterable[Pair], encode: Encoder, joined: Sequence[str], seed: int, counts: Counter[tuple[str, str]]
) -> Rows:
    """Rows for all pairs, then rows for the twins of pairs that are sentences (not names or interface strings)."""
    rows = Rows([], [], [], [])
    twins: list[tuple[int, Pair]] = []
    rng = random.Random(seed)
    for pair in pairs:
        hidden = encode.hidden(pair)
        encoded = encode(pair, hidden)
        near = encode.is_near(hidden)
        if near or encoded is None:
            counts[pair.source, "held out" if near else "unspellable"] += 1
            counts[pair.source, "kept"] -= 1
            continue
        row = rows.add(*encoded, pair.source)
        other = twin(pair, rng) if pair.source in joined or "news" in pair.source else None
        if other is not None:
            twins.append((row, other))
    for row, other in twins:
        hidden = encode.hidden(other)
        encoded = encode(other, hidden)
        if encoded is not None and not encode.is_near(hidden):
            rows.twin[row] = rows.add(*encoded, rows.group[row])
    return rows


def write_rows(rows: Rows, folder: Path, about: dict[str, Any]) -> None:
    """The arrays, then the manifest: a folder without a manifest is not a corpus."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MANIFEST).unlink(missing_ok=True)
    groups = sorted(set(rows.group))
    index = {name: i for i, name in enumerate(groups)}
    starts = [np.cumsum([0, *map(len, side)], dtype=np.int64) for side in (rows.source, rows.target)]
    arrays: dict[str, npt.NDArray[Any]] = {
        "source": np.fromiter((i for row in rows.source for i in row), np.uint16),
        "target": np.fromiter((i for row in rows.target for i in row), np.uint16),
        "bounds": np.stack(starts, axis=1),
        "group": np.array([index[name] for name in rows.group], np.uint8),
        "twin": np.array(rows.twin, np.int32),
    }
    for name, array in arrays.items():
        np.save(folder / f"{name}.npy", array)
    manifest = {"groups": groups, "rows": len(rows.group), **about}
    (folder / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def tables(counts: Counter[tuple[str, str]]) -> dict[str, dict[str, int]]:
    """Counts per source and rule, as nested dicts for JSON."""
    sources = sorted({source for source, _ in counts})
    return {source: {rule: n for (s, rule), n in sorted(counts.items()) if s == source and n} for source in sources}


def build_corpus(config: RunConfig) -> dict[str, dict[str, int]]:
    """Read, clean, encode and write the corpus of a run; the counts per source and rule are returned.

    Raises:
        ValueError: a source has no weight and the config gives no default.
    """
    counts: Counter[tuple[str, str]] = Counter()
    tokenizer = at_root(config.tokenizer)
    held_out = held_out_of(config.corpus)
    pairs = list(good_pairs(config.corpus, held_out, counts))
    unweighted = {pair.source for pair in pairs} - set(config.corpus.weights)
    if unweighted and not config.corpus.default_weight:
        raise ValueError(f"no weight for {', '.join(sorted(unweighted))}: name them in [corpus.weights]")
    joined = [*config.corpus.joined, *unweighted]
    rows = encode_all(pairs, Encoder(tokenizer, config.corpus, held_out), joined, config.seed, counts)
    digest = hashlib.sha256((tokenizer / "source.spm").read_bytes()).hexdigest()
    write_rows(rows, at_root(config.corpus_folder), {"counts": tables(counts), "tokenizer": digest})
    return tables(counts)


def near_held_out(config: RunConfig) -> list[str]:
    """Rows of the encoded corpus, read back as text, that are near held-out text; none after `build_corpus`."""
    import sentencepiece

    from .batches import Corpus

    pieces = sentencepiece.SentencePieceProcessor(model_file=str(at_root(config.tokenizer) / "source.spm"))
    held_out = held_out_of(config.corpus)
    corpus = Corpus.load(at_root(config.corpus_folder))
    found = []
    for row in range(len(corpus.arrays["twin"])):
        for side in (0, 1):
            text = pieces.decode(corpus.pieces(side, [row])[:-1].tolist())
            if held_out.is_near(text):
                found.append(text)
    return found
