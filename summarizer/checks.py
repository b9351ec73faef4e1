"""Doubts about a translation or a summary, each a flag with a code and the value in doubt. Pure; nothing is repaired.

The thresholds come from 12,000 pairs of ../shared/data/parallel/news.tsv.xz (never from the development or test
sets); `tests/test_checks.py` holds the false alarms and the planted errors caught.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from summarizer.arabic import ARABIC_LETTER, count_words, fold, words
from summarizer.numbers import lost_numbers
from summarizer.records import Flag

CODES: dict[str, tuple[str, str]] = {
    "empty": ("There is no translation.", "لا توجد ترجمة."),
    "copied": ("The source was given back as its translation.", "أعيد النص الأصلي بدلا من ترجمته."),
    "arabic-left": ("Arabic letters are left in the English.", "بقيت حروف عربية في النص الإنكليزي."),
    "unknown-glyph": ("A character the model does not know was lost.", "فُقد رمز لا يعرفه النموذج."),
    "repetition": ("The translation repeats itself.", "الترجمة تكرر نفسها."),
    "number-missing": ("A number of the source is not in the translation.", "رقم في الأصل غير موجود في الترجمة."),
    "number-invented": ("A number of the translation is not in the source.", "رقم في الترجمة لا أصل له."),
    "too-short": ("Much shorter than the source: something may be lost.", "أقصر بكثير من الأصل: قد يكون شيء قد سقط."),
    "too-long": ("Much longer than the source: something may be invented.", "أطول بكثير من الأصل: قد يكون فيها زيادة."),
    "unbalanced": ("A bracket of the source was not closed or opened.", "قوس لم يفتح أو لم يغلق."),
    "low-score": ("The model itself is unsure.", "النموذج نفسه غير واثق."),
}

# English for Arabic, by words of the source: the least and the most a faithful translation took, in words and letters.
LENGTH_BOUNDS = (
    (3, 0.3, 5.0),
    (6, 0.6, 2.7),
    (10, 0.70, 2.4),
    (16, 0.77, 2.1),
    (25, 0.82, 1.95),
    (10**9, 0.86, 1.85),
)
LOW_SCORE = -1.0  # mean log-probability a token; calibrated in the comment of check_score's test
GLYPHS = re.compile(r"[⁇\ufffd]|<unk>")
_RUN = re.compile(r"\b(\w+)(?:\W+\1\b){2,}", re.IGNORECASE)  # the the the
_TWICE = re.compile(r"\b((?:\w+\W+){3,}?)\1", re.IGNORECASE)  # the same three words or more, twice running
_LATIN = re.compile(r"[A-Za-z]")
LOOP_WORDS, LOOP_TIMES, LOOP_SHARE = 4, 3, 0.35  # the same four words three times, in a third of the text


def check_translation(ar: str, en: str, score: float | None = None) -> tuple[Flag, ...]:
    """All doubts about ``en`` as the English of ``ar``, worst first; empty when nothing speaks against it."""
    if not en.strip():
        return (Flag("empty"),) if ar.strip() else ()
    flags = [flag for check in CHECKS for flag in check(ar, en)]
    if score is not None and score < LOW_SCORE:
        flags.append(Flag("low-score", f"{score:.2f}"))
    return tuple(flags)


def check_copied(ar: str, en: str) -> list[Flag]:
    """The source given back, whole or nearly."""
    if not ARABIC_LETTER.search(ar):
        return []
    same = fold(ar).split() == fold(en).split()
    arabic, latin = len(ARABIC_LETTER.findall(en)), len(_LATIN.findall(en))
    return [Flag("copied")] if same or arabic > latin else []


def check_arabic_left(_ar: str, en: str) -> list[Flag]:
    left = [w for w in words(en) if ARABIC_LETTER.search(w)]
    return [Flag("arabic-left", " ".join(left[:5]))] if left else []


def check_glyphs(_ar: str, en: str) -> list[Flag]:
    match = GLYPHS.search(en)
    return [Flag("unknown-glyph", match[0])] if match else []


def check_repetition(ar: str, en: str) -> list[Flag]:
    """A word three times running, or the same four words three times, where the source has nothing like it."""
    loop = repeated(en)
    return [Flag("repetition", loop)] if loop and not repeated(ar) else []


def repeated(text: str) -> str:
    """The words a text loops on, or nothing."""
    run = _RUN.search(text)
    if run and not run[1].isdigit():
        return run[0]
    twice = _TWICE.search(text)
    if twice:
        return twice[1].strip()
    tokens = text.lower().split()
    grams = Counter(zip(*(tokens[i:] for i in range(LOOP_WORDS)), strict=False))
    gram, times = grams.most_common(1)[0] if grams else ((), 0)
    # A list of verdicts repeats its words too; a loop is most of the text.
    return " ".join(gram) if times >= LOOP_TIMES and times * LOOP_WORDS >= LOOP_SHARE * len(tokens) else ""


def check_numbers(ar: str, en: str) -> list[Flag]:
    missing = [Flag("number-missing", n.surface) for n in lost_numbers(ar, "ar", en, "en")]
    return missing + [Flag("number-invented", n.surface) for n in lost_numbers(en, "en", ar, "ar")]


def check_length(ar: str, en: str) -> list[Flag]:
    """Outside what 12,000 faithful pairs of that length took, in words or in letters."""
    source = count_words(ar)
    if not source:
        return []
    low, high = next((low, high) for most, low, high in LENGTH_BOUNDS if source <= most)
    by_words, by_letters = count_words(en) / source, len(en) / len(ar)
    if min(by_words, by_letters) < low:
        return [Flag("too-short", f"{by_words:.2f}")]
    if min(by_words, by_letters) > high:
        return [Flag("too-long", f"{by_words:.2f}")]
    return []


def check_balance(ar: str, en: str) -> list[Flag]:
    """A bracket left open in English that was closed in Arabic."""
    source, target = (t.count("(") - t.count(")") for t in (ar, en))
    return [Flag("unbalanced", "()")] if target and not source else []


CHECKS: tuple[Callable[[str, str], Sequence[Flag]], ...] = (
    check_copied,
    check_arabic_left,
    check_glyphs,
    check_repetition,
    check_numbers,
    check_length,
    check_balance,
)
