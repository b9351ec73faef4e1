from __future__ import annotations

import html.parser
import re
from dataclasses import replace

import pytest
from fakes import PAGE, doubting, tools

from summarizer import cards, comparing, jobs, models
from summarizer.arabic import strip_invisible
from summarizer.briefs import brief_page
from summarizer.errors import EmptyInput
from summarizer.records import Brief, Dropped, Flag, Page, Pair, Rendering, Settings
from summarizer.session import PASTED, Work

HOSTILE = '<script>alert("x")</script><img src=x onerror=alert(1)>${alert(2)}{{constructor}}`'


class Seen(html.parser.HTMLParser):
    """What a browser would make of a fragment: tags, attributes, and text by language."""

    def __init__(self, fragment: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(fragment)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def having(self, **wanted: str) -> list[dict[str, str | None]]:
        return [a for _, a in self.tags if all(a.get(k.strip("_")) == v for k, v in wanted.items())]


@pytest.fixture(scope="module")
def brief() -> Brief:
    return brief_page(Page(PASTED, PAGE), tools(), Settings())[0]


@pytest.fixture(scope="module")
def doubtful() -> Brief:
    return brief_page(Page(PASTED, PAGE), tools(translate={"en": doubting}), Settings())[0]


def hostile(brief: Brief) -> Brief:
    texts = ("source", "headline", "headline_en", "published", "byline", "dateline", "summary_ar", "summary_en")
    pair = Pair(HOSTILE, HOSTILE, -1.0, (Flag("number-missing", HOSTILE),))
    return replace(
        brief,
        **dict.fromkeys(texts, HOSTILE),  # type: ignore[arg-type]
        sentences=(pair,) * len(brief.sentences),
        summary_pairs=(pair,),
        dropped=(Dropped(HOSTILE, HOSTILE),),
        models={"translator": HOSTILE, "summarizer": HOSTILE},
        headline_flags=(Flag("arabic-left", HOSTILE),),
        other_languages={"fr": Rendering(HOSTILE, HOSTILE, (HOSTILE,), (HOSTILE,))},
    )


@pytest.mark.parametrize("editable", [False, True])
@pytest.mark.parametrize("language", ["ar", "en"])
def test_hostile_text_is_only_ever_text(brief: Brief, language: str, editable: bool) -> None:
    card = cards.work_card(Work("done", (hostile(brief),)), language, editable=editable)
    seen = Seen(card)
    assert not {"script", "img"} & {tag for tag, _ in seen.tags}
    assert not any(name.startswith("on") for _, attributes in seen.tags for name in attributes)
    assert HOSTILE in seen.text
    # Gradio evaluates ${...} and {{...}} of what it is given, so none may be left as written.
    assert not re.search(r"[${}`]", card)


def test_a_hostile_file_name_and_error_are_only_text(brief: Brief) -> None:
    row = jobs.Row(HOSTILE, "failed", (hostile(brief),), 1, EmptyInput(source=HOSTILE))
    seen = Seen(cards.files_card(jobs.Job("done", (row,)), "ar"))
    assert not {"script", "img"} & {tag for tag, _ in seen.tags}
    assert HOSTILE in seen.text


def test_arabic_stands_right_to_left_and_english_left_to_right(brief: Brief) -> None:
    for language in ("ar", "en"):
        seen = Seen(cards.work_card(Work("done", (brief,)), language))
        assert len(seen.having(lang="ar", dir="rtl")) >= 2 + len(brief.sentences)
        assert len(seen.having(lang="en", dir="ltr")) >= 2 + len(brief.sentences)


def test_a_summary_sentence_links_to_where_it_stands(brief: Brief) -> None:
    seen = Seen(cards.work_card(Work("done", (brief,)), "en"))
    targets = [str(a["href"])[1:] for tag, a in seen.tags if tag == "a"]
    assert targets == [f"{cards.anchor(brief, 'p')}-1"] * 2  # beside the Arabic and beside the English
    (place,) = seen.having(id=targets[0])
    assert "chosen" in str(place["class"])
    assert all(a.get("aria-label") for tag, a in seen.tags if tag == "a")


def test_two_sides_of_one_page_have_different_anchors(brief: Brief) -> None:
    both = cards.work_card(Work("done", (brief,)), "en", prefix="a") + cards.work_card(
        Work("done", (brief,)), "en", prefix="b"
    )
    ids = [a["id"] for _, a in Seen(both).tags if "id" in a]
    assert len(ids) == len(set(ids))


def test_doubts_are_told_in_words_of_the_interface(doubtful: Brief) -> None:
    work = Work("done", (doubtful,))
    english, arabic = (Seen(cards.work_card(work, language)).text for language in ("en", "ar"))
    assert "A number of the source is not in the translation: 25" in english
    assert "رقم في الأصل غير موجود في الترجمة: 25" in arabic
    assert f"{len(doubtful.sentences) + 2} in doubt" in english


def test_numbers_and_values_in_doubt_are_marked_and_nothing_is_added() -> None:
    marked = cards.marked("حضر 25 طبيبا و2500 زائر، أي 3.5%", ["25"])
    assert str(marked).count("<mark>25</mark>") == 1
    assert '<span class="figure">2500</span>' in marked and '<span class="figure">3.5%</span>' in marked
    assert Seen(str(marked)).text == "حضر 25 طبيبا و2500 زائر، أي 3.5%"


def test_a_direction_override_does_not_turn_the_card_around() -> None:
    assert cards.marked("\N{RIGHT-TO-LEFT OVERRIDE}123") == '<span class="figure">123</span>'


def test_internal_figures_are_not_shown_as_reasons() -> None:
    assert cards.explain(Flag("low-score", "-1.73"), "en") == "The model itself is unsure."
    assert cards.explain(Flag("failed"), "ar") == "لم يعط النموذج ترجمة."


def test_what_was_dropped_can_be_seen_with_its_reason(brief: Brief) -> None:
    assert brief.dropped
    text = Seen(cards.work_card(Work("done", (brief,)), "ar")).text
    assert all(block.text in text for block in brief.dropped)
    assert "أزرار المشاركة" in text


def test_a_story_without_headline_says_so(brief: Brief) -> None:
    text = Seen(cards.work_card(Work("done", (replace(brief, headline="", headline_en=""),)), "en")).text
    assert "no headline on the page" in text


@pytest.mark.parametrize("phase", ["idle", "waiting", "working", "done", "stopped", "failed"])
@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_state_can_be_drawn(brief: Brief, phase: str, language: str) -> None:
    for briefs in ((), (brief,)):
        error = EmptyInput(source=PASTED) if phase == "failed" else None
        work = Work(phase, briefs, error)  # type: ignore[arg-type]
        assert Seen(cards.status_line(work, language)).text.strip() or phase == "idle"
        assert Seen(cards.work_card(work, language)).text.strip() or phase in ("waiting", "working", "done")


def test_an_error_is_announced(brief: Brief) -> None:
    seen = Seen(cards.work_card(Work("failed", (brief,), EmptyInput(source=PASTED)), "ar"))
    assert seen.having(role="alert")
    assert "نص ملصق: لا يوجد نص" in strip_invisible(seen.text)
    assert brief.summary_ar in seen.text  # what was finished stays


def test_editable_texts_are_named_for_a_screen_reader(brief: Brief) -> None:
    seen = Seen(cards.work_card(Work("done", (brief,)), "ar", editable=True))
    fields = [a for _, a in seen.tags if "data-field" in a]
    assert len(fields) == 1 + 2 + len(brief.sentences)
    assert all(a["aria-label"] and a["role"] == "textbox" and a["tabindex"] == "0" for a in fields)


def test_model_and_score_cards() -> None:
    text = Seen(cards.models_card(models.available(), "en")).text
    assert "CC-BY-NC-4.0" in text and "not on this machine" in text
    scores = comparing.Scores((("chrF2", (41.25, 43.0)),), ())
    assert "41.2" in Seen(cards.scores_card(["A", "B"], scores.rows, "en")).text
