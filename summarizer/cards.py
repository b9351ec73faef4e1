"""Briefs as fragments of HTML for the page in the browser. No widget here; every text is escaped.

What is drawn stands in ``templates/cards.html``; this module prepares what it shows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from markupsafe import Markup, escape

from summarizer import checks, wording
from summarizer.arabic import strip_invisible
from summarizer.records import Brief, Flag, Pair
from summarizer.session import Work

# gr.HTML runs what it is given through JavaScript's and Handlebars' templates, so ``${…}`` and ``{{…}}`` in a pasted
# text would be evaluated in the browser. As entities they are letters like any other.
TEMPLATE_SIGNS = str.maketrans({"{": "&#123;", "}": "&#125;", "$": "&#36;", "`": "&#96;"})
NUMBER = re.compile(r"\d+(?:[.,:/٫٬]\d+)*\s?[%٪]?")
# Details that are a figure of the check, not words of the text; they would only puzzle.
INTERNAL_DETAILS = frozenset({"low-score", "too-short", "too-long", "unbalanced"})
CORRECTED = "corrected"  # the entry of Brief.models that names the fields a person has changed


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence as it is drawn: both texts with their marks, and its doubts in words."""

    number: int
    ar: Markup
    en: Markup
    doubts: tuple[Markup, ...]
    kind: str = "body"
    opens_paragraph: bool = False
    chosen: bool = False


def work_card(work: Work, language: str, *, editable: bool = False, prefix: str = "p") -> str:
    """The stories of a page so far, or what went wrong, or the invitation to begin. ``prefix`` keeps anchors apart."""
    return _render("work", language, work=work, editable=editable, prefix=prefix)


def status_line(work: Work, language: str, *, one_page: bool = True) -> str:
    """One sentence for the live region: waiting, so many of so many, done, stopped."""
    return _render("status", language, work=work, text=_status(work, language, one_page))


def _status(work: Work, language: str, one_page: bool) -> str:
    done = wording.count("story", len(work.briefs), language)
    if work.phase == "working" and not work.briefs:
        return wording.say("status.begun", language)
    if work.phase == "working" and one_page:
        return wording.say("status.working.of", language, done=len(work.briefs), total=work.briefs[0].stories)
    seconds = sum(brief.seconds for brief in work.briefs)
    if work.phase == "done" and seconds >= 0.1:  # less, and all was remembered from before
        return wording.say("status.done.in", language, done=done, seconds=f"{seconds:.1f}")
    return wording.say(f"status.{work.phase}", language, done=done)


def notice(text: str, language: str, *, kind: str = "note") -> str:
    """A sentence on its own: a hint, a result, or (kind "error") something that went wrong."""
    return _render("notice", language, text=text, kind=kind)


def files_card(job: Any, language: str) -> str:
    """A :class:`jobs.Job`: its progress, each file's state, and its stories in brief."""
    return _render("files", language, job=job)


def scores_card(columns: Sequence[str], rows: Iterable[tuple[str, Sequence[float | None]]], language: str) -> str:
    """A table of scores: one row a measure, one column a side."""
    return _render("scores", language, columns=columns, rows=list(rows))


def models_card(cards: Sequence[tuple[Any, bool]], language: str) -> str:
    """Licence, size and whereabouts of the models in use (pairs as from models.available)."""
    return _render("models", language, cards=cards)


def header(language: str) -> str:
    """The name of the program and what it does."""
    return _render("header", language)


def anchor(brief: Brief, prefix: str) -> str:
    """A story's id in the page. The brief's own id begins with a digit, which CSS selectors don't take."""
    return f"{prefix}-{brief.id}"


def sentence_rows(brief: Brief, language: str) -> list[Row]:
    chosen = set(brief.summary_sentences)
    rows: list[Row] = []
    before = None
    for index, pair in enumerate(brief.sentences):
        rows.append(_row(index + 1, pair, language, opens=pair.paragraph != before, chosen=index in chosen))
        before = pair.paragraph
    return rows


def summary_rows(brief: Brief, language: str) -> list[Row]:
    """The summary's sentences; ``number`` is the place of each in the story, 0 when it has none."""
    places = [position + 1 for position in brief.summary_sentences]
    places += [0] * (len(brief.summary_pairs) - len(places))  # a generated summary is no sentence of the story
    return [_row(place, pair, language) for place, pair in zip(places, brief.summary_pairs, strict=False)]


def _row(number: int, pair: Pair, language: str, *, opens: bool = False, chosen: bool = False) -> Row:
    details = [f.detail for f in pair.flags if f.detail and f.code not in INTERNAL_DETAILS]
    doubts = tuple(explain(flag, language) for flag in pair.flags)
    return Row(number, marked(pair.ar, details), marked(pair.en, details), doubts, pair.kind, opens, chosen)


def marked(text: str, doubtful: Iterable[str] = ()) -> Markup:
    """The text escaped, its numbers and the values in doubt marked. Nothing is added to the text itself."""
    # A bidirectional control in the text would turn the rest of the line around, and U+202E shows 123 as 321.
    text = strip_invisible(text)
    values = sorted({d for d in doubtful if d.strip()}, key=len, reverse=True)
    doubt = "|".join(re.escape(value) for value in values)
    pattern = re.compile(rf"(?P<doubt>(?<!\w)(?:{doubt})(?!\w))|(?P<number>{NUMBER.pattern})" if doubt else NUMBER)
    parts: list[Markup] = []
    end = 0
    for match in pattern.finditer(text):
        parts += [escape(text[end : match.start()]), _mark(match)]
        end = match.end()
    return Markup("").join([*parts, escape(text[end:])])


def _mark(match: re.Match[str]) -> Markup:
    if match.groupdict().get("doubt"):
        return Markup("<mark>{}</mark>").format(match[0])
    value = match[0].rstrip()
    return Markup('<span class="figure">{}</span>{}').format(value, match[0][len(value) :])


def explain(flag: Flag, language: str) -> Markup:
    """A doubt in words of the interface's language, the value in doubt set apart from their direction."""
    if flag.code in checks.CODES:
        words = checks.CODES[flag.code][0 if language == "en" else 1]
    else:
        words = wording.WORDS.get(f"flag.{flag.code}", (flag.code, flag.code))[0 if language == "en" else 1]
    if not flag.detail or flag.code in INTERNAL_DETAILS:
        return escape(words)
    return Markup("{}: <bdi>{}</bdi>").format(words.rstrip("."), strip_invisible(flag.detail))


def doubt_count(brief: Brief) -> int:
    """Sentences, summary and headline with at least one doubt."""
    return sum(bool(pair.flags) for pair in (*brief.sentences, *brief.summary_pairs)) + bool(brief.headline_flags)


def corrected_fields(brief: Brief) -> frozenset[str]:
    return frozenset(brief.models.get(CORRECTED, "").split())


def plain_brief(brief: Brief) -> str:
    """Headline and summary in both languages as plain text, for the clipboard."""
    parts = [brief.headline, brief.summary_ar, brief.headline_en, brief.summary_en]
    return "\n\n".join(strip_invisible(part) for part in parts if part)


@cache
def _environment() -> Any:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("summarizer"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"marked": marked, "plain": plain_brief, "visible": strip_invisible}
    environment.globals |= {
        "anchor": anchor,
        "corrected_fields": corrected_fields,
        "doubt_count": doubt_count,
        "sentence_rows": sentence_rows,
        "summary_rows": summary_rows,
    }
    return environment


def _render(name: str, language: str, **values: object) -> str:
    words: Mapping[str, object] = {
        "language": language,
        "direction": wording.DIRECTIONS[language],
        "say": partial(_say, language),
        "count": partial(_count, language),
        "reason": partial(wording.reason, language=language),
        "tell": partial(wording.tell, language=language),
        "explain": partial(explain, language=language),
        "language_name": partial(wording.language_name, language=language),
        "source_name": partial(wording.source_name, language=language),
    }
    template = _environment().get_template(f"cards/{name}.html")
    return str(template.render(words, **values)).translate(TEMPLATE_SIGNS)


def _say(language: str, key: str, /, **values: object) -> str:
    return wording.say(key, language, **values)


def _count(language: str, noun: str, number: int) -> str:
    return wording.count(noun, number, language)
