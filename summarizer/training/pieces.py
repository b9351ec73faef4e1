"""Stand-ins for numbers (``summarizer/standins.py``) as pieces of a vocabulary that already exists.

The signs take over pieces that the corpus never uses, so that the vocabulary keeps its size, every other piece its id,
and a model trained before goes on with its weights as they are: only ten rows of its embedding get a new meaning.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from summarizer.standins import SIGNS

_ARABIC = re.compile(r"[\u0600-\u06ff]")
_FILES = ("source.spm", "target.spm")


def has_stand_ins(tokenizer: Path) -> bool:
    """Whether the vocabulary of this folder has the signs."""
    return SIGNS[0] in json.loads((tokenizer / "vocab.json").read_text(encoding="utf-8"))


def unused_pieces(tokenizer: Path, corpus: Path, count: int = len(SIGNS)) -> list[int]:
    """Ids of the pieces that an encoded corpus uses least, on both sides together.

    Only pieces without Arabic letters are taken, because Arabic ones are barred from the output.

    Raises:
        ValueError: the least used ones are used more than a handful of times.
    """
    vocabulary: dict[str, int] = json.loads((tokenizer / "vocab.json").read_text(encoding="utf-8"))
    sides = [np.load(corpus / f"{side}.npy") for side in ("source", "target")]
    uses = np.bincount(np.concatenate(sides), minlength=len(vocabulary))
    long = {piece: i for piece, i in vocabulary.items() if len(piece.strip("▁")) > 1 and not piece.startswith("<")}
    free = [i for piece, i in long.items() if not _ARABIC.search(piece)]
    chosen = sorted(free, key=lambda i: (uses[i], -i))[:count]
    if uses[chosen[-1]] > 20:
        raise ValueError(f"no {count} unused pieces: the tenth is used {uses[chosen[-1]]} times")
    return chosen


def add_stand_ins(tokenizer: Path, ids: Sequence[int]) -> None:
    """Rewrite a tokenizer folder so that these ids are the stand-ins."""
    from sentencepiece import sentencepiece_model_pb2 as proto

    vocabulary: dict[str, int] = json.loads((tokenizer / "vocab.json").read_text(encoding="utf-8"))
    old = {i: piece for piece, i in vocabulary.items()}
    new = {old[i]: sign for i, sign in zip(ids, SIGNS, strict=True)}
    for name in _FILES:
        model = proto.ModelProto.FromString((tokenizer / name).read_bytes())
        for piece in model.pieces:
            if piece.piece in new:
                # User-defined pieces are cut out of the text before anything else is weighed.
                piece.piece, piece.type, piece.score = (
                    new[piece.piece],
                    proto.ModelProto.SentencePiece.USER_DEFINED,
                    0.0,
                )
        (tokenizer / name).write_bytes(model.SerializeToString())
    renamed = {new.get(piece, piece): i for piece, i in vocabulary.items()}
    (tokenizer / "vocab.json").chmod(0o644)
    (tokenizer / "vocab.json").write_text(json.dumps(renamed, ensure_ascii=False), encoding="utf-8")
