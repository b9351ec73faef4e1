"""The report shows what was measured, loads nothing, and runs nothing."""

from __future__ import annotations

import re
from functools import lru_cache
from math import nan
from pathlib import Path

from perfect import SUDAN, TUNISIA, aligned, briefs, translated

from evaluation.marking import mark_differences
from evaluation.plots import Bar, bars
from evaluation.report import Report, as_html, as_markdown, as_text, comparison_table, make_report, write_report
from evaluation.scoring import all_metrics, compare_families, score

PAGES = [SUDAN, TUNISIA]
EVIL = "<script>alert(1)</script> & 5"


@lru_cache(maxsize=1)
def report() -> Report:
    made = translated(lambda p: EVIL if "cholera" in p.en else p.en, PAGES)
    found = aligned(made, PAGES)
    return make_report(score(found), found, PAGES, made)


def test_the_page_is_self_contained_and_escaped() -> None:
    html = as_html(report())
    assert "<script" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert not re.search(r"""(?:src|href)\s*=|url\(|@import|https?://""", html)
    assert "default-src 'none'" in html
    assert html.count("<svg") == len(report().plots) > 5


def test_worst_sentences_come_first_with_source_and_reference() -> None:
    scores = [sentence.score for sentence in report().worst]
    assert scores == sorted(scores)
    first = report().worst[0]
    assert "script" in first.output
    assert "<mark>" in first.reference
    assert first.source in (SUDAN.stories[0].headline_ar, *(s.ar for s in SUDAN.stories[0].sentences))


def test_every_family_has_its_baselines_and_what_was_not_run_says_why() -> None:
    heads = {table.title: table.head for table in report().tables}
    assert {"empty", "source copy"} <= set(heads["Translation"])
    assert {"lead-1", "lead-3", "random-3", "LexRank-3", "TextRank-3", "oracle-3"} <= set(heads["Arabic summaries"])
    assert "whole page" in heads["Pages into stories"]
    notes = " ".join(note for table in report().tables for note in table.notes)
    assert "COMET (the package comet is not installed)" in notes
    assert "opus-mt (not on this machine)" in notes


def test_markdown_holds_the_table_that_is_printed(tmp_path: Path) -> None:
    written = write_report(report(), tmp_path)
    assert [path.name for path in written] == ["report.md", "report.html"]
    text = as_markdown(report())
    assert written[0].read_text(encoding="utf-8") == text
    for table in report().tables:
        printed = as_text(table)
        for row in table.rows:
            assert f"| {' | '.join(row)} |" in text
            assert all(cell in printed for cell in row)
    assert "nrefs:1|case:mixed" in text


def test_two_runs_are_compared_without_false_claims() -> None:
    good, worse = (
        score(aligned(made, PAGES), with_baselines=False) for made in (briefs(PAGES), translated(lambda _: "", PAGES))
    )
    table = comparison_table(compare_families(good, worse), all_metrics(), ("a", "b"))
    # Three stories: whatever the difference, nothing is claimed.
    assert {row[-1] for row in table.rows} == {"too few stories to tell"}


def test_marks_stand_on_what_differs() -> None:
    left, right = mark_differences("The cat sat.", "A cat <sat>")
    assert left == "<mark>The</mark> cat sat."
    assert right == "<mark>A</mark> cat &lt;sat&gt;"


def test_bars_leave_out_what_was_not_measured() -> None:
    drawn = bars("a & b", [Bar("<x>", 5, 4, 6, ours=True), Bar("nothing", nan)])
    assert drawn.count("<rect") == 1
    assert "&lt;x&gt;" in drawn
    assert "a &amp; b" in drawn
    assert "nothing" not in drawn
