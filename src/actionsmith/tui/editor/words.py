"""What counts as a word in code."""

from __future__ import annotations


def word_at(line: str, column: int) -> tuple[int, int]:
    """First column and column behind the word a column is in or at the end of; the same twice for none."""
    start = end = column
    while start and _is_of_word(line[start - 1]):
        start -= 1
    while end < len(line) and _is_of_word(line[end]):
        end += 1
    return start, end


def _is_of_word(character: str) -> bool:
    return character.isalnum() or character in "_$"
