"""The row under an editor with vim keys: the mode and pending keys, a line being typed, or a sentence."""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len
from textual.app import RenderResult
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget


class VimLine(Widget):
    """Shows what it is told; it never takes the focus."""

    SCOPED_CSS = False  # the caret of the editor above has the look of its mode
    DEFAULT_CSS: ClassVar[str] = """
    VimLine {
        height: 1;
        padding: 0 1;
        color: $text-muted;
        & > .vim-line--mode { color: $accent; text-style: bold; }
        & > .vim-line--fault { color: $text-error; }
    }
    CodeEditor.-vim-typing .text-area--cursor {
        background: transparent;
        color: $foreground;
        text-style: underline bold;
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"vim-line--mode", "vim-line--fault"}
    can_focus = False

    mode: reactive[str] = reactive("")
    pending: reactive[str] = reactive("")
    line: reactive[str] = reactive("")
    said: reactive[str] = reactive("")
    is_fault: reactive[bool] = reactive(False)

    def render(self) -> RenderResult:
        if self.line:
            cursor = self.get_visual_style("vim-line--mode", partial=True)
            shown = self.line[-max(self.size.width - 1, 1) :]
            return Content.assemble((shown, "$foreground"), ("▏", cursor))
        mode = Content.styled(self.mode, self.get_visual_style("vim-line--mode", partial=True))
        if self.said:
            look = self.get_visual_style("vim-line--fault", partial=True) if self.is_fault else ""
            return Content.assemble(mode, "  ", (" ".join(self.said.split()), look))
        gap = self.size.width - cell_len(self.mode) - cell_len(self.pending)
        return Content.assemble(mode, " " * max(gap, 1), (self.pending, "$foreground"))
