"""The editor of an event: JSON that is completed and checked against its trigger as it is typed."""

from __future__ import annotations

from typing import Unpack

from actionsmith.language.event_service import Checker, EventService
from actionsmith.language.insight import Insight
from actionsmith.language.service import Code
from actionsmith.triggers.validation import check_event
from actionsmith.tui.editor.code_editor import CodeEditor
from actionsmith.tui.editor.editor_options import EditorOptions


class EventEditor(CodeEditor):
    """JSON of one trigger's event, with its faults marked."""

    def __init__(
        self,
        text: str = "",
        trigger: str = "",
        *,
        check: Checker = check_event,
        **options: Unpack[EditorOptions],
    ) -> None:
        self.trigger = trigger
        """Whose event it is; set it before another event is loaded."""
        services = (EventService(check),)
        insight = Insight(lambda text: Code(text, self.trigger, "json"), lambda _: services)
        super().__init__(text, "json", insight, **options)

    def on_resize(self) -> None:
        """The line that names a fault may take the row the caret is in."""
        if self.has_focus:
            self.call_after_refresh(self.scroll_cursor_visible)
