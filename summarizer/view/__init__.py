"""The page in the browser: the only package with widgets. Cards draw what they show, session does the work."""

from __future__ import annotations

import os

# Read at import. Without the first, Gradio asks api.gradio.app for its newest version; without the second,
# huggingface_hub asks huggingface.co which programs are agents, to say so in its requests.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"

import atexit
import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import gradio as gr

from summarizer import cards, wording
from summarizer.records import Settings
from summarizer.session import Desk
from summarizer.view.api import add_api
from summarizer.view.compare import CompareTab
from summarizer.view.files import FilesTab
from summarizer.view.paste import PasteTab
from summarizer.view.room import FIRST, KEEP_SECONDS, QUIETLY, Room
from summarizer.view.theme import make_theme

STATIC = Path(__file__).parent.parent / "static"
MAX_UPLOAD = "20mb"
SWEEP_SECONDS = 300
AT_ONCE = 10  # people whose work is under way together; each takes the model for a few sentences in turn
MOST_WAITING = 60
MOST_SESSIONS = 200  # whose briefs are remembered; the least recently seen is forgotten first


def build(desk: Desk) -> gr.Blocks:
    """The whole page, not yet served."""
    room = Room(desk)
    with gr.Blocks(
        title="مختصر · Mukhtasar", analytics_enabled=False, delete_cache=(SWEEP_SECONDS, KEEP_SECONDS - SWEEP_SECONDS),
        fill_width=True,
    ) as page:  # fmt: skip
        with gr.Row(elem_id="top", equal_height=False):
            top = gr.HTML(cards.header(FIRST), elem_id="header")
            language = room.labels.make(
                gr.Radio, {"label": "language"}, choices=[(n, c) for c, n in wording.LANGUAGES.items()], value=FIRST,
                elem_id="language", container=False, min_width=180,
            )  # fmt: skip
        with gr.Tabs(elem_id="tabs"):
            with room.labels.make(gr.Tab, {"label": "tab.paste"}, id="paste"):
                paste = PasteTab(room)
            with room.labels.make(gr.Tab, {"label": "tab.files"}, id="files"):
                files = FilesTab(room)
            with room.labels.make(gr.Tab, {"label": "tab.compare"}, id="compare"):
                compare = CompareTab(room)
        _switch_language(room, page, language, top, (paste, files, compare))
        add_api(desk)
        page.unload(room.forget)
    return page.queue(max_size=MOST_WAITING, default_concurrency_limit=AT_ONCE, api_open=False)


def _switch_language(room: Room, page: gr.Blocks, language: Any, top: Any, tabs: Sequence[Any]) -> None:
    """Labels, messages and cards follow the switch; the first language is the one the browser asks for."""
    drawn = [widget for tab in tabs for widget in tab.drawn]
    states = [state for tab in tabs for state in tab.states]

    def switch(request: gr.Request, code: str, *values: Any) -> list[Any]:
        room.spoken[str(request.session_hash)] = code
        rest = iter(values)
        redrawn = [card for tab in tabs for card in tab.draw(code, *[next(rest) for _ in tab.states])]
        return [*room.labels.updates(code), cards.header(code), *redrawn]

    outputs = [*room.labels.widgets, top, *drawn]
    language.change(switch, [language, *states], outputs, **QUIETLY)
    language.change(None, [language], None, js="(code) => mukhtasar.speak(code)", api_visibility="private")
    page.load(_first_language, None, [language], **QUIETLY)
    page.load(None, [language], None, js="(code) => mukhtasar.speak(code)", api_visibility="private")


def _first_language(request: gr.Request) -> str:
    """``?lang=en`` in the address, else what the browser prefers, else Arabic."""
    if (asked := request.query_params.get("lang")) in wording.LANGUAGES:
        return str(asked)
    preferred = [part.split(";")[0].strip()[:2] for part in request.headers.get("accept-language", "").split(",")]
    return next((code for code in preferred if code in wording.LANGUAGES), FIRST)


def start(
    *,
    host: str = "127.0.0.1",
    port: int | None = None,
    share: bool = False,
    auth: tuple[str, str] | None = None,
    open_browser: bool = False,
    desk: Desk | None = None,
) -> gr.Blocks:
    """Serve the page and return; the default models load meanwhile. Raises OSError when the port is taken."""
    desk = desk or Desk()
    # Uploads and downloads lie in a folder of our own, which nobody else can read and which goes with the program.
    cache = tempfile.mkdtemp(prefix="mukhtasar-")
    os.environ["GRADIO_TEMP_DIR"] = cache
    for name in ("NO_PROXY", "no_proxy"):  # behind a proxy, that look at itself would go through it
        os.environ[name] = ",".join(filter(None, (os.environ.get(name), "127.0.0.1", "localhost")))
    atexit.register(shutil.rmtree, cache, ignore_errors=True)
    page = build(desk)
    page.launch(
        server_name=host,
        server_port=port,
        share=share,
        auth=auth,
        inbrowser=open_browser,
        prevent_thread_lock=True,
        quiet=True,
        show_error=True,
        ssr_mode=False,
        run_history=False,
        enable_monitoring=False,
        state_session_capacity=MOST_SESSIONS,
        allowed_paths=[],
        max_file_size=MAX_UPLOAD,
        footer_links=[],
        theme=make_theme(),
        css=(STATIC / "page.css").read_text(encoding="utf-8"),
        head=f"<script>{(STATIC / 'page.js').read_text(encoding='utf-8')}</script>",
    )
    # Only now: Gradio looks whether it can reach itself, and gives up soon; reading torch would keep it from answering.
    desk.preload(Settings())
    return page


def launch(*, announce: Callable[[str], None] = lambda _: None, **options: Any) -> None:
    """Serve the page until Ctrl-C. ``announce`` is told its address; options are those of :func:`start`."""
    page = start(**options)
    announce(page.local_url)
    if page.share_url:
        announce(page.share_url)
    page.block_thread()
