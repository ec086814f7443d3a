"""An editing text area in which one finds things: search and replace, lines, symbols, jumps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from textual.document._document import Selection

from actionsmith.editing.edit import Place
from actionsmith.editing.go_to import named_place
from actionsmith.language.highlighting import TEXT_TOKENS
from actionsmith.tui.dialogs import Prompt
from actionsmith.tui.editor.editing_text_area import EditingTextArea
from actionsmith.tui.editor.editor_options import EditorOptions
from actionsmith.tui.editor.finding import Finding
from actionsmith.tui.editor.jumping import Jumping
from actionsmith.tui.notices import toast

if TYPE_CHECKING:
    from actionsmith.language.outline import Symbol


class SearchingTextArea(EditingTextArea, inherit_bindings=False):
    """`finding` shows hits, `jumping` labels over the text."""

    def __init__(
        self,
        text: str = "",
        language: str = "",
        **options: Unpack[EditorOptions],
    ) -> None:
        self.finding = Finding(self)
        self.jumping = Jumping(self)
        super().__init__(text, language, **options)

    # The document

    def _load_document(self, text: str, language: str) -> None:
        self.jumping.stop()
        super()._load_document(text, language)
        self.finding.text_changed(is_another=True)

    def select_range(self, start: Place, end: Place) -> None:
        """Select a range and show it: where it is, when it is in sight, else in the middle."""
        rows = self.visible_rows
        in_sight = start[0] in rows and end[0] in rows
        self.history.checkpoint()
        self.selection = Selection(start, end)
        self.record_cursor_width()
        if not in_sight:
            self.scroll_cursor_visible(center=True)

    # Actions

    def action_find(self) -> None:
        self.finding.open()

    def action_replace(self) -> None:
        self.finding.open(replace=True)

    def action_find_next(self) -> None:
        self.finding.go(1)

    def action_find_previous(self) -> None:
        self.finding.go(-1)

    def action_replace_occurrences(self) -> None:
        """Replace the word at the caret, or the selection, everywhere."""
        self.finding.open(replace=True, word=True)

    def action_jump(self) -> None:
        self.jumping.start()

    def action_edit_outside(self) -> None:
        from actionsmith.tui.editor.outside_editor import edit_outside

        edit_outside(self)

    def action_go_to_line(self) -> None:
        """Ask for a line, and go there."""

        def place(text: str) -> Place | str:
            return named_place(text, self.cursor_location, self.document.line_count)

        def fault(text: str) -> str | None:
            found = place(text)
            return found if isinstance(found, str) else None

        def go(answer: dict[str, str] | None) -> None:
            found = place(answer["value"]) if answer else ""
            if not isinstance(found, str):
                self.move_cursor(self.clamp_visitable(found), center=True)

        self.app.push_screen(
            Prompt("Go to line", "Line", placeholder="12  or  12:5  or  +3", submit="Go", check=fault), go
        )

    def action_go_to_symbol(self) -> None:
        """Ask for a symbol of the text, and go there."""
        from actionsmith.language.outline import outline
        from actionsmith.tui.editor.symbol_dialog import SymbolDialog

        symbols = outline(self.document.lines, self.syntax, self._in_known_text)
        if not symbols:
            toast(self, "There is nothing with a name in this text yet.")
            return

        def go(symbol: Symbol | None) -> None:
            if symbol is not None:
                self.move_cursor(self.clamp_visitable((symbol.row, symbol.column)), center=True)

        self.app.push_screen(SymbolDialog(symbols, self.cursor_location[0]), go)

    def _in_known_text(self, row: int, column: int) -> bool:
        """Whether a string or a comment is there, as far as the text has got its colours."""
        spans = self.highlighter.known_spans(row)
        return any(start <= column < end and name.startswith(TEXT_TOKENS) for start, end, name in spans)

    def on_mouse_down(self) -> None:
        self.jumping.stop()

    def on_unmount(self) -> None:
        self.finding.remove()
