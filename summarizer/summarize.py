"""The extractive summary: score each sentence, take the best that fit, put them back in order.

Faithful by construction: what is chosen is a piece of a sentence of the story, never a rewording. The shape is that
of sumy (https://github.com/miso-belica/sumy): each score is a function of a few lines, one place adds them up. The
weights were set on the training part of two sets and then left alone; how they did is told in evaluation/.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log

from summarizer.arabic import count_words, fold, word_set, words
from summarizer.clauses import (
    GOOD,
    POOR,
    cut_anywhere,
    drop_list_opener,
    end_sentence,
    ends_sentence,
    is_balanced,
    shorten,
)
from summarizer.openings import drop_and, drop_dateline, open_sentence
from summarizer.records import Sentence, Story, Summary

MAX_SENTENCES = 3
MAX_WORDS = 60

# How much each score counts. Position is the strongest by far: a news story says the news first.
WEIGHTS = {"position": 1.0, "centrality": 1.0, "headline": 0.5, "blemish": -1.0}
REDUNDANCY = 0.6  # how much likeness to what is chosen already counts against a sentence (MMR)
TOO_ALIKE = 0.65  # sentences that share more of their words say the same thing twice
# A further sentence worth less is not taken, though there is room: late sentences of a story are background. On 300
# and 250 training stories this gave ROUGE-1 46.6 where filling the room gave 45.0 (France24; the lead has 45.7), and
# 49 for 44 (BBC; the lead has 47).
LEAST_WORTH = 0.5
LEAST_WORTH_WHEN_SHORT = 0.2  # while the summary has less than a third of its words
LEAST_WORDS = 5  # fewer is a heading or a caption
LEAST_ROOM = 8  # with less room than this, a sentence is not shortened to fit
CONSIDERED = 100  # sentences; what stands later in a longer text is not news

STOP_WORDS = word_set(
    "في من علي الي عن مع ان انه انها التي الذي الذين هذا هذه ذلك تلك كان كانت قد لم لن لا ما هو هي هم كما بعد قبل "
    "خلال بين عند حتي او ثم لكن غير كل بعض اي حيث اذا قال قالت اضاف اضافت اكد اكدت يوم اليوم عام بها به له لها "
    "فيها فيه منها منه عليه عليها وقد وكان وكانت وفي ومن وقال وقالت وعلي ايضا الان نحو ضمن عبر مثل لدي منذ عدد"
)
# Words with a و of their own that often open a paragraph after one that lacks its full stop.
OWN_START = word_set(
    "وزير وزيرة وزارة وقع وقعت وصل وصلت وكيل وكالة وفد وحدة وجه وجهت وصف وافق واصل واصلت وزع وزعت وضع وضعت"
)
# Calls to read on, to share, to watch: never news.
BOILERPLATE = re.compile(
    r"^\W*(?:اقرا|إقرأ|اقرأ|شاهد|للمزيد|تابعونا|تابع القراء|المصدر|المزيد|حمل تطبيق|لمشاهد|للاشتراك|اضغط|انقر|"
    r"صوره? ?:|فيديو ?:)"
)
_PREFIX = re.compile(r"^(?:[وف]?(?:ال|لل|[بك]ال)|و(?=[متي]\w{3}))")
_SUFFIX = re.compile(r"(?:هما|ها|هم|نا|ات|ون|ين|ان|يه|ه|ي|ا)$")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence with what choosing needs: its stand-alone text, its stems, and the sentence it leans on."""

    position: int
    order: int  # its place among the candidates
    text: str
    raw: str
    stems: frozenset[str]
    leans: bool  # opens with a pronoun or a verb without its subject
    owner: int | None  # the candidate it leans on; None when it stands alone or nothing stands before it


@dataclass(frozen=True, slots=True)
class Scene:
    """What a score may look at besides the sentence."""

    headline: frozenset[str]
    weights: dict[str, float]  # stem -> how typical of the story


def summarize(
    story: Story | str,
    *,
    max_sentences: int = MAX_SENTENCES,
    max_words: int = MAX_WORDS,
    sentences: Sequence[Sentence] | None = None,
) -> Summary:
    """The story in at most ``max_sentences`` sentences and ``max_words`` words, never empty if it has a sentence.

    ``sentences`` saves splitting the story again; positions count in them. Raises ValueError for a limit below 1.
    """
    if max_sentences < 1 or max_words < 1:
        raise ValueError(f"A summary needs at least one sentence and one word, not {max_sentences} and {max_words}.")
    parts = _split(story) if sentences is None else list(sentences)
    headline = "" if isinstance(story, str) else story.headline
    candidates = list(_candidates(parts))
    if not candidates:
        return _any_sentence(parts, max_words)
    chosen = _choose(candidates, _scores(candidates, headline), max_sentences, max_words)
    if not chosen:
        return _shortest_way(candidates, _scores(candidates, headline), max_words)
    positions = sorted(chosen)
    return Summary(tuple(positions), tuple(chosen[p] for p in positions))


def _split(story: Story | str) -> list[Sentence]:
    from summarizer.sentences import split_sentences, split_story

    return split_sentences(story) if isinstance(story, str) else split_story(story)


# -- candidates -------------------------------------------------------------------------------------------------


def _candidates(sentences: Sequence[Sentence]) -> Iterator[Candidate]:
    """The sentences a summary may hold. Headings and list items say nothing by themselves; questions ask."""
    owner: int | None = None
    order = 0
    quoted = _inside_quotations(sentences)
    for position, sentence in enumerate(sentences[:CONSIDERED]):
        if position in quoted or not _can_tell(sentence) or _continues(sentences, position):
            continue
        opening = open_sentence(sentence.text if order else drop_dateline(sentence.text))
        leans = opening.needs_owner
        yield Candidate(
            position, order, opening.text, sentence.text, stems(opening.text), leans, owner if leans else None
        )
        if not leans:
            owner = order
        order += 1


def _can_tell(sentence: Sentence) -> bool:
    long_enough = count_words(sentence.text) >= LEAST_WORDS
    return sentence.kind == "body" and long_enough and not BOILERPLATE.match(sentence.text)


def _continues(sentences: Sequence[Sentence], position: int) -> bool:
    """The rest of a sentence that a line break tore: "... Dr Ali" / "and the centre's director, Dr Hassan"."""
    if not position or sentences[position - 1].kind != "body" or ends_sentence(sentences[position - 1].text):
        return False
    text = sentences[position].text
    return text.startswith("و") and drop_and(text) == text and text.split()[0] not in OWN_START


def _inside_quotations(sentences: Sequence[Sentence]) -> set[int]:
    """Sentences that begin within somebody's words: "We will build it. We want it soon." said the minister."""
    inside, paragraph, depth = set(), -1, 0
    for position, sentence in enumerate(sentences[:CONSIDERED]):
        if sentence.paragraph != paragraph:
            paragraph, depth = sentence.paragraph, 0
        if depth > 0:
            inside.add(position)
        depth = (depth + sentence.text.count('"')) % 2 if '"' in sentence.text else depth
        depth += sum(sentence.text.count(a) - sentence.text.count(b) for a, b in ("“”", "«»"))
    return inside


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """A folded word without article, conjunction and endings. Rough: for comparing, never for showing."""
    bare = _PREFIX.sub("", word)
    bare = bare if len(bare) > 2 else word
    for _ in range(2):  # مستشفيات has two, مستشفى one
        root = _SUFFIX.sub("", bare)
        bare = root if len(root) > 2 else bare
    return bare


def stems(text: str) -> frozenset[str]:
    """The stems of a text's content words."""
    return frozenset(stem(w) for w in words(fold(text)) if w not in STOP_WORDS and len(w) > 1)


# -- scores: each from 0 to about 1 -----------------------------------------------------------------------------


def score_position(candidate: Candidate, _scene: Scene) -> float:
    return 1 / (1 + candidate.order)


def score_centrality(candidate: Candidate, scene: Scene) -> float:
    """How typical of the story its words are, a mean, so that length does not win."""
    if not candidate.stems:
        return 0.0
    return sum(scene.weights.get(s, 0.0) for s in candidate.stems) / len(candidate.stems)


def score_headline(candidate: Candidate, scene: Scene) -> float:
    """How much of the headline it says."""
    return len(candidate.stems & scene.headline) / len(scene.headline) if scene.headline else 0.0


def score_blemish(candidate: Candidate, _scene: Scene) -> float:
    """Questions, quotations and pieces of them, openings of lists: parts of a story that do not tell it."""
    text = candidate.raw.strip()
    marks = (
        # A long one tells before it asks.
        (0.6 if count_words(text) < 4 * LEAST_WORDS else 0.2) * text.endswith(("؟", "?")),
        0.5 * (not is_balanced(text)),
        0.3 * text.endswith(":"),
        0.3 * (text[:1] in "\"'«“”"),
        0.3 * (count_words(text) < 2 * LEAST_WORDS),
        (0.6 if candidate.owner is None else 0.1) * candidate.leans,
    )
    return sum(marks)


SCORES: dict[str, Callable[[Candidate, Scene], float]] = {
    "position": score_position,
    "centrality": score_centrality,
    "headline": score_headline,
    "blemish": score_blemish,
}


def _scores(candidates: Sequence[Candidate], headline: str) -> list[float]:
    scene = Scene(stems(headline), _typical(candidates))
    return [sum(WEIGHTS[name] * score(c, scene) for name, score in SCORES.items()) for c in candidates]


def _typical(candidates: Sequence[Candidate]) -> dict[str, float]:
    """Stem -> logarithm of the sentences it occurs in, the most frequent 1."""
    counts = Counter(s for c in candidates for s in c.stems)
    top = max((log(1 + n) for n in counts.values()), default=1.0)
    return {s: log(n) / top for s, n in counts.items()}


# -- choosing ---------------------------------------------------------------------------------------------------


def _choose(
    candidates: Sequence[Candidate], scores: Sequence[float], max_sentences: int, max_words: int
) -> dict[int, str]:
    """Position -> text of the sentences taken, the best first, each the best that is left by score and novelty."""
    taken: dict[int, str] = {}  # order -> text
    refused: set[int] = set()
    while len(taken) < max_sentences:
        left = [c for c in candidates if c.order not in taken and c.order not in refused]
        if not left:
            break
        worth = {c.order: scores[c.order] - REDUNDANCY * _likeness(c, taken, candidates) for c in left}
        best = max(left, key=lambda c: worth[c.order])
        if taken and worth[best.order] < _least_worth(taken, max_words):
            break
        group = _fitting(best, candidates, taken, max_sentences, max_words)
        if group and _likeness(best, taken, candidates) <= TOO_ALIKE:
            taken.update(group)
        else:
            refused.add(best.order)
    return {candidates[order].position: text for order, text in taken.items()}


def _least_worth(taken: dict[int, str], max_words: int) -> float:
    return LEAST_WORTH if 3 * sum(map(count_words, taken.values())) >= max_words else LEAST_WORTH_WHEN_SHORT


def _likeness(candidate: Candidate, taken: dict[int, str], candidates: Sequence[Candidate]) -> float:
    """The largest share of its words that one chosen sentence has, or that it has of the chosen one's."""
    shared = [
        len(candidate.stems & other.stems) / max(1, min(len(candidate.stems), len(other.stems)))
        for other in (candidates[order] for order in taken)
    ]
    return max(shared, default=0.0)


def _fitting(
    best: Candidate, candidates: Sequence[Candidate], taken: dict[int, str], max_sentences: int, max_words: int
) -> dict[int, str]:
    """The sentence, with the one it leans on, as far as they fit what room is left; empty when they do not."""
    room = max_words - sum(map(count_words, taken.values()))
    group: dict[int, str] = {}
    if best.owner is not None and best.owner not in taken:
        owner = _fit(candidates[best.owner], room, first=not taken)
        if owner is None or len(taken) + 2 > max_sentences:
            return {}
        group[best.owner] = owner
        room -= count_words(owner)
    text = _fit(best, room, first=not taken and not group)
    return {**group, best.order: text} if text else {}


def _fit(candidate: Candidate, room: int, *, first: bool) -> str | None:
    """The sentence whole, or ended at a clause, in ``room`` words; None when it can't be."""
    text = drop_list_opener(candidate.text) if candidate.text.rstrip().endswith(":") else candidate.text
    if count_words(text) <= room and (first or is_balanced(text)):
        return end_sentence(text)
    if room < LEAST_ROOM and not first:
        return None
    short = shorten(text, room, at_worst=POOR if first else GOOD)
    return end_sentence(short) if short else None


def _shortest_way(candidates: Sequence[Candidate], scores: Sequence[float], max_words: int) -> Summary:
    """Nothing fits at a clause: the best sentence, cut where it hurts least."""
    best = max((c for c in candidates if c.owner is None), key=lambda c: scores[c.order])
    return Summary((best.position,), (end_sentence(cut_anywhere(best.text, max_words)),))


def _any_sentence(sentences: Sequence[Sentence], max_words: int) -> Summary:
    """For a story without one proper sentence: its first body line, or else its first line."""
    readable = [i for i, s in enumerate(sentences) if count_words(s.text)]
    if not readable:
        return Summary((), ())
    at = next((i for i in readable if sentences[i].kind == "body"), readable[0])
    text = sentences[at].text
    short = text if count_words(text) <= max_words else shorten(text, max_words) or cut_anywhere(text, max_words)
    return Summary((at,), (end_sentence(short),))
