"""Settings -> loaded models behind the plain functions that ``briefs`` works with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from summarizer.briefs import Tools, Translate
from summarizer.records import Settings, Translated


def load_tools(
    settings: Settings,
    *,
    allow_download: bool = False,
    threads: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Tools:
    """Load what the settings name. English is always made, whatever ``settings.to`` lists beside it.

    ``progress(done, total)`` is told how many sentences of the group in hand are translated.
    Raises the errors under ModelError.
    """
    from summarizer.glossary import as_terms
    from summarizer.translate import load_summarizer, load_translator, translate

    terms = as_terms(settings.glossary)
    summarize = load_summarizer(settings.summarizer, allow_download=allow_download, threads=threads)
    translators: dict[str, Translate] = {}
    models = {"summarizer": settings.summarizer}
    for language in dict.fromkeys(("en", *settings.to)):
        translator = load_translator(
            settings.translator,
            engine=settings.engine,
            to=language,
            allow_download=allow_download,
            threads=threads,
            terms=terms,
        )
        translators[language] = partial(translate, translator=translator, progress=progress)
        models |= {"translator": translator.name, "engine": translator.engine, "weights": translator.fingerprint}
    return Tools(summarize=summarize, translate=translators, models=models)


def translate_lines(lines: Sequence[str], translate: Translate) -> list[str]:
    """One line in, one line out: each line's sentences translated and joined; blank lines stay blank."""
    from summarizer.sentences import split_sentences

    parts = [[s.text for s in split_sentences(line)] for line in lines]
    translated: Sequence[Translated] = translate([sentence for line in parts for sentence in line])
    texts = iter(t.text for t in translated)
    return [" ".join(next(texts) for _ in line) for line in parts]
