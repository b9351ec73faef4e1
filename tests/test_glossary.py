from __future__ import annotations

import json
from pathlib import Path

import pytest

from summarizer.checks import settled_by_terms
from summarizer.errors import DamagedGlossary, PathMissing
from summarizer.glossary import TABLES, as_terms, find_terms, fixed_spans, merge, own_terms, read_glossary
from summarizer.records import Flag
from summarizer.spelling import Spelled

CASES = json.loads((Path(__file__).parent / "cases" / "glossary.json").read_text(encoding="utf-8"))
TERMS = {
    ("زليتن",): "Zliten",
    ("بني", "وليد"): "Bani Walid",
    ("حوث",): "Huth",
    ("الوكاله", "الدوليه", "لابحاث", "السرطان"): "the International Agency for Research on Cancer",
}


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["label"])
def test_terms_are_found(case: dict[str, object]) -> None:
    text = str(case["text"])
    found = [[text[t.start : t.end], t.english] for t in find_terms(text, TERMS)]
    assert found == case["expect"]


@pytest.mark.parametrize("path", TABLES, ids=lambda p: p.stem)
def test_the_tables_can_be_read(path: Path) -> None:
    table = as_terms(read_glossary(path))
    assert len(table) > 400
    assert not [english for english in table.values() if any("\u0600" <= c <= "\u06ff" for c in english)]


def test_names_and_terms_do_not_overlap() -> None:
    spans = fixed_spans("زار الدكتور أحمد سالم مدينة الزنتان في ليبيا")
    assert [s.english for s in spans] == ["Ahmed Salem", "Zintan"]
    assert spans[0].end <= spans[1].start


def test_of_two_that_overlap_the_first_and_longest_stays() -> None:
    assert [s.english for s in merge([Spelled(5, 9, "c"), Spelled(0, 3, "a"), Spelled(0, 6, "b")])] == ["b"]


@pytest.mark.parametrize("line", ["زليتن", "زليتن\t", "\tZliten"])
def test_a_broken_line_is_named(line: str, tmp_path: Path) -> None:
    path = tmp_path / "terms.tsv"
    path.write_text(f"# ours\nبنغازي\tBenghazi\n{line}\n", encoding="utf-8")
    with pytest.raises(DamagedGlossary, match="line 3"):
        read_glossary(path)


def test_own_terms_come_from_all_tables() -> None:
    assert len(own_terms()) > 5000


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    with pytest.raises(PathMissing, match=r"none\.tsv"):
        read_glossary(tmp_path / "none.tsv")


def test_forms_of_a_term_share_its_english(tmp_path: Path) -> None:
    path = tmp_path / "terms.tsv"
    path.write_text("أبو ظبي|أبوظبي\tAbu Dhabi\n", encoding="utf-8")
    assert as_terms(read_glossary(path)) == {("ابو", "ظبي"): "Abu Dhabi", ("ابوظبي",): "Abu Dhabi"}


def test_a_readers_term_settles_a_doubt_about_a_name_in_it() -> None:
    terms = as_terms([("مستشفى كوري", "Xurie Hospital")])
    flags = (Flag("name-missing", "كوري"), Flag("word-invented", "Xurie"), Flag("name-missing", "ليبيا"))
    assert settled_by_terms("زار مستشفى كوري في ليبيا", flags, terms) == flags[2:]
    assert settled_by_terms("زار وفد كوري ليبيا", flags, terms) == flags


def test_the_embedded_model_uses_a_glossary() -> None:
    from summarizer.records import Settings
    from summarizer.toolbox import load_tools

    tools = load_tools(Settings(glossary=(("مستشفى النخلة", "Palm Tree Hospital"),)))
    (translated,) = tools.translate["en"](["زار الوزير مستشفى النخلة في المدينة اليوم."])
    assert "Palm Tree Hospital" in translated.text
    assert not [flag for flag in translated.flags if flag.code == "term-missing"]
