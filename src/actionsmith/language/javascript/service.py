"""The language service for JavaScript: TypeScript's server asked for Actions."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import unquote, urlsplit

from actionsmith.errors import near_name
from actionsmith.language.completion import NOTHING, Completion, CompletionResult
from actionsmith.language.javascript import faults, project, prose, wire
from actionsmith.language.javascript.connection import Method, TooLateError
from actionsmith.language.javascript.documents import Document
from actionsmith.language.javascript.indentation import indentation
from actionsmith.language.javascript.proposals import described, proposals
from actionsmith.language.javascript.secrets import undefined_secrets
from actionsmith.language.javascript.server import Progress, Server, ServerFiles
from actionsmith.language.javascript.signatures import signature
from actionsmith.language.javascript.typed_text import without_surrogates
from actionsmith.language.service import Code, Diagnostic, Hover, Signature, Span, Status, Target, TextEdit
from actionsmith.triggers.typescript import declaration

PATIENCE_S = 15.0
"""A server that takes longer hangs and is started anew. The first answer about a text reads all its types."""

MOST_NEAR_NAMES = 5
"""Unknown members of one text for which the known ones are asked for."""

MOST_MEMBERS = 200
"""Known members that an unknown one is compared with: more would hold up the screen."""

_COMPLETE = Method("textDocument/completion", wire.CompletionList)
_RESOLVE = Method("completionItem/resolve", wire.CompletionItem)
_HOVER = Method("textDocument/hover", wire.HoverAnswer)
_SIGNATURE = Method("textDocument/signatureHelp", wire.SignatureHelp)
_DEFINITION = Method("textDocument/definition", list[wire.Location])
_REFERENCES = Method("textDocument/references", list[wire.Location])
_RENAME = Method("textDocument/rename", wire.WorkspaceEdit)
_DIAGNOSE = Method("textDocument/diagnostic", wire.FaultReport)
_FORMAT = Method("textDocument/formatting", list[wire.Edit])

_T = TypeVar("_T")


class JavaScriptService:
    """A `LanguageService`. Belongs to one event loop; `start` warms it up, the first question does so, too.

    `find` gives the files of the server; it is called in a thread of its own and may install them, with a
    line for each step. It raises UserError when they cannot be had.
    """

    def __init__(self, find: Callable[[Progress], ServerFiles]) -> None:
        self._server = Server(find)
        self._handles = 0
        self._listed: dict[int, wire.CompletionItem] = {}

    @property
    def status(self) -> Status:
        return self._server.status

    def start(self) -> None:
        """Find and start the server in the background."""
        self._server.start()

    async def settled(self) -> Status:
        """Start the server, and wait until it is there or is known to be missing."""
        return await self._server.settled()

    async def warm(self, code: Code) -> None:
        """Let the server read what belongs to a text before the first question about it."""
        await self._server.settled()
        await self.diagnose(code)

    async def complete(self, code: Code, row: int, column: int) -> CompletionResult:
        document = await self._document(code)
        if document is None:
            return NOTHING
        text = document.text
        found = await self._ask(_COMPLETE, document, _at(document, row, column), lane="complete")
        if found is None:
            return NOTHING
        result, self._listed = proposals(code, text, row, column, found.items, self._handles)
        self._handles += len(found.items)
        return result

    async def describe(self, code: Code, row: int, column: int, item: Completion) -> Completion:
        document, listed = await self._document(code), self._listed.get(item.handle)
        if document is None or listed is None:
            return item
        found = await self._ask(_RESOLVE, document, listed, lane="describe")
        return item if found is None else described(item, found)

    async def hover(self, code: Code, row: int, column: int) -> Hover | None:
        document = await self._document(code)
        if document is None:
            return None
        found = await self._ask(_HOVER, document, _at(document, row, column), lane="hover")
        return None if found is None else prose.hover(found.contents)

    async def signature(self, code: Code, row: int, column: int) -> Signature | None:
        document = await self._document(code)
        if document is None:
            return None
        found = await self._ask(_SIGNATURE, document, _at(document, row, column), lane="signature")
        return None if found is None else signature(found)

    async def definition(self, code: Code, row: int, column: int) -> tuple[Target, ...]:
        document = await self._document(code)
        if document is None:
            return ()
        text = document.text
        found = await self._ask(_DEFINITION, document, _at(document, row, column), lane="definition")
        targets: list[Target] = []
        for place in found or ():
            if place.uri == document.uri:
                targets.append(Target(text.span(place.range)))
            elif place.uri == document.contract_uri:
                targets += _in_contract(code.trigger, place.range)
            else:
                targets.append(Target(_raw_span(place.range), path=_path(place.uri)))
        return tuple(targets)

    async def references(self, code: Code, row: int, column: int) -> tuple[Span, ...]:
        document = await self._document(code)
        if document is None:
            return ()
        text = document.text
        params = {**_at(document, row, column), "context": {"includeDeclaration": True}}
        found = await self._ask(_REFERENCES, document, params, lane="references")
        own = [place.range for place in found or () if place.uri == document.uri]
        return tuple(sorted({text.span(each) for each in own if not text.is_inserted(each)}))

    async def rename(self, code: Code, row: int, column: int, new_name: str) -> tuple[TextEdit, ...]:
        """The edits; none for a name that belongs to the contract or a package, too."""
        document = await self._document(code)
        if document is None:
            return ()
        text = document.text
        params = {**_at(document, row, column), "newName": without_surrogates(new_name)}
        found = await self._ask(_RENAME, document, params, lane="rename")
        if found is None or set(found.changes) != {document.uri}:
            return ()
        return text.edits(found.changes[document.uri])

    async def diagnose(self, code: Code) -> tuple[Diagnostic, ...]:
        document = await self._document(code)
        if document is None:
            return ()
        text = document.text
        found = await self._ask(_DIAGNOSE, document, _of(document), lane="diagnose")
        if found is None:
            return ()
        told = faults.diagnostics(code, text, found.items, document.uri)
        told = await self._with_near_names(code, told)
        return tuple(sorted([*told, *undefined_secrets(code)], key=lambda diagnostic: diagnostic.span))

    async def format(self, code: Code) -> tuple[TextEdit, ...]:
        document = await self._document(code)
        if document is None:
            return ()
        document.undress()
        text = document.text
        params = {**_of(document), "options": indentation(code.text)}
        found = await self._ask(_FORMAT, document, params, lane="format")
        return text.edits(found or ())

    async def close(self) -> None:
        await self._server.close()

    async def _with_near_names(self, code: Code, told: list[Diagnostic]) -> list[Diagnostic]:
        """Where the server has no idea which member was meant, look among those that there are."""
        left = MOST_NEAR_NAMES
        mended = []
        for diagnostic in told:
            better = diagnostic
            if left and faults.lacks_near_name(diagnostic):
                left -= 1
                better = await self._with_near_name(code, diagnostic)
            mended.append(better)
        return mended

    async def _with_near_name(self, code: Code, diagnostic: Diagnostic) -> Diagnostic:
        document, span = await self._document(code), diagnostic.span
        if document is None:
            return diagnostic
        found = await self._ask(_COMPLETE, document, _at(document, span.row, span.column))
        labels = [item.filterText or item.label for item in (found.items if found else ())]
        name = document.text.cut(span)
        near = near_name(name, labels) if len(labels) <= MOST_MEMBERS else ""
        return faults.with_near_name(diagnostic, near) if near and near != name else diagnostic

    async def _document(self, code: Code) -> Document | None:
        """The text in the server in its newest state, or None while there is no server."""
        if self._server.documents is not None and not project.is_read(code.trigger):
            await asyncio.to_thread(project.read, code.trigger)
        documents = self._server.documents
        return None if documents is None else documents.updated(code)

    async def _ask(
        self, method: Method[_T], document: Document, params: Any, lane: str | None = None
    ) -> _T | None:
        """The answer of the server; None when there is none, or a newer question took its place."""
        try:
            return await document.connection.ask(
                method, params, patience_s=PATIENCE_S, lane=lane and (lane, document.uri)
            )
        except TooLateError:
            self._server.give_up()
            return None


def _of(document: Document) -> dict[str, Any]:
    return {"textDocument": {"uri": document.uri}}


def _at(document: Document, row: int, column: int) -> dict[str, Any]:
    return {**_of(document), "position": document.text.position(row, column)}


def _in_contract(trigger: str, place: wire.Range) -> Iterator[Target]:
    """A place in the declaration of the contract; none for what was added behind it for the server."""
    text = declaration(trigger)
    if place.end.line < text.count("\n"):
        yield Target(_raw_span(place), path=f"{trigger}.d.ts", text=text)


def _raw_span(place: wire.Range) -> Span:
    """The part of another file. Its columns are taken as they are: declarations are hardly ever written
    in letters that take up two units."""
    return Span(place.start.line, place.start.character, place.end.line, place.end.character)


def _path(uri: str) -> str:
    return str(Path(unquote(urlsplit(uri).path)))
