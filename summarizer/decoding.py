"""Bytes -> text: which encoding, how sure, and never a letter silently replaced.

Arabic pages come in UTF-8, UTF-16 and two old one-byte alphabets that share half their bytes, so that a text of one
read as the other still looks like letters. A candidate is therefore judged by what it says, not by whether it decodes.
"""

from __future__ import annotations

import codecs
import math
import re
from collections.abc import Iterable

from .arabic import word_set
from .errors import BinaryInput, DamagedFile

# Marks at the start of a file, longest first: UTF-32's begins with UTF-16's.
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# First bytes of what people rename to .txt by mistake; the names are for the message.
MAGIC = (
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an office document (.docx, .xlsx)"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document (.doc, .xls)"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"\x1f\x8b\x08", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "a database"),
    (b"ID3", "a sound file"),
    (b"OggS", "a sound file"),
)
RIFF_KINDS = {b"WEBP": "a WebP image", b"AVI ": "a video", b"WAVE": "a sound file"}
# One-byte and two-byte encodings that can hold Arabic, most common first: a tie goes to the earlier one.
ARABIC_ENCODINGS = ("windows-1256", "iso-8859-6", "utf-16-le", "utf-16-be")
# Words without which hardly any Arabic paragraph gets by.
COMMON_WORDS = word_set(
    "في من على إلى الى عن أن ان إن مع التي الذي هذا هذه ذلك بعد قبل بين كما قال وقال كان كانت لا ما لم لن قد أو او ثم "
    "حيث اليوم خلال عند كل غير أكد رئيس وزير دولة يوم عام كما منذ حتى ضد"
)
# Letters of news text in a thousand, counted on 6,000 articles of ANT. Read through the wrong alphabet, ل م ن و ك turn
# into rarer letters, which tells the alphabets apart even in a headline of three words.
LETTERS_IN_A_THOUSAND = {
    **{"ا": 149, "ل": 115, "ي": 82, "م": 63, "و": 54, "ن": 52, "ر": 49, "ت": 46, "ب": 37, "ع": 32, "د": 32, "ة": 30},
    **{"ف": 27, "س": 25, "ه": 23, "ق": 22, "أ": 21, "ك": 18, "ح": 17, "ج": 14, "ش": 9, "ص": 9, "إ": 9, "ى": 9},
    **{"ط": 8, "خ": 8, "ز": 7, "ض": 6, "ث": 6, "ذ": 5, "غ": 4, "ئ": 4, "ء": 3, "ظ": 2, "ؤ": 1, "آ": 1},
}
# A word with Arabic letters beside accented ones, or a ta marbuta or alef maqsura with a letter after it, is what one
# Arabic alphabet looks like through the other.
_MIXED = re.compile(r"[ء-ي](?=[\u00c0-\u024f])|[\u00c0-\u024f](?=[ء-ي])")
_IMPOSSIBLE = re.compile(
    r"[ةى](?=[ء-ي])|(?<=[ء-ي])[أإآ](?=[أإآ])|(?<![ء-ي])[ةىءئؤ](?=[ء-ي])|(?<![ء-ي])[\u064b-\u0652]|[\u064c\u064d](?=[ء-ي])"
)
_ARABIC = re.compile(r"[ء-غف-ي]")
_ARTICLE = re.compile(r"(?<![ء-ي])[وفبك]?ال(?=[ء-ي]{2})")
_WORD = re.compile(r"[ء-غف-ي]+")
_SAMPLE = 20_000  # characters looked at when encodings are compared; more changes no verdict
_PLAUSIBLE = 0.55
_LEAD = {"windows-1256": 0.04}  # far the more common of the two: a headline that reads equally well in both is this


def decode(data: bytes, *, source: str, declared: str = "") -> tuple[str, str]:
    """Return (text, name of the encoding).

    ``declared`` is what the document says of itself; it counts when the bytes agree. Raises BinaryInput for what is
    not text and DamagedFile for text that no encoding reads whole.
    """
    marked = _by_mark(data, source)
    if marked:
        return marked
    _refuse_binary(data, source)
    unicode_text = _as_utf8(data)
    if unicode_text is not None:
        return unicode_text, "utf-8"
    found = _by_declaration(data, declared) or _by_plausibility(data)
    if found:
        return found
    _refuse_damaged_utf8(data, source)
    return _by_statistics(data, source)


def binary_kind(data: bytes) -> str:
    """What kind of file the bytes are when they are not text; "" when they may be text."""
    for magic, kind in MAGIC:
        if data.startswith(magic):
            return kind
    if data[:4] == b"RIFF":
        return RIFF_KINDS.get(data[8:12], "a media file")
    if data[4:8] == b"ftyp":
        return "a video or a photo of a phone"
    if b"\x00" in data and not _looks_utf16(data):
        return "binary data"
    controls = sum(data.count(c) for c in range(32) if c not in (9, 10, 12, 13, 27))
    return "binary data" if controls > 0.02 * len(data) and not _looks_utf16(data) else ""


def plausibility(text: str) -> float:
    """How much a text looks like Arabic as people write it: about 1 for news, below 0.5 for one read through the
    wrong alphabet."""
    sample = text[:_SAMPLE]
    letters = sum(c.isalpha() for c in sample)
    arabic = len(_ARABIC.findall(sample))
    if not arabic:
        return 0.0
    words = _WORD.findall(sample)
    odd = len(_MIXED.findall(sample)) + len(_IMPOSSIBLE.findall(sample)) + _strange(sample)
    known = sum(w in COMMON_WORDS for w in words) + len(_ARTICLE.findall(sample))
    # Every second or third word of news is common or has the article; a headline of three words may have none.
    familiar = min(1.0, (known + 1) / (0.25 * len(words) + 1))
    return arabic / letters * (0.5 + 0.3 * familiar + 0.2 * _usual_letters(words)) - 2 * odd / max(len(words), 1)


def _usual_letters(words: list[str]) -> float:
    """How usual the letters are: about 1 for Arabic, 0 to 0.7 for Arabic read through the wrong alphabet."""
    letters = "".join(words)
    logs = sum(math.log(LETTERS_IN_A_THOUSAND.get(c, 1)) for c in letters) / max(len(letters), 1)
    return min(1.0, max(0.0, (logs - 2) / 2))


def _strange(text: str) -> int:
    """Characters that no news page holds: private, unassigned, C1 controls."""
    return sum(
        1 for c in text if "\x80" <= c <= "\x9f" or "\ue000" <= c <= "\uf8ff" or (c < " " and c not in "\t\n\r\f")
    )


def _by_mark(data: bytes, source: str) -> tuple[str, str] | None:
    for mark, name in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            try:
                return data.decode(name), name
            except UnicodeDecodeError as error:
                raise DamagedFile(source=source, detail=_where(error, name)) from error
    return None


def _refuse_binary(data: bytes, source: str) -> None:
    kind = binary_kind(data)
    if kind:
        raise BinaryInput(source=source, kind=kind)


def _as_utf8(data: bytes) -> str | None:
    if b"\x00" in data or _looks_utf16(data):
        return None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _by_declaration(data: bytes, declared: str) -> tuple[str, str] | None:
    """The encoding the document names, when it exists, decodes every byte, and makes sense."""
    try:
        name = codecs.lookup(declared).name if declared else ""
        text = data.decode(name) if name else ""
    except (LookupError, UnicodeDecodeError):
        return None
    return (text, _public_name(name)) if plausibility(text) >= _PLAUSIBLE else None


def _by_plausibility(data: bytes) -> tuple[str, str] | None:
    """The Arabic encoding whose text reads best, if any reads well."""
    decoded = list(_decodings(data, ARABIC_ENCODINGS))
    if not decoded:
        return None
    text, name = max(decoded, key=lambda pair: plausibility(pair[0]) + _LEAD.get(pair[1], 0))
    return (text, name) if plausibility(text) >= _PLAUSIBLE else None


def _decodings(data: bytes, names: Iterable[str]) -> Iterable[tuple[str, str]]:
    for name in names:
        if name.startswith("utf-16") and not _looks_utf16(data):
            continue
        try:
            yield data.decode(name), name
        except UnicodeDecodeError:
            continue


def _looks_utf16(data: bytes) -> bool:
    """Whether most two-byte units are an Arabic or an ASCII character in one of the two byte orders."""
    sample = data[:4096]
    high = max(sum(byte in (0, 6, 0x20) for byte in sample[parity::2]) for parity in (0, 1))
    return len(data) % 2 == 0 and len(sample) > 1 and high > 0.9 * (len(sample) // 2)


def _refuse_damaged_utf8(data: bytes, source: str) -> None:
    """UTF-8 with a few broken bytes must not be read as something else, letter soup that looks like success."""
    text = data.decode("utf-8", errors="replace")
    broken, beyond_ascii = text.count("\ufffd"), sum(c > "\x7f" for c in text)
    if broken and broken <= 0.1 * beyond_ascii:
        try:
            data.decode("utf-8")
        except UnicodeDecodeError as error:
            raise DamagedFile(source=source, detail=_where(error, "UTF-8")) from error


def _by_statistics(data: bytes, source: str) -> tuple[str, str]:
    """Not Arabic: let charset-normalizer name the encoding, so that the language can be told."""
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    if best is None:
        raise DamagedFile(source=source, detail="its bytes are no text in any encoding known here")
    return str(best), _public_name(best.encoding)


def _public_name(name: str) -> str:
    return {"cp1256": "windows-1256", "iso8859-6": "iso-8859-6", "iso8859_6": "iso-8859-6"}.get(name, name)


def _where(error: UnicodeDecodeError, name: str) -> str:
    return f"byte {error.object[error.start]:#04x} at position {error.start:,} is not valid {name}"
