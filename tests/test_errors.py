"""Errors: the drawing at the top is the tree, every class says its sentence twice, and all cross process borders."""

from __future__ import annotations

import pickle
import re
import string

import pytest

from summarizer import errors
from summarizer.arabic import arabic_share
from summarizer.errors import MukhtasarError

# Classes that only group others: nobody raises them, so they have no sentence.
GROUPS = {"MukhtasarError", "InputError", "ModelError", "OutputError"}


def _family(kind):
    return [kind, *(below for child in kind.__subclasses__() for below in _family(child))]


def _drawn():
    """(name, parent) for each class in the drawing, by its depth: four characters a level."""
    above, found = {}, []
    for line in errors.__doc__.splitlines():
        if match := re.match(r"^ {4}([│├└─ ]*)([A-Z]\w+)\b", line):
            depth = len(match[1]) // 4
            above[depth] = match[2]
            found.append((match[2], above.get(depth - 1)))
    return found


def _fields(template):
    """The fields of a template with a value each; numbers where the template formats a number."""
    parts = [part for part in string.Formatter().parse(template) if part[1]]
    return {name: 7 if spec == "," else "قيمة" for _, name, spec, _ in parts}


ALL = [kind for kind in _family(MukhtasarError) if kind.__module__ == errors.__name__]
RAISED = [kind for kind in ALL if kind.__name__ not in GROUPS]


def _example(kind):
    return kind(**(_fields(kind.arabic) | _fields(kind.english)))


def test_the_drawing_is_the_tree():
    drawn = _drawn()
    assert len(drawn) > 15
    assert set(drawn) == {(kind.__name__, None if kind is MukhtasarError else kind.__base__.__name__) for kind in ALL}


@pytest.mark.parametrize("kind", RAISED, ids=lambda kind: kind.__name__)
def test_both_sentences_can_be_said(kind):
    error = _example(kind)
    assert str(error) and "{" not in str(error)
    assert error.in_arabic and "{" not in error.in_arabic
    assert set(_fields(kind.arabic)) <= set(_fields(kind.english)), (
        "the Arabic asks for a value the raiser may not give"
    )


@pytest.mark.parametrize("kind", RAISED, ids=lambda kind: kind.__name__)
def test_the_sentences_are_its_own_and_in_their_languages(kind):
    assert {"english", "arabic"} <= set(vars(kind))
    assert arabic_share(re.sub(r"\{.*?\}", "", kind.english)) == 0
    # What is left in Latin letters is names of options, file endings and commands.
    assert arabic_share(re.sub(r"\{.*?\}|pip install|\.\w+", "", kind.arabic)) > 0.8
    assert kind.english.endswith((".", "'", "}")) and kind.arabic.endswith((".", "'", "}"))


@pytest.mark.parametrize("kind", RAISED, ids=lambda kind: kind.__name__)
def test_an_error_survives_pickling(kind):
    error = _example(kind)
    back = pickle.loads(pickle.dumps(error))
    assert type(back) is kind
    assert (str(back), back.in_arabic, back.values) == (str(error), error.in_arabic, error.values)


def test_a_missing_value_is_noticed_at_once():
    with pytest.raises(KeyError, match="path"):
        errors.PathMissing()


def test_values_stay_readable():
    error = errors.InputTooLong(source="page.txt", size=6_000_000, limit=5_000_000)
    assert error.values["size"] == 6_000_000
    assert "6,000,000" in str(error) and "6,000,000" in error.in_arabic
