from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from summarizer.engines import quiet
from summarizer.errors import LanguageNotOffered
from summarizer.languages import NLLB_CODES, Aim, aim, bilingual_target


def tokenizer(folder: Path) -> Any:
    from transformers import AutoTokenizer

    with quiet():
        return AutoTokenizer.from_pretrained(folder)


@pytest.mark.parametrize(("kind", "token"), [("nllb", "fra_Latn"), ("m2m100", "__fr__")])
def test_a_code_is_the_first_token_written(made: dict[str, Path], kind: str, token: str) -> None:
    reader = tokenizer(made[kind])
    aimed = aim(reader, to="fr", name=kind)
    assert reader.convert_ids_to_tokens(aimed.first_token) == token
    assert aimed.prefix == ""


@pytest.mark.parametrize(("kind", "token"), [("nllb", "arb_Arab"), ("m2m100", "__ar__")])
def test_the_tokenizer_is_told_that_the_source_is_arabic(made: dict[str, Path], kind: str, token: str) -> None:
    reader = tokenizer(made[kind])
    aim(reader, to="en", name=kind)
    ids = reader("قال الوزير")["input_ids"]
    assert token in reader.convert_ids_to_tokens(ids)


def test_madlad_wants_the_code_before_the_text(made: dict[str, Path]) -> None:
    assert aim(tokenizer(made["madlad"]), to="fr", name="madlad") == Aim("fr", prefix="<2fr> ")


def test_a_language_whose_code_is_unknown_is_refused(made: dict[str, Path]) -> None:
    """Its code would be read as an unknown word, in silence."""
    with pytest.raises(LanguageNotOffered, match="It writes: ar, en, fr"):
        aim(tokenizer(made["nllb"]), to="de", name="nllb-600m")


def test_a_bilingual_model_writes_its_one_language(made: dict[str, Path]) -> None:
    reader = tokenizer(made["marian"])
    assert aim(reader, to="en", name="m") == Aim("en")
    with pytest.raises(LanguageNotOffered, match="It writes: en"):
        aim(reader, to="fr", name="m")


@pytest.mark.parametrize(
    ("stated", "iso"), [("fr", "fr"), ("fra", "fr"), ("eng_Latn", "en"), (None, "en"), ("xx", "xx")]
)
def test_what_a_tokenizer_states_as_its_target(stated: str | None, iso: str) -> None:
    class Reader:
        target_lang = stated

    assert bilingual_target(Reader()) == iso


def test_the_table_has_no_code_twice() -> None:
    assert len(set(NLLB_CODES.values())) == len(NLLB_CODES)
    assert all(len(iso) == 2 and code[3] == "_" for iso, code in NLLB_CODES.items())
