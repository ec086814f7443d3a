"""A field of a dialog: one line of text in which keys work in the order they are typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.widgets import Input


class TextField(Input):
    """An Input for people who type fast, and for text that arrives in one burst.

    Left to bubble up, a key such as ctrl+u, tab or enter would be carried out after letters that were
    typed later. Here it is carried out at once, and letters that are for the next field go there.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+a", "select_all", "Select everything", show=False)]

    def __init__(
        self,
        value: str = "",
        *,
        entered: Callable[[TextField], None],
        placeholder: str = "",
        password: bool = False,
        id: str | None = None,  # noqa: A002 - Textual's own name for it
    ) -> None:
        """`entered` is called at once when Enter is pressed."""
        super().__init__(value, placeholder=placeholder, password=password, id=id, compact=True)
        self._entered = entered

    async def action_submit(self) -> None:
        self._entered(self)

    async def _on_key(self, event: events.Key) -> None:
        focused = self.screen.focused
        if focused is not None and focused is not self:
            focused.post_message(events.Key(event.key, event.character))
        elif event.is_printable or not await self._run_binding(event.key):
            return
        event.stop()
        event.prevent_default()

    async def _run_binding(self, key: str) -> bool:
        active = self.screen.active_bindings.get(key)
        if active is None or not active.enabled:
            return False
        return await self.app.run_action(active.binding.action, active.node)
