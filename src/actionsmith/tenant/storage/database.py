"""TinyDB made safe: whole-file replacement on writing, typed records on reading, broken files set aside.

There is no cache: every read takes the file as it is now, so a change by another process is seen at once.
Writers hold the tenant's lock (`lock.py`); readers need none, because a file is replaced in one step.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Document

from actionsmith import atomic
from actionsmith.errors import UserError
from actionsmith.tenant.storage import quarantine

if TYPE_CHECKING:
    from tinydb.queries import QueryLike
    from tinydb.table import Table

Record = TypeVar("Record", bound=msgspec.Struct)
Tables = dict[str, dict[str, dict[str, Any]]]


class AtomicStorage(Storage):
    """The storage of one TinyDB file. Raises UserError for a file that is not what TinyDB wrote."""

    def __init__(self, path: Path, root: Path) -> None:
        self._path = path
        self._root = root

    def read(self) -> Tables | None:
        try:
            data = self._path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise UserError(
                f"{self._path} cannot be read ({error.strerror}); check its permissions"
            ) from error
        try:
            tables = msgspec.json.decode(data, type=Tables)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise quarantine.broken(self._path, self._root, str(error)) from error
        if not all(number.isdecimal() for table in tables.values() for number in table):
            raise quarantine.broken(self._path, self._root, "a document's id is not a number")
        return tables

    def write(self, data: Tables) -> None:
        write_file(self._path, msgspec.json.format(encode(data, self._path), indent=1))


class Database:
    """One TinyDB file of a tenant whose documents are records of known types."""

    def __init__(self, path: Path, root: Path) -> None:
        self.path = path
        self._root = root

    def table(self, name: str) -> Table:
        """A table as it is on disk now; its query cache is off, because other processes write too."""
        return TinyDB(self.path, self._root, storage=AtomicStorage).table(name, cache_size=0)

    def all(self, table: str, kind: type[Record]) -> list[Record]:
        """Every record of a table, in the order they were first written."""
        return [self._typed(document, kind, table) for document in self.table(table).all()]

    def numbered(self, table: str, kind: type[Record]) -> dict[int, Record]:
        """Every record of a table by the id of its document."""
        documents = self.table(table).all()
        return {document.doc_id: self._typed(document, kind, table) for document in documents}

    def put(self, table: str, record: msgspec.Struct, where: QueryLike) -> None:
        """Replace the record that fits `where`, or add it."""
        self.table(table).upsert(msgspec.to_builtins(record), where)

    def put_numbered(self, table: str, number: int, record: msgspec.Struct) -> None:
        """Replace the document `number`, or add it."""
        self.table(table).upsert(Document(msgspec.to_builtins(record), doc_id=number))

    def remove(self, table: str, where: QueryLike) -> bool:
        """Remove what fits `where`; tells whether there was any."""
        return bool(self.table(table).remove(where))

    def remove_numbered(self, table: str, numbers: list[int]) -> None:
        """Remove documents by id; absent ones are no fault."""
        self.table(table).remove(doc_ids=numbers)

    def _typed(self, document: dict[str, Any], kind: type[Record], table: str) -> Record:
        try:
            return msgspec.convert(dict(document), kind)
        except msgspec.ValidationError as error:
            raise quarantine.broken(self.path, self._root, f"in '{table}': {error}") from error


def encode(data: Any, path: Path) -> bytes:
    """JSON of `data`. Raises UserError for text that has no UTF-8 form (half a surrogate pair)."""
    try:
        return msgspec.json.encode(data)
    except UnicodeEncodeError as error:
        raise UserError(
            f"the text for {path.name} holds a character that UTF-8 cannot express "
            f"(at position {error.start}); remove it and save again"
        ) from error


def write_file(path: Path, data: bytes) -> None:
    """Replace a file durably and clear away what a killed writer left. The caller holds the tenant's lock.

    Raises UserError when the disk refuses; the old file is then still there.
    """
    try:
        for leftover in path.parent.glob(f".{path.name}.*"):
            leftover.unlink(missing_ok=True)
        atomic.write_bytes(path, data)
    except OSError as error:
        raise UserError(
            f"{path} cannot be written ({error.strerror}); make room or check permissions, then try again"
        ) from error
