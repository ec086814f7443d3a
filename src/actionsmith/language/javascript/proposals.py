"""Proposals of the server in the shape of the editor's list."""

from __future__ import annotations

import re
from typing import NamedTuple

from actionsmith.language.completion import NOTHING, Completion, CompletionResult, Kind, narrowed
from actionsmith.language.expression import open_string
from actionsmith.language.javascript.prose import plain, without_kind
from actionsmith.language.javascript.typed_text import TypedText
from actionsmith.language.javascript.wire import CompletionItem, Edit
from actionsmith.language.service import Code

MOST = 500
"""Longer lists are cut to those that fit the word typed so far."""

_KINDS: dict[int, Kind] = {
    2: "method", 3: "function", 4: "class", 5: "property", 6: "variable", 7: "class", 8: "class",
    9: "module", 10: "property", 11: "value", 12: "value", 13: "class", 14: "keyword", 16: "value",
    17: "module", 19: "module", 20: "constant", 21: "constant", 22: "class", 23: "property", 25: "class",
}  # fmt: skip
_WORD = re.compile(r"[\w$]*\Z")
_OPENS_NO_CALL = re.compile(r"[{,]\s*\Z|\b(?:new|import|class|extends|typeof|function)\s+\Z")
_IS_CALLED = re.compile(r"\s*[(`]")
_REQUIRED = re.compile(r"(?:\brequire\s*\(|\bfrom|\bimport\s*\(?)\s*['\"][^'\"]*\Z")


class Proposals(NamedTuple):
    """The list for the editor, and by the handles in it what the server knows the proposals by."""

    result: CompletionResult
    items: dict[int, CompletionItem]


def proposals(
    code: Code, text: TypedText, row: int, column: int, items: list[CompletionItem], first_handle: int
) -> Proposals:
    """The list for a caret. Handles count from `first_handle`."""
    line = text.row(row)
    column = min(column, len(line))
    word = _WORD.search(line[:column])
    start, end = (word.start() if word else column), column
    if items and items[0].textEdit and all(item.textEdit for item in items):
        span = text.span(items[0].textEdit.range)  # a part of a string, which is more than a word
        if span.row == row and span.column <= start and span.end_column >= column:
            start, end = span.column, span.end_column
    place = _Place(code, line[:start], bool(_IS_CALLED.match(line, end)), start)
    ordered = sorted(items, key=lambda item: (item.sortText, item.label.lower()))
    made = [
        proposal
        for handle, item in enumerate(ordered, first_handle)
        if (proposal := place.proposal(text, item, handle))
    ]
    if len(made) > MOST:
        made = narrowed(made, line[start:column])[:MOST]
    if not made:
        return Proposals(NOTHING, {})
    result = CompletionResult(tuple(made), start, end - column)
    return Proposals(result, {item.handle: ordered[item.handle - first_handle] for item in made})


def described(proposal: Completion, item: CompletionItem) -> Completion:
    """A proposal with what the server says about it."""
    return Completion(
        label=proposal.label,
        insert=proposal.insert,
        kind=proposal.kind,
        detail=without_kind(item.detail) or proposal.detail,
        documentation=plain(item.documentation) or proposal.documentation,
        caret_back=proposal.caret_back,
        handle=proposal.handle,
    )


class _Place:
    """Where the proposals go: what stands before the word, and whether a call follows it already."""

    def __init__(self, code: Code, before: str, is_called: bool, start: int) -> None:
        self._code = code
        self._start = start
        self._is_secret = bool(re.search(r"\bevent\s*\??\.\s*secrets\s*\??(?:\.\s*|\[\s*['\"])\Z", before))
        self._is_required = bool(_REQUIRED.search(before))
        self._calls = not (
            is_called or _OPENS_NO_CALL.search(before) or open_string(before, "javascript") is not None
        )

    def proposal(self, text: TypedText, item: CompletionItem, handle: int) -> Completion | None:
        """The proposal, or None for one that would replace more than the word, such as the dot before it."""
        insert = _inserted(item)
        if item.textEdit and text.span(item.textEdit.range).column != self._start:
            return None
        label = insert if item.label.rstrip("?") == insert else item.label
        kind = self._kind(item, label)
        if kind not in ("method", "function") or not self._calls:
            return Completion(label, insert, kind, item.detail, plain(item.documentation), 0, handle)
        return Completion(label, f"{insert}()", kind, item.detail, plain(item.documentation), 1, handle)

    def _kind(self, item: CompletionItem, label: str) -> Kind:
        if self._is_secret and label in self._code.secrets:
            return "secret"
        if self._is_required:
            return "dependency" if label in self._code.dependencies else "module"
        return _KINDS.get(item.kind, "text")


def _inserted(item: CompletionItem) -> str:
    edit: Edit | None = item.textEdit
    return (edit.newText if edit else item.insertText) or item.label
