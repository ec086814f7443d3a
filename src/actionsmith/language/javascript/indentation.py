"""How a text is indented, so that formatting keeps to it."""

from __future__ import annotations

import re

_FIRST_INDENTED = re.compile(r"[{(\[]\s*?\r?\n(?P<indent>[ \t]+)\S")
USUAL = 2
"""Spaces of a step where the text does not say."""


def indentation(text: str) -> dict[str, object]:
    """The options of the server's formatter: the first line inside of a bracket shows the step."""
    found = _FIRST_INDENTED.search(text)
    indent = found["indent"] if found else " " * USUAL
    return {"tabSize": USUAL if "\t" in indent else len(indent), "insertSpaces": "\t" not in indent}
