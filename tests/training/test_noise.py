"""Every habit does what it says, and leaves alone what it doesn't concern."""

from __future__ import annotations

import random
import re

import pytest

from summarizer.training import noise
from summarizer.training.cleaning import Pair

PAIR = Pair("أكد عبد الله أن 120 مسؤولا زاروا المدرسة، والوزارة. انتهى.", "120 officials visited the school.", "x")


def habit(name: str, pair: Pair = PAIR) -> Pair:
    changed: Pair = getattr(noise, name)(pair, random.Random(4))
    return changed


def test_other_numbers_are_the_same_on_both_sides() -> None:
    changed = habit("other_numbers")
    found = re.findall(r"\d+", changed.arabic + changed.english)
    assert len(found) == 2
    assert found[0] == found[1] != "120"
    assert len(found[0]) == 3


def test_a_number_on_one_side_only_stays() -> None:
    pair = Pair("بعد 25 عاما", "after a quarter of a century", "x")
    assert habit("other_numbers", pair) == pair


@pytest.mark.parametrize(
    ("name", "arabic"),
    [
        ("no_space_after_stop", "والوزارة.انتهى"),
        ("space_before_sign", "المدرسة ،"),
        ("lost_hamza", "مسوولا"),
        ("loose_waw", "و الوزارة"),
        ("joined_servant", "عبدالله"),
        ("no_final_stop", "انتهى"),
    ],
)
def test_arabic_habits(name: str, arabic: str) -> None:
    assert arabic in habit(name).arabic


@pytest.mark.parametrize("name", ["bullet", "number_item", "dateline", "address"])
def test_both_sides_get_what_is_added(name: str) -> None:
    changed = habit(name)
    assert len(changed.arabic) > len(PAIR.arabic)
    assert len(changed.english) > len(PAIR.english)


def test_twins_are_repeatable_and_never_the_pair_itself() -> None:
    twins = [noise.twin(PAIR, random.Random(seed)) for seed in range(40)]
    assert twins == [noise.twin(PAIR, random.Random(seed)) for seed in range(40)]
    assert PAIR not in twins
    assert sum(twin is not None for twin in twins) > 20
