"""Values of secrets in what a run shows: each is replaced by `[secret NAME]`.

A help against slips (a secret in a console line, in an error's message, in a request that is listed), not a
wall: an Action that wants to tell a secret can always spell it so that nobody recognises it.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from typing import Any

import msgspec

from actionsmith.runtime.execution import ActionError, Execution
from actionsmith.runtime.spellings import SHORTEST, can_mask, forms_of, found_in

DEEPEST = 200
"""Levels of data that are walked through; what is nested deeper is masked as its JSON text."""
_BETWEEN = "\0"
"""Stands between texts that are masked together: hardly any text has it in it."""


class Masker:
    """Masks the values of one run's secrets: `secrets` by name, without those that are `plain` settings.

    A value is found as it is, escaped (JSON, HTML, percent-encoded), and in hex, base64 and base32; of a
    value with several lines each longer line, too. Where values overlap, everything that belongs to any of
    them goes. Masking twice changes nothing more.
    """

    def __init__(self, secrets: Mapping[str, str], plain: Collection[str] = ()) -> None:
        hidden = {name: value for name, value in secrets.items() if name not in plain and can_mask(value)}
        self._wanted = [(name, form) for name, value in hidden.items() for form in forms_of(value)]
        self._marks = [_mark(name) for name in hidden]

    @classmethod
    def joined(cls, maskers: Iterable[Masker]) -> Masker:
        """One that masks whatever any of `maskers` would: for the Actions of a flow."""
        whole = cls({})
        for masker in maskers:
            whole._wanted += masker._wanted
            whole._marks += masker._marks
        return whole

    def text(self, text: str) -> str:
        """The text without values of secrets."""
        return self.start(text, len(text))

    def texts(self, texts: list[str]) -> list[str]:
        """Several texts without values of secrets: many short ones take no longer than one long one."""
        masked = self.text(_BETWEEN.join(texts)).split(_BETWEEN)
        return masked if len(masked) == len(texts) else list(map(self.text, texts))

    def start(self, text: str, length: int) -> str:
        """The first `length` characters of the text, masked. A value that begins in them is masked whole."""
        found = [find for find in found_in(text, self._wanted) if not self._is_masked(text, *find[:2])]
        pieces, at = [], 0
        for start, end, name in _merged(found):
            if start >= length:
                break
            pieces += [text[at:start], _mark(name)]
            at = end
        return "".join([*pieces, text[at:length]]) if pieces else text[:length]

    def data(self, value: Any, depth: int = 0) -> Any:
        """JSON data with its texts masked, keys and numbers included. `depth` counts the levels above."""
        if not self._wanted:
            return value
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, dict | list | tuple) and depth >= DEEPEST:
            return self.text(json.dumps(value))
        if isinstance(value, dict):
            return {self.text(str(key)): self.data(item, depth + 1) for key, item in value.items()}
        if isinstance(value, list | tuple):
            return [self.data(item, depth + 1) for item in value]
        if isinstance(value, int | float) and not isinstance(value, bool):
            masked = self.text(str(value))
            return masked if masked in self._marks else value  # digits within a number stand there by chance
        return value

    def error(self, error: ActionError | None) -> ActionError | None:
        """An Action's error with its texts masked."""
        if error is None or not self._wanted:
            return error
        return msgspec.structs.replace(
            error, name=self.text(error.name), message=self.text(error.message), stack=self.text(error.stack)
        )

    def shown(self, execution: Execution) -> Execution:
        """An execution fit for the screen: its error and warnings masked, and nothing told twice.

        A warning that the error says already (a request without a stub) is left out. Console lines and
        requests are masked as they come in; commands and outcome are what the Action asked for, and stay.
        """
        if execution.error is None and not execution.warnings:
            return execution
        execution.error = self.error(execution.error)
        told = execution.error.message if execution.error is not None else ""
        masked = [self.text(warning) for warning in execution.warnings]
        execution.warnings = [warning for warning in masked if warning not in told]
        return execution

    def _is_masked(self, text: str, start: int, end: int) -> bool:
        """Whether a find is a part of a mark that stands in the text already."""
        return any(mark in text[max(0, end - len(mark)) : start + len(mark)] for mark in self._marks)


def short_value_warning(name: str, value: str) -> str | None:
    """What to tell a person who sets a secret that is too short to be masked."""
    if can_mask(value):
        return None
    return (
        f"the value of {name} has fewer than {SHORTEST} characters, so it is not masked in output and logs; "
        "use a longer one"
    )


def _mark(name: str) -> str:
    return f"[secret {name}]"


def _merged(found: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Finds in the order of the text, overlapping ones made one that bears the name of the longest."""
    merged: list[tuple[int, int, str]] = []
    longest = 0
    for start, end, name in sorted(found, key=lambda find: (find[0], -find[1])):
        if merged and start < merged[-1][1]:
            first, last, known = merged[-1]
            merged[-1] = (first, max(last, end), name if end - start > longest else known)
            longest = max(longest, end - start)
        else:
            merged.append((start, end, name))
            longest = end - start
    return merged
