"""Drafts as files in a folder, for the editor of one's choice: what either side saves gets to the other.

The files are looked at again and again; a file counts when it is the same at two looks, because editors write
in several steps. Nothing is overwritten that the other side has not seen: texts are merged, or both are kept.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import msgspec

from actionsmith import atomic
from actionsmith.editing.merge import merge
from actionsmith.errors import UserError
from actionsmith.runtime.host_kind import SUFFIXES
from actionsmith.tenant.model import Action
from actionsmith.tenant.tenant import Tenant
from actionsmith.workshop.editor_types import type_files, with_types, without_types

FILE_MODE = 0o644
_ENDINGS = {language: ending for ending, language in reversed(SUFFIXES.items())}


class _Glance(msgspec.Struct, frozen=True):
    """A file as it was at a look: its bytes, and what tells it from one with the same bytes."""

    data: bytes
    inode: int
    time_ns: int


class _Twin(msgspec.Struct):
    """An Action and its file. `base` is the draft as both sides know it, `seen` the code last taken from the
    file, at the glance `taken`: they differ while a conflict waits for the file to be saved.
    """

    action: Action
    path: Path
    base: str
    seen: str
    marked: bool
    glance: _Glance | None = None
    taken: _Glance | None = None
    told: str = ""

    @property
    def rest(self) -> Path:
        """Where the draft goes while it does not fit together with the file."""
        return self.path.with_name(f"{self.path.stem}.draft{self.path.suffix}")

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
        self._revision = tenant.revision()
        wanted = tenant.actions() if names is None else [tenant.action(name) for name in names]
        for action in wanted:
            self._begin(action)

    @property
    def paths(self) -> list[Path]:
        """The files of the Actions."""
        return [twin.path for twin in self._twins.values()]

    @property
    def waiting(self) -> list[Path]:
        """The files that do not fit together with their drafts, which are beside them."""
        return [twin.path for twin in self._twins.values() if twin.waiting]

    def look(self) -> None:
        """Carry over what was saved since the last look. Blocks for a moment; faults are said."""
        drafts_changed = (revision := self._tenant.revision()) != self._revision
        if drafts_changed:
            self._revision = revision
            self._follow_actions()
        for twin in list(self._twins.values()):
            try:
                self._look_at(twin, drafts_changed)
            except UserError as error:
                self._tell(twin, str(error))
            except OSError as error:
                self._tell(twin, f"{twin.path} cannot be used ({error.strerror}); the draft is as it was")

    def _begin(self, action: Action) -> None:
        code = self._tenant.draft(action.name).code
        for name, text in type_files(action.trigger, action.language).items():
            path = self._folder / name
            if path.parent != self._folder or not path.exists():  # settings in the folder may be the person's
                atomic.write_bytes(path, text.encode(), mode=FILE_MODE, durable=False)
        path = self._folder / self._free_name(action)
        marked = without_types(code, action.trigger, action.language) == code
        twin = self._twins[action.id] = _Twin(action, path, code, code, marked)
        found = self._read(twin)
        if found is None:
            self._write(twin, code)
        elif (text := self._code(twin, found)) != code:
            twin.glance = twin.taken = found
            twin.seen = text
            self._keep_draft(twin, code)
            self._say(
                f"{path} was there and differs from the draft of '{action.name}', which is in "
                f"{twin.rest.name}; save {path.name} to make it the draft"
            )
        else:
            twin.glance = found

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
            if self._all and action_id not in self._twins:
                self._begin(action)
                self._say(f"'{action.name}' is new: {self._twins[action_id].path}")

    def _look_at(self, twin: _Twin, draft_may_differ: bool) -> None:
        found = self._read(twin)
        settled, twin.glance = found == twin.glance, found
        text = twin.seen if found is None or not settled else self._code(twin, found)
        saved_again = twin.waiting and settled and found not in (None, twin.taken)
        file_changed = text != twin.seen or saved_again
        if not file_changed and not draft_may_differ:
            return
        if not settled and draft_may_differ:
            self._revision = ()  # the file is being written: the draft's turn comes at a later look
            return
        draft = self._tenant.draft(twin.action.name).code
        if file_changed:
            self._from_file(twin, text, draft)
        elif draft != twin.base:
            self._from_draft(twin, draft)

    def _from_file(self, twin: _Twin, text: str, draft: str) -> None:
        name, twin.taken = twin.action.name, twin.glance
        if draft in (twin.base, text):
            if draft != text:
                self._save(twin, text)
                self._say(f"saved the draft of '{name}' from {twin.path}")
            twin.base = twin.seen = text
            twin.rest.unlink(missing_ok=True)
            return
        merged = merge(twin.base, text, draft, our_name=twin.path.name, their_name="the draft")
        if merged.conflicts or twin.waiting:  # a text that waits was not made from the draft
            twin.seen = text
            self._keep_draft(twin, draft)
            self._say(
                f"'{name}' was changed in {twin.path} and elsewhere, in the same lines. The draft stays, "
                f"a copy of it is {twin.rest.name}; save {twin.path.name} again to make it the draft"
            )
            return
        self._save(twin, merged.text)
        self._write(twin, merged.text)
        self._say(f"merged '{name}': it was changed in {twin.path} and elsewhere")

    def _from_draft(self, twin: _Twin, draft: str) -> None:
        if twin.waiting and draft != twin.seen:
            self._keep_draft(twin, draft)
            self._say(f"the draft of '{twin.action.name}' was changed elsewhere; it is in {twin.rest}")
            return
        self._write(twin, draft)
        self._say(f"wrote {twin.path}: the draft of '{twin.action.name}' was changed elsewhere")

    def _save(self, twin: _Twin, text: str) -> None:
        for warning in self._tenant.save_code(twin.action.name, text):
            self._say(f"warning: {warning}")

    def _write(self, twin: _Twin, code: str) -> None:
        action = twin.action
        text = with_types(code, action.trigger, action.language) if twin.marked else code
        atomic.write_bytes(twin.path, text.encode(), mode=FILE_MODE, durable=False)
        twin.rest.unlink(missing_ok=True)
        twin.glance = twin.taken = self._read(twin)
        twin.base = twin.seen = code
        twin.told = ""

    def _keep_draft(self, twin: _Twin, draft: str) -> None:
        atomic.write_bytes(twin.rest, draft.encode(), mode=FILE_MODE, durable=False)
        twin.base = draft

    def _read(self, twin: _Twin) -> _Glance | None:
        try:
            with twin.path.open("rb") as file:
                facts = os.fstat(file.fileno())
                return _Glance(file.read(), facts.st_ino, facts.st_mtime_ns)
        except FileNotFoundError:
            return None  # between two steps of an editor, or for good: then the draft is what there is

    def _code(self, twin: _Twin, found: _Glance) -> str:
        try:
            text = found.data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise UserError(
                f"{twin.path} is not UTF-8 text (byte {error.start}); save it as UTF-8; the draft stays"
            ) from error
        if not twin.marked:
            return text
        return without_types(text, twin.action.trigger, twin.action.language)

    def _tell(self, twin: _Twin, sentence: str) -> None:
        if twin.told != sentence:
            twin.told = sentence
            self._say(sentence)

    def _free_name(self, action: Action) -> str:
        """A name that every file system takes and no other Action has."""
        stem = re.sub(r"[^\w .()-]", "_", action.name).strip(" .") or "Action"
        taken = {twin.path.name.casefold() for twin in self._twins.values()}
        names = (stem if number == 1 else f"{stem} ({number})" for number in range(1, len(taken) + 2))
        ending = _ENDINGS[action.language]
        return next(found for name in names if (found := f"{name}{ending}").casefold() not in taken)
