"""Undo by command: which edits are one step, and where the caret is after a step was done again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from textual.document._document import EditResult, Selection
from textual.document._edit import Edit
from textual.document._history import EditHistory
from textual.widgets import TextArea

PAUSE_SECONDS = 2.0
"""After a pause of this length typing begins a new step."""

MOST_STEPS = 500
NO_LIMIT = 1 << 30


@dataclass
class PlacedEdit(Edit):
    """An edit that leaves the selection at `placed`, when it is done and when it is done again.

    `typed` is the character that was typed, when the edit is what a key did.
    """

    placed: Selection | None = None
    typed: str = ""

    def do(self, text_area: TextArea, record_selection: bool = True) -> EditResult:
        result = super().do(text_area, record_selection)
        if self.placed is not None:
            self._updated_selection = self.placed
        return result


class StepHistory(EditHistory):
    """Groups edits into steps.

    Characters typed one after the other are a step until the caret moves, a pause, a new line or the
    start of a word; characters erased likewise. Every other edit is a step of its own, and so is all
    that happens within `step`. It leans on `record`, `_pop_undo` and the two stacks of EditHistory.
    """

    def __post_init__(self) -> None:
        super().__post_init__()
        self._depth = 0
        self._kind = ""
        self._last = ""
        self._left_at: Selection | None = None

    @classmethod
    def new(cls) -> StepHistory:
        """An empty history."""
        return cls(MOST_STEPS, PAUSE_SECONDS, NO_LIMIT)

    @contextmanager
    def step(self) -> Iterator[None]:
        """All edits within are one step, apart from those before and after."""
        if not self._depth:
            self.checkpoint()
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1
            if not self._depth:
                self.checkpoint()

    def record(self, edit: Edit) -> None:
        """Add an edit that was done to the step it belongs to."""
        assert edit._edit_result is not None, "it was done"
        removed = edit._edit_result.replaced_text
        if not edit.text and not removed:
            return
        now = self._get_time()
        kind, character = _kind(edit, removed)
        goes_on = bool(self._undo_stack) and not self._force_end_batch
        if not self._depth:
            goes_on = goes_on and (
                bool(kind)
                and kind == self._kind
                and not (removed and edit.text)
                and edit._original_selection == self._left_at
                and now - self._last_edit_time <= self.checkpoint_timer
                and not _begins_word(kind, self._last, character)
            )
        if goes_on:
            self._undo_stack[-1].append(edit)
        else:
            self._undo_stack.append([edit])
        self._redo_stack.clear()
        self._kind, self._last, self._last_edit_time = kind, character, now
        self._force_end_batch = False

    def _pop_undo(self) -> list[Edit] | None:
        self.checkpoint()
        return super()._pop_undo()

    def left(self, selection: Selection) -> None:
        """The edit is over and the selection is here; moved from here, the next edit begins a new step."""
        self._left_at = selection

    def clear(self) -> None:
        super().clear()
        self._left_at = None


def _kind(edit: Edit, removed: str) -> tuple[str, str]:
    """`typed` or `erased` with the character, or nothing for what is a step of its own."""
    typed = edit.typed if isinstance(edit, PlacedEdit) else edit.text
    if len(typed) == 1 and typed != "\n":
        return "typed", typed
    if not edit.text and len(removed) == 1 and removed != "\n":
        return "erased", removed
    return "", ""


def _begins_word(kind: str, before: str, character: str) -> bool:
    """Whether a word begins with a character that is typed, or was passed by the one that is erased."""
    if kind == "erased":
        before, character = character, before
    return before.isspace() and not character.isspace()
