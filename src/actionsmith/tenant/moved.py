"""Saving over what another program has saved meanwhile: refused, so that nobody's text is lost unseen."""

from __future__ import annotations

from actionsmith.errors import UserError


class MovedError(UserError):
    """What a text is to replace is not what it started from: another program has saved `theirs` meanwhile."""

    def __init__(self, what: str, theirs: str) -> None:
        super().__init__(f"{what} was saved by another program meanwhile; look at it first")
        self.theirs = theirs


def refuse_moved(what: str, saved: str, text: str, over: str | None) -> None:
    """Raises MovedError unless `text` may take the place of `saved`: that is `over`, if this is given."""
    if over is not None and saved not in (over, text):
        raise MovedError(what, saved)
