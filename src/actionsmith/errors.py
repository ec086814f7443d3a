"""The one kind of error that is meant for the person at the keyboard."""

from __future__ import annotations

from collections.abc import Iterable


class UserError(Exception):
    """Bad input or a state the user can mend.

    The message is a whole sentence: it names the file, line or JSON path, what was expected and
    what to do. The command line prints it and exits with 2; the workbench shows it as a notice.
    """


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A sentence part such as `; did you mean 'post-login'?`, or nothing when no name is near."""
    return or_near(near_name(word, known))


def or_near(near: str) -> str:
    """The same for a name that is known to be near; nothing for none."""
    return f"; did you mean '{near}'?" if near else ""


def near_name(word: str, known: Iterable[str]) -> str:
    """The one of the known names that `word` was probably meant to be, or nothing."""
    return _nearest(word, known, 0.6)


def misspelt_name(word: str, known: Iterable[str]) -> str:
    """The same where other names are fine as well: only the name that differs in next to nothing.

    A name that goes on where a known one ends is a name of its own (`email2`, `emails`).
    """
    near = _nearest(word, known, 0.8)
    return "" if word.startswith(near) else near


def _nearest(word: str, known: Iterable[str], likeness: float) -> str:
    from difflib import get_close_matches  # seldom needed, and slow to import

    return next(iter(get_close_matches(word, list(known), n=1, cutoff=likeness)), "")
