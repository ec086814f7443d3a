"""The arguments of the program, before anything is made of them."""

from __future__ import annotations

import os
from collections.abc import Sequence

from actionsmith.errors import UserError


def check_arguments(arguments: Sequence[str]) -> None:
    """Raises UserError for the first argument that is not UTF-8 text: it could be neither stored nor sent.

    The sentence tells its number and option, and not what it holds: that may be a secret.
    """
    for number, argument in enumerate(arguments, 1):
        try:
            argument.encode()
        except UnicodeEncodeError as error:
            before = len(os.fsencode(argument[: error.start]))
            raise UserError(
                f"argument {number}{_option(arguments[:number])} is not UTF-8 text (byte {before}); "
                "write it in UTF-8; a file of such a name needs another one"
            ) from None


def _option(arguments: Sequence[str]) -> str:
    """The option that the last of the arguments belongs to, in brackets."""
    option = next((text for text in reversed(arguments[-2:]) if text.startswith("--")), "").partition("=")[0]
    return f" ({option})" if option.isprintable() and option else ""
