"""ruff: lint and formatting of Python, as a program of its own that is handed the text and answers at once.

It reads no configuration, neither files nor the environment, keeps no cache and runs none of the code.
"""

from __future__ import annotations

import difflib
import os
import subprocess
import sys
from functools import cache

import msgspec
from ruff import find_ruff_bin

from actionsmith.language.python.source_text import SourceText
from actionsmith.language.service import Diagnostic, Fix, Severity, Span, TextEdit

SOURCE = "python"
_RULES = "F,PLE"
"""What pyflakes finds, and what fails when it runs; style is a matter of taste."""

_UNUSED = frozenset({"F401", "F841"})
_MINOR = frozenset({"F541"})
_ERRORS = frozenset({"F502", "F503", "F506", "F507", "F521", "F524", "F821", "F822", "F823"})
_MOST_SYNTAX_ERRORS = 5
"""One mistake drags others behind it, so the first of each line are shown, up to here."""

_LONGEST_S = 5.0


class _Place(msgspec.Struct):
    row: int
    column: int


class _Edit(msgspec.Struct):
    content: str
    location: _Place
    end_location: _Place


class _Fix(msgspec.Struct):
    edits: list[_Edit]
    message: str | None = None


class _Finding(msgspec.Struct):
    message: str
    location: _Place
    end_location: _Place
    code: str | None = None
    fix: _Fix | None = None


_FINDINGS = msgspec.json.Decoder(list[_Finding])


def lint(source: SourceText) -> list[Diagnostic]:
    """What ruff finds in the text; nothing where it cannot be asked."""
    answer = _ask("check", "--no-fix", "--output-format=json", f"--select={_RULES}", text=source.text)
    findings = _FINDINGS.decode(answer) if answer is not None else []
    broken = [it for it in findings if it.code in (None, "invalid-syntax")]
    if broken:
        first = {it.location.row: it for it in reversed(broken)}
        return [_diagnostic(it, source) for it in list(reversed(first.values()))[:_MOST_SYNTAX_ERRORS]]
    return [_diagnostic(it, source) for it in findings]


def format_edits(source: SourceText) -> tuple[TextEdit, ...]:
    """The edits that format the text, whole lines each; none where it is not Python."""
    answer = _ask("format", text=source.text)
    if not answer:
        return ()
    old, new = source.text.split("\n"), answer.decode().split("\n")
    # autojunk: lines that stand everywhere count for nothing; without it a long text takes seconds
    written = _with_breaks(new)
    matcher = difflib.SequenceMatcher(None, _with_breaks(old), written, autojunk=True)
    return tuple(
        TextEdit(Span(*_start(old, first), *_start(old, end)), "".join(written[new_first:new_end]))
        for tag, first, end, new_first, new_end in matcher.get_opcodes()
        if tag != "equal"
    )


def _with_breaks(lines: list[str]) -> list[str]:
    return [f"{line}\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])


def _start(lines: list[str], row: int) -> tuple[int, int]:
    """Where a line starts; the end of the text for the one behind the last."""
    return (row, 0) if row < len(lines) else (len(lines) - 1, len(lines[-1]))


def _diagnostic(it: _Finding, source: SourceText) -> Diagnostic:
    code = it.code or "invalid-syntax"
    is_error = code in _ERRORS or code == "invalid-syntax" or code.startswith("PLE")
    severity: Severity = "error" if is_error else "info" if code in _MINOR else "warning"
    span = _span(it.location, it.end_location, source)
    fixes: tuple[Fix, ...] = ()
    if it.fix is not None:
        edits = tuple(
            TextEdit(_span(edit.location, edit.end_location, source), edit.content) for edit in it.fix.edits
        )
        fixes = (Fix((it.fix.message or "Mend it").replace("`", "'"), edits),)
    message = it.message.replace("`", "'")
    return Diagnostic(span, severity, message, SOURCE, code, fixes, is_unused=code in _UNUSED)


def _span(start: _Place, end: _Place, source: SourceText) -> Span:
    first = source.clamp(start.row - 1, start.column - 1)
    return Span(*first, *max(first, source.clamp(end.row - 1, end.column - 1)))


@cache
def _program() -> str | None:
    try:
        return str(find_ruff_bin())
    except FileNotFoundError:
        return None


def _ask(command: str, *options: str, text: str) -> bytes | None:
    program = _program()
    if program is None:
        return None
    version = f"--target-version=py{sys.version_info.major}{sys.version_info.minor}"
    line = [program, command, "--isolated", "--no-cache", "--quiet", version, *options]
    try:
        done = subprocess.run(
            [*line, "--stdin-filename=action.py", "-"],
            input=text.encode(),
            env={name: value for name, value in os.environ.items() if not name.startswith("RUFF_")},
            capture_output=True,
            timeout=_LONGEST_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode in (0, 1) else None
