"""The text normalisation of the embedded model, once as Python and once as SentencePiece rules.

A translator whose input must be "normalised as the model card says" is a translator that is fed raw text. So the
rules live inside `source.spm` and `target.spm`: `compile_rules` writes every rule as a table of code points, lets
SentencePiece compile it, and `graft` puts the result into an existing model without touching its vocabulary.
`normalise` is the same thing in plain Python; the tests hold the two together.

The first model was trained on text normalised this way by hand (RECIPE.md, point 1), so its pieces stay valid.
The Arabic comma, semicolon and question mark are pieces of that vocabulary and are left alone.
"""

from __future__ import annotations

import functools
import tempfile
import unicodedata
from collections.abc import Iterator
from pathlib import Path

# Accents are folded, for the vocabulary has no piece for them: a folded name beats an unknown one. é is a piece.
KEPT_ACCENTS = frozenset("é")

LETTERS = {
    "\N{ARABIC LETTER ALEF WITH HAMZA ABOVE}": "ا",
    "\N{ARABIC LETTER ALEF WITH HAMZA BELOW}": "ا",
    "\N{ARABIC LETTER ALEF WITH MADDA ABOVE}": "ا",
    "\N{ARABIC LETTER ALEF WASLA}": "ا",
    "\N{ARABIC LETTER ALEF MAKSURA}": "ي",
    "\N{ARABIC LETTER FARSI YEH}": "ي",
    "\N{ARABIC LETTER YEH BARREE}": "ي",
    "\N{ARABIC LETTER KEHEH}": "ك",
    "\N{ARABIC LETTER SWASH KAF}": "ك",
    "\N{ARABIC LETTER GAF}": "ك",
    "\N{ARABIC LETTER HEH DOACHASHMEE}": "ه",
    "\N{ARABIC LETTER HEH GOAL}": "ه",
    "\N{ARABIC LETTER AE}": "ه",
    "\N{ARABIC LETTER PEH}": "ب",
    "\N{ARABIC LETTER TCHEH}": "ج",
    "\N{ARABIC LETTER JEH}": "ج",
    "\N{ARABIC LETTER VEH}": "ف",
}
DIGITS = {chr(zero + n): str(n) for zero in (0x0660, 0x06F0) for n in range(10)}
QUOTES = dict.fromkeys("«»“”„‟‹›〝〞〟", '"') | dict.fromkeys("‘’‚‛ʼ′`´", "'")
DASHES = dict.fromkeys("‐‑‒–—―−⁃", "-")
SIGNS = {
    "\N{ARABIC PERCENT SIGN}": "%",
    "\N{ARABIC DECIMAL SEPARATOR}": ".",
    "\N{ARABIC THOUSANDS SEPARATOR}": ",",
    "\N{ARABIC FULL STOP}": ".",
    "\N{ARABIC FIVE POINTED STAR}": "*",
    "\N{ORNATE LEFT PARENTHESIS}": "(",
    "\N{ORNATE RIGHT PARENTHESIS}": ")",
    "\N{ARABIC TATWEEL}": "",
    "\N{DEGREE SIGN}": "",
    "\N{MULTIPLICATION SIGN}": "x",
    "\N{FRACTION SLASH}": "/",
    "\N{EURO SIGN}": " EUR ",  # agencies write it so, and the vocabulary has no piece for the sign
    "\N{POUND SIGN}": " GBP ",
} | dict.fromkeys("·●▪■◦‣∙", "•")
LATIN = {
    "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "ı": "i", "ß": "ss",
    "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "þ": "th", "Þ": "Th", "ə": "e", "ʿ": "", "ʾ": "", "ʻ": "",
}  # fmt: skip
TABLE: dict[str, str] = LETTERS | DIGITS | QUOTES | DASHES | SIGNS | LATIN

# Above this there is nothing that scraped news uses and NFKC changes (CJK compatibility ideographs).
LAST_CODE_POINT = 0x1FFFF
_HANGUL = range(0xAC00, 0xD7A4)
_SURROGATES = range(0xD800, 0xE000)


@functools.cache
def fold(char: str) -> str:
    """What one character of NFKC text becomes; may be empty, may be several characters."""
    if char in TABLE:
        return TABLE[char]
    category = unicodedata.category(char)
    if category in ("Mn", "Cf"):
        return ""
    if category in ("Cc", "Zs", "Zl", "Zp"):
        return " " if char.isspace() else ""
    base = unicodedata.normalize("NFD", char)[0]
    return base if base.isascii() and char not in KEPT_ACCENTS else char


def normalise(text: str) -> str:
    """The text as the model's pieces know it. Spaces are left to SentencePiece, which collapses them."""
    return "".join(map(fold, unicodedata.normalize("NFKC", text)))


def _rule(source: str) -> tuple[str, str] | None:
    target = normalise(source)
    return (source, target) if target != source else None


def _sources() -> Iterator[str]:
    """Every string that needs a rule: single characters, and bases with marks that NFKC joins into one."""
    for code in range(1, LAST_CODE_POINT + 1):
        char = chr(code)
        if code in _SURROGATES or code in _HANGUL or unicodedata.category(char) in ("Cn", "Co"):
            continue
        yield char
        decomposed = unicodedata.decomposition(char)
        if decomposed and not decomposed.startswith("<") and " " in decomposed:
            yield "".join(chr(int(part, 16)) for part in decomposed.split())
            yield unicodedata.normalize("NFD", char)


def rules() -> dict[str, str]:
    """All rules, source string to target string, in the order of code points."""
    found = (_rule(source) for source in _sources())
    return dict(sorted(pair for pair in found if pair is not None))


def rules_tsv() -> str:
    """The rules as SentencePiece reads them: hexadecimal code points, a tab, hexadecimal code points."""

    def spell(text: str) -> str:
        return " ".join(f"{ord(c):04X}" for c in text)

    return "".join(f"{spell(source)}\t{spell(target)}\n" for source, target in rules().items())


def compile_rules() -> bytes:
    """A serialised `NormalizerSpec` made by SentencePiece itself from `rules_tsv`. About a second."""
    import sentencepiece
    from sentencepiece import sentencepiece_model_pb2 as proto

    with tempfile.TemporaryDirectory() as folder:
        tsv, text, prefix = (Path(folder, name) for name in ("rules.tsv", "text.txt", "dummy"))
        tsv.write_text(rules_tsv(), encoding="utf-8")
        text.write_text("abcd efgh\n" * 50, encoding="utf-8")  # the vocabulary is thrown away
        sentencepiece.SentencePieceTrainer.train(
            input=str(text), model_prefix=str(prefix), vocab_size=14, model_type="char",
            normalization_rule_tsv=str(tsv), hard_vocab_limit=False, minloglevel=2,
        )  # fmt: skip
        model = proto.ModelProto.FromString(prefix.with_suffix(".model").read_bytes())
    spec: bytes = model.normalizer_spec.SerializeToString()
    return spec


def graft(model: bytes, normaliser: bytes) -> bytes:
    """A SentencePiece model with its normaliser replaced; pieces, scores and ids stay as they are."""
    from sentencepiece import sentencepiece_model_pb2 as proto

    parsed = proto.ModelProto.FromString(model)
    flags = parsed.normalizer_spec
    kept = flags.add_dummy_prefix, flags.remove_extra_whitespaces, flags.escape_whitespaces
    parsed.normalizer_spec.ParseFromString(normaliser)
    spec = parsed.normalizer_spec
    spec.add_dummy_prefix, spec.remove_extra_whitespaces, spec.escape_whitespaces = kept
    spec.name = "mukhtasar"
    spec.normalization_rule_tsv = ""  # a path of this machine, of no use to anyone
    grafted: bytes = parsed.SerializeToString()
    return grafted
