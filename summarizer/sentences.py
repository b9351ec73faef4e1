"""Text to sentences with offsets; a very long sentence to pieces for the translator, and their English back to one.

Where a stop ends a sentence is decided in stops.py. Splitting a sentence again gives the sentence, with one exception:
the middle of a long quotation has lost sight of its quotation marks, and its short parts then come apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from summarizer.arabic import count_words, word_set
from summarizer.records import Sentence, Story
from summarizer.stops import BULLETS, CIRCUMSTANCE, cuts, fold_word

MIN_WORDS = 5  # the translator guesses at fragments shorter than this
LONG_WORD = 20  # letters; links and unbroken strings count as several words, as they do for any tokenizer

# Tables of the cutter, in folded spelling.
CLAUSE_OPENERS = word_set(
    "حيث كما فيما بينما وذلك بهدف فضلا علاوه اضافه بالاضافه مما بما لكن ولكن وهو وهي وهم وقد بحيث بحضور "
    "بمشاركه لاسيما عندما حين حينما بعدما ثم وكان وكانت وانه وانها والذي والتي واذا واوضح واكد واكدت واضاف "
    "واضافت وقال وقالت واشار واشارت وذكر وذكرت وبين ولفت وشدد واعلن واعلنت ودعا ونوه واعرب واعتبر وتابع وتم "
    "وسيتم ويتم خصوصا تمهيدا"
)
CLAUSE_PAIRS = frozenset(
    {("الي", "جانب"), ("من", "خلال"), ("من", "اجل"), ("في", "حين"), ("علي", "ان"), ("الامر", "الذي"), ("ومن", "ثم")}
)
PREPOSITIONS = word_set("في من علي الي عن مع لدي خلال بين ضمن منذ عبر حول بعد قبل وفق")
# No cut after these: they belong to the word that follows.
PROCLITICS = PREPOSITIONS | word_set(
    "ان انه لا لم لن ما قد سوف كل بعض غير عدم الذي التي الذين هذا هذه ذلك تلك او ام اي كان عبد ابو ابي ام بن "
    "ابن ال ذي ذات ذو رقم عام سنه نحو حوالي قرابه نسبه بنسبه بلغ بلغت بقيمه و هو هي هم نائب وزير رئيس مدير "
    "وكيل"
)
NAME_LINKS = word_set("بن ابن بنت ال")
WAW_NOUNS = word_set(
    "وزاره وزارات وزير وزيره وزراء وسايل وسط وكاله وكالات وكيل وفد وفود وقت وضع وحده وحدات وطن وطني وطنيه وصول "
    "وجود ورشه ورش ولايه ولايات وثيقه وثايق واقع واجب وظيفه وظايف وفاه وصفي واسع واسعه واحد واحده وفيات ورقه واجهه وصف"
)
TITLES = word_set(
    "الدكتور الدكتوره د السيد السيده المهندس المهندسه الشيخ الشيخه الامير الاميره الملك الرئيس الاستاذ "
    "الاستاذه البروفيسور البروفسور اللواء العميد العقيد الفريق المستشار السفير القاضي الوزير الكاتب م ا"
)
NAME_WORDS = 3  # a title, a name and a family name stay together
FREE_CUT, BAD_CUT, WORST_CUT = 0, 60, 90
QUOTED_CUT = 30  # added inside quotation marks and brackets

# Tables of the joiner.
LINKS_ON = word_set(
    "and or nor but that to of in on at by for from with as than into through during between among under "
    "about against while when where which who whose because so until"
)
SUBJECTS = word_set("he she it they we you i this these those there")
# First words of an English clause: their capital is that of a sentence, not of a name.
LOWERED = (
    LINKS_ON
    | SUBJECTS - {"i"}
    | word_set(
        "the a an his her its their our my your also after before since if then thus both all some many most more "
        "each every any no not one two three such other another due according within without toward towards along "
        "besides including upon over out off up per via despite although though however therefore moreover "
        "furthermore meanwhile especially particularly notably namely whereas whether what how why is are was "
        "were has have had can could would should must said says stressed noted added explained confirmed "
        "indicated pointed expressed emphasized affirmed called praised discussed reviewed followed based "
        "together thanks only just even still now here first second third finally"
    )
)
ING_NAMES = word_set("beijing boeing nanjing reading sterling xining king ming ping jing ding ling wing ring")

_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_BULLET_LINE = re.compile(
    rf"\s*(?:[{BULLETS}○]|[·*](?=\s)|[-–—](?=[^\W\d]|\s+[^\s\d])"
    r"|\d{1,2} ?[-.)–ـ/] ?(?=[^\W\d])|[أابتثجدهوز] ?[-–)]\s)"
)
_TOKEN = re.compile(r"\s*\S+\s*")
_QUOTE = re.compile(r"[\"“”„«»()\[\]]")
_ABBREVIATION = re.compile(r"(?:\b[A-Za-z]\.|\b(?:Dr|Mr|Mrs|Ms|Prof|St|Gen|Col|Inc|Ltd|Co|Jr|Sr|No|vs|etc)\.|\.\.)$")
_FINAL_STOP = re.compile(r"\.(?=[\"”’')\]]*$)")


def split_sentences(text: str) -> list[Sentence]:
    """Sentences in order; ``text[s.start:s.end] == s.text`` and only whitespace lies between them.

    ``paragraph`` counts the lines that are not blank. ``kind`` is "bullet" for a line that begins with a bullet or a
    list number, else "body". Linear in the length of the text but for lookups in logarithmic time.
    """
    lines = (m for m in _LINE.finditer(text) if not m[0].isspace())
    return [s for number, line in enumerate(lines) for s in _split_line(line[0], line.start(), number)]


def split_story(story: Story) -> list[Sentence]:
    """The same for a story: offsets into ``story.text``, ``paragraph`` and ``kind`` those of ``story.paragraphs``."""
    found, offset = [], 0
    for number, paragraph in enumerate(story.paragraphs):
        for s in split_sentences(paragraph.text):
            start, end = s.start + offset, s.end + offset
            found.append(replace(s, start=start, end=end, paragraph=number, kind=paragraph.kind))
        offset += len(paragraph.text) + 1
    return found


def _split_line(line: str, offset: int, number: int) -> Iterator[Sentence]:
    is_bullet = _BULLET_LINE.match(line) is not None
    start = 0
    for cut in [*cuts(line), len(line)]:
        part = line[start:cut].strip()
        begin = offset + line.index(part, start)
        yield Sentence(part, begin, begin + len(part), number, "bullet" if is_bullet else "body")
        start = cut


def split_long(sentence: str, *, max_words: int = 45) -> list[str]:
    """Pieces of at most ``max_words`` words, cut where a clause begins if there is such a place; joined, the sentence.

    Words are counted as :func:`count_words` does or by spaces, whichever gives more; a string of letters without a
    space counts as one word for each 20 letters, and is cut if nothing else helps.
    """
    tokens = [part for token in _TOKEN.findall(sentence) for part in _bearable(token, max_words)]
    weights = [_weight(token) for token in tokens]
    left = sum(weights)
    if left <= max_words:
        return [sentence]
    costs = _cut_costs(tokens)
    pieces, start = [], 0
    while left > max_words:
        end = _best_cut(weights, costs, start, left, max_words)
        pieces.append("".join(tokens[start:end]))
        left -= sum(weights[start:end])
        start = end
    return [*pieces, "".join(tokens[start:])]


def _weight(token: str) -> int:
    bare = token.strip()
    return max(1 if bare.isalpha() else count_words(token), -(-len(bare) // LONG_WORD), 1)


def _bearable(token: str, max_words: int) -> list[str]:
    if _weight(token) <= max_words:
        return [token]
    size = min(LONG_WORD, max_words)
    return re.findall(rf"\s*\S{{1,{size}}}\s*", token)


def _best_cut(weights: list[int], costs: list[int], start: int, left: int, max_words: int) -> int:
    """The cut after ``start`` with the least cost, among equals the one that leaves pieces of one length."""
    least = min(MIN_WORDS, max(1, max_words // 2))
    ideal = left / -(-left // max_words)
    best, best_cost, taken = start + 1, float("inf"), 0
    for end in range(start + 1, len(weights)):
        taken += weights[end - 1]
        if taken > max_words:
            break
        short = WORST_CUT if min(taken, left - taken) < least else 0
        cost = costs[end] + short + 20 * abs(taken - ideal) / max_words
        if cost < best_cost:
            best, best_cost = end, cost
    return best


def _cut_costs(tokens: list[str]) -> list[int]:
    """What it costs to begin a piece with each token."""
    bare = [re.sub(r"[^\w]+", "", fold_word(token.strip())) for token in tokens]
    costs, depth, since_title = [WORST_CUT], 0, NAME_WORDS
    for at in range(1, len(tokens)):
        before = tokens[at - 1].rstrip()
        depth = _depth(before, depth)
        since_title = 0 if bare[at - 1] in TITLES else since_title + 1
        if before[-1:] in "،,؛;:.!؟?":
            since_title = NAME_WORDS if before[-1:] != "." or bare[at - 1] not in TITLES else since_title
        cost = _cut_cost(before[-1:], bare[at - 1], bare[at], bare[at + 1] if at + 1 < len(bare) else "")
        in_name = BAD_CUT if since_title < NAME_WORDS - 1 else 0
        costs.append(max(cost, in_name) + (QUOTED_CUT if depth else 0))
    return costs


def _depth(token: str, depth: int) -> int:
    """How many quotation marks and brackets are open after a token; “ ” and " are taken in turns."""
    for mark in _QUOTE.findall(token):
        if mark in "([«":
            depth += 2
        elif mark in ")]»":
            depth = max(depth - 2, depth % 2)
        else:
            depth ^= 1
    return depth


def _cut_cost(sign: str, before: str, word: str, following: str) -> int:
    """The cost of a cut between two words; ``sign`` is the last character of the first."""
    # مذكرة is a noun as often as "reminding", unless a comma stands before it.
    is_circumstance = CIRCUMSTANCE.fullmatch(word) is not None and (sign in tuple("،,") or not word.endswith("ه"))
    opens_clause = word in CLAUSE_OPENERS or (word, following) in CLAUSE_PAIRS or is_circumstance
    rules = (
        (BAD_CUT, sign == "." and before in TITLES),
        (FREE_CUT, sign in tuple("؛;.!؟?…")),
        (2 if opens_clause else 8, sign in tuple("،,:")),
        (WORST_CUT, not before or not word or _leans_on(before) or not NAME_LINKS.isdisjoint((before, word))),
        (BAD_CUT, before[-1:].isdigit() or word[:1].isdigit()),
        (4, opens_clause),
        (6, word.startswith("وي") and len(word) > 4),  # mostly a verb: ويهدف
        (14, word.startswith("و") and len(word) > 3 and word not in WAW_NOUNS),
        (18, word in PREPOSITIONS),
        (30, word.startswith("ال")),  # an adjective, or the owner of what was just named
    )
    return next((cost for cost, holds in rules if holds), 24)


def _leans_on(word: str) -> bool:
    """Whether a word can't do without the next: في, ومن."""
    return word in PROCLITICS or (word.startswith("و") and word[1:] in PROCLITICS)


def join_pieces(translations: Sequence[str]) -> str:
    """One English sentence from those of the pieces. No word is dropped or moved.

    The stop of an inner piece becomes a comma, a semicolon before a new subject, or nothing before a linking word;
    the capital after it goes, unless it is that of a name.
    """
    pieces = [" ".join(t.split()) for t in translations if t.strip()]
    names = _names(pieces)
    for at in range(1, len(pieces)):
        pieces[at - 1], pieces[at] = _fit(pieces[at - 1], pieces[at], names)
    return " ".join(filter(None, pieces)).replace(" ,", ",")


def _names(pieces: Sequence[str]) -> frozenset[str]:
    """Words with a capital where no sentence begins."""
    return frozenset(word for piece in pieces for word in re.findall(r"(?<=[a-z,] )[A-Z]\w+", piece))


def _fit(piece: str, following: str, names: frozenset[str]) -> tuple[str, str]:
    if piece.rstrip("\"”’')]")[-1:] in "!?…" or piece.endswith(".."):
        return piece, following
    first = re.match(r"\w*", following)
    word = first[0].lower() if first else ""
    if not _ABBREVIATION.search(piece):
        piece = _FINAL_STOP.sub("" if word in LINKS_ON else ";" if word in SUBJECTS else ",", piece)
    return piece, _lower_first(following, word, names)


def _lower_first(piece: str, word: str, names: frozenset[str]) -> str:
    is_participle = word.endswith("ing") and len(word) > 4 and word not in ING_NAMES
    if not (word in LOWERED or is_participle) or piece[: len(word)] in names:
        return piece
    # "A. Smith" is a name and "US" no pronoun; "IT" and "WHO" are written in capitals.
    if piece[len(word) : len(word) + 1] == "." or (len(word) > 1 and piece[: len(word)].isupper()):
        return piece
    return piece[:1].lower() + piece[1:]
