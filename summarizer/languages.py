"""How each kind of model is told which language to write."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .errors import LanguageNotOffered

# ISO 639-1 -> the code NLLB-200 (FLORES-200) uses. https://github.com/facebookresearch/flores/blob/main/flores200
NLLB_CODES = {
    "af": "afr_Latn", "am": "amh_Ethi", "ar": "arb_Arab", "az": "azj_Latn", "be": "bel_Cyrl", "bg": "bul_Cyrl",
    "bn": "ben_Beng", "bs": "bos_Latn", "ca": "cat_Latn", "cs": "ces_Latn", "cy": "cym_Latn", "da": "dan_Latn",
    "de": "deu_Latn", "el": "ell_Grek", "en": "eng_Latn", "eo": "epo_Latn", "es": "spa_Latn", "et": "est_Latn",
    "eu": "eus_Latn", "fa": "pes_Arab", "fi": "fin_Latn", "fr": "fra_Latn", "ga": "gle_Latn", "gl": "glg_Latn",
    "gu": "guj_Gujr", "ha": "hau_Latn", "he": "heb_Hebr", "hi": "hin_Deva", "hr": "hrv_Latn", "hu": "hun_Latn",
    "hy": "hye_Armn", "id": "ind_Latn", "is": "isl_Latn", "it": "ita_Latn", "ja": "jpn_Jpan", "ka": "kat_Geor",
    "kk": "kaz_Cyrl", "km": "khm_Khmr", "ko": "kor_Hang", "ku": "kmr_Latn", "lt": "lit_Latn", "lv": "lvs_Latn",
    "mk": "mkd_Cyrl", "ml": "mal_Mlym", "ms": "zsm_Latn", "mt": "mlt_Latn", "nl": "nld_Latn", "no": "nob_Latn",
    "pl": "pol_Latn", "ps": "pbt_Arab", "pt": "por_Latn", "ro": "ron_Latn", "ru": "rus_Cyrl", "sk": "slk_Latn",
    "sl": "slv_Latn", "so": "som_Latn", "sq": "als_Latn", "sr": "srp_Cyrl", "sv": "swe_Latn", "sw": "swh_Latn",
    "ta": "tam_Taml", "te": "tel_Telu", "tg": "tgk_Cyrl", "th": "tha_Thai", "tl": "tgl_Latn", "tr": "tur_Latn",
    "uk": "ukr_Cyrl", "ur": "urd_Arab", "uz": "uzn_Latn", "vi": "vie_Latn", "yo": "yor_Latn", "zh": "zho_Hans",
    "zu": "zul_Latn",
}  # fmt: skip
# How a language is named in a vocabulary: as the first token written (M2M100, NLLB), or before the source text
# (MADLAD-400, and Marian models of several target languages).
FIRST_TOKEN_FORMS = ("{nllb}", "__{iso}__")
PREFIX_FORMS = ("<2{iso}>", ">>{iso3}<<")


@dataclass(frozen=True, slots=True)
class Aim:
    """What makes a model write one language: words before the source, or a first token; neither for a bilingual one."""

    language: str
    prefix: str = ""
    first_token: int | None = None


def aim(tokenizer: Any, *, to: str, name: str) -> Aim:
    """Aim a model at a language, and tell its tokenizer that the source is Arabic.

    Raises LanguageNotOffered when the vocabulary has no such language: its code would be read as an unknown word, and
    the model would write whatever it likes.
    """
    if hasattr(tokenizer, "src_lang"):
        tokenizer.src_lang = next(filter(_Vocabulary(tokenizer).has, ("arb_Arab", "__ar__")), "ar").strip("_")
    offered = dict(_offered(tokenizer))
    if to in offered:
        return offered[to]
    raise LanguageNotOffered(name=name, language=to, known=", ".join(sorted(offered)))


def _offered(tokenizer: Any) -> Iterator[tuple[str, Aim]]:
    vocabulary = _Vocabulary(tokenizer)
    found = False
    for iso, nllb in NLLB_CODES.items():
        for token in (form.format(nllb=nllb, iso=iso) for form in FIRST_TOKEN_FORMS):
            if vocabulary.has(token):
                found = True
                yield iso, Aim(iso, first_token=vocabulary.id(token))
        for token in (form.format(iso=iso, iso3=nllb[:3]) for form in PREFIX_FORMS):
            if vocabulary.has(token):
                found = True
                yield iso, Aim(iso, prefix=token + " ")
    if not found:
        language = bilingual_target(tokenizer)
        yield language, Aim(language)


def bilingual_target(tokenizer: Any) -> str:
    """The one language a model without language codes writes; English unless its tokenizer says another."""
    stated = str(getattr(tokenizer, "target_lang", None) or "en")
    return next((iso for iso, nllb in NLLB_CODES.items() if stated[:3] in (iso, nllb[:3])), stated)


class _Vocabulary:
    """Looks tokens up; an absent one is absent, never the unknown token."""

    def __init__(self, tokenizer: Any) -> None:
        self._tokenizer = tokenizer

    def id(self, token: str) -> int:
        return int(self._tokenizer.convert_tokens_to_ids(token))

    def has(self, token: str) -> bool:
        found = self._tokenizer.convert_tokens_to_ids(token)
        return found is not None and found != self._tokenizer.unk_token_id
