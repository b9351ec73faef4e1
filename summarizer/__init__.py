"""Mukhtasar (مختصر, "in brief"): pages of Arabic news in, short Arabic summaries and English translations out."""

__version__ = "0.1.0"
