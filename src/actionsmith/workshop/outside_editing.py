"""Drafts as files in a folder, for the editor of one's choice: what either side saves gets to the other.

The files are looked at again and again; a file counts when it is the same at two looks, because editors write
in several steps. Nothing is overwritten that the other side has not seen: texts are merged, or both are kept.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import msgspec

from actionsmith.editing.merge import merge
from actionsmith.errors import UserError
from actionsmith.runtime.host_kind import SUFFIXES
from actionsmith.tenant.model import Action
from actionsmith.tenant.moved import MovedError
from actionsmith.tenant.tenant import Tenant
from actionsmith.workshop.editor_types import type_files, with_types, without_types
from actionsmith.workshop.outside_file import Glance, free_name, glance, replace

_ENDINGS = {language: ending for ending, language in reversed(SUFFIXES.items())}


class _Twin(msgspec.Struct):
    """An Action and its file. `base` is the draft as both sides know it, `seen` the code last taken from the
    file, at the glance `taken`: they differ while the file waits to be saved again. The draft is beside it
    then, in the file `rest`, into which `rest_data` was written.
    """

    action: Action
    path: Path
    base: str
    seen: str
    marked: bool
    glance: Glance | None = None
    taken: Glance | None = None
    rest: Path | None = None
    rest_data: bytes = b""

    @property
    def waiting(self) -> bool:
        return self.base != self.seen


class OutsideEditing:
    """The Actions `names` of a tenant (none: all there are and come) in a folder. `say` gets sentences."""

    def __init__(
        self, tenant: Tenant, folder: Path, names: list[str] | None, say: Callable[[str], None]
    ) -> None:
        self._tenant, self._folder, self._say = tenant, folder, say
        self._all = names is None
        self._twins: dict[str, _Twin] = {}
        self._told: dict[str, str] = {}
        if Path(os.path.realpath(folder)).is_relative_to(os.path.realpath(tenant.path)):
            raise UserError(f"{folder} is in the tenant's own directory; choose another one for your files")
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UserError(f"{folder} cannot be a folder ({error.strerror}); name another one") from error
        self._revision = tenant.revision()
        wanted = tenant.actions() if names is None else [tenant.action(name) for name in names]
        for action in sorted(wanted, key=lambda action: action.created_at):  # a new one takes no other's name
            self._try_to_begin(action)

    @property
    def paths(self) -> list[Path]:
        """The files of the Actions."""
        return [twin.path for twin in self._twins.values()]

    @property
    def waiting(self) -> list[Path]:
        """The files that do not fit together with their drafts, which are beside them."""
        return [twin.path for twin in self._twins.values() if twin.waiting]

    def has_taken(self, path: Path) -> bool:
        """Whether what is in a file is in the draft. Blocks."""
        twin = next((twin for twin in self._twins.values() if twin.path == path), None)
        if twin is None or twin.waiting:
            return False
        try:
            found = glance(path)
            return found is None or self._code(twin, found) == twin.seen
        except (OSError, UserError):
            return False

    def look(self) -> None:
        """Carry over what was saved since the last look. Blocks for a moment; faults are said."""
        drafts_changed = (revision := self._tenant.revision()) != self._revision
        if drafts_changed:
            self._revision = revision
            try:
                self._follow_actions()
            except UserError as error:
                self._tell("", str(error))
        for twin in list(self._twins.values()):
            try:
                self._look_at(twin, drafts_changed)
                continue
            except MovedError:
                sentence = ""  # in this moment: the next look has both texts
            except UserError as error:
                sentence = str(error)
            except OSError as error:
                sentence = f"{twin.path} cannot be used ({error.strerror}); the draft is as it was"
            self._tell(twin.action.id, sentence)

    def _tell(self, action_id: str, sentence: str) -> None:
        """Say once what keeps an Action from being carried over, and try it again."""
        self._look_again()
        if sentence and self._told.get(action_id) != sentence:
            self._told[action_id] = sentence
            self._say(sentence)

    def _look_again(self) -> None:
        """Let the next look compare the drafts, too."""
        self._revision = ()

    def _try_to_begin(self, action: Action) -> bool:
        """Begin with an Action. One of all that cannot be had now must not be in the way of the others."""
        try:
            self._begin(action)
        except (UserError, OSError) as error:
            if not self._all:
                raise
            why = str(error) if isinstance(error, UserError) else str(error.strerror)
            self._tell(action.id, f"'{action.name}' cannot be edited here: {why}")
            return False
        return True

    def _begin(self, action: Action) -> None:
        code = self._tenant.draft(action.name).code
        for name, text in type_files(action.trigger, action.language).items():
            path = self._folder / name
            if path.parent != self._folder or not path.exists():  # settings in the folder may be the person's
                replace(path, text.encode(), glance(path))
        path = self._folder / free_name(action.name, _ENDINGS[action.language], self._names())
        marked = without_types(code, action.trigger, action.language) == code
        twin = _Twin(action, path, code, code, marked)
        found = glance(path)
        if found is None:
            self._write(twin, code)
        elif (text := self._code(twin, found)) != code:
            twin.glance = twin.taken = found
            twin.seen = text
            self._keep_draft(twin, code)
            self._say(
                f"{path} was there and differs from the draft of '{action.name}', which is in "
                f"{_name(twin.rest)}; save {path.name} to make it the draft"
            )
        else:
            twin.glance = found
        self._twins[action.id] = twin

    def _follow_actions(self) -> None:
        """Take on Actions that were renamed, deleted or made elsewhere."""
        actions = {action.id: action for action in self._tenant.actions()}
        for action_id, twin in list(self._twins.items()):
            if action_id in actions:
                twin.action = actions[action_id]
            else:
                del self._twins[action_id]
                self._say(f"'{twin.action.name}' was deleted; {twin.path} stays and is not watched any more")
        for action_id, action in actions.items():
            if self._all and action_id not in self._twins and self._try_to_begin(action):
                self._say(f"'{action.name}' is new: {self._twins[action_id].path}")

    def _look_at(self, twin: _Twin, draft_may_differ: bool) -> None:
        found = glance(twin.path)
        settled, twin.glance = found == twin.glance, found
        text = twin.seen if found is None or not settled else self._code(twin, found)
        saved_again = twin.waiting and settled and found not in (None, twin.taken)
        file_changed = text != twin.seen or saved_again
        if not file_changed and not draft_may_differ:
            return
        if not settled and draft_may_differ:
            self._look_again()  # the file is being written: the draft's turn comes later
            return
        draft = self._tenant.draft(twin.action.name).code
        if file_changed:
            self._from_file(twin, text, draft)
        elif draft != twin.base:
            self._from_draft(twin, draft)

    def _from_file(self, twin: _Twin, text: str, draft: str) -> None:
        name = twin.action.name
        again = f"save {twin.path.name} again to make it the draft"
        if draft.strip() and not text.strip() and not twin.waiting:  # seldom meant: a disk was full, say
            self._wait(twin, text, draft)
            self._say(
                f"{twin.path} is empty. The draft of '{name}' stays, it is in {_name(twin.rest)}; {again}"
            )
            return
        if draft in (twin.base, text):
            if draft != text:
                self._save(twin, text, draft)
                self._say(f"saved the draft of '{name}' from {twin.path}")
            twin.base = twin.seen = text
            twin.taken = twin.glance
            self._drop_rest(twin)
            return
        merged = merge(twin.base, text, draft, our_name=twin.path.name, their_name="the draft")
        if merged.conflicts or twin.waiting:  # a text that waits was not made from the draft
            self._wait(twin, text, draft)
            self._say(
                f"'{name}' was changed in {twin.path} and elsewhere, in the same lines. The draft stays, "
                f"a copy of it is {_name(twin.rest)}; {again}"
            )
            return
        self._save(twin, merged.text, draft)
        twin.base = twin.seen = text
        twin.taken = twin.glance
        self._write(twin, merged.text)
        self._say(f"merged '{name}': it was changed in {twin.path} and elsewhere")

    def _wait(self, twin: _Twin, text: str, draft: str) -> None:
        """Leave both texts as they are until the file is saved again."""
        self._keep_draft(twin, draft)
        twin.seen, twin.taken = text, twin.glance

    def _from_draft(self, twin: _Twin, draft: str) -> None:
        if twin.waiting and draft != twin.seen:
            self._keep_draft(twin, draft)
            self._say(f"the draft of '{twin.action.name}' was changed elsewhere; it is in {twin.rest}")
        elif self._write(twin, draft):
            self._say(f"wrote {twin.path}: the draft of '{twin.action.name}' was changed elsewhere")

    def _save(self, twin: _Twin, text: str, draft: str) -> None:
        for warning in self._tenant.save_code(twin.action.name, text, over=draft):
            self._say(f"warning: {warning}")
        self._told.pop(twin.action.id, None)

    def _write(self, twin: _Twin, code: str) -> bool:
        """Put code into the file, unless that was saved in this very moment: tells whether."""
        action = twin.action
        text = with_types(code, action.trigger, action.language) if twin.marked else code
        if not replace(twin.path, text.encode(), twin.glance):
            self._look_again()
            return False
        self._drop_rest(twin)
        twin.glance = twin.taken = glance(twin.path)
        twin.base = twin.seen = code
        return True

    def _keep_draft(self, twin: _Twin, draft: str) -> None:
        """Put the draft beside the file, in place of what was put there before and of nothing else."""
        data = draft.encode()
        found = None if twin.rest is None else glance(twin.rest)
        if twin.rest is None or (found is not None and found.data != twin.rest_data):
            there = [path.name for path in self._folder.iterdir()] if self._folder.is_dir() else []
            name = free_name(f"{twin.path.stem}.draft", twin.path.suffix, {*there, *self._names()})
            twin.rest, found = self._folder / name, None
        replace(twin.rest, data, found)
        twin.rest_data = data
        twin.base = draft

    def _drop_rest(self, twin: _Twin) -> None:
        """Remove the draft beside the file, unless somebody has written into it."""
        if twin.rest is not None:
            found = glance(twin.rest)
            if found is not None and found.data == twin.rest_data:
                twin.rest.unlink(missing_ok=True)
            twin.rest = None

    def _names(self) -> set[str]:
        """The names that the files of the Actions have."""
        paths = [path for twin in self._twins.values() for path in (twin.path, twin.rest)]
        return {path.name for path in paths if path is not None}

    def _code(self, twin: _Twin, found: Glance) -> str:
        try:
            text = found.data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise UserError(
                f"{twin.path} is not UTF-8 text (byte {error.start}); save it as UTF-8; the draft stays"
            ) from error
        if not twin.marked:
            return text
        return without_types(text, twin.action.trigger, twin.action.language)


def _name(path: Path | None) -> str:
    return path.name if path else ""
