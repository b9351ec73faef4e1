from __future__ import annotations

from pathlib import Path

import pytest

from evaluation.labelled import half, measure, read


@pytest.mark.parametrize(("odd", "leaked", "lost"), [(True, 0.02, 0.0), (False, 0.08, 0.002)])
def test_pages_keep_their_stories_and_little_furniture(odd: bool, leaked: float, lost: float) -> None:
    tally = measure(half(odd))
    assert tally.pages == 20 and tally.counted_rightly >= 18
    assert tally.share("furniture") <= leaked
    assert tally.share("story") <= lost


def test_what_leaks_and_what_is_lost_is_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "01.txt"
    page.write_text("H|وزير الصحة يزور المستشفى\nF|شارك\nS|زار الوزير المستشفى أمس.\n", encoding="utf-8")
    assert measure([page]).share("furniture") == 0
    page.write_text("H|وزير الصحة يزور المستشفى\nS|شارك\nF|زار الوزير المستشفى أمس.\n", encoding="utf-8")
    tally = measure([page])
    assert tally.share("furniture") == 1 and tally.share("story") == 1
    assert [line.split()[1] for line in tally.lines] == ["lost", "leaked"]


def test_a_line_without_a_label_is_named(tmp_path: Path) -> None:
    page = tmp_path / "01.txt"
    page.write_text("H|عنوان\nنص\n", encoding="utf-8")
    with pytest.raises(ValueError, match="line 2"):
        read(page)
