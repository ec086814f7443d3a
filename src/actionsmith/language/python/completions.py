"""Proposals for a place in Python code: jedi's, in the words of the contract where they are its own."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from actionsmith.language.completion import (
    NOTHING,
    Completion,
    CompletionResult,
    Kind,
    narrowed,
)
from actionsmith.language.contract_completion import contract_completions
from actionsmith.language.expression import OpenString, code_before, open_string, word_before
from actionsmith.language.python.jedi_text import JediText
from actionsmith.language.python.prose import documentation, signature_text
from actionsmith.language.python.string_place import contract_spelling
from actionsmith.language.service import Code

MOST = 300
"""Proposals in one answer; who wants one of the others types a letter more."""

_KINDS: dict[str, Kind] = {
    "module": "module",
    "namespace": "module",
    "class": "class",
    "function": "function",
    "keyword": "keyword",
    "property": "property",
    "param": "variable",
}
_DEFINED = re.compile(r"^\s*(?:async\s+)?def\s+\w*\Z")
_IMPORTING = re.compile(r"(?:^|\n|;)[ \t]*(?:from\b[^\n(]*|import\b[^\n(]*|from\s[^\n(]*\([^)]*)\Z")
_IN_FRONT_OF_MODULE = re.compile(r"(?:^|\n|;)[ \t]*(?:import\s+(?:[\w. ]+,\s*)*|from\s+)\w*\Z")
_DECORATED = re.compile(r"^\s*@[\w.]*\Z")


class Completions:
    """The answer for one place, kept until the next one so that single proposals can be described."""

    def __init__(self, text: JediText, row: int, column: int) -> None:
        self._text = text
        row, column = text.source.clamp(row, column)
        self._line = text.source.lines[row]
        self._names: list[Any] = []
        self.result = self._complete(row, column)

    def describe(self, item: Completion) -> Completion:
        """A proposal of this answer with its signature and documentation; others as they are."""
        name = self._names[item.handle] if 0 <= item.handle < len(self._names) else None
        if name is None or name.name != item.label:
            return item
        return Completion(
            item.label,
            item.insert,
            item.kind,
            item.detail or signature_text(name),
            item.documentation or documentation(name),
            item.caret_back,
            item.handle,
        )

    def _complete(self, row: int, column: int) -> CompletionResult:
        code = code_before(self._text.source.text, row, column)
        ahead = self._line[:column]
        if self._text.in_prose(row, column):
            return NOTHING
        if (string := open_string(code, "python")) is not None:
            return self._in_string(string, row, column)
        if _DEFINED.match(ahead):  # handlers: jedi knows nothing about names that are just being given
            return self._from_contract(row, column)
        word = word_before(code)
        start = column - len(word)
        self._names = self._text.script.complete(row + 1, column, fuzzy=True)
        before = "\n".join([*self._text.source.lines[max(row - 20, 0) : row], ahead])
        is_import = _IMPORTING.search(before) is not None
        bare = is_import or _DECORATED.match(ahead) or self._line[column:].lstrip().startswith("(")
        is_member = ahead[:start].rstrip().endswith(".")
        items = [
            self._item(name, handle, is_member=is_member, bare=bool(bare))
            for handle, name in enumerate(self._names)
            if word.startswith("_") or not name.name.startswith("__")
        ]
        if is_import and _IN_FRONT_OF_MODULE.search(before):
            own = [it for it in self._from_contract(row, column).items if it.kind == "dependency"]
            listed = {it.label for it in own}
            items = [*own, *(it for it in items if it.label not in listed)]
        elif not items and is_member:
            return self._from_contract(row, column)
        items.sort(key=lambda it: it.handle >= 0)
        fitting = narrowed(items, word)
        return CompletionResult(tuple(fitting[:MOST]), start, is_part=len(fitting) > MOST)

    def _in_string(self, string: OpenString, row: int, column: int) -> CompletionResult:
        """Values the contract lists for the place, and secrets, whatever `event` and `api` are called."""
        result = self._from_contract(row, column)
        spelling = None if result.items else contract_spelling(self._text, string, row, column)
        if spelling is None:
            return result
        code = msgspec.structs.replace(self._text.code, text=spelling)
        return CompletionResult(contract_completions(code, 0, len(spelling)).items, result.start_column)

    def _from_contract(self, row: int, column: int) -> CompletionResult:
        code = msgspec.structs.replace(self._text.code, text=self._text.source.text)
        result = contract_completions(code, row, column)
        if _DEFINED.match(self._line[:column]):
            handlers = tuple(it for it in result.items if it.kind == "handler")
            return CompletionResult(handlers, result.start_column)
        return result

    def _item(self, name: Any, handle: int, *, is_member: bool, bare: bool) -> Completion:
        if (own := self._contract_item(name, bare=bare)) is not None:
            return own
        label, type_ = name.name, name.type
        kind = _KINDS.get(type_, "property" if is_member else "variable")
        if type_ == "function" and not bare:
            takes_something = _takes_something(name)
            kind = "method" if is_member else kind
            return Completion(
                label, f"{label}()", kind, caret_back=1 if takes_something else 0, handle=handle
            )
        if kind in ("property", "variable") and label.isupper():
            kind = "constant"
        return Completion(label, label, kind, handle=handle)

    def _contract_item(self, name: Any, *, bare: bool) -> Completion | None:
        """The proposal as the contract alone would make it, for a name of the contract."""
        tree_name = name._name.tree_name
        if tree_name is None or (module := self._text.declared(name)) is None:
            return None
        if (secret := module.secrets.get(name.line)) is not None:
            return members(self._text.code.trigger, "event.secrets", (secret,))[secret]
        path = module.paths.get(name.line)
        owner = path.rpartition(".")[0] if path else ""
        items = members(self._text.code.trigger, owner) if owner else {}
        item = items.get(name.name)
        if item is None or not bare:
            return item
        return Completion(item.label, item.label, item.kind, item.detail, item.documentation)


def members(trigger: str, path: str, secrets: tuple[str, ...] = ()) -> dict[str, Completion]:
    """What the contract proposes below a path, by label."""
    text = f"{path.replace('[]', '[0]')}."
    code = Code(text, trigger, "python", secrets=secrets)
    return {it.label: it for it in contract_completions(code, 0, len(text)).items}


def _takes_something(name: Any) -> bool:
    """Whether a function can be given arguments, as far as its head tells without any inference."""
    tree_name = name._name.tree_name
    function = tree_name.parent if tree_name is not None else None
    if function is None or function.type != "funcdef":
        return True
    around = function.search_ancestor("classdef", "funcdef")
    bound = 1 if around is not None and around.type == "classdef" else 0
    return len(function.get_params()) > bound
