"""Finding text: where a query is met, and what is wrong with one that cannot be.

Patterns are matched by the `regex` library, not by `re`: it gives up after a time limit and lets other
threads run while it matches, so that a pattern that tries every combination stops nothing but itself.
Call these in a thread all the same.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from actionsmith.editing.edit import Edit, Place
from actionsmith.editing.pattern_limits import fault_of
from actionsmith.editing.replacement import parse_replacement
from actionsmith.editing.text_places import TextPlaces

if TYPE_CHECKING:
    from regex import Match, Pattern

MOST_SECONDS = 1.0
MOST_HITS = 20_000
"""Hits that are counted and shown; a replacement of all goes on to the end."""


class SearchFault(Exception):
    """A query that cannot be carried out; the message is a sentence for the person."""


class Query(msgspec.Struct, frozen=True):
    """What to look for. Without `case`, capitals and small letters are the same.

    `word` wants whole words; `pattern` says that the text is a regular expression.
    """

    text: str
    case: bool = False
    word: bool = False
    pattern: bool = False


class Scope(NamedTuple):
    """A part of a text: characters before it, and characters behind it. Edits within it keep it right."""

    before: int = 0
    behind: int = 0


WHOLE = Scope()


class Hit(NamedTuple):
    """One place a query is met."""

    start: Place
    end: Place


class Hits(msgspec.Struct, frozen=True):
    """All places in the order of the text; `more`: there are others behind the last."""

    found: Sequence[Hit] = ()
    more: bool = False

    def after(self, place: Place) -> int | None:
        """The number of the first hit at or after a place; from the last on, the first."""
        if not self.found:
            return None
        return bisect_left(self.found, (place, place)) % len(self.found)

    def before(self, place: Place) -> int | None:
        """The number of the last hit that starts before a place; from the first on, the last."""
        if not self.found:
            return None
        return (bisect_left(self.found, (place, place)) - 1) % len(self.found)

    def at(self, start: Place, end: Place) -> int | None:
        """The number of the hit that is exactly this range."""
        number = bisect_left(self.found, (start, end))
        return number if number < len(self.found) and self.found[number] == (start, end) else None

    def by_row(self, lines: Sequence[str]) -> Mapping[int, Sequence[tuple[int, int]]]:
        """Columns `[start, end)` of the hits on each row; `lines` are the text that was searched."""
        rows: dict[int, list[tuple[int, int]]] = {}
        for (first, left), (last, right) in self.found:
            for row in range(first, last + 1):
                end = right if row == last else len(lines[row])
                rows.setdefault(row, []).append((left if row == first else 0, end))
        return rows


def find_all(lines: Sequence[str], query: Query, scope: Scope = WHOLE) -> Hits:
    """The places where a query is met. Empty matches do not count. Raises SearchFault."""
    places = TextPlaces(lines)
    found: list[Hit] = []
    for match in _matches("\n".join(lines), query, scope):
        if len(found) == MOST_HITS:
            return Hits(found, more=True)
        found.append(Hit(places.place(match.start()), places.place(match.end())))
    return Hits(found)


def replace_hit(lines: Sequence[str], query: Query, hit: Hit, replacement: str) -> Edit | None:
    """Replace one hit; the caret goes behind what it became. None: it is no hit. Raises SearchFault."""
    places = TextPlaces(lines)
    span = places.offset(hit.start), places.offset(hit.end)
    fill = parse_replacement(replacement, query.pattern, _compiled(query).groups)
    for match in _matches("\n".join(lines), query, Scope(before=span[0])):
        if match.span() != span:
            return None
        text = fill(match)
        rows = text.split("\n")
        end = (hit.start[0] + len(rows) - 1, len(rows[-1]) + (hit.start[1] if len(rows) == 1 else 0))
        return Edit(hit.start, hit.end, text, end, end)
    return None


def replace_all(
    lines: Sequence[str], query: Query, replacement: str, scope: Scope = WHOLE, *, caret: Place = (0, 0)
) -> tuple[Edit, int] | None:
    """Replace every hit in one edit, and how many there were. None: there are none. Raises SearchFault.

    The caret stays at its row as far as there is one.
    """
    text, places = "\n".join(lines), TextPlaces(lines)
    fill = parse_replacement(replacement, query.pattern, _compiled(query).groups)
    pieces: list[str] = []
    start = end = count = 0
    for match in _matches(text, query, scope):
        if count:
            pieces.append(text[end : match.start()])
        else:
            start = match.start()
        pieces.append(fill(match))
        end = match.end()
        count += 1
    if not count:
        return None
    new = "".join(pieces)
    first, last = places.place(start), places.place(end)
    return Edit(first, last, new, *[_kept(caret, first, last, new, lines)] * 2), count


def _kept(caret: Place, first: Place, last: Place, new: str, lines: Sequence[str]) -> Place:
    """Where a caret goes when `[first, last)` becomes `new`: it keeps its row, and a column that exists."""
    if caret <= first:
        return caret
    rows = new.split("\n")
    tail = lines[last[0]][last[1] :]
    if caret[0] > last[0]:
        return caret[0] + len(rows) - 1 - (last[0] - first[0]), caret[1]
    row = min(caret[0] - first[0], len(rows) - 1)
    line = (lines[first[0]][: first[1]] if not row else "") + rows[row]
    if row == len(rows) - 1:
        line += tail
    return first[0] + row, min(caret[1], len(line))


def _matches(text: str, query: Query, scope: Scope) -> Iterator[Match[str]]:
    if not query.text:
        return
    try:
        end = max(len(text) - scope.behind, scope.before)
        found = _compiled(query).finditer(text, scope.before, end, concurrent=True, timeout=MOST_SECONDS)
        for match in found:
            if match.start() < match.end():
                yield match
    except TimeoutError:
        raise SearchFault(
            f"The search was given up after {MOST_SECONDS:g} s. Repetitions within repetitions, "
            "such as (a|aa)+, try too many ways."
        ) from None
    except MemoryError:
        raise SearchFault("The search needs more memory than there is.") from None


@lru_cache(maxsize=16)
def _compiled(query: Query) -> Pattern[str]:
    import regex

    source = query.text if query.pattern else regex.escape(query.text, special_only=True)
    if query.pattern:
        if fault := fault_of(source):
            raise SearchFault(fault)
        _compile(source, query)  # alone first: a fault is then at the column where it was typed
    if query.word:
        source = rf"(?<![\w$])(?:{source})(?![\w$])"
    return _compile(source, query)


def _compile(source: str, query: Query) -> Pattern[str]:
    import regex

    flags = regex.VERSION0 | regex.MULTILINE | (0 if query.case else regex.IGNORECASE)
    try:
        return regex.compile(source, flags)
    except regex.error as error:
        # the stubs of regex do not know what its errors carry
        position: int | None = error.pos  # type: ignore[attr-defined]
        column = "" if position is None else f"Column {position + 1}: "
        raise SearchFault(f"{column}{error.msg}.") from None  # type: ignore[attr-defined]
    except Exception:  # nested too deep, flags that exclude each other, and what else its reader trips over
        raise SearchFault("The pattern cannot be read.") from None
