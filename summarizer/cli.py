"""The command line: arguments, progress, exit codes. Together with ``app.py`` the only place that prints or exits.

Exit codes: 0 all done; 1 some inputs failed (each is named on stderr, and in failures.jsonl); 2 wrong usage;
130 stopped by Ctrl-C and 143 by SIGTERM, with everything finished until then kept.
"""

from __future__ import annotations

import argparse
import io
import itertools
import json
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from summarizer.arguments import RAY, build_parser
from summarizer.errors import InputError, MukhtasarError, OutputError
from summarizer.records import Page, Settings, Story

if TYPE_CHECKING:
    from summarizer.batch import Progress, Report, Work

DONE, SOME_FAILED, USAGE, INTERRUPTED, TERMINATED = 0, 1, 2, 130, 143
LOOPBACK = ("127.0.0.1", "localhost", "::1")
CHUNK_LINES = 200  # of a pipe, translated together


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return the exit code."""
    arguments = build_parser(COMMANDS).parse_args(argv)
    _use_utf8()
    try:
        return int(arguments.run(arguments))
    except MukhtasarError as error:
        _tell(f"mukhtasar: {error}")
        return SOME_FAILED if isinstance(error, InputError | OutputError) else USAGE
    except KeyboardInterrupt:
        _tell("mukhtasar: stopped. What was finished is kept; the same command goes on from there.")
        return INTERRUPTED
    except BrokenPipeError:  # the reader of our output (head, less) has seen enough
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE


def _settings(arguments: argparse.Namespace) -> Settings:
    names = ("max_sentences", "max_words", "summarizer", "translator", "to", "engine")
    given = {name: getattr(arguments, name) for name in names if hasattr(arguments, name)}
    if arguments.glossary:
        from summarizer.glossary import read_glossary

        given["glossary"] = read_glossary(Path(arguments.glossary))
    # A brief made on a cluster is the brief made here: either can be resumed as the other.
    return Settings(**given | ({"engine": "auto"} if given.get("engine") == RAY else {}))


def _brief(arguments: argparse.Namespace) -> int:
    if arguments.address and arguments.engine != RAY:
        _tell("mukhtasar: --address names a Ray cluster: give --engine ray too.")
        return USAGE
    # Paths are looked at before models are loaded: a spelling mistake should not take seconds to be told.
    from summarizer.batch import expand

    stdin = _stdin_page() if "-" in arguments.paths else None
    paths, errors = expand([Path(p) for p in arguments.paths if p != "-"], recursive=arguments.recursive)
    for error in errors:
        _tell(f"mukhtasar: {error}")
    if not paths and stdin is None:
        return SOME_FAILED
    report = _run_brief(arguments, [*paths, *([stdin] if stdin else [])], errors)
    _tell_report(report, arguments, missing=len(errors))
    if report.stopped:
        return TERMINATED
    return SOME_FAILED if report.failures or errors else DONE


def _run_brief(arguments: argparse.Namespace, inputs: list[Any], errors: Iterable[MukhtasarError]) -> Report:
    from summarizer import batch, toolbox
    from summarizer.store import Store

    settings = _settings(arguments)
    with Store(arguments.output, overwrite=not arguments.resume) as sink, _stop_on_sigterm() as stop:
        for error in errors:
            sink.fail(str(error.values.get("path", "")), error)
        work = _work(arguments, settings, stop)
        tools = toolbox.load_tools(settings, allow_download=arguments.download)
        with _formats_at_the_end(arguments), _progress(arguments.quiet, len(inputs)) as progress:
            return batch.write_briefs(
                inputs,
                sink,
                tools=tools,
                settings=settings,
                resume=arguments.resume,
                progress=progress,
                stop=stop,
                work=work,
                total=len(inputs),
            )


@contextmanager
def _formats_at_the_end(arguments: argparse.Namespace) -> Iterator[None]:
    """Writes the other formats, also after Ctrl-C: what is finished should be readable."""
    from summarizer.writers import write_formats

    try:
        yield
    except OutputError:  # a full disk has no room for them either, and the first error should be the one that is told
        raise
    except BaseException:
        write_formats(arguments.output, arguments.format)
        raise
    write_formats(arguments.output, arguments.format)


def _work(arguments: argparse.Namespace, settings: Settings, stop: Callable[[], bool]) -> Work | None:
    """Who does the work: a Ray cluster, several processes, or this one (None)."""
    options = {"allow_download": arguments.download}
    if arguments.engine == RAY:
        from summarizer.distributed import Cluster

        return Cluster(settings, arguments.workers, address=arguments.address, stop=stop, **options)
    if (arguments.workers or 1) > 1:
        from summarizer.workers import Pool

        return Pool(settings, arguments.workers, **options)
    return None


def _stdin_page() -> Any:
    from summarizer.readers import read_bytes

    return read_bytes(sys.stdin.buffer.read(), source="<stdin>", suffix=".txt")


@contextmanager
def _stop_on_sigterm() -> Iterator[Any]:
    """A flag that SIGTERM raises: the run ends after the group in hand. A second one ends it at once."""
    if threading.current_thread() is not threading.main_thread():
        yield lambda: False
        return
    asked = False

    def ask(_number: int, _frame: object) -> None:
        nonlocal asked
        if asked:
            raise KeyboardInterrupt
        asked = True

    before = signal.signal(signal.SIGTERM, ask)
    try:
        yield lambda: asked
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def _progress(quiet: bool, total: int) -> Iterator[Any]:
    """A bar on a terminal, nothing in a pipe."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich import progress as bars
    from rich.console import Console

    described = bars.TextColumn("{task.description}")
    columns = (described, bars.BarColumn(), bars.MofNCompleteColumn(), bars.TimeRemainingColumn())
    with bars.Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading the model", total=total)

        def update(state: Progress) -> None:
            name = Path(state.source).name
            bar.update(task, completed=state.done, description=f"{state.stories} stories · {name}")

        yield update


def _tell_report(report: Report, arguments: argparse.Namespace, *, missing: int) -> None:
    for failure in report.failures:
        _tell(f"mukhtasar: {failure.error}")
    if arguments.quiet:
        return
    parts = [f"{report.stories} stories from {report.pages} pages"]
    if report.skipped:
        parts.append(f"{report.skipped} pages were done before")
    if failed := len(report.failures) + missing:
        parts.append(f"{failed} failed")
    if report.stopped:
        parts.append("stopped; the same command goes on from here")
    files = ", ".join(str(arguments.output / f"briefs.{name}") for name in arguments.format)
    _tell(f"{'; '.join(parts)}. Written: {files}")


def _translate(arguments: argparse.Namespace) -> int:
    from summarizer.toolbox import load_tools, translate_lines

    lines = _read_lines(arguments.file)
    language = arguments.to[0]
    tools = load_tools(_settings(arguments), allow_download=arguments.download)
    for chunk in _chunks(lines):
        for line in translate_lines(chunk, tools.translate[language]):
            sys.stdout.write(line + "\n")
        sys.stdout.flush()
    return DONE


def _summarize(arguments: argparse.Namespace) -> int:
    from summarizer.translate import load_summarizer

    limits = {"max_sentences": arguments.max_sentences, "max_words": arguments.max_words}
    lines = _read_lines(arguments.file)
    summarize = load_summarizer(arguments.summarizer, allow_download=arguments.download)
    if not arguments.jsonl:
        print(_summary(_article("\n".join(lines), arguments.file), summarize, limits)["summary"])
        return DONE
    return _summarize_jsonl(lines, summarize, limits)


def _summarize_jsonl(lines: Iterable[str], summarize: Any, limits: dict[str, int]) -> int:
    code = DONE
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            answer = {"id": record["id"], **_summary(_plain(record["text"], f"line {number}"), summarize, limits)}
        except (ValueError, KeyError, TypeError, MukhtasarError) as error:
            reason = f"no field {error}" if isinstance(error, KeyError) else error
            _tell(f"mukhtasar: line {number}: {reason}")
            code = SOME_FAILED
            continue
        sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
        sys.stdout.flush()
    return code


def _article(text: str, source: str) -> Story:
    """A text a person gives: headline, date and share buttons are told from it when it is one story."""
    from summarizer.pages import split_page

    plain = _plain(text, "standard input" if source == "-" else source)
    stories, _ = split_page(Page(plain.source, text))
    return stories[0] if len(stories) == 1 else plain


def _plain(text: str, source: str) -> Story:
    """A text of a data set: all of it, so that positions count its own sentences."""
    from summarizer.pages import require_arabic, story_of

    page = Page(source, text)
    require_arabic(page)
    return story_of(page)


def _summary(story: Story, summarize: Any, limits: dict[str, int]) -> dict[str, Any]:
    from summarizer.sentences import split_story

    summary = summarize(story, sentences=split_story(story), **limits)
    return {"summary": summary.text, "sentences": list(summary.positions)}


def _read_lines(name: str) -> Iterator[str]:
    """Lines of a file in any encoding ``readers`` knows, or of stdin as they come."""
    if name != "-":
        from summarizer.readers import read_page

        return iter(read_page(Path(name)).text.removesuffix("\n").split("\n"))
    return (line.removesuffix("\n").removesuffix("\r") for line in sys.stdin)


def _chunks(lines: Iterator[str]) -> Iterator[list[str]]:
    size = 1 if sys.stdin.isatty() else CHUNK_LINES
    while chunk := list(itertools.islice(lines, size)):
        yield chunk


def _models(arguments: argparse.Namespace) -> int:
    from summarizer.models import available

    if arguments.json:
        for card, here in available():
            fields = {name: getattr(card, name) for name in card.__slots__}
            print(json.dumps({**fields, "here": here}, ensure_ascii=False))
        return DONE
    for card, here in available():
        mark = "here" if here else "not here"
        print(f"{card.name:<12} {card.job:<10} {mark:<9} {card.licence:<16} {card.parameters:>8}  {card.download}")
        print(f"{'':<12} {card.where if card.on_hub else 'in the package'}; {card.languages}", end="")
        print("".join(f"; {extra}" for extra in (card.needs, card.note) if extra))
    print("\nAny other Hub id (org/model) or local folder can be named too.")
    print("Models that are not here are fetched only with --download.")
    return DONE


def _app(arguments: argparse.Namespace) -> int:
    from summarizer.view import launch

    _warn_of_strangers(arguments)
    options = {"host": arguments.host, "port": arguments.port, "share": arguments.share, "auth": arguments.auth}
    try:
        launch(**options, open_browser=arguments.open, announce=lambda url: _tell(f"The page is at {url}"))
    except OSError:  # Gradio found the port in use
        address = f"{arguments.host}, port {arguments.port}"
        _tell(f"mukhtasar: can't listen on {address}: another program may be using it. Choose another --port.")
        return USAGE
    return DONE


def _warn_of_strangers(arguments: argparse.Namespace) -> None:
    """Say it when others can reach the page, and whether anything keeps them out."""
    guard = "They need the password." if arguments.auth else "Nothing keeps them out: add --auth USER:PASSWORD."
    if arguments.share:
        _tell("mukhtasar: --share gives the page a public address; what is pasted travels through Gradio's servers.")
    if arguments.host not in LOOPBACK:
        _tell(f"mukhtasar: others on the network can reach the page on {arguments.host}, and without encryption.")
    if arguments.share or arguments.host not in LOOPBACK:
        _tell(f"mukhtasar: {guard}")


def _use_utf8() -> None:
    """Arabic must come out whole under LANG=C and on Windows code pages too."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # in a test or a notebook it may be something else
            stream.reconfigure(encoding="utf-8", errors="replace" if stream is sys.stderr else "strict")


def _tell(message: str) -> None:
    print(message, file=sys.stderr)


COMMANDS = {"brief": _brief, "translate": _translate, "summarize": _summarize, "models": _models, "app": _app}
