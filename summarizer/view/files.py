"""The second tab: many files, each told where it stands."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gradio as gr

from summarizer import cards, exports, jobs, readers, wording
from summarizer.jobs import Job
from summarizer.session import Work
from summarizer.view.panel import SettingsPanel
from summarizer.view.room import FIRST, KEEP_SECONDS, QUIETLY, WORKING, Room


class FilesTab:
    """Many files, each told where it stands."""

    def __init__(self, room: Room) -> None:
        self.room = room
        make = room.labels.make
        self.job = gr.State(Job(), time_to_live=KEEP_SECONDS)
        with gr.Row(elem_classes="desk"):
            with gr.Column(scale=4, min_width=320, elem_classes="side"):
                self.files = make(
                    gr.File, {"label": "files.label"}, file_count="multiple", file_types=list(readers.FORMATS),
                    height=220, elem_id="upload",
                )  # fmt: skip
                self.folder = make(
                    gr.UploadButton, {"label": "files.folder"}, file_count="directory", size="sm", elem_id="folder"
                )
                with gr.Row(elem_classes="buttons"):
                    self.go = make(gr.Button, {"value": "files.go"}, variant="primary", elem_id="files-go")
                    self.halt = make(
                        gr.Button, {"value": "paste.stop"}, variant="stop", visible=False, elem_id="files-halt"
                    )
                self.panel = SettingsPanel(room)
            with gr.Column(scale=9, min_width=320, elem_classes="main"):
                self.status = gr.HTML(elem_id="files-status")
                self.zip = make(gr.DownloadButton, {"label": "take.zip"}, size="md", visible=False, elem_id="files-zip")
                self.card = gr.HTML(cards.files_card(Job(), FIRST), elem_id="files-card")
        outputs = [self.status, self.card, self.job, self.go, self.halt, self.zip]
        self.folder.upload(_add_folder, [self.files, self.folder], [self.files], **QUIETLY)
        self.go.click(self.run, [self.files, *self.panel.inputs], outputs, **WORKING)
        self.halt.click(self.stop, **QUIETLY)

    @property
    def drawn(self) -> list[Any]:
        return [self.status, self.card]

    @property
    def states(self) -> list[Any]:
        return [self.job]

    def draw(self, language: str, job: Job) -> list[str]:
        work = Work(job.phase, job.briefs)
        return [cards.status_line(work, language, one_page=False), cards.files_card(job, language)]

    def run(self, request: gr.Request, files: list[str] | None, *values: Any) -> Iterator[list[Any]]:
        job, settings = Job(), self.panel.asked(values, request)
        with self.room.running("files", request) as stop:
            paths = [Path(name) for name in files or ()]
            for job in jobs.run(self.room.desk, paths, settings, stop):
                yield self._drawn(job, self.room.language(request))
        if job.briefs:
            language = self.room.language(request)
            failures = {row.name: wording.tell(row.error, language) for row in job.rows if row.error}
            with tempfile.TemporaryDirectory() as folder:
                everything = exports.write_zip(job.briefs, Path(folder, "mukhtasar.zip"), failures=failures)
                yield self._drawn(job, language, str(everything))

    def _drawn(self, job: Job, language: str, everything: str | None = None) -> list[Any]:
        busy = job.phase == "working"
        shown = gr.update(value=everything, visible=everything is not None)
        return [*self.draw(language, job), job, gr.update(visible=not busy), gr.update(visible=busy), shown]

    def stop(self, request: gr.Request) -> None:
        self.room.stop("files", request)


def _add_folder(files: list[str] | None, folder: list[str] | None) -> list[str]:
    """What can be read of a folder, beside the files already chosen; its images and the like are left."""
    readable = [name for name in folder or () if Path(name).suffix.lower() in readers.FORMATS]
    return list(dict.fromkeys([*(files or ()), *readable]))
