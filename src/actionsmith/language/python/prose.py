"""What jedi knows about a name, as plain text."""

from __future__ import annotations

from typing import Any

_LONGEST = 4_000
"""Characters of documentation that are told at most; a module can bring a whole manual."""


def documentation(name: Any) -> str:
    """The text that describes a name, without its signature."""
    text = str(name.docstring(raw=True)).strip()
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rstrip()} …"


def signature_text(name: Any) -> str:
    """The head of a function or class, the type of a variable, `module json`; empty when nothing is known."""
    kind = name.type
    if kind in ("function", "class"):
        signatures = name.get_signatures()
        if kind == "function" and signatures:
            return str(signatures[0].to_string())
        return f"class {signatures[0].to_string()}" if signatures else f"{kind} {name.name}"
    if kind in ("module", "namespace"):
        return f"module {name.full_name or name.name}"
    if kind == "keyword":
        return ""
    types = list(dict.fromkeys(it.name for it in name.infer()))
    return f"{name.name}: {' | '.join(types)}" if types else str(name.name)
