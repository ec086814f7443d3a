"""Short notices in the corner of the screen."""

from __future__ import annotations

from typing import Literal

from textual.dom import DOMNode

Severity = Literal["information", "warning", "error"]

SECONDS = {"information": 4.0, "warning": 8.0, "error": 10.0}


def toast(node: DOMNode, text: str, severity: Severity = "information", *, title: str = "") -> None:
    """Show `text` as plain text: it may hold anything, brackets included. Call it on the screen's thread."""
    node.app.notify(text, title=title, severity=severity, timeout=SECONDS[severity], markup=False)
