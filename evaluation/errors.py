"""What can go wrong in an evaluation. Each message names the file and the field.

EvaluationError
├── ReferenceWrong    a reference is missing, misnamed, or says something that can't be
├── BriefWrong        a brief is of an unknown page, or a field of it can't be
├── NothingToScore    no brief, or no reference left after choosing
├── DataWrong         a public test set is not in its public format
└── FloorsWrong       the gate's floors are absent, of other references, or would be lowered
"""

from __future__ import annotations

from summarizer.errors import MukhtasarError


class EvaluationError(MukhtasarError):
    """Base of what the evaluation raises on purpose."""


class ReferenceWrong(EvaluationError):
    english = "{path}, {field}: {detail}."


class BriefWrong(EvaluationError):
    english = "{path}, brief {brief!r}, {field}: {detail}."


class NothingToScore(EvaluationError):
    english = "Nothing to score in {path}: {detail}."


class DataWrong(EvaluationError):
    english = "{path}, {field}: {detail}. The set {name} is read in its public format: {format}."


class FloorsWrong(EvaluationError):
    english = "{path}, {field}: {detail}. {cure}"
