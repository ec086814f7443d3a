"""Every operation on the lines of a selection by name: what a command of the editor names, it finds here."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from actionsmith.editing import lines
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
    "delete": lambda text, anchor, caret, _: lines.delete(text, anchor, caret),
}
