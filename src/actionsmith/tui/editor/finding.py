"""A search in an editor: what is looked for, where it was found, and the conversation with the bar.

All matching is done in threads, see `actionsmith.editing.search`. What a newer search gives counts; a
result about a text that has changed since is not used to edit.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from textual.widget import Widget

from actionsmith.editing.edit import Edit, Place
from actionsmith.editing.search import (
    WHOLE,
    Hits,
    Query,
    Scope,
    SearchFault,
    find_all,
    replace_all,
    replace_hit,
)
from actionsmith.editing.text_places import TextPlaces
from actionsmith.editing.words import word_around
from actionsmith.tui.faults import report
from actionsmith.tui.jobs import Jobs
from actionsmith.tui.notices import toast

if TYPE_CHECKING:
    from actionsmith.tui.editor.find_bar import FindBar
    from actionsmith.tui.editor.searching_text_area import SearchingTextArea

T = TypeVar("T")

NOTHING = Hits()


class Finding:
    """The search of one editor. It goes on to exist while the bar is closed: `go` continues it."""

    def __init__(self, editor: SearchingTextArea) -> None:
        self._editor = editor
        self._jobs = Jobs(editor)
        self._bar: FindBar | None = None
        self._lines: list[str] = []
        self._hits = NOTHING
        self._then: Callable[[], None] | None = None
        self._origin = ((0, 0), (0, 0))
        self._is_lit = False
        self.query = Query("")
        self.scope: Scope | None = None

    # The bar

    @property
    def is_open(self) -> bool:
        return self._bar is not None and self._bar.is_attached

    @property
    def may_replace(self) -> bool:
        """Whether the text is there to be changed."""
        return not self._editor.read_only

    def open(self, *, replace: bool = False, word: bool = False) -> None:
        """Show the bar and go there. What is selected on one line, or the word at the caret if `word`, is
        searched for; a selection of several lines is what is searched in."""
        start, end = self._origin = _in_order(self._editor)
        was_open = self.is_open
        if start[0] != end[0]:
            self.scope = self._selected_scope()
        else:
            line = self._editor.document.get_line(start[0])
            left, right = start[1], end[1]
            if word and left == right:
                left, right = word_around(line, left)
            if left < right:
                self.query = Query(line[left:right], self.query.case, self.query.word)
        if self._bar is None or not was_open:
            from actionsmith.tui.editor.find_bar import FindBar

            self._bar = FindBar(self)
            if isinstance(self._editor.parent, Widget):
                self._editor.parent.mount(self._bar, after=self._editor)
        self._bar.show(replace=replace or (was_open and self._bar.replaces), write_replacement=word)
        self._search(None)

    def close(self) -> None:
        """Take the bar away and go back to the text; what was found is selected."""
        self.remove()
        self.light(None)
        self._editor.focus()

    def remove(self) -> None:
        """The bar goes, because it is closed or the editor is."""
        if self._bar is not None and self._bar.is_attached:
            self._bar.remove()
        self._bar = None
        self.scope = None

    # Searching

    def light(self, query: Query | None) -> None:
        """Search for this and show all hits though there is no bar, until there is one; None: no longer."""
        self._is_lit = query is not None
        if query is not None:
            self.query = query
            self._search(None)
        elif not self.is_open:
            self._editor.show_hits({}, None)

    def ask(self, query: Query) -> None:
        """Search for something else, and show the hit at or after where the search began."""
        self.query = query
        self._search(self._show_first)

    def switch_scope(self) -> None:
        """Search in what was selected, or again in the whole text."""
        if self.scope is not None:
            self.scope = None
        elif self._origin[0] == self._origin[1]:
            toast(self._editor, "Nothing was selected when the search began.")
        else:
            self.scope = self._selected_scope()
        self._search(self._show_first)

    def go(self, step: int) -> None:
        """Select the next hit (`step` 1) or the one before (-1), round the ends of the text.

        Without a search so far the word at the caret, or the selection, is searched for.
        """
        if not self.query.text:
            start, end = _in_order(self._editor)
            line = self._editor.document.get_line(start[0])
            left, right = (start[1], end[1]) if start < end else word_around(line, start[1])
            if start[0] != end[0] or left == right:
                self._editor.action_find()
                return
            self.query = Query(line[left:right], case=True)
            word = ((start[0], left), (start[0], right))
            self._search(lambda: self._go(step, word))
        elif self._is_known():
            self._go(step)
        else:
            self._search(lambda: self._go(step))

    def text_changed(self, *, is_another: bool = False) -> None:
        """The text was edited, or `is_another` one altogether: search anew if that is shown."""
        if is_another:
            self.scope, self._origin, self._is_lit = None, ((0, 0), (0, 0)), False
        if self.is_open or self._is_lit:
            self._search(None)

    # Replacing

    def replace_one(self, replacement: str) -> None:
        """Replace the hit that is selected and go to the next; go to the first when none is selected."""
        number = self._hits.at(*_in_order(self._editor)) if self._is_known() else None
        if number is None:
            self.go(1)
            return
        hit, query = self._hits.found[number], self.query
        self._work(lambda lines: replace_hit(lines, query, hit, replacement), self._replaced)

    def replace_all(self, replacement: str) -> None:
        """Replace every hit, in one step to undo."""
        query, scope, caret = self.query, self.scope or WHOLE, self._editor.cursor_location
        self._work(
            lambda lines: replace_all(lines, query, replacement, scope, caret=caret), self._all_replaced
        )

    def _replaced(self, edit: Edit | None) -> None:
        self._editor.carry_out(edit)
        self._search(lambda: self._go(1))

    def _all_replaced(self, done: tuple[Edit, int] | None) -> None:
        if done is None:
            toast(self._editor, "Nothing was found, so nothing is replaced.")
            return
        edit, count = done
        self._editor.carry_out(edit)
        toast(self._editor, f"{count} {'hit is' if count == 1 else 'hits are'} replaced.")

    # The work and its results

    def _is_known(self) -> bool:
        return bool(self._hits.found) and self._lines == self._editor.document.lines and self.is_open

    def _search(self, then: Callable[[], None] | None) -> None:
        if then is not None:
            self._then = then
        query, scope = self.query, self.scope or WHOLE
        self._work(lambda lines: find_all(lines, query, scope), self._found, even_if_changed=True)

    def _work(
        self,
        work: Callable[[list[str]], T],
        done: Callable[[T], None],
        *,
        even_if_changed: bool = False,
    ) -> None:
        """Do `work` on the lines in a thread; `done` gets its result unless the text changed meanwhile."""
        lines = list(self._editor.document.lines)

        def finish(result: T) -> None:
            if even_if_changed or lines == self._editor.document.lines:
                self._lines = lines
                done(result)

        self._jobs.newest("find", lambda: work(lines), finish, self._failed)

    def _found(self, hits: Hits) -> None:
        self._hits = hits
        then, self._then = self._then, None
        if then is not None:
            then()
        self.show()

    def _failed(self, error: Exception) -> None:
        self._hits, self._then = NOTHING, None
        if not isinstance(error, SearchFault):
            report(self._editor, error)
            return
        self.show(str(error))
        if not (self.is_open or self._is_lit):
            toast(self._editor, str(error), "warning")

    def show(self, fault: str = "") -> None:
        """Paint the hits and tell the bar about them."""
        if not (self.is_open or self._is_lit):
            return
        number = self._hits.at(*_in_order(self._editor))
        current = None
        if number is not None:
            (row, left), (last, right) = self._hits.found[number]
            current = (row, left, right if row == last else len(self._lines[row]))
        self._editor.show_hits(self._hits.by_row(self._lines), current)
        if self._bar is not None and self.is_open:
            self._bar.tell(self._hits, number, fault)

    def _show_first(self) -> None:
        number = self._hits.after(self._origin[0])
        if number is not None:
            self._editor.select_range(*self._hits.found[number])

    def _go(self, step: int, place: tuple[Place, Place] | None = None) -> None:
        """Go on from a place; without one, from where the editor stands."""
        start, end = place or _in_order(self._editor)
        is_hit = self._hits.at(start, end) is not None
        number = self._hits.before(start) if step < 0 else self._hits.after(end if is_hit else start)
        if number is None:
            if not self.is_open:
                toast(self._editor, f"“{self.query.text}” is not found.")
            return
        hit = self._hits.found[number]
        self._origin = hit
        self._editor.select_range(*hit)
        self.show()

    def _selected_scope(self) -> Scope:
        lines = self._editor.document.lines
        places = TextPlaces(lines)
        before, last = places.offset(self._origin[0]), places.offset(self._origin[1])
        return Scope(before, places.offset((len(lines) - 1, len(lines[-1]))) - last)


def _in_order(editor: SearchingTextArea) -> tuple[tuple[int, int], tuple[int, int]]:
    start, end = sorted(editor.selection)
    return start, end
