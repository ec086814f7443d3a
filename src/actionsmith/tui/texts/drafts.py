"""The texts in the editor that are not saved yet, and what they started from."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from actionsmith.tenant.journal import Recovered
from actionsmith.tui.tenant.changes import Change, DeleteAction, Deploy, RenameAction, RollBack, SaveCode
from actionsmith.tui.texts.kept_texts import KeptTexts


class Drafts:
    """Holds the unsaved text of each Action by name, and has it kept in the journal."""

    def __init__(self, kept: KeptTexts) -> None:
        self._kept = kept
        self._unsaved: dict[str, str] = {}
        self._bases: dict[str, str] = {}
        self._moved: dict[str, str] = {}

    @property
    def unsaved(self) -> frozenset[str]:
        """The names of the Actions with unsaved text."""
        return frozenset(self._unsaved)

    def text(self, name: str) -> str | None:
        """The unsaved text of an Action, if there is one."""
        return self._unsaved.get(name)

    def base(self, name: str) -> str:
        """The saved code that the text of an Action in the editor started from."""
        return self._bases.get(name, "")

    def moved(self, name: str) -> str | None:
        """The code that another program saved for an Action whose text is not saved here."""
        return self._moved.get(name) if name in self._unsaved else None

    def read(self, name: str, saved: str) -> bool:
        """Take note of the saved code as it was read. Unsaved text still stems from what it started from.

        Tells whether it is news that another program saved an Action whose text is not saved here.
        """
        if self._unsaved.get(name) in (None, saved):
            self.saved(name, saved)
        elif saved == self._bases[name]:
            self._moved.pop(name, None)
        elif self._moved.get(name) != saved:
            self._moved[name] = saved
            return True
        return False

    def gone(self, known: Collection[str]) -> list[str]:
        """The Actions with unsaved text that are not there any more, each once; the journal keeps it."""
        gone = [name for name in self._unsaved if name not in known]
        for name in gone:
            del self._unsaved[name]
            self._kept.lay_by(("", name))
        return gone

    def read_all(self, saved: Mapping[str, str]) -> frozenset[str]:
        """Take note of the saved code of these Actions; gives those of which `read` has news."""
        return frozenset([name for name, code in saved.items() if self.read(name, code)])

    def rebase(self, name: str, theirs: str, text: str) -> None:
        """Let what another program saved be what `text`, not saved yet, starts from."""
        self._moved.pop(name, None)
        self._bases[name] = theirs
        self.edited(name, text)

    def edited(self, name: str, text: str) -> None:
        """Take note of the text in the editor."""
        if text == self.base(name):
            if name in self._unsaved:
                self.settle(name)
            return
        self._unsaved[name] = text
        self._kept.keep(("", name), text, self.base(name))

    def restore(self, found: Recovered, saved: str) -> None:
        """Take over a recovered text. What was typed meanwhile is left to the next start."""
        self._kept.lay_by(("", found.action))
        self._bases[found.action] = saved
        self._unsaved[found.action] = found.text
        self._kept.take_over(found, saved)

    def follow(self, change: Change, name: str) -> None:
        """Take note of a change that was carried out on the tenant while the Action `name` was open."""
        match change:
            case SaveCode(text) | Deploy(text):
                self.saved(name, text)
            case RollBack():
                self.settle(name)
            case DeleteAction(deleted):
                self.settle(deleted)
            case RenameAction(old, new):
                self.renamed(old, new)

    def saved(self, name: str, text: str) -> None:
        """Take note that `text` was saved; what was typed meanwhile stays unsaved."""
        self._bases[name] = text
        self._moved.pop(name, None)
        if self._unsaved.get(name) == text:
            self.settle(name)

    def settle(self, name: str) -> None:
        """Forget the text of an Action: it was saved, discarded, or its Action is gone."""
        self._unsaved.pop(name, None)
        self._moved.pop(name, None)
        self._kept.forget(("", name))

    def renamed(self, name: str, new_name: str) -> None:
        """Carry the unsaved text of an Action over to its new name, unless that has happened already."""
        if name not in self._bases:
            return
        text, base = self._unsaved.pop(name, None), self._bases.pop(name)
        self._moved.pop(name, None)
        self._bases[new_name] = base
        if text is not None:
            self._unsaved[new_name] = text
            self._kept.keep_renamed(("", name), ("", new_name), text, base)
