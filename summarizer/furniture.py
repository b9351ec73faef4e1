"""What a line of a news page is when it is no part of a story: one small rule for each kind, over named tables.

A rule sees one line and nothing around it; what only the neighbours can tell (a menu, a list of links, a headline
printed twice) is in layout.py and surroundings.py. Two kinds of evidence are used: a line made of nothing but the
words of a button (VOCABULARIES, in buttons.py), and a line that opens as a notice does (NOTICES, in notices.py). Both
leave alone whatever ends like a sentence, unless the notice itself is one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal, NamedTuple

from .arabic import fold
from .buttons import VOCABULARIES
from .mastheads import BYLINE_LABEL, WRITERS, any_of, is_byline, is_date, is_dateline, is_signed_date, pattern
from .newswords import AGENCIES, FILLER, SECTIONS, SOCIAL
from .notices import LABEL, LIST_HEADING, MAYBE_LINK, NOTICES, POLL_HEADING

Role = Literal["text", "furniture", "published", "byline", "dateline", "list"]

REASONS = {
    "menu": "menus, breadcrumbs and names of sections",
    "time": "a second time of publication",
    "byline": "a second byline, or a label without a name",
    "dateline": "a second dateline",
    "comments": "comment counts and forms",
    "share": "share, print and copy buttons",
    "related": "links to other stories, with their heading",
    "source": "the source named under a story",
    "app": "adverts for the site's app and channels",
    "newsletter": "newsletters and notifications",
    "tags": "lists of tags and hashtags",
    "caption": "photo captions and credits",
    "copyright": "copyright and legal links",
    "login": "login and registration",
    "cookies": "cookie notices",
    "video": "video players",
    "bar": "weather, prayer times and exchange rates",
    "advert": "marks of advertising",
    "counter": "views, reading time, ratings",
    "pagination": "next, previous, back to top",
    "reading tools": "listen, font size",
    "repeated headline": "the headline printed again",
    "link": "bare addresses",
    "symbols": "lines without a letter",
    "foreign": "short lines in another script",
    "prefix": "a label before the headline on its own line",
    "ticker": "headlines of other stories, run across the top",
    "teaser": "openings of other stories, cut short",
    "staff": "the paper's editors",
    "site": "the site's own name",
    "poll": "reader polls",
    "paywall": "notes on where the whole text is",
    "disclaimer": "what the site answers for, and rules for readers",
}


class Verdict(NamedTuple):
    """What a line is: its role on the page, and the reason it goes when it does."""

    role: Role
    reason: str = ""


TEXT = Verdict("text")
MAX_WORDS = 46  # no furniture line is longer; the rules never look at one that is
FINAL_STOP = re.compile(r"[.!؟?…。]+[\"'»”’)\]]*$")
_TOKEN = re.compile(r"[^\W\d_]+|\d+")


# --- the rules, in the order they are asked ---------------------------------------------------------------------------
_BUTTON_WORDS = FILLER.union(SOCIAL, *(v.core | v.filler for v in VOCABULARIES))
_COMPILED = tuple((n.reason, n.most_words, n.may_be_sentence, pattern(n.pattern)) for n in NOTICES)
# Emoji and arrows before a line say nothing of what it is; © does, and a hash, a bracket or an asterisk.
_ORNAMENT = re.compile(r"^(?:[\u00b7\u2022\u2190-\u21ff\u2300-\u2bff\ufe0f\U0001f000-\U0001faff]\s*)+(?=\S)")


def classify(line: str) -> Verdict:
    """What a cleaned line is by itself."""
    if len(line) > 400 or line.count(" ") >= MAX_WORDS:
        return TEXT if re.search(r"[^\W\d_]", line) else Verdict("furniture", "symbols")
    folded_line = folded_for_rules(line)
    return next((verdict for rule in RULES if (verdict := rule(folded_line)) is not None), TEXT)


def folded_for_rules(line: str) -> str:
    """The line folded, with a free-standing tatweel ("القاهرة ـ رويترز") as the dash it stands for, and without the
    ornaments before it."""
    return " ".join(fold(_ORNAMENT.sub("", re.sub(r"(?<!\S)ـ+(?!\S)", "-", line))).split())


def ends_as_sentence(line: str) -> bool:
    return bool(FINAL_STOP.search(line))


_WIDE_GAP = re.compile(r"(?<=\S)\s{4,}(?=\S)")
_SLASH = re.compile(r"\s{2,}/\s{2,}|\s\|\s")
_MANY_PARTS = 4


def is_ticker(raw: str) -> bool:
    """Whether a line, with its spaces as printed, is headlines run together: with wide gaps, signs, or the same Latin
    word between them."""
    if len(raw.split()) < 3 * _MANY_PARTS or ends_as_sentence(raw.rstrip("/| \t")):
        return False
    found = [_WIDE_GAP.split(raw.strip()), _SLASH.split(raw.strip())]
    latin = re.findall(r"(?<=\s)[A-Za-z]{3,}(?=\s|$)", raw)
    if len(set(latin)) == 1 and raw.rstrip().endswith(latin[0]):
        found.append(raw.split(latin[0]))
    return any(_are_headlines([part for part in parts if part.strip(" /|")]) for parts in found)


def _are_headlines(parts: list[str]) -> bool:
    words = [len(part.split()) for part in parts]
    return len(parts) >= _MANY_PARTS and 3 <= sum(words) / len(words) <= 20


def is_label(line: str) -> bool:
    """Whether a line is only a label ("بقلم:", "المصدر"), so that what it labels stands on the next one."""
    return bool(_LABEL.match(folded_for_rules(line)))


def _without_letters(line: str) -> Verdict | None:
    if re.match(r"[\[(<]?([\w.]+@[\w.]+|(https?://|www\.)\S+)\W*$", line):
        return Verdict("furniture", "link")
    if re.search(r"[^\W\d_]", line) or is_date(line) or re.match(r"\W*(19|20)\d\d\W*$", line):
        return None
    return Verdict("furniture", "bar" if "°" in line else "symbols")


def _time_of_publication(line: str) -> Verdict | None:
    return Verdict("published") if is_date(line) or is_signed_date(line) else None


def _initials(line: str) -> Verdict | None:
    """The initials agencies sign with: "ر ع/ م خ"."""
    tokens = _TOKEN.findall(line)
    signed = 2 <= len(tokens) <= 6 and all(len(t) <= 2 and not t.isdigit() for t in tokens)
    return Verdict("furniture", "byline") if signed and not _AGENCY_ALONE.match(line) else None


def _writer(line: str) -> Verdict | None:
    if BYLINE_LABEL.match(line):
        return Verdict("furniture", "byline")  # the name stands on the next line
    return Verdict("byline") if is_byline(line) else None


def _place_and_agency(line: str) -> Verdict | None:
    return Verdict("dateline") if "°" not in line and is_dateline(line) else None


def _heading_of_list(line: str) -> Verdict | None:
    if _POLL_HEADING.match(line):
        return Verdict("list", "poll")
    return Verdict("list", "related") if _LIST_HEADING.match(line) else None


def _buttons(line: str) -> Verdict | None:
    """A line of nothing but the words of one vocabulary."""
    tokens = _TOKEN.findall(line)
    names = [t for t in tokens if not t.isdigit()]
    if not names or len(names) > 16 or line.endswith("."):
        return None
    if not _BUTTON_WORDS.issuperset(names):
        return None
    for vocabulary in VOCABULARIES:
        allowed = vocabulary.core | vocabulary.filler | FILLER | SOCIAL
        if len(names) <= vocabulary.max_words and vocabulary.core.intersection(names) and allowed.issuperset(names):
            return Verdict("furniture", vocabulary.reason)
    return Verdict("furniture", "share") if len(names) > 1 and SOCIAL.issuperset(names) else None


def _notice(line: str) -> Verdict | None:
    """A line that opens, or is signed, as a notice does."""
    words, sentence = line.count(" ") + 1, ends_as_sentence(line)
    for reason, most_words, may_be_sentence, compiled in _COMPILED:
        if words <= most_words and (may_be_sentence or not sentence) and compiled.search(line):
            return Verdict("furniture", reason)
    return None


def _breadcrumb(line: str) -> Verdict | None:
    """Short names between signs: الرئيسية | سياسة | رياضة."""
    parts = [part.split() for part in re.split(r"\s*[|>»›•/\\]\s*|\s[-–]\s", line) if part.strip()]
    short = len(parts) >= 3 and all(len(part) <= 3 for part in parts)
    plain = [[word] for word in line.split()]  # a menu run together on one line has no signs at all
    named = (short and _names_section(parts)) or (len(plain) >= 5 and _names_section(plain, 0.7))
    return Verdict("furniture", "menu") if named and not ends_as_sentence(line) else None


def _names_section(parts: list[list[str]], share: float = 0.5) -> bool:
    return sum(SECTIONS.issuperset(part) for part in parts) >= share * len(parts)


def _maybe_link(line: str) -> Verdict | None:
    """ "شاهد.. فيضانات" is a link inside a story and a headline above one: it goes unless it heads a story."""
    return Verdict("text", "related") if _MAYBE_LINK.match(line) and len(line.split()) <= 25 else None


def _credit(line: str) -> Verdict | None:
    """A caption signed by an agency: جانب من اللقاء (رويترز)."""
    if len(line.split()) > 16 or re.search(r"[.!؟?] ", line):
        return None
    return Verdict("furniture", "caption") if _SIGNED.search(line) or _AGENCY_ALONE.match(line) else None


def _foreign(line: str) -> Verdict | None:
    """A button or a handle in Latin letters; a sentence in another language is a quotation and stays, unless NOTICES
    know it."""
    foreign = re.search(r"[^\W\d_]", line) and not re.search(r"[\u0600-\u06ff]", line)
    short = len(line.split()) <= 5 and not ends_as_sentence(line)
    return Verdict("furniture", "foreign") if short and foreign else None


_AGENCY = f"({any_of(AGENCIES)})"
_SIGNED = pattern(rf"\((\s|عدسة|تصوير|صورة|أرشيف|أرشيفية|من |/|-|،|{_AGENCY})+[^)]{{0,25}}\)$")
_AGENCY_ALONE = pattern(rf"^[(\[©]*\s*{_AGENCY}([\s/،+|-]+{_AGENCY})*\s*[)\]©]*$")
_MAYBE_LINK = pattern(MAYBE_LINK)
_LABEL = pattern(rf"^({WRITERS}|{LABEL})\s*[:/|-]*$")
_LIST_HEADING = pattern(LIST_HEADING)
_POLL_HEADING = pattern(POLL_HEADING)

RULES: tuple[Callable[[str], Verdict | None], ...] = (
    _without_letters,
    _place_and_agency,
    _time_of_publication,
    _heading_of_list,
    _writer,
    _buttons,
    _initials,
    _breadcrumb,
    _notice,
    _maybe_link,
    _credit,
    _foreign,
)
