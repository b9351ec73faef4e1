"""Mukhtasar (مختصر, "in brief"): pages of Arabic news in, short Arabic summaries and English translations out."""

import os
import sys
from importlib import import_module
from typing import Any

__version__ = "0.1.0"

# huggingface_hub sends usage data, and asks its own host how to describe this program, unless it is told not to before
# it is imported. Whoever wants that can say so in the environment.
os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")

# The two pipelines are registered when this package is imported beside transformers, as in
# ``from transformers import pipeline; import summarizer``. Without transformers (the command line's --help, a folder
# of pages being read) nothing heavy is imported; ``summarizer.pipeline`` brings it in when it is wanted.
if "transformers.pipelines" in sys.modules:
    import_module("summarizer.pipelines")


def __getattr__(name: str) -> Any:
    if name == "pipeline":
        import_module("summarizer.pipelines")
        return import_module("transformers").pipeline
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
