"""What a key does beside inserting itself: indentation, pairs of brackets and quotes."""

from __future__ import annotations

from collections.abc import Sequence

from actionsmith.editing.edit import Edit, Place, indent_of, indent_unit
from actionsmith.editing.levels import CASE_LABEL, colon, first_word
from actionsmith.editing.statements import code_of, statement_row

OPENERS = {"(": ")", "[": "]", "{": "}"}
CLOSERS = {closer: opener for opener, closer in OPENERS.items()}
QUOTES = {"javascript": "\"'`", "python": "\"'", "json": '"'}
PREFIXES = "rRbBfFuU"
"""Letters that may stand before a quote in Python."""

LEAVES_BLOCK = ("return", "raise", "break", "continue", "pass")


def newline(
    lines: Sequence[str], anchor: Place, caret: Place, language: str, *, in_text: bool = False
) -> Edit:
    """Enter: the new line starts where its neighbours do, one deeper after what opens a block.

    White space that stood alone on the line does not stay there. `in_text` says that the caret is within
    a string or a comment: what is written there opens nothing.
    """
    start, end = sorted((anchor, caret))
    before, after = lines[start[0]][: start[1]], lines[end[0]][end[1] :]
    indent, unit = indent_of(before), indent_unit(language)
    head, tail = before.rstrip(), after.lstrip()
    trimmed = (end[0], end[1] + len(after) - len(tail))
    if not head and tail and start == end:  # before the first letter: the line moves down as it is
        return _typed((start[0], 0), (start[0], 0), "\n", caret=(start[0] + 1, start[1]))
    if not head:
        return _typed((start[0], 0), trimmed, f"\n{indent}")
    if language == "javascript" and head.lstrip().startswith("/**") and "*/" not in before + after:
        return _typed(start, trimmed, f"\n{indent} * ")
    code = code_of(head, language)
    if not code.strip() or (in_text and code == head):
        return _typed(start, trimmed, f"\n{indent}")
    last = code[-1]
    if last in OPENERS:
        inner = indent + unit
        if tail.startswith(OPENERS[last]):
            text = f"\n{inner}\n{indent}"
            return _typed(start, trimmed, text, caret=(start[0] + 1, len(inner)))
        return _typed(start, trimmed, f"\n{inner}")
    if language == "python":
        return _typed(start, trimmed, f"\n{_python_indent(lines, start[0], code, is_end=not tail)}")
    if language == "javascript" and (code.endswith("=>") or (CASE_LABEL.match(code) and last == ":")):
        return _typed(start, trimmed, f"\n{indent}{unit}")
    return _typed(start, trimmed, f"\n{indent}")


def _python_indent(lines: Sequence[str], row: int, code: str, *, is_end: bool) -> str:
    """The indentation below a row that says `code`; `is_end`: it says nothing else."""
    begun = statement_row(lines, row, code, "python")
    first = code if begun is None or begun == row else lines[begun]
    indent, unit = indent_of(first), indent_unit("python")
    if code.endswith(":"):
        return indent + unit
    is_complete = is_end and begun is not None and not code.endswith("\\")
    return indent.removesuffix(unit) if is_complete and first_word(first) in LEAVES_BLOCK else indent


def character(
    lines: Sequence[str], anchor: Place, caret: Place, typed: str, language: str, *, in_text: bool = False
) -> Edit | None:
    """A typed character: closes what it opens, steps over what is there, wraps the selection.

    `in_text` says that the caret is within a string or a comment. None: insert it as it is.
    """
    quotes = QUOTES.get(language, "")
    closer = OPENERS.get(typed) or (typed if typed in quotes else "")
    if anchor != caret:
        return _surrounded(lines, anchor, caret, typed, closer) if closer else None
    row, column = caret
    line = lines[row]
    before, following = line[:column], line[column : column + 1]
    is_escaped = (len(before) - len(before.rstrip("\\"))) % 2 == 1
    if following == typed and (typed in CLOSERS or (typed in quotes and not is_escaped)):
        return Edit(caret, caret, "", (row, column + 1), (row, column + 1))
    if typed in CLOSERS and not in_text and not line[:column].strip():
        return _closing_bracket(lines, caret, typed)
    if typed == ":" and not in_text:
        return colon(lines, caret, language)
    if not closer or in_text or (following and following not in " \t)]},;:"):
        return None
    if typed in quotes and not _opens_string(line[:column], typed, language):
        return None
    return _typed(caret, caret, typed + closer, caret=(row, column + 1))


def backspace(lines: Sequence[str], anchor: Place, caret: Place, language: str) -> Edit | None:
    """Backspace between an empty pair removes both; within indentation, one level. None: as usual."""
    row, column = caret
    if anchor != caret or not column:
        return None
    line = lines[row]
    previous, following = line[column - 1], line[column : column + 1]
    closer = OPENERS.get(previous) or (previous if previous in QUOTES.get(language, "") else None)
    if closer and closer == following:
        return _typed((row, column - 1), (row, column + 1), "")
    unit = len(indent_unit(language))
    if line[:column].isspace() and "\t" not in line[:column] and column > 1:
        return _typed((row, (column - 1) // unit * unit), caret, "")
    return None


def _typed(start: Place, end: Place, text: str, caret: Place | None = None) -> Edit:
    if caret is None:
        *rows, last = text.split("\n")
        caret = (start[0] + len(rows), len(last) if rows else start[1] + len(last))
    return Edit(start, end, text, caret, caret)


def _surrounded(lines: Sequence[str], anchor: Place, caret: Place, opener: str, closer: str) -> Edit:
    start, end = sorted((anchor, caret))
    rows = list(lines[start[0] : end[0] + 1])
    rows[-1] = rows[-1][: end[1]]
    rows[0] = rows[0][start[1] :]
    first = (start[0], start[1] + 1)
    last = (end[0], end[1] + (start[0] == end[0]))
    anchor, caret = (first, last) if anchor == start else (last, first)
    return Edit(start, end, f"{opener}{chr(10).join(rows)}{closer}", anchor, caret)


def _closing_bracket(lines: Sequence[str], caret: Place, closer: str) -> Edit | None:
    """A bracket typed on an empty line goes under the line that opened it. None: nothing opened it."""
    row, _ = caret
    depth = 1
    for above in range(row - 1, -1, -1):
        depth += lines[above].count(closer) - lines[above].count(CLOSERS[closer])
        if depth <= 0:
            return _typed((row, 0), caret, f"{indent_of(lines[above])}{closer}")
    return None


def _opens_string(before: str, quote: str, language: str) -> bool:
    """Whether a quote typed after `before` starts a string: not within a word, not as a third quote."""
    if before.endswith(quote):
        return False
    if language == "python":
        before = before.rstrip(PREFIXES) if before[-1:] in PREFIXES and not _in_word(before) else before
    if language == "javascript" and before.endswith("/"):
        return False  # it is looked for by a regular expression
    return not (before[-1:].isalnum() or before[-1:] in ("_", "\\", quote))


def _in_word(before: str) -> bool:
    """Whether the letters before a quote are more than a string's prefix."""
    word = before[len(before.rstrip("".join(PREFIXES))) :]
    rest = before[: len(before) - len(word)]
    return len(word) > 2 or rest[-1:].isalnum() or rest[-1:] in ("_", ".")
