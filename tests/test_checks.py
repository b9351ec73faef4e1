"""Planted errors are flagged, good pairs are not; a report counts what was looked for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from summarizer import checks
from summarizer.checks import CHECKS, CODES, LOW_SCORE, check_summary, check_translation, repeated, report
from summarizer.records import Flag, Pair, Paragraph, Sentence, Story, Summary

CASES = json.loads((Path(__file__).parent / "cases" / "checks.json").read_text(encoding="utf-8"))
GOOD = [case for case in CASES if not case["flags"]]


@pytest.mark.parametrize("case", CASES, ids=lambda c: str(c["label"]))
def test_flags(case: dict[str, Any]) -> None:
    assert [str(f) for f in check_translation(case["ar"], case["en"], case.get("score"))] == case["flags"]


@pytest.mark.parametrize("case", GOOD, ids=lambda c: str(c["label"]))
def test_a_good_pair_spoiled_is_flagged(case: dict[str, Any]) -> None:
    ar, en = case["ar"], case["en"]
    half = " ".join(en.split()[: len(en.split()) // 3])
    spoiled = {
        "copied": ar,
        "empty": " ",
        "repetition": en + " the the the",
        "too-short": half,
        "unknown-glyph": en + " ⁇",
    }
    for code, bad in spoiled.items():
        assert code in {f.code for f in check_translation(ar, bad)}, bad


def test_a_low_score_is_flagged_and_an_unknown_one_is_not() -> None:
    assert check_translation("نعم", "Yes", LOW_SCORE - 0.1) == (Flag("low-score", f"{LOW_SCORE - 0.1:.2f}"),)
    assert check_translation("نعم", "Yes", LOW_SCORE) == check_translation("نعم", "Yes") == ()


def test_nothing_translated_to_nothing_is_right() -> None:
    assert check_translation("", "") == ()


def test_every_flag_has_its_sentence_in_both_languages() -> None:
    source = Path(checks.__file__).read_text(encoding="utf-8")
    raised = {part.split('"')[0] for part in source.split('Flag("')[1:]}
    assert raised == CODES.keys()
    assert all(english and arabic for english, arabic in CODES.values())
    assert CHECKS


@pytest.mark.parametrize("text", ["the the the", "a b c d x a b c d y a b c d", "one two three one two three"])
def test_loops(text: str) -> None:
    assert repeated(text)


@pytest.mark.parametrize("text", ["that that", "1 1 1", "It is what it is", "had had enough", ""])
def test_no_loops(text: str) -> None:
    assert not repeated(text)


def test_report_counts_each_sentence_once() -> None:
    lost = Pair("وقع 5 مذكرات في القاهرة", "He signed 6 memoranda in Cairo", flags=(Flag("number-missing", "5"),))
    kept = Pair("زار 3 أطباء بيروت", "3 doctors visited Beirut", paragraph=1)
    account = report([lost, kept, lost])
    assert account["sentences"] == 2
    assert account["flagged_sentences"] == 1
    assert account["numbers"] == {"in_source": 2, "kept": 1, "missing": ["5"]}
    assert account["numbers_invented"] == ["6"]
    assert account["names"] == {"in_source": 2, "kept": 2, "missing": []}
    assert account["flags"] == {"number-missing": 1}
    assert json.loads(json.dumps(account)) == account


@pytest.mark.parametrize(
    ("ar", "en", "strange"),
    [
        ("قدم المستشفى إسعافات أولية.", "The hospital gave firstadi and embulation.", ["firstadi", "embulation"]),
        ("قدم المستشفى إسعافات أولية.", "The hospital gave first aid.", []),
        ("لقاح شركة Xyloqua متوفر.", "The Xyloqua vaccine is available.", []),  # it stands so in the Arabic
        ("قال مونسترهايم إن العمل مستمر.", "Munsterheim said work continued.", []),  # a name as it sounds
        ("المركز الرائد والمتخصص", "Center Walmatkhasas", ["Walmatkhasas"]),  # و is no part of a name
        ("قالت الوزارة إن العمل مستمر.", "Munsterheim said work continued.", ["Munsterheim"]),
    ],
)
def test_made_up_words(ar: str, en: str, strange: list[str]) -> None:
    assert [flag.detail for flag in checks.check_words(ar, en)] == strange
    assert all(flag.code == "word-invented" for flag in checks.check_words(ar, en))


LINES = (
    "أعلنت الوزارة نتائج المسح الصحي الجديد.",
    "وأكد أن الحملة مستمرة.",
    "نتائج المسح",
    "أعلنت الوزارة نتائج المسح.",
)
STORY = Story("x", 1, tuple(Paragraph(line, "heading" if line == LINES[2] else "body") for line in LINES))
PARTS = [Sentence(p.text, 0, len(p.text), i, p.kind) for i, p in enumerate(STORY.paragraphs)]


@pytest.mark.parametrize(
    ("positions", "sentences", "codes"),
    [
        ((0,), (LINES[0],), []),
        ((), (), ["summary-empty"]),
        ((0,), ("أعلنت الوزارة شيئا آخر.",), ["summary-invented"]),
        ((9,), (LINES[0],), ["summary-invented"]),
        ((2,), (LINES[2],), ["summary-heading"]),
        ((1,), ("أكد أن الحملة مستمرة.",), ["summary-leans"]),
        ((0, 1), (LINES[0], "أكد أن الحملة مستمرة."), []),
        ((0, 3), (LINES[0], LINES[3]), ["summary-repeats"]),
        ((3, 0), (LINES[3], LINES[0]), ["summary-order", "summary-repeats"]),
    ],
)
def test_summary(positions: tuple[int, ...], sentences: tuple[str, ...], codes: list[str]) -> None:
    flags = check_summary(STORY, Summary(positions, sentences), sentences=PARTS)
    assert [f.code for f in flags] == codes


def test_an_empty_summary_of_nothing_is_right() -> None:
    assert check_summary(Story("x", 1, ()), Summary((), ()), sentences=[]) == ()
