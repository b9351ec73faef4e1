"""The third tab: one text, two settings, side by side."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gradio as gr

from summarizer import cards, comparing, wording
from summarizer.session import MAX_TEXT, Work
from summarizer.view.panel import SettingsPanel
from summarizer.view.room import KEEP_SECONDS, QUIETLY, WORKING, Room

EVALUATION = Path(__file__).parents[2] / "evaluation"
REPORTS = tuple(EVALUATION / name for name in ("report.md", "REPORT.md", "out/report.md"))


class CompareTab:
    """One text, two settings, side by side; scores when there is something to score against."""

    def __init__(self, room: Room) -> None:
        self.room = room
        make = room.labels.make
        self.works = gr.State((Work(), Work()), time_to_live=KEEP_SECONDS)
        self.scores = gr.State(None, time_to_live=KEEP_SECONDS)
        self.text = make(
            gr.Textbox, {"label": "compare.label", "placeholder": "paste.hint"}, lines=6, max_lines=12, rtl=True,
            elem_id="compare-text", elem_classes="counted arabic", max_length=MAX_TEXT,
        )  # fmt: skip
        gr.HTML('<output class="mk words"></output>', elem_id="compare-text-count")
        with gr.Row(elem_classes="golds"):
            with gr.Column(min_width=320):
                self.arabic = make(gr.Textbox, {"label": "compare.reference.ar"}, lines=2, rtl=True, elem_id="gold-ar")
            with gr.Column(min_width=320):
                self.english = make(gr.Textbox, {"label": "compare.reference.en"}, lines=2, elem_id="gold-en")
        with gr.Row():
            with gr.Column(min_width=320):
                self.left = SettingsPanel(room, title="compare.a", opened=True)
            with gr.Column(min_width=320):
                self.right = SettingsPanel(room, title="compare.b", opened=True)
        with gr.Row(elem_classes="buttons"):
            self.go = make(gr.Button, {"value": "compare.go"}, variant="primary", elem_id="compare-go")
            self.halt = make(gr.Button, {"value": "paste.stop"}, variant="stop", visible=False, elem_id="compare-halt")
        self.status = gr.HTML(elem_id="compare-status")
        self.table = gr.HTML(elem_id="scores")
        with gr.Row(elem_classes="sides"):
            self.cards = [gr.HTML(elem_id=f"side-{side}", min_width=320) for side in "ab"]
        with make(gr.Accordion, {"label": "report"}, open=False):
            make(gr.Markdown, {"value": _report}, elem_id="report")
        outputs = [self.status, self.table, *self.cards, self.works, self.scores, self.go, self.halt]
        inputs = [self.text, self.arabic, self.english, *self.left.inputs, *self.right.inputs]
        self.go.click(self.run, inputs, outputs, **WORKING)
        self.halt.click(self.stop, **QUIETLY)

    @property
    def drawn(self) -> list[Any]:
        return [self.status, self.table, *self.cards]

    @property
    def states(self) -> list[Any]:
        return [self.works, self.scores]

    def draw(self, language: str, works: tuple[Work, Work], scores: comparing.Scores | None) -> list[str]:
        current = next((work for work in works if work.phase not in ("idle", "done")), works[1])
        sides = [
            "" if work.phase == "idle" else cards.work_card(work, language, prefix=side)
            for side, work in zip("ab", works, strict=True)
        ]
        return [cards.status_line(current, language), _scores_card(scores, language), *sides]

    def run(self, request: gr.Request, text: str, arabic: str, english: str, *values: Any) -> Iterator[list[Any]]:
        works: tuple[Work, Work] = (Work("waiting"), Work("waiting"))
        half = len(values) // 2
        ours, theirs = self.left.asked(values[:half], request), self.right.asked(values[half:], request)
        with self.room.running("compare", request) as stop:
            for left in self.room.desk.follow_text(text, ours, stop):
                works = (left, works[1])
                yield self._drawn(request, works, None)
            for right in self.room.desk.follow_text(text, theirs, stop):
                works = (works[0], right)
                yield self._drawn(request, works, None)
        if all(work.phase == "done" for work in works):
            scores = comparing.score([work.briefs for work in works], arabic=arabic or "", english=english or "")
            yield self._drawn(request, works, scores)

    def _drawn(self, request: gr.Request, works: tuple[Work, Work], scores: comparing.Scores | None) -> list[Any]:
        busy = any(work.phase in ("waiting", "working") for work in works)
        drawn = self.draw(self.room.language(request), works, scores)
        return [*drawn, works, scores, gr.update(visible=not busy), gr.update(visible=busy)]

    def stop(self, request: gr.Request) -> None:
        self.room.stop("compare", request)


def _scores_card(scores: comparing.Scores | None, language: str) -> str:
    if scores is None:
        return ""
    parts = []
    if scores.rows:
        columns = [wording.say(f"compare.short.{side}", language) for side in "ab"]
        parts.append(cards.scores_card(columns, scores.rows, language))
    if scores.missing:
        missing = wording.say("compare.missing", language, package=" ".join(scores.missing))
        parts.append(cards.notice(missing, language))
    return "".join(parts)


def _report(language: str) -> str:
    path = next((path for path in REPORTS if path.is_file()), None)
    return path.read_text(encoding="utf-8") if path else wording.say("report.none", language)
