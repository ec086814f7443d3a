"""Options that several commands share."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from actionsmith.errors import UserError

if TYPE_CHECKING:
    from actionsmith.tenant.tenant import Tenant

_Function = TypeVar("_Function", bound=Callable[..., Any])


def tenant_option(function: _Function) -> _Function:
    """`--tenant` behind the command, too; the one before the command is the default."""
    return click.option("--tenant", "tenant_name", metavar="NAME|PATH", help="The tenant to use.")(function)


def json_option(function: _Function) -> _Function:
    """`--json`: one JSON value on standard output instead of text."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON.")(function)


def chosen_tenant(tenant_name: str | None) -> Tenant:
    """The tenant of this call. Raises UserError when it does not exist."""
    from actionsmith.workshop.tenants import open_tenant

    context = click.get_current_context()
    return open_tenant(context.find_root().obj if tenant_name is None else tenant_name)


def read_text(path: str, what: str) -> str:
    """The text of a file, or of standard input for `-`; a byte order mark is left out.

    Raises UserError naming the file.
    """
    try:
        if path == "-":
            return read_stdin().removeprefix("\ufeff")
        return Path(path).read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise UserError(f"there is no file '{path}' to read {what} from") from error
    except IsADirectoryError as error:
        raise UserError(f"'{path}' is a directory; {what} is read from a file") from error
    except UnicodeDecodeError as error:
        raise UserError(f"'{path}' is not UTF-8 text (byte {error.start}); save it as UTF-8") from error
    except OSError as error:
        raise UserError(f"'{path}' cannot be read: {error.strerror}") from error


def read_stdin() -> str:
    """The text of standard input, which is UTF-8 as files are, whatever the locale. Raises UserError."""
    if isinstance(sys.stdin, io.TextIOWrapper) and sys.stdin.errors != "strict":  # an old locale's
        sys.stdin.reconfigure(encoding="utf-8", errors="strict")
    try:
        return sys.stdin.read()
    except UnicodeDecodeError as error:
        raise UserError(f"standard input is not UTF-8 text (byte {error.start}); send it as UTF-8") from error


def pairs(option: str, given: Sequence[str]) -> dict[str, str]:
    """What an option was given as NAME=VALUE, each time. Raises UserError naming the option."""
    found = {}
    for text in given:
        name, separator, value = text.partition("=")
        if not separator or not name:
            raise UserError(f"{option} '{text}' is not NAME=VALUE")
        found[name] = value
    return found


def epoch_ms(moment: str) -> float:
    """An ISO 8601 time as milliseconds since the epoch; without an offset it is UTC.

    Raises UserError for anything else, and for a time that is outside the years 1 to 9999 in UTC.
    """
    from datetime import UTC, datetime

    try:
        parsed = datetime.fromisoformat(moment)
        return (parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)).astimezone(UTC).timestamp() * 1000
    except (ValueError, OverflowError) as error:
        raise UserError(f"--now '{moment}' is not an ISO 8601 time, such as 2026-01-20T08:00:00Z") from error
