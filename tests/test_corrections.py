from __future__ import annotations

import json
import tomllib
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from fakes import PAGE, doubting, tools
from hypothesis import given
from hypothesis import strategies as st

from summarizer import corrections
from summarizer.briefs import brief_page
from summarizer.cards import corrected_fields
from summarizer.errors import BadTerm
from summarizer.records import Brief, Page, Settings


@pytest.fixture(scope="module")
def brief() -> Brief:
    return brief_page(Page("a.txt", PAGE), tools(translate={"en": doubting}), Settings())[0]


def test_a_correction_stands_everywhere_and_its_doubts_are_gone(brief: Brief) -> None:
    fixed = corrections.correct(brief, {"sentence-1": "The minister said so.", "summary_en-0": "A centre opened."})
    assert fixed.sentences[1].en == "The minister said so."
    assert "The minister said so." in fixed.translation_en[brief.sentences[1].paragraph]
    assert fixed.summary_en == "A centre opened."
    assert not fixed.sentences[1].flags and fixed.sentences[1].score is None
    assert fixed.sentences[0] == brief.sentences[0]
    assert corrected_fields(fixed) == {"sentence-1", "summary_en-0"}
    assert fixed.sentences[1].ar == brief.sentences[1].ar and fixed.id == brief.id


def test_an_arabic_summary_can_be_corrected_and_keeps_the_doubts_of_its_english(brief: Brief) -> None:
    fixed = corrections.correct(brief, {"summary_ar-0": "افتتح مركز صحي."})
    assert fixed.summary_ar == "افتتح مركز صحي."
    assert fixed.summary_pairs[0].flags == brief.summary_pairs[0].flags


def test_the_same_text_is_no_correction(brief: Brief) -> None:
    same = {name: f" {text}\n" for name, text in corrections.fields(brief).items()}
    changes = corrections.read_changes(json.dumps({brief.id: same}))
    assert corrections.correct_all([brief], changes) == ((brief,), 0)


def test_corrections_add_up(brief: Brief) -> None:
    (once,), first = corrections.correct_all([brief], {brief.id: {"headline_en": "One"}})
    (twice,), second = corrections.correct_all([once], {brief.id: {"headline_en": "One", "sentence-0": "Two"}})
    assert (first, second) == (1, 1)
    assert corrected_fields(twice) == {"headline_en", "sentence-0"}
    assert Brief.from_dict(json.loads(json.dumps(twice.to_dict()))) == twice


@pytest.mark.parametrize(
    "text",
    ["", "nonsense", "[]", '{"a": 1}', '{"a": {"b": 2}}', '{"a": {"id": "x"}}', '{"a": {"sentence-0": ""}}',
     '{"a": {"sentence-0": ["x"]}}', json.dumps({"a": {"sentence-0": "x" * (corrections.MAX_FIELD + 1)}})],
)  # fmt: skip
def test_what_is_not_a_correction_is_not_believed(text: str) -> None:
    assert not any(corrections.read_changes(text).values())


def test_a_field_the_brief_does_not_have_changes_nothing(brief: Brief) -> None:
    assert corrections.correct(brief, {"sentence-999": "x", "summary_en-7": "y"}) is brief


def test_references_are_in_the_projects_own_format(brief: Brief, tmp_path: Path) -> None:
    path = corrections.write_references([brief], tmp_path / "references.zip")
    with zipfile.ZipFile(path) as archive:
        page = tomllib.loads(archive.read("a/page.toml").decode())
        story = tomllib.loads(archive.read("a/story-1.toml").decode())
    model = Path(__file__).parents[1] / "evaluation/references/kuwait-france-memoranda"
    assert page.keys() == tomllib.loads((model / "page.toml").read_text()).keys()
    written_by_people = tomllib.loads((model / "story-1.toml").read_text()).keys()
    assert written_by_people - story.keys() <= {"numbers", "names", "notes"}
    assert [s["ar"] for s in story["sentences"]] == [p.ar for p in brief.sentences]
    assert story["summary_story_ar"] == brief.summary_ar
    assert page["furniture"] == ["شارك"] or "شارك" in page["furniture"]


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cs"])))
def test_any_text_survives_toml(text: str) -> None:
    assert tomllib.loads(f"x = {corrections._toml(text)}")["x"] == text


def test_quotes_of_every_kind_survive_toml(brief: Brief) -> None:
    odd = replace(brief, headline="'''", headline_en="it's '", byline='"', dateline="\\n")
    story = tomllib.loads(corrections.story_reference(odd))
    assert [story[k] for k in ("headline_ar", "headline_en", "byline", "dateline")] == ["'''", "it's '", '"', "\\n"]


def test_glossary_lines_are_read_either_way_round() -> None:
    text = "وزارة الصحة = Ministry of Health\n\nTripoli = طرابلس\n"
    assert corrections.read_glossary("طرابلس\tTripoli = capital\n") == {"طرابلس": "Tripoli = capital"}
    terms = corrections.read_glossary(text)
    assert terms == {"وزارة الصحة": "Ministry of Health", "طرابلس": "Tripoli"}
    assert corrections.glossary_file(terms) == "وزارة الصحة\tMinistry of Health\nطرابلس\tTripoli\n"


@pytest.mark.parametrize("bad", ["وزارة الصحة", "= x", "وزارة =", "one = two", "واحد = اثنان"])
def test_a_line_that_is_no_term_is_named(bad: str) -> None:
    with pytest.raises(BadTerm, match="line 2"):
        corrections.read_glossary(f"طرابلس = Tripoli\n{bad}")
