"""The texts that are open in the server: told once, then only what has changed, the oldest closed again."""

from __future__ import annotations

from pathlib import Path

from actionsmith.language.javascript import project
from actionsmith.language.javascript.connection import Connection
from actionsmith.language.javascript.doc_types import contract_prefixes
from actionsmith.language.javascript.handlers import typing_comments
from actionsmith.language.javascript.typed_text import TypedText, change, without_surrogates
from actionsmith.language.service import Code

MOST_OPEN = 4
"""Texts that the server keeps in its memory; each one is a project of its own."""

LONGEST_CHANGE = 0.5
"""A change of more than this part of the text is sent as the whole text."""


class Document:
    """One text in the server. `text` is what it was told last."""

    def __init__(self, connection: Connection, code: Code, types: Path, number: int) -> None:
        self.connection = connection
        self._version = 0
        self._folder = project.folder_of(code, number)
        self._contract = ""
        self._source: str | None = code.text
        self._handlers = project.handlers(code.trigger)
        self._named_types = project.contract_types(code.trigger)
        self.uri = self._uri(project.ACTION)
        self.contract_uri = self._uri(project.CONTRACT_FILE)
        self.text = self._typed(code.text)
        self._open(project.SETTINGS_FILE, "json", project.settings(types))
        self._contract = _contract_of(code)
        self._open(project.CONTRACT_FILE, "typescript", self._contract)
        self._open(project.ACTION, "javascript", self.text.sent)

    def update(self, code: Code) -> None:
        """Tell the server what has changed, in the text and in the secrets."""
        contract = _contract_of(code)
        if contract != self._contract:
            self._contract = contract
            self._change(self.contract_uri, [{"text": contract}])
        if code.text != self._source:
            self._source = code.text
            self._become(self._typed(code.text))

    def undress(self) -> None:
        """Tell the server the text as the person wrote it, for what depends on how it is written, until the
        next update."""
        if self._source is not None:
            bare, self._source = TypedText(self._source), None
            self._become(bare)

    def _become(self, text: TypedText) -> None:
        before, self.text = self.text.sent, text
        if found := change(before, self.text.sent):
            span, put = found
            is_small = len(put) < LONGEST_CHANGE * len(self.text.sent)
            self._change(self.uri, [{"range": span, "text": put} if is_small else {"text": self.text.sent}])

    def close(self) -> None:
        """Let the server forget the text."""
        for name in (project.ACTION, project.CONTRACT_FILE, project.SETTINGS_FILE):
            document = {"uri": self._uri(name)}
            self.connection.notify("textDocument/didClose", {"textDocument": document})

    def _typed(self, text: str) -> TypedText:
        put = [*typing_comments(text, self._handlers), *contract_prefixes(text, self._named_types)]
        return TypedText(text, sorted(put))

    def _open(self, name: str, language: str, text: str) -> None:
        document = {"uri": self._uri(name), "languageId": language, "version": 0, "text": text}
        self.connection.notify("textDocument/didOpen", {"textDocument": document})

    def _change(self, uri: str, changes: list[dict[str, object]]) -> None:
        self._version += 1
        document = {"uri": uri, "version": self._version}
        self.connection.notify(
            "textDocument/didChange", {"textDocument": document, "contentChanges": changes}
        )

    def _uri(self, name: str) -> str:
        return (self._folder / name).as_uri()


class Documents:
    """The open texts of one conversation with the server."""

    def __init__(self, connection: Connection, types: Path) -> None:
        self.connection = connection
        self._types = types
        self._numbers = 0
        self._open: dict[tuple[str, str, tuple[str, ...]], Document] = {}

    def updated(self, code: Code) -> Document:
        """The document of a text, with the server knowing its newest state."""
        key = (code.name, code.trigger, code.packages)
        document = self._open.pop(key, None)
        if document is None:
            self._numbers += 1
            document = Document(self.connection, code, self._types, self._numbers)
        else:
            document.update(code)
        self._open[key] = document  # the newest stands last
        while len(self._open) > MOST_OPEN:
            self._open.pop(next(iter(self._open))).close()
        return document


def _contract_of(code: Code) -> str:
    secrets = tuple(dict.fromkeys(without_surrogates(name) for name in code.secrets))
    return project.contract(code.trigger, secrets)
