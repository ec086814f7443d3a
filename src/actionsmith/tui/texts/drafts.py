"""The texts in the editors that are not saved yet, and what they started from."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from actionsmith.tenant.journal import Recovered
from actionsmith.tui.tenant.changes import (
    Change,
    DeleteAction,
    DeleteEvent,
    Deploy,
    RenameAction,
    RollBack,
    SaveCode,
    SaveEvent,
)
from actionsmith.tui.texts.kept_texts import KeptTexts
from actionsmith.tui.texts.text_key import Key, action_key


class Drafts:
    """Holds the unsaved text of each Action and of each event, and has it kept in the journal."""

    def __init__(self, kept: KeptTexts) -> None:
        self._kept = kept
        self._unsaved: dict[Key, str] = {}
        self._bases: dict[Key, str] = {}
        self._moved: dict[Key, str] = {}

    @property
    def keys(self) -> frozenset[Key]:
        """What has unsaved text: Actions and events."""
        return frozenset(self._unsaved)

    @property
    def unsaved(self) -> frozenset[str]:
        """The names of the Actions with unsaved text."""
        return self.unsaved_of("")

    def unsaved_of(self, trigger: str) -> frozenset[str]:
        """The names of a trigger's events with unsaved text; without a trigger, of the Actions."""
        return frozenset([name for of, name in self._unsaved if of == trigger])

    def text(self, key: Key) -> str | None:
        """The unsaved text of an Action or event, if there is one."""
        return self._unsaved.get(key)

    def base(self, key: Key) -> str:
        """The saved text that the one in the editor started from."""
        return self._bases.get(key, "")

    def newest(self, key: Key) -> str:
        """The saved text as it was read last: another than the base when another program has saved it."""
        return self._moved.get(key, self.base(key))

    def moved(self, key: Key) -> str | None:
        """The text that another program saved where the one of here is not saved."""
        return self._moved.get(key) if key in self._unsaved else None

    def read(self, key: Key, saved: str) -> bool:
        """Take note of the saved text as it was read. Unsaved text still stems from what it started from.

        Tells whether it is news that another program saved what is not saved here.
        """
        if self._unsaved.get(key) in (None, saved):
            self.saved(key, saved)
        elif saved == self._bases[key]:
            self._moved.pop(key, None)
        elif self._moved.get(key) != saved:
            self._moved[key] = saved
            return True
        return False

    def gone(self, is_gone: Callable[[Key], bool]) -> list[Key]:
        """What has unsaved text and is not there any more, each once; the journal keeps the text."""
        gone = [key for key in self._unsaved if is_gone(key)]
        for key in gone:
            del self._unsaved[key]
            self._kept.lay_by(key)
        return gone

    def read_all(self, saved: Mapping[Key, str]) -> frozenset[Key]:
        """Take note of these saved texts; gives those of which `read` has news."""
        return frozenset([key for key, text in saved.items() if self.read(key, text)])

    def rebase(self, key: Key, theirs: str, text: str) -> None:
        """Let what another program saved be what `text`, not saved yet, starts from."""
        self._moved.pop(key, None)
        self._bases[key] = theirs
        self.edited(key, text)

    def edited(self, key: Key, text: str) -> None:
        """Take note of the text in the editor."""
        if text == self._moved.get(key):
            self._bases[key] = text
        if text == self.base(key):
            if key in self._unsaved:
                self.settle(key)
            return
        self._unsaved[key] = text
        self._kept.keep(key, text, self.base(key))

    def restore(self, found: Recovered, saved: str) -> Key:
        """Take over a recovered text. What was typed meanwhile is left to the next start."""
        key = found.trigger, found.action
        self._kept.lay_by(key)
        self._bases[key] = saved
        self._unsaved[key] = found.text
        self._kept.take_over(found, saved)
        return key

    def follow(self, change: Change, name: str) -> None:
        """Take note of a change that was carried out on the tenant while the Action `name` was open."""
        match change:
            case SaveCode(text) | Deploy(text):
                self.saved(action_key(name), text)
            case RollBack():
                self.settle(action_key(name))
            case DeleteAction(deleted):
                self.settle(action_key(deleted))
            case RenameAction(old, new):
                self.renamed(old, new)
            case SaveEvent(trigger, event, text, source=source):
                if source != event:
                    self._saved_as((trigger, source), (trigger, event), text)
                self.saved((trigger, event), text)
            case DeleteEvent(trigger, event):
                self.settle((trigger, event))

    def saved(self, key: Key, text: str) -> None:
        """Take note that `text` was saved; what was typed meanwhile stays unsaved."""
        self._bases[key] = text
        self._moved.pop(key, None)
        if self._unsaved.get(key) == text:
            self.settle(key)

    def settle(self, key: Key) -> None:
        """Forget the text of an Action or event: it was saved, discarded, or what it belongs to is gone."""
        self._unsaved.pop(key, None)
        self._moved.pop(key, None)
        self._kept.forget(key)

    def renamed(self, name: str, new_name: str) -> None:
        """Carry the unsaved text of an Action over to its new name, unless that has happened already."""
        key, new_key = action_key(name), action_key(new_name)
        if key not in self._bases:
            return
        text, base = self._unsaved.pop(key, None), self._bases.pop(key)
        self._moved.pop(key, None)
        self._bases[new_key] = base
        if text is not None:
            self._unsaved[new_key] = text
            self._kept.keep_renamed(key, new_key, text, base)

    def _saved_as(self, source: Key, key: Key, text: str) -> None:
        """Take note that `text`, of `source`, was saved as `key`; what was typed meanwhile goes with it."""
        typed = self._unsaved.get(source, text)
        if typed != text:
            self._unsaved[key] = typed
            self._kept.keep(key, typed, text)
        self.settle(source)
