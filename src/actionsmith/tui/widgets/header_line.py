"""The top line: where one is and how things stand."""

from __future__ import annotations

import msgspec
from textual.app import RenderResult
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

SEPARATOR = " · "


class Fact(msgspec.Struct, frozen=True):
    """A part of the line. Facts with the highest `rank` go first when the terminal is narrow."""

    text: str
    style: str = ""
    rank: int = 0


class HeaderLine(Widget):
    """`Actionsmith · tenant demo · MFA for Role · post-login · JavaScript · ● changed · v3 deployed`."""

    DEFAULT_CSS = """
    HeaderLine {
        dock: top;
        height: 1;
        padding: 0 1;
        background: $panel;
        color: $foreground;
        text-wrap: nowrap;
        text-overflow: ellipsis;
    }
    """
    ALLOW_SELECT = False

    facts: reactive[tuple[Fact, ...]] = reactive(())

    def render(self) -> RenderResult:
        shown = fitting_facts(self.facts, self.content_size.width)
        return Content.styled(SEPARATOR, "$text-muted").join(
            Content.styled(fact.text, fact.style) for fact in shown
        )


def fitting_facts(facts: tuple[Fact, ...], width: int) -> list[Fact]:
    """The facts that fit side by side, in their order; one of rank 0 always stays."""
    shown = list(facts)
    while _cells(shown) > width and (spare := [fact for fact in shown if fact.rank]):
        shown.remove(max(spare, key=lambda fact: fact.rank))
    return shown


def _cells(facts: list[Fact]) -> int:
    return sum(Content(fact.text).cell_length for fact in facts) + len(SEPARATOR) * (len(facts) - 1)
