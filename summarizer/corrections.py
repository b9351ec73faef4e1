"""What a reader corrected: put into the brief, and taken away as reference or glossary files."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from summarizer import checks
from summarizer.arabic import arabic_share, clean
from summarizer.briefs import join_paragraphs
from summarizer.cards import CORRECTED, corrected_fields
from summarizer.errors import BadTerm
from summarizer.exports import safe_name
from summarizer.records import Brief, Pair

MAX_FIELD = 5_000  # characters of one corrected text
MAX_TERMS = 2_000
FIELD = re.compile(r"(headline_en|summary_ar|summary_en|sentence)(?:-(\d{1,5}))?")
UNPRINTABLE = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
Changes = Mapping[str, str]


def read_changes(text: str) -> dict[str, dict[str, str]]:
    """Brief id -> field -> text, from the browser's JSON. What isn't of that form is left out, not believed."""
    try:
        data = json.loads(text or "{}")
    except ValueError:
        return {}
    if not isinstance(data, dict):
        return {}
    return {
        key: {field: _tidy(value) for field, value in fields.items() if FIELD.fullmatch(field) and _is_text(value)}
        for key, fields in data.items()
        if isinstance(fields, dict)
    }


def _is_text(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value.strip()) <= MAX_FIELD


def _tidy(value: str) -> str:
    return " ".join(clean(value).split())


def correct_all(briefs: Sequence[Brief], changes: Mapping[str, Changes]) -> tuple[tuple[Brief, ...], int]:
    """The briefs with their corrections, and how many texts really changed."""
    real = [_real(brief, changes.get(brief.id, {})) for brief in briefs]
    return tuple(correct(b, c) for b, c in zip(briefs, real, strict=True)), sum(map(len, real))


def correct(brief: Brief, changes: Changes) -> Brief:
    """The brief with these texts in place of its own. A corrected text has no doubts left; its field is recorded."""
    real = _real(brief, changes)
    if not real:
        return brief
    summary = tuple(
        _corrected(pair, real.get(f"summary_ar-{i}"), real.get(f"summary_en-{i}"))
        for i, pair in enumerate(brief.summary_pairs)
    )
    body = tuple(_corrected(pair, None, real.get(f"sentence-{i}")) for i, pair in enumerate(brief.sentences))
    return replace(
        brief,
        headline_en=real.get("headline_en", brief.headline_en),
        headline_flags=() if "headline_en" in real else brief.headline_flags,
        summary_pairs=summary,
        summary_ar=" ".join(pair.ar for pair in summary),
        summary_en=" ".join(pair.en for pair in summary),
        sentences=body,
        translation_en=join_paragraphs(body, len(brief.translation_en)),
        checks=checks.report([*summary, *body]),
        models={**brief.models, CORRECTED: " ".join(sorted(corrected_fields(brief) | real.keys()))},
    )


def _real(brief: Brief, changes: Changes) -> dict[str, str]:
    """The changes that name a field the brief has and differ from what stands there."""
    here = fields(brief)
    return {name: text for name, text in changes.items() if name in here and text != _tidy(here[name])}


def fields(brief: Brief) -> dict[str, str]:
    """Everything of a brief that a reader can correct, by the names the cards give it."""
    return {
        "headline_en": brief.headline_en,
        **{f"summary_ar-{i}": pair.ar for i, pair in enumerate(brief.summary_pairs)},
        **{f"summary_en-{i}": pair.en for i, pair in enumerate(brief.summary_pairs)},
        **{f"sentence-{i}": pair.en for i, pair in enumerate(brief.sentences)},
    }


def _corrected(pair: Pair, ar: str | None, en: str | None) -> Pair:
    if ar is None and en is None:
        return pair
    # The model's score was for its own words, and so were the doubts.
    score, flags = (None, ()) if en is not None else (pair.score, pair.flags)
    return replace(pair, ar=pair.ar if ar is None else ar, en=pair.en if en is None else en, score=score, flags=flags)


def write_references(briefs: Iterable[Brief], path: Path) -> Path:
    """A zip of folders in the format of ``evaluation/references/README.md``, one folder a page."""
    pages: dict[str, list[Brief]] = {}
    for brief in briefs:
        pages.setdefault(brief.source, []).append(brief)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for source, stories in pages.items():
            folder = safe_name(Path(source).stem)
            archive.writestr(f"{folder}/page.toml", page_reference(stories))
            for brief in stories:
                archive.writestr(f"{folder}/story-{brief.story}.toml", story_reference(brief))
    return path


def page_reference(stories: Sequence[Brief]) -> str:
    furniture = dict.fromkeys(line for b in stories for d in b.dropped for line in d.text.splitlines() if line.strip())
    lines = [
        f"page = {_toml(stories[0].source)}",
        'country = ""',
        'split = "dev"',
        f"stories = {len(stories)}",
        "furniture = [",
        *(f"    {_toml(line.strip())}," for line in furniture),
        "]",
        'written_by = "a reader, correcting the program\'s briefs"',
        'notes = ""',
    ]
    return "\n".join(lines) + "\n"


def story_reference(brief: Brief) -> str:
    """``story-N.toml`` of one brief, without numbers and names: those a person has to list."""
    head = {
        "headline_ar": brief.headline,
        "headline_en": brief.headline_en,
        "byline": brief.byline,
        "dateline": brief.dateline,
        "published": brief.published,
        "summary_lead_ar": "",
        "summary_story_ar": brief.summary_ar,
        "summary_en": brief.summary_en,
    }
    lines = [f"{name} = {_toml(value)}" for name, value in head.items()]
    for pair in brief.sentences:
        kind = "sentence" if pair.kind == "body" else pair.kind
        lines += ["", "[[sentences]]", f'kind = "{kind}"', f"paragraph = {pair.paragraph + 1}"]
        lines += [f"ar = {_toml(pair.ar)}", f"en = {_toml(pair.en)}"]
    corrected = ", ".join(_toml(field) for field in sorted(corrected_fields(brief)))
    return "\n".join([*lines, "", "[review]", 'reader = ""', f"corrections = [{corrected}]"]) + "\n"


def _toml(text: str) -> str:
    """A TOML string: a literal one, readable in an editor, unless the text itself forbids it."""
    if "'''" in text or text.endswith("'") or UNPRINTABLE.search(text):
        # JSON's escapes are TOML's, except that TOML wants DEL escaped too.
        return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
    return f"'''{text}'''" if not text.startswith("\n") else json.dumps(text, ensure_ascii=False)


def read_glossary(text: str) -> dict[str, str]:
    """Arabic term -> English term from lines "Arabic = English", either way round, or with a tab, as files have it.

    Raises BadTerm with the number of the line, from 1.
    """
    terms: dict[str, str] = {}
    for number, line in enumerate((text or "").splitlines()[:MAX_TERMS], start=1):
        if not line.strip():
            continue
        left, _, right = (_tidy(part) for part in line.partition("\t" if "\t" in line else "="))
        if not (left and right):
            raise BadTerm(line=number)
        if arabic_share(left) < arabic_share(right):
            left, right = right, left
        if arabic_share(left) <= 0.5 or arabic_share(right) > 0.5:
            raise BadTerm(line=number)
        terms[left] = right
    return terms


def glossary_file(terms: Mapping[str, str]) -> str:
    """Tab-separated, one term a line, Arabic first: what spreadsheets and translation tools read."""
    return "".join(f"{arabic}\t{english}\n" for arabic, english in terms.items())
