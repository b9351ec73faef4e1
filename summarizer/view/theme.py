"""Colours and fonts of Gradio's own parts; those of the cards are in ``static/page.css``."""

from __future__ import annotations

from typing import Any

import gradio as gr

# Gradio's own colours, light and dark, as in the briefs' page.
COLOURS = {
    "body_background_fill": ("#faf9f6", "#161513"),
    "background_fill_primary": ("#faf9f6", "#161513"),
    "background_fill_secondary": ("#f2efe8", "#24221f"),
    "block_background_fill": ("#ffffff", "#1f1e1b"),
    "block_label_background_fill": ("#ffffff", "#1f1e1b"),
    "input_background_fill": ("#ffffff", "#1a1917"),
    "body_text_color": ("#1d1c1a", "#ece8e0"),
    "body_text_color_subdued": ("#5b574f", "#aaa498"),
    "block_label_text_color": ("#45413a", "#c9c3b7"),
    "block_title_text_color": ("#45413a", "#c9c3b7"),
    "block_info_text_color": ("#5b574f", "#aaa498"),
    "input_placeholder_color": ("#6b665d", "#9a9488"),
    "border_color_primary": ("#ddd8cd", "#3a3731"),
    "block_border_color": ("#ddd8cd", "#3a3731"),
    "input_border_color": ("#8f897d", "#6b665d"),
    "color_accent_soft": ("#e6f1ee", "#1c322d"),
    "link_text_color": ("#0b5c4d", "#6fd0bb"),
    "slider_color": ("#0b5c4d", "#6fd0bb"),
    "button_primary_background_fill": ("#0b5c4d", "#6fd0bb"),
    "button_primary_background_fill_hover": ("#084639", "#8fdecd"),
    "button_primary_text_color": ("#ffffff", "#10201c"),
    "button_secondary_background_fill": ("#f2efe8", "#2b2926"),
    "button_secondary_background_fill_hover": ("#e6e1d6", "#383530"),
    "button_secondary_text_color": ("#1d1c1a", "#ece8e0"),
    "button_cancel_background_fill": ("#9b1c1c", "#ff9d9d"),
    "button_cancel_background_fill_hover": ("#7c1616", "#ffb9b9"),
    "button_cancel_text_color": ("#ffffff", "#2d0f0f"),
    "checkbox_label_background_fill": ("#f2efe8", "#2b2926"),
    "checkbox_label_background_fill_selected": ("#e6f1ee", "#1c322d"),
    "checkbox_background_color_selected": ("#0b5c4d", "#6fd0bb"),
    "checkbox_border_color": ("#8f897d", "#6b665d"),
}


def make_theme() -> Any:
    """Quiet colours and the fonts of the machine: Gradio's own themes ask Google for theirs."""
    fonts = ["system-ui", "Segoe UI", "Noto Sans", "Noto Sans Arabic", "Geeza Pro", "Tahoma", "sans-serif"]
    base = gr.themes.Base(font=fonts, font_mono=["ui-monospace", "Consolas", "monospace"], radius_size="md")
    light = {name: colours[0] for name, colours in COLOURS.items()}
    dark = {f"{name}_dark": colours[1] for name, colours in COLOURS.items()}
    # This one has no dark form in Gradio; page.css has both.
    return base.set(color_accent="var(--mk-accent)", **light, **dark)
