"""How a command ends: the exit code, and one sentence on standard error instead of a traceback."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Any

import click

from actionsmith.errors import UserError

FAILED = 1
BAD_INPUT = 2
INTERRUPTED = 130


class ReaderGone(Exception):
    """The reader of our output has gone, as `head` does; what it wanted it has."""


def guarded(work: Callable[[], Any]) -> int:
    """Run a command and return its exit code.

    0: the Action ran to an end, or the command did its work; 1: the Action failed; 2: bad usage or
    bad input; 130: interrupted.
    """
    try:
        code = work()
    except UserError as error:
        return _complain(str(error))
    except click.exceptions.NoArgsIsHelpError as error:
        print(error.format_message(), file=sys.stderr)
        return BAD_INPUT
    except click.UsageError as error:
        where = f" (see: {error.ctx.command_path} --help)" if error.ctx else ""
        return _complain(f"{error.format_message()}{where}")
    except click.exceptions.Exit as error:
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        print("actionsmith: interrupted", file=sys.stderr)
        return INTERRUPTED
    except click.ClickException as error:
        return _complain(error.format_message())
    except ReaderGone:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        if error.strerror is None:
            raise
        where = f"'{error.filename}' cannot be used" if error.filename else "reading or writing failed"
        return _complain(f"{where}: {error.strerror}; check the disk, the path and its rights")
    return code if isinstance(code, int) else 0


def _complain(sentence: str) -> int:
    print(f"actionsmith: {sentence}", file=sys.stderr)
    return BAD_INPUT
