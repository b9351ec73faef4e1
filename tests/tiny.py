"""Tiny models with random weights, one of each architecture, each with a real SentencePiece tokenizer of its own.

They write nonsense, but through the same files, classes and conversions as the real ones.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from summarizer.engines import quiet

LINES = (
    "قال وزير الخارجية إن المحادثات في القاهرة انتهت يوم الخميس.",
    "أعلنت وزارة الصحة تسجيل 125 حالة جديدة خلال أسبوع واحد.",
    "افتتح الرئيس محطة للطاقة الشمسية بكلفة 3.5 مليار دولار.",
    "وصل المنتخب الوطني إلى الدوحة للمشاركة في البطولة العربية.",
    "ارتفعت أسعار النفط بنسبة 2 في المئة بعد قرار المنظمة.",
    "The foreign minister said the talks in Cairo ended on Thursday.",
    "The health ministry announced 125 new cases within one week.",
    "The president opened a solar power station costing 3.5 billion dollars.",
    "The national team arrived in Doha to take part in the Arab championship.",
    "Oil prices rose by 2 percent after the decision of the organisation.",
)
CODES = ("arb_Arab", "eng_Latn", "fra_Latn")


@lru_cache
def sentencepiece(**options: int) -> bytes:
    """A trained SentencePiece model of some 200 pieces."""
    import sentencepiece as spm

    buffer = io.BytesIO()
    spm.SentencePieceTrainer.train(
        sentence_iterator=iter(LINES),
        model_writer=buffer,
        vocab_size=200,
        hard_vocab_limit=False,
        character_coverage=1.0,
        minloglevel=2,
        **options,
    )
    return buffer.getvalue()


def pieces(model: bytes) -> list[str]:
    import sentencepiece as spm

    processor = spm.SentencePieceProcessor(model_proto=model)
    return [processor.id_to_piece(number) for number in range(processor.vocab_size())]


def marian(folder: Path) -> None:
    """The layout of the embedded model: source.spm, target.spm, vocab.json with <pad> last."""
    from transformers import MarianConfig, MarianMTModel

    model = sentencepiece()
    vocabulary = ["</s>", "<unk>", *(p for p in pieces(model) if not p.startswith("<")), "<pad>"]
    for name in ("source.spm", "target.spm"):
        (folder / name).write_bytes(model)
    write(folder / "vocab.json", {piece: number for number, piece in enumerate(vocabulary)})
    write(
        folder / "tokenizer_config.json",
        {"tokenizer_class": "MarianTokenizer", "source_lang": "ar", "target_lang": "en"},
    )
    pad = len(vocabulary) - 1
    config = MarianConfig(
        vocab_size=len(vocabulary), decoder_vocab_size=len(vocabulary), pad_token_id=pad, eos_token_id=0,
        decoder_start_token_id=pad, forced_eos_token_id=0, scale_embedding=True, activation_function="swish", **SIZES,
    )  # fmt: skip
    network = MarianMTModel(config)
    network.final_logits_bias[0, pad] = -100.0  # trained models never write padding
    save(network, folder, nothing=[pad])


def nllb(folder: Path) -> None:
    """NLLB: the language code before the source, and as the first token written."""
    from transformers import M2M100Config, M2M100ForConditionalGeneration

    (folder / "sentencepiece.bpe.model").write_bytes(sentencepiece())
    settings = {"tokenizer_class": "NllbTokenizer", "additional_special_tokens": list(CODES), "src_lang": "eng_Latn"}
    write(folder / "tokenizer_config.json", settings)
    write(folder / "config.json", {"model_type": "m2m_100"})
    config = M2M100Config(vocab_size=size(folder), decoder_start_token_id=2, scale_embedding=True, **SIZES)
    save(M2M100ForConditionalGeneration(config), folder)


def m2m100(folder: Path) -> None:
    """M2M100: as NLLB, with codes of the form __en__."""
    from transformers import M2M100Config, M2M100ForConditionalGeneration

    model = sentencepiece()
    (folder / "sentencepiece.bpe.model").write_bytes(model)
    vocabulary = ["<s>", "<pad>", "</s>", "<unk>", *(p for p in pieces(model) if not p.startswith("<"))]
    write(folder / "vocab.json", {piece: number for number, piece in enumerate(vocabulary)})
    write(folder / "tokenizer_config.json", {"tokenizer_class": "M2M100Tokenizer", "src_lang": "en"})
    config = M2M100Config(vocab_size=len(vocabulary) + 108, decoder_start_token_id=2, scale_embedding=True, **SIZES)
    # Rows of language codes are nothing, or half of what it writes would be codes.
    save(M2M100ForConditionalGeneration(config), folder, nothing=range(len(vocabulary), config.vocab_size))


def mt5(folder: Path) -> None:
    """mT5, as the XL-Sum summariser."""
    from transformers import MT5Config, MT5ForConditionalGeneration

    _t5(folder, MT5Config, MT5ForConditionalGeneration)


def madlad(folder: Path) -> None:
    """MADLAD-400: a T5 whose source text begins with the code <2en>."""
    from transformers import T5Config, T5ForConditionalGeneration

    _t5(folder, T5Config, T5ForConditionalGeneration, codes="<2en>,<2fr>")


def _t5(folder: Path, config: Any, model: Any, codes: str = "") -> None:
    options: dict[str, Any] = {"user_defined_symbols": codes} if codes else {}
    (folder / "spiece.model").write_bytes(sentencepiece(pad_id=0, eos_id=1, unk_id=2, bos_id=-1, **options))
    settings = {"tokenizer_class": "T5Tokenizer", "extra_ids": 0}
    marks = {"eos_token": "</s>", "unk_token": "<unk>", "pad_token": "<pad>"}
    write(folder / "tokenizer_config.json", settings | marks)
    write(folder / "config.json", {"model_type": config.model_type})
    sizes = {"d_model": 32, "d_kv": 8, "d_ff": 64, "num_layers": 2, "num_decoder_layers": 1, "num_heads": 4}
    made = config(
        vocab_size=size(folder) + 4,
        feed_forward_proj="gated-gelu",
        decoder_start_token_id=0,
        tie_word_embeddings=False,
        **sizes,
    )
    save(model(made), folder)
    # As the Hub's files say; transformers 5 writes True on every T5, and reads the original's scaling from it.
    extend(folder / "config.json", tie_word_embeddings=False)


def causal(folder: Path) -> None:
    """A Llama, as any instruct model, with a chat template."""
    from transformers import LlamaConfig, LlamaForCausalLM

    (folder / "tokenizer.model").write_bytes(sentencepiece())
    template = (
        "{% for m in messages %}<s>{{ m['content'] }}</s>{% endfor %}{% if add_generation_prompt %}<s>{% endif %}"
    )
    write(folder / "tokenizer_config.json", {"tokenizer_class": "LlamaTokenizer", "chat_template": template})
    write(folder / "config.json", {"model_type": "llama"})
    config = LlamaConfig(
        vocab_size=size(folder), hidden_size=32, intermediate_size=64, num_hidden_layers=2, num_attention_heads=4,
        max_position_embeddings=8192, pad_token_id=None, bos_token_id=1, eos_token_id=2,
    )  # fmt: skip
    save(LlamaForCausalLM(config), folder)


SIZES = {
    "d_model": 32, "encoder_layers": 2, "decoder_layers": 1, "encoder_attention_heads": 4, "decoder_attention_heads": 4,
    "encoder_ffn_dim": 64, "decoder_ffn_dim": 64, "max_position_embeddings": 512,
}  # fmt: skip
KINDS: dict[str, Callable[[Path], None]] = {f.__name__: f for f in (marian, nllb, m2m100, mt5, madlad, causal)}


def make(kind: str, folder: Path) -> Path:
    """A model of the kind in ``folder`` (made if need be), the same weights every time."""
    import torch

    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(7)
    with quiet():
        KINDS[kind](folder)
    return folder


def size(folder: Path) -> int:
    from transformers import AutoTokenizer

    return len(AutoTokenizer.from_pretrained(folder))


def write(path: Path, data: dict[str, Any]) -> None:
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")


def extend(path: Path, **values: Any) -> None:
    """Set values in a JSON file."""
    write(path, json.loads(path.read_text(encoding="utf-8")) | values)


def save(model: Any, folder: Path, nothing: Iterable[int] = ()) -> None:
    """Save with weights large enough that tokens differ clearly in probability, as a trained model's do."""
    import torch

    with torch.no_grad():
        for name, weights in model.named_parameters():
            if weights.dim() > 1 and "embed_positions" not in name:
                weights.normal_(0, 0.35)
        model.get_input_embeddings().weight[list(nothing)] = 0
    model.save_pretrained(folder)
