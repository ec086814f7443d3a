"""Where a string in Python code stands, in the contract's own names: `e.secrets["` is `event.secrets["`."""

from __future__ import annotations

import re

from actionsmith.language.expression import OpenString
from actionsmith.language.python.jedi_text import JediText

_BEHIND_NAME = re.compile(r"\s*(\[|[!=]=)\s*\Z")


def contract_spelling(text: JediText, string: OpenString, row: int, column: int) -> str | None:
    """The code up to the caret as it would be with `event` and `api` themselves in front; None where the
    string belongs to neither."""
    ahead = column - len(string.content) - len(string.quote)
    if behind := _BEHIND_NAME.search(string.before):
        place = (row + 1, ahead - len(behind[0]))
        found = [*text.script.goto(*place), *text.script.infer(*place)]
        path = next((known for name in found if (known := text.contract_path(name))), None)
        return f"{path.replace('[]', '[0]')}{behind[1]}{string.quote}" if path else None
    for call in text.script.get_signatures(row + 1, ahead):
        path = text.contract_path(call)
        if path is not None and call.index is not None:
            return f"{path}({'0, ' * call.index}{string.quote}"
    return None
