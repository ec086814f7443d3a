"""One command: what it is called, and which keys carry it out."""

from __future__ import annotations

import msgspec


class Command(msgspec.Struct, frozen=True):
    """One thing a person can do.

    `label` is the short word of the command bar, `title` the palette's and the help's. `bar` is its
    rank in the command bar: the highest goes first where there is no room; 0 keeps it out. `priority`
    keys work whatever has the focus, in dialogs too. `does` is the action when it is not the last part
    of the id. The keys of an `evident` command, such as the cursor keys, are left out of the help.
    """

    id: str
    title: str
    help: str
    keys: tuple[str, ...] = ()
    label: str = ""
    bar: int = 0
    palette: bool = True
    priority: bool = False
    does: str = ""
    evident: bool = False

    @property
    def context(self) -> str:
        return self.id.partition(".")[0]

    @property
    def action(self) -> str:
        return self.does or self.id.partition(".")[2]
