"""Types of the contract that a person names in doc comments: `@param {Event} event`."""

from __future__ import annotations

import re
from collections.abc import Set

from actionsmith.language.javascript.handlers import CONTRACT

_DOC = re.compile(r"/\*\*.*?\*/", re.DOTALL)
_TYPE = re.compile(r"@(?:param|arg|argument|type|returns?|satisfies|typedef)\s*\{([^{}\r\n]*)\}")
_NAME = re.compile(r"(?<![\w$.\"'])[A-Za-z_$][\w$]*")
_OWN_NAME = re.compile(r"@(?:typedef|template|callback)\b(?:\s*\{[^{}]*\})?\s*([A-Za-z_$][\w$]*)")


def contract_prefixes(text: str, known: Set[str]) -> list[tuple[int, str]]:
    """(offset, what to put there) so that the types `known` of the contract are found by their bare names.

    Without it `Event` would be the one of the browser. A name the text declares itself is left alone.
    """
    if "/**" not in text:
        return []
    docs = list(_DOC.finditer(text))
    names = known - {name for doc in docs for name in _OWN_NAME.findall(doc[0])}
    return [
        (doc.start() + kind.start(1) + name.start(), f'import("{CONTRACT}").')
        for doc in docs
        for kind in _TYPE.finditer(doc[0])
        for name in _NAME.finditer(kind[1])
        if name[0] in names
    ]
