"""Translation of many lines with CTranslate2, the way the product does it: int8, 4 beams.

Training decodes its dev sample through here too, so that every score in the log is the score of the shipped engine.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from summarizer.glossary import fixed_spans
from summarizer.standins import hide, restore

from .pieces import has_stand_ins


@dataclass(frozen=True, kw_only=True)
class Decoding:
    """How the best translation is searched for. `max_tokens` counts English pieces."""

    beams: int = 4
    no_repeat_ngram: int = 4
    repetition_penalty: float = 1.05
    length_penalty: float = 1.0
    max_tokens: int = 200


def load_pieces(folder: Path) -> Any:
    """The source SentencePiece model of a Marian folder; the target one is the same file here."""
    import sentencepiece

    return sentencepiece.SentencePieceProcessor(model_file=str(folder / "source.spm"))


def convert(folder: Path, output: Path, *, quantization: str = "int8") -> None:
    """Write a Marian folder (config, safetensors, vocab.json, .spm) as a CTranslate2 model. About 3 seconds."""
    from ctranslate2.converters import TransformersConverter

    TransformersConverter(str(folder)).convert(str(output), quantization=quantization, force=True)


class Translator:
    """A Marian folder converted on the fly; `lines` keeps length and order."""

    def __init__(self, folder: Path, *, threads: int = 1, quantization: str = "int8") -> None:
        import ctranslate2

        self.pieces = load_pieces(folder)
        self.hides_numbers = has_stand_ins(folder)
        with tempfile.TemporaryDirectory() as converted:
            convert(folder, Path(converted), quantization=quantization)
            self.engine = ctranslate2.Translator(converted, inter_threads=1, intra_threads=threads)

    def lines(self, texts: Sequence[str], decoding: Decoding | None = None) -> list[str]:
        """One English line for each Arabic one; an empty line gives an empty line."""
        how = decoding or Decoding()
        hidden = [hide(text, fixed_spans(text)) if self.hides_numbers else (text, ()) for text in texts]
        sources = [[*self.pieces.encode(text, out_type=str), "</s>"] for text, _ in hidden]
        results = self.engine.translate_batch(
            sources,
            max_batch_size=1024,
            batch_type="tokens",
            beam_size=how.beams,
            length_penalty=how.length_penalty,
            repetition_penalty=how.repetition_penalty,
            no_repeat_ngram_size=how.no_repeat_ngram,
            max_decoding_length=how.max_tokens,
        )
        return [
            restore(self.pieces.decode(result.hypotheses[0]), numbers) if text.strip() else ""
            for (text, numbers), result in zip(hidden, results, strict=True)
        ]
