"""Arabic characters: named tables, and one small function for each normalisation.

Two degrees are used throughout. :func:`clean` repairs what no reader would miss (invisible characters, odd spaces)
and is what a reader sees. :func:`fold` throws away spelling differences and is only ever compared, never shown.
"""

from __future__ import annotations

import re
import unicodedata

# Characters without a glyph. They break matching and, in a mixed line, can reorder what is read:
# U+202E shows "123" as "321". None of them carries a letter.
INVISIBLE = (
    "\N{ZERO WIDTH SPACE}\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}\N{WORD JOINER}"
    "\N{ZERO WIDTH NO-BREAK SPACE}\N{SOFT HYPHEN}\N{ARABIC LETTER MARK}"
    "\N{LEFT-TO-RIGHT MARK}\N{RIGHT-TO-LEFT MARK}"
    "\N{LEFT-TO-RIGHT EMBEDDING}\N{RIGHT-TO-LEFT EMBEDDING}\N{POP DIRECTIONAL FORMATTING}"
    "\N{LEFT-TO-RIGHT OVERRIDE}\N{RIGHT-TO-LEFT OVERRIDE}"
    "\N{LEFT-TO-RIGHT ISOLATE}\N{RIGHT-TO-LEFT ISOLATE}\N{FIRST STRONG ISOLATE}\N{POP DIRECTIONAL ISOLATE}"
)
TATWEEL = "\N{ARABIC TATWEEL}"
LETTER_FORMS = {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي"}
PERSIAN_LETTERS = {"ی": "ي", "ک": "ك", "ە": "ه"}
ARABIC_DIGITS = "٠١٢٣٤٥٦٧٨٩"
PERSIAN_DIGITS = "۰۱۲۳۴۵۶۷۸۹"
NUMBER_SIGNS = {"٫": ".", "٬": ",", "٪": "%"}
# With the presentation forms that text copied from a PDF is made of; without tatweel, which is no letter.
ARABIC_LETTER = re.compile(
    r"[ء-غف-يٱ-ۓەۮۯۺ-ۼۿݐ-ݿ"
    r"\ufb50-\ufbb1\ufbd3-\ufd3d\ufd50-\ufd8f\ufd92-\ufdc7\ufdf0-\ufdfb\ufe70-\ufe74\ufe76-\ufefc]"
)
WORD = re.compile(r"[^\W_]\w*(?:[.,:/٫٬]\d+)*")  # a line of underscores is no word; عاصي_الحلاني is one

# Controls that part lines or words; every other control character is dropped, and its neighbours join.
BREAKS = {"\v": "\n", "\f": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n\n"} | dict.fromkeys("\x1c\x1d\x1e", "\n")
SPACES = dict.fromkeys("\t\x1f", " ")

# One pass of a regular expression in C where a loop over characters took half the time of reading a page.
_INVISIBLE = re.compile(f"[{re.escape(INVISIBLE)}]")
_MARKS = re.compile(f"[{''.join(chr(c) for c in range(0x300, 0x10000) if unicodedata.category(chr(c)) == 'Mn')}]")
_BEYOND = re.compile("[\U00010000-\U0010ffff]")
_CONTROLS = re.compile(  # categories Cc (but not tab and newline), Cs and Co
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]"
)
_BREAKS = str.maketrans(BREAKS | SPACES)
_FORMS = str.maketrans(LETTER_FORMS)
_PERSIAN = str.maketrans(PERSIAN_LETTERS)
_DIGITS = str.maketrans(ARABIC_DIGITS + PERSIAN_DIGITS, "0123456789" * 2) | str.maketrans(NUMBER_SIGNS)
_FOLDED = _PERSIAN | _FORMS | _DIGITS | {ord(TATWEEL): None}  # one pass in fold; no entry's result is another's key
# Unicode ranges of writing systems a page may turn out to be in; the names are for people.
SCRIPTS = {
    "Arabic": re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]"),
    "a Latin-script language": re.compile(r"[A-Za-z\u00c0-\u024f]"),
    "Russian or another Cyrillic-script language": re.compile(r"[\u0400-\u04ff]"),
    "Hebrew": re.compile(r"[\u0590-\u05ff]"),
    "Greek": re.compile(r"[\u0370-\u03ff]"),
    "Chinese or Japanese": re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]"),
    "Korean": re.compile(r"[\uac00-\ud7af]"),
    "Hindi or another Devanagari-script language": re.compile(r"[\u0900-\u097f]"),
}
# Letters that Persian and Urdu use and Arabic does not: enough of them, and the page is not Arabic.
PERSIAN_URDU_LETTER = re.compile(r"[پچژگٹڈڑںےھہۓ]")


def word_set(text: str) -> frozenset[str]:
    """The words of a table that is written as one text."""
    return frozenset(text.split())


def strip_invisible(text: str) -> str:
    """Drop zero-width characters and bidirectional controls."""
    return _INVISIBLE.sub("", text)


def strip_marks(text: str) -> str:
    """Drop vowel signs and other combining marks (category Mn), keeping hamza and madda on their letters."""
    # NFC first, so that a hamza written as a combining mark is part of its letter and survives.
    text = _MARKS.sub("", unicodedata.normalize("NFC", text))
    # Marks beyond the first 65,536 characters would make the pattern ten times slower; they come beside emoji only.
    return "".join(c for c in text if unicodedata.category(c) != "Mn") if _BEYOND.search(text) else text


def strip_tatweel(text: str) -> str:
    """Drop the line that stretches a word: محـــمد is محمد."""
    return text.replace(TATWEEL, "")


def western_digits(text: str) -> str:
    """Arabic and Persian digits, decimal and thousands signs as ASCII: ٣٫٥٪ is 3.5%."""
    return text.translate(_DIGITS)


def unify_letters(text: str) -> str:
    """Join the spellings that writers mix: alef with and without hamza, ى and ي, ة and ه, Persian ی and ک."""
    return text.translate(_PERSIAN).translate(_FORMS)


def collapse_spaces(text: str) -> str:
    """One space for each run of spaces within a line; lines trimmed, line breaks kept."""
    return "\n".join(" ".join(line.split()) for line in text.split("\n"))


def clean(text: str) -> str:
    """The text as a reader should see it: NFC, no invisible characters, no control characters, plain spaces.

    Idempotent. Presentation forms (ﻻ) become the letters they stand for; nothing else is respelled.
    """
    return collapse_spaces(legible(text))


def legible(text: str) -> str:
    """As :func:`clean`, with the spaces as they are: how wide they are tells apart what stands on one line."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_BREAKS)
    text = re.sub(r"[\ufb50-\ufdfb\ufe70-\ufefc]+", lambda m: unicodedata.normalize("NFKC", m[0]), text)
    # Controls go before NFC, or a letter and its mark with a control between them would only meet next time.
    return unicodedata.normalize("NFC", _CONTROLS.sub("", strip_invisible(text)))


def fold(text: str) -> str:
    """The form in which two spellings of one text are equal. For matching and scoring only; idempotent."""
    text = unicodedata.normalize("NFKC", strip_invisible(text)).casefold()
    text = strip_marks(unicodedata.normalize("NFKC", text)).translate(_FOLDED)
    # Letters that a mark or tatweel kept apart may compose now (Korean).
    return unicodedata.normalize("NFKC", text)


def words(text: str) -> list[str]:
    """The words of a text, without punctuation, vowel signs and tatweel; 1,250 and 3.5 are one word each."""
    return WORD.findall(strip_tatweel(strip_marks(strip_invisible(text))))


def count_words(text: str) -> int:
    """Number of words as :func:`words` sees them."""
    return len(words(text))


def arabic_share(text: str) -> float:
    """Arabic letters among all letters, 0 to 1; 0 for a text without letters."""
    letters = sum(c.isalpha() for c in strip_tatweel(text))
    return len(ARABIC_LETTER.findall(text)) / letters if letters else 0.0


def guess_language(text: str) -> str:
    """The writing system most letters of the text belong to, in words for a message."""
    counts = {name: len(pattern.findall(text)) for name, pattern in SCRIPTS.items()}
    best = max(counts, key=lambda name: counts[name])
    if not counts[best]:
        return "no language (there are no letters)"
    if best == "Arabic" and len(PERSIAN_URDU_LETTER.findall(text)) > 0.01 * counts[best]:
        return "Persian, Urdu or another language in Arabic script"
    return best
