"""What tests of the served page share."""

from __future__ import annotations

# Gradio's own warnings, which "error" would turn into failures of ours: an option and an argument of pandas it still
# uses for its queue's statistics, and event loops it leaves for the collector.
GRADIOS_WARNINGS = (
    "ignore:'future.no_silent_downcasting' is deprecated",
    "ignore:The copy keyword is deprecated",
    "ignore:unclosed event loop:ResourceWarning",
    r"ignore:unclosed <socket\.socket fd=\d+, family=1:ResourceWarning",
)
