"""Whether an editor has vim keys. What they are made of is loaded when somebody switches them on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

from actionsmith.editing.edit import Place
from actionsmith.tui.editor.assistant import Assistant

if TYPE_CHECKING:
    from actionsmith.tui.editor.code_editor import CodeEditor
    from actionsmith.tui.editor.vim_keys import VimKeys


class VimSwitch(Assistant):
    """Off until `turn`; hands on to the vim keys what an assistant hears."""

    @dataclass
    class Switched(Message):
        """Somebody switched vim keys on or off."""

        is_on: bool

    def __init__(self, editor: CodeEditor) -> None:
        super().__init__(editor)
        self.is_on = False
        self._keys: VimKeys | None = None

    @property
    def visual_caret(self) -> Place | None:
        """Where the caret of a visual mode is, see `VimKeys`."""
        return None if self._keys is None else self._keys.visual_caret

    def turn(self, is_on: bool) -> None:
        """Switch vim keys on or off."""
        if is_on == self.is_on:
            return
        self.is_on = is_on
        if self._keys is None:
            from actionsmith.tui.editor.vim_keys import VimKeys

            self._keys = VimKeys(self.editor)
        self._keys.turn(is_on)

    def key(self, key: str) -> bool:
        return self._keys is not None and self._keys.key(key)

    def loaded(self) -> None:
        if self._keys is not None:
            self._keys.loaded()

    def remove(self) -> None:
        if self._keys is not None:
            self._keys.remove()
