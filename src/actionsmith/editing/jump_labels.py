"""Labels for the places that begin with what was typed: one key takes the caret to any of them."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from actionsmith.editing.edit import Place

LETTERS = "fjdkslaghrueiwoqptyvncmxbz"
"""Easy keys first."""


class Targets(msgspec.Struct, frozen=True):
    """Every place that fits; those nearest to the caret have a label."""

    places: tuple[Place, ...]
    labels: Mapping[Place, str]

    def labelled(self, label: str) -> Place | None:
        """The place with this label."""
        return next((place for place, letter in self.labels.items() if letter == label), None)


def targets(rows: Mapping[int, tuple[int, str]], typed: str, caret: Place) -> Targets:
    """The places in the visible `rows` (row: first visible column, visible text) that begin with `typed`.

    Small letters fit capitals, too. No label is a letter that comes next at any of the places, so what is
    typed either goes on with the search or is a label.
    """
    exact = typed != typed.lower()
    places: list[Place] = []
    following: set[str] = set()
    for row, (left, text) in rows.items():
        searched = text if exact or len(text.lower()) != len(text) else text.lower()
        at = searched.find(typed) if typed else -1
        while at >= 0:
            places.append((row, left + at))
            following.add(text[at + len(typed) : at + len(typed) + 1].lower())
            at = searched.find(typed, at + 1)
    free = [letter for letter in LETTERS if letter not in following]
    near = sorted((place for place in places if place != caret), key=lambda place: _distance(place, caret))
    return Targets(tuple(sorted(places)), dict(zip(near, free, strict=False)))


def _distance(place: Place, caret: Place) -> tuple[int, int]:
    return abs(place[0] - caret[0]), abs(place[1] - caret[1])
