"""The grammar of the command line: commands, options, their help and their checks. Nothing here does any work."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from summarizer import __version__

Run = Callable[[argparse.Namespace], int]
ENGINES = ("auto", "ctranslate2", "torch")
RAY = "ray"  # no engine for one model but a cluster of them: on each of its nodes the engine is auto
FORMATS = ("jsonl", "html", "csv", "md", "docx")  # as in writers.FORMATS, which takes longer to import than --help may
EXAMPLES = """\
examples:
  mukhtasar brief seeds --output briefs          every page of a folder; open briefs/briefs.html
  mukhtasar brief page.html - --output out       a file, and a page from standard input
  mukhtasar translate article.txt > article.en   one line in, one line out
  mukhtasar summarize article.txt                a short Arabic summary of one text
  mukhtasar models                               what can be named with --translator and --summarizer
  mukhtasar app                                  the page in the browser

Nothing leaves this machine unless you name a Hub model with --download.
"""


def build_parser(run: Mapping[str, Run]) -> argparse.ArgumentParser:
    """The whole grammar of the command line; ``run`` says for each command what does it."""
    parser = argparse.ArgumentParser(
        prog="mukhtasar",
        description="Arabic news in brief, and in English: pages in, clean stories out, summarised and translated.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"mukhtasar {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_brief(commands).set_defaults(run=run["brief"])
    _add_translate(commands).set_defaults(run=run["translate"])
    _add_summarize(commands).set_defaults(run=run["summarize"])
    models = commands.add_parser("models", help="list the models, their licences, and which are on this machine")
    models.add_argument("--json", action="store_true", help="one JSON object a line")
    models.set_defaults(run=run["models"])
    _add_app(commands).set_defaults(run=run["app"])
    return parser


def _add_brief(commands: Any) -> argparse.ArgumentParser:
    brief: argparse.ArgumentParser = commands.add_parser(
        "brief", help="summarise and translate every story of pages or folders"
    )
    brief.add_argument(
        "paths", nargs="+", metavar="PATH", help="a page (.txt .md .html .docx), a folder, or - for stdin"
    )
    brief.add_argument("--output", "-o", required=True, type=Path, metavar="DIR", help="folder for the results")
    brief.add_argument(
        "--format",
        type=_formats,
        default=("jsonl", "html"),
        metavar="LIST",
        help=f"what to write: a comma list of {', '.join(FORMATS)} (default: jsonl,html)",
    )
    brief.add_argument("--recursive", "-r", action="store_true", help="look into subfolders too")
    again = brief.add_mutually_exclusive_group()
    again.add_argument(
        "--resume", dest="resume", action="store_true", default=True, help="keep briefs that are current (default)"
    )
    again.add_argument("--overwrite", dest="resume", action="store_false", help="throw old briefs away first")
    brief.add_argument(
        "--workers", type=_positive, metavar="N", help="processes (default: 1; on Ray as many as there are cores)"
    )
    brief.add_argument("--address", metavar="ADDR", help="of a Ray cluster, for --engine ray (default: this machine)")
    brief.add_argument("--quiet", "-q", action="store_true", help="no progress, only errors")
    _add_summary_options(brief)
    _add_translation_options(brief, engines=(*ENGINES, RAY))
    _add_download(brief)
    return brief


def _add_translate(commands: Any) -> argparse.ArgumentParser:
    translate: argparse.ArgumentParser = commands.add_parser(
        "translate", help="translate lines: one in, one out, blank lines kept"
    )
    translate.add_argument("file", nargs="?", default="-", metavar="FILE", help="a text file, or - for stdin (default)")
    _add_translation_options(translate)
    _add_download(translate)
    return translate


def _add_summarize(commands: Any) -> argparse.ArgumentParser:
    summarize: argparse.ArgumentParser = commands.add_parser("summarize", help="summarise one Arabic text, in Arabic")
    summarize.add_argument("file", nargs="?", default="-", metavar="FILE", help="a text file, or - for stdin (default)")
    summarize.add_argument(
        "--jsonl",
        action="store_true",
        help='many texts: {"id", "text"} a line in, {"id", "summary", "sentences"} a line out, '
        "where sentences are 0-based positions in the text",
    )
    _add_summary_options(summarize)
    _add_download(summarize)
    return summarize


def _add_app(commands: Any) -> argparse.ArgumentParser:
    app: argparse.ArgumentParser = commands.add_parser("app", help="open the page in the browser")
    app.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
    app.add_argument("--port", type=_positive, default=7860, help="port (default: 7860)")
    app.add_argument("--share", action="store_true", help="a public address through Gradio's servers: pages leave here")
    app.add_argument(
        "--auth",
        type=_name_and_password,
        metavar="USER:PASSWORD",
        help="ask for a name and password; a file that holds USER:PASSWORD keeps them out of the process list",
    )
    app.add_argument("--open", action="store_true", help="open the browser too")
    return app


def _add_summary_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--max-sentences", type=_positive, default=3, metavar="N", help="of a summary (default: 3)")
    parser.add_argument("--max-words", type=_positive, default=60, metavar="N", help="of a summary (default: 60)")
    parser.add_argument(
        "--summarizer",
        default="extractive",
        metavar="NAME",
        help="a name from 'mukhtasar models', a Hub id or a folder",
    )


def _add_translation_options(parser: argparse.ArgumentParser, engines: tuple[str, ...] = ENGINES) -> None:
    parser.add_argument(
        "--translator", default="embedded", metavar="NAME", help="a name from 'mukhtasar models', a Hub id or a folder"
    )
    parser.add_argument(
        "--to",
        type=lambda text: tuple(dict.fromkeys(text.split(","))),
        default=("en",),
        metavar="LANG",
        help="language code; a comma list with a many-language model (default: en)",
    )
    parser.add_argument(
        "--glossary",
        default="",
        metavar="FILE",
        help="your own terms: Arabic, a tab, English, one a line; used by the embedded model, checked with any",
    )
    beyond = "; ray spreads the work over a Ray cluster" if RAY in engines else ""
    parser.add_argument("--engine", choices=engines, default="auto", help=f"what computes (default: auto){beyond}")


def _add_download(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--download", action="store_true", help="allow fetching a Hub model you name")


def _positive(text: str) -> int:
    if not (text.isdecimal() and int(text) > 0):
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number above 0")
    return int(text)


def _name_and_password(text: str) -> tuple[str, str]:
    path = Path(text)
    name, colon, password = (path.read_text(encoding="utf-8").strip() if path.is_file() else text).partition(":")
    if not (name and colon and password):
        raise argparse.ArgumentTypeError("not of the form USER:PASSWORD, and not a file that holds it")
    return name, password


def _formats(text: str) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(part.strip() for part in text.split(",")))
    if unknown := [name for name in names if name not in FORMATS]:
        raise argparse.ArgumentTypeError(f"{unknown[0]!r} is not a format. Known: {', '.join(FORMATS)}")
    return names
