"""Every operation on the lines of a selection by name: what a command of the editor names, it finds here."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from actionsmith.editing import brackets, lines, selecting, tab_key, tidying
from actionsmith.editing.edit import Edit, Place

Operation = Callable[[Sequence[str], Place, Place, str], Edit | None]
"""Lines, anchor and caret of the selection, language; None: there is nothing to do."""

OPERATIONS: dict[str, Operation] = {
    "toggle_comment": lines.toggle_comment,
    "indent": lines.indent,
    "dedent": lines.dedent,
    "move_up": lambda text, anchor, caret, _: lines.move(text, anchor, caret, -1),
    "move_down": lambda text, anchor, caret, _: lines.move(text, anchor, caret, 1),
    "duplicate": lambda text, anchor, caret, _: lines.duplicate(text, anchor, caret),
    "tab": tab_key.tab,
    "join": tidying.join,
    "sort": tidying.sort,
    "trim": tidying.trim,
    "go_to_partner": brackets.go_to_partner,
    "next_occurrence": lambda text, anchor, caret, _: selecting.next_occurrence(text, anchor, caret, 1),
    "previous_occurrence": lambda text, anchor, caret, _: selecting.next_occurrence(text, anchor, caret, -1),
    "delete": lambda text, anchor, caret, _: lines.delete(text, anchor, caret),
}
