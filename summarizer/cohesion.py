"""How much two stretches of text are about the same things: stems, their weights on the page, and overlaps."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from .arabic import fold
from .newswords import folded

# Words of grammar and of reporting: they stand in every story, so sharing them says nothing.
STOP_WORDS = folded(
    "في من على إلى الى عن أن ان إن مع التي الذي الذين اللذين هذا هذه "
    "ذلك تلك هناك هنا بعد قبل بين كما لا ما لم لن قد أو او ثم حيث "
    "خلال عند كل غير هو هي هم أي كان كانت يكون تكون لكن بل حتى "
    "منذ ضد حول نحو لدى عبر دون سوى فيما بينما مما ممن عدد عدة "
    "بعض جميع كافة أكثر أقل أحد إحدى أول ثاني الأول الأولى الثاني "
    "الثانية بشكل بسبب بحسب وفق وفقا إذا إذ لو لقد فقد أيضا "
    "كذلك اليوم أمس غدا الآن السبت الأحد الاثنين الثلاثاء الأربعاء "
    "الخميس الجمعة صباح مساء يوم عام شهر أسبوع ساعة الماضي "
    "الماضية المقبل المقبلة الجاري الحالي قال قالت أضاف أضافت أكد "
    "أكدت أوضح أوضحت أشار أشارت أعلن أعلنت ذكر ذكرت تابع يقول "
    "تقول جاء جاءت يأتي تأتي تم يتم يمكن يجب مثل ضمن إطار عام "
    "عاما سنة سنوات مليون ألف رئيس وزير وزارة حكومة دولة عندما "
    "إنه انه إنها انها بأن بان لأن به بها له لها لهم فيه فيها "
    "عليه عليها منه منها عنه وهو وهي كونه مشيرا مؤكدا موضحا مضيفا"
)
_WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*")
_PREFIXES = ("وال", "بال", "كال", "فال", "لل", "ال", "و", "ب", "ل", "ف", "ك")
_SUFFIXES = ("هما", "تين", "ها", "هم", "ات", "ان", "ين", "ون", "نا", "يه", "ه", "ي", "ا", "ت")


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """A folded word without its article, conjunction and ending (light stemming, after Larkey's light10)."""
    for prefix in _PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) >= 3:
            word = word[len(prefix) :]
            break
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 3:
            return word[: -len(suffix)]
    return word


def content_stems(text: str) -> list[str]:
    """The stems of a text that may carry its subject, in order."""
    words = _WORD.findall(fold(text))
    return [stem(w) for w in words if w not in STOP_WORDS and w.removeprefix("و") not in STOP_WORDS and len(w) > 1]


def page_weights(stems: Iterable[Iterable[str]]) -> dict[str, float]:
    """The weight of each stem: high for one that stands in few paragraphs of the page (names), low for the page's own
    common words."""
    sets = [set(paragraph) for paragraph in stems]
    counts = Counter(s for paragraph in sets for s in paragraph)
    return {s: math.log((len(sets) + 1) / (n + 0.5)) + 0.2 for s, n in counts.items()}


def overlap(stems: Iterable[str], others: Iterable[str], weights: Mapping[str, float]) -> float:
    """The weighted share of ``stems`` that also stand among ``others``, 0 to 1."""
    own = set(stems)
    whole = sum(weights.get(s, 0.0) for s in own)
    return sum(weights.get(s, 0.0) for s in own.intersection(others)) / whole if whole > 0 else 0.0


def cosine(left: Sequence[str], right: Sequence[str], weights: Mapping[str, float]) -> float:
    """Cosine between two bags of stems, 0 to 1."""
    a, b = _vector(left, weights), _vector(right, weights)
    lengths = math.sqrt(sum(v * v for v in a.values()) * sum(v * v for v in b.values()))
    return sum(v * b[s] for s, v in a.items() if s in b) / lengths if lengths else 0.0


def _vector(stems: Sequence[str], weights: Mapping[str, float]) -> dict[str, float]:
    return {s: (1 + math.log(n)) * weights.get(s, 0.0) for s, n in Counter(stems).items()}
