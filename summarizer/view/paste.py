"""The first tab: a text in, its stories out, corrections, and everything as a zip."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import gradio as gr

from summarizer import cards, corrections, exports, readers, wording
from summarizer.errors import BadTerm
from summarizer.records import Brief
from summarizer.session import MAX_TEXT, Work
from summarizer.view.panel import SettingsPanel
from summarizer.view.room import FIRST, KEEP_SECONDS, QUIETLY, WORKING, Room

PACKAGE = Path(__file__).parent.parent
# In an installed package the examples are copied into it; in the repository they are the seeds.
EXAMPLE_FOLDERS = (PACKAGE / "examples", PACKAGE.parent / "seeds")


def _examples() -> dict[str, str]:
    """Stem -> text of each example page."""
    folder = next((f for f in EXAMPLE_FOLDERS if f.is_dir()), None)
    return {file.stem: readers.read_page(file).text for file in sorted(folder.glob("*.txt"))} if folder else {}


class PasteTab:
    """A text in, its stories out, corrections, and everything as a zip."""

    def __init__(self, room: Room) -> None:
        self.room = room
        make = room.labels.make
        self.work, self.kept = (gr.State(value, time_to_live=KEEP_SECONDS) for value in (Work(), ""))
        with gr.Row(elem_classes="desk"):
            with gr.Column(scale=4, min_width=320, elem_classes="side"):
                self.text = make(
                    gr.Textbox, {"label": "paste.label", "placeholder": "paste.hint"}, lines=11, max_lines=14,
                    rtl=True, elem_id="paste", elem_classes="counted arabic", max_length=MAX_TEXT,
                )  # fmt: skip
                gr.HTML('<output class="mk words"></output>', elem_id="paste-count")
                with gr.Row(elem_classes="buttons"):
                    self.go = make(gr.Button, {"value": "paste.go"}, variant="primary", elem_id="go")
                    self.halt = make(gr.Button, {"value": "paste.stop"}, variant="stop", visible=False, elem_id="halt")
                    self.clear = make(gr.Button, {"value": "paste.clear"}, elem_id="clear", min_width=80)
                self._examples()
                self.panel = SettingsPanel(room)
            with gr.Column(scale=9, min_width=320, elem_classes="main"):
                self.status = gr.HTML(cards.status_line(Work(), FIRST), elem_id="status")
                with make(gr.Accordion, {"label": "take"}, open=True, visible=False, elem_id="take") as self.take:
                    self._take_away()
                self.card = gr.HTML(cards.work_card(Work(), FIRST), elem_id="stories")
        self._wire()

    def _examples(self) -> None:
        examples = _examples()
        if not examples:
            return
        make = self.room.labels.make
        with gr.Row(elem_classes="examples"):
            make(gr.HTML, {"value": lambda code: cards.notice(wording.say("paste.examples", code), code)})
            for stem, text in examples.items():
                button = make(
                    gr.Button, {"value": partial(wording.example_name, stem)}, size="sm", min_width=60,
                    elem_id=f"example-{stem}",
                )  # fmt: skip
                button.click(partial(str, text), None, [self.text], **QUIETLY)

    def _take_away(self) -> None:
        make = self.room.labels.make
        with gr.Row(elem_classes="buttons"):
            self.zip = make(gr.DownloadButton, {"label": "take.zip"}, size="md", elem_id="zip")
            self.editing = make(gr.Checkbox, {"label": "edit.on"}, elem_id="editing", container=False)
        with gr.Column(visible=False, elem_id="edit") as self.edit_panel:
            make(gr.HTML, {"value": lambda code: cards.notice(wording.say("edit.hint", code), code)})
            self.edits = gr.Textbox(visible=False, elem_id="edits")
            with gr.Row(elem_classes="buttons"):
                self.keep = make(gr.Button, {"value": "edit.keep"}, variant="primary", elem_id="keep")
                self.reference = make(gr.DownloadButton, {"label": "edit.reference"}, size="md", elem_id="reference")
            self.terms = make(
                gr.Textbox, {"label": "glossary.label", "placeholder": "glossary.hint"}, lines=3, elem_id="terms",
                elem_classes="plaintext",
            )  # fmt: skip
            with gr.Row(elem_classes="buttons"):
                self.make_glossary = make(gr.Button, {"value": "glossary.save"}, elem_id="make-glossary")
                self.glossary = make(
                    gr.DownloadButton, {"label": "glossary.file"}, size="md", visible=False, elem_id="glossary"
                )
        self.told = gr.HTML(elem_id="told")

    @property
    def drawn(self) -> list[Any]:
        return [self.status, self.card, self.told]

    @property
    def states(self) -> list[Any]:
        return [self.work, self.editing]

    def draw(self, language: str, work: Work, editing: bool) -> list[str]:
        return [cards.status_line(work, language), cards.work_card(work, language, editable=editing), ""]

    def _wire(self) -> None:
        outputs = [self.status, self.card, self.work, self.go, self.halt, self.take, self.zip, self.reference,
                   self.editing, self.edit_panel, self.told]  # fmt: skip
        gr.on([self.go.click], self.run, [self.text, *self.panel.inputs], outputs, **WORKING)
        self.halt.click(self.stop, **QUIETLY)
        self.clear.click(self.empty, None, [self.text, *outputs], **QUIETLY)
        self.editing.change(self.edit, [self.work, self.editing], [self.card, self.edit_panel], **QUIETLY)
        self.keep.click(
            self.correct, [self.edits, self.work], [self.card, self.work, self.zip, self.reference, self.told],
            js="(_, work) => [mukhtasar.edits(), work]", **WORKING,
        )  # fmt: skip
        self.make_glossary.click(self.save_glossary, [self.terms], [self.glossary, self.told], **WORKING)

    def run(self, request: gr.Request, text: str, *values: Any) -> Iterator[list[Any]]:
        work, settings = Work(), self.panel.asked(values, request)
        with self.room.running("paste", request) as stop:
            for work in self.room.desk.follow_text(text, settings, stop):
                yield self._drawn(work, self.room.language(request))
        if work.briefs:
            with _downloads(work.briefs) as (everything, references):
                yield self._drawn(work, self.room.language(request), everything, references)

    def _drawn(
        self, work: Work, language: str, everything: str | None = None, references: str | None = None
    ) -> list[Any]:
        busy = work.phase in ("waiting", "working")
        status, card, told = self.draw(language, work, False)
        return [
            status, card, work, gr.update(visible=not busy), gr.update(visible=busy),
            gr.update(visible=everything is not None), everything, references, False, gr.update(visible=False), told,
        ]  # fmt: skip

    def empty(self, request: gr.Request) -> list[Any]:
        self.room.stop("paste", request)
        return ["", *self._drawn(Work(), self.room.language(request))]

    def edit(self, request: gr.Request, work: Work, editing: bool) -> list[Any]:
        card = cards.work_card(work, self.room.language(request), editable=editing)
        return [card, gr.update(visible=editing)]

    def correct(self, request: gr.Request, edits: str, work: Work) -> Iterator[list[Any]]:
        language = self.room.language(request)
        briefs, count = corrections.correct_all(work.briefs, corrections.read_changes(edits))
        work = replace(work, briefs=briefs)
        told = wording.say("edit.kept", language, count=count) if count else wording.say("edit.none", language)
        with _downloads(briefs) as (everything, references):
            card = cards.work_card(work, language, editable=True)
            yield [card, work, everything, references, cards.notice(told, language)]

    def save_glossary(self, request: gr.Request, text: str) -> Iterator[list[Any]]:
        language = self.room.language(request)
        try:
            terms = corrections.read_glossary(text)
        except BadTerm as bad:
            yield [gr.update(visible=False), cards.notice(wording.tell(bad, language), language, kind="error")]
            return
        if not terms:
            yield [gr.update(visible=False), cards.notice(wording.say("glossary.empty", language), language)]
            return
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "glossary.tsv")
            path.write_text(corrections.glossary_file(terms), encoding="utf-8")
            told = wording.say("glossary.done", language, count=len(terms))
            yield [gr.update(value=str(path), visible=True), cards.notice(told, language)]

    def stop(self, request: gr.Request) -> None:
        self.room.stop("paste", request)


@contextmanager
def _downloads(briefs: Sequence[Brief]) -> Iterator[tuple[str, str]]:
    """A zip of everything and one of references, there until Gradio has taken its own copies."""
    with tempfile.TemporaryDirectory() as folder:
        everything = exports.write_zip(briefs, Path(folder, "mukhtasar.zip"))
        references = corrections.write_references(briefs, Path(folder, "references.zip"))
        yield str(everything), str(references)
