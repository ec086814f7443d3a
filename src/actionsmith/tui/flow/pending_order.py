"""The order of a flow while it is being changed: the stored one, the wanted one, and how they differ.

Pure: every operation returns a new value. The flow screen draws `rows()` and stores `names`.
"""

from __future__ import annotations

from typing import Literal

import msgspec

Mark = Literal["kept", "moved", "added", "removed"]


class Row(msgspec.Struct, frozen=True):
    """One Action as drawn. Positions count from 1; a removed one has none, an added one had none."""

    name: str
    mark: Mark
    position: int | None
    stored_position: int | None


class PendingOrder(msgspec.Struct, frozen=True):
    """`names` is the wanted order, `stored` the tenant's. No name occurs twice in either.

    `moved_by_hand` settles which of two Actions that changed places is called the moved one.
    """

    stored: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    moved_by_hand: frozenset[str] = frozenset()

    @classmethod
    def of(cls, stored: list[str] | tuple[str, ...]) -> PendingOrder:
        """The stored order with nothing pending."""
        order = tuple(dict.fromkeys(stored))
        return cls(order, order)

    @property
    def changed(self) -> bool:
        """Whether there is anything to apply."""
        return self.names != self.stored

    def move(self, name: str, to: int) -> PendingOrder:
        """`name` at the position `to` (from 0, clamped) of the new order; unknown names change nothing."""
        if name not in self.names:
            return self
        others = [other for other in self.names if other != name]
        others.insert(max(0, min(to, len(others))), name)
        return self._with(tuple(others), self.moved_by_hand | {name})

    def shift(self, name: str, by: int) -> PendingOrder:
        """`name` `by` places further down (negative: up), stopping at the ends."""
        return self.move(name, self.names.index(name) + by) if name in self.names else self

    def add(self, name: str, after: str | None = None) -> PendingOrder:
        """`name` behind `after`, or at the end. A removed Action comes back to its own place instead."""
        if name in self.names:
            return self
        if name in self.stored:
            return self._with(self._with_restored(name), self.moved_by_hand)
        at = self.names.index(after) + 1 if after in self.names else len(self.names)
        return self._with((*self.names[:at], name, *self.names[at:]), self.moved_by_hand)

    def remove(self, name: str) -> PendingOrder:
        """Without `name`."""
        return self._with(tuple(other for other in self.names if other != name), self.moved_by_hand - {name})

    def discard(self) -> PendingOrder:
        """The stored order again."""
        return PendingOrder.of(self.stored)

    def rebase(self, stored: list[str] | tuple[str, ...]) -> PendingOrder:
        """The same wishes on top of an order that was stored by somebody else meanwhile.

        Actions that others added appear at their place, those that others removed are gone.
        """
        fresh = PendingOrder.of(stored)
        if not self.changed or fresh.stored == self.stored:
            return fresh if not self.changed else self
        gone = set(self.stored) - set(fresh.stored)
        kept = tuple(name for name in self.names if name not in gone)
        result = PendingOrder(fresh.stored, kept, self.moved_by_hand)
        for name in fresh.stored:
            if name not in self.stored and name not in result.names:
                result = result.add(name)
        return result._with(result.names, result.moved_by_hand)

    def rows(self) -> tuple[Row, ...]:
        """Every Action of either order, top to bottom; a removed one stands where it was."""
        unmoved = self._unmoved()
        stored_at = {name: index for index, name in enumerate(self.stored, 1)}
        rows: list[Row] = list(_removed_after(None, self))
        for position, name in enumerate(self.names, 1):
            was = stored_at.get(name)
            mark: Mark = "added" if was is None else "kept" if name in unmoved else "moved"
            rows.append(Row(name, mark, position, was))
            rows.extend(_removed_after(name, self))
        return tuple(rows)

    def _with(self, names: tuple[str, ...], moved: frozenset[str]) -> PendingOrder:
        if names == self.stored:
            return PendingOrder.of(self.stored)
        return msgspec.structs.replace(self, names=names, moved_by_hand=moved & set(names))

    def _with_restored(self, name: str) -> tuple[str, ...]:
        for before in reversed(self.stored[: self.stored.index(name)]):
            if before in self.names:
                at = self.names.index(before) + 1
                return (*self.names[:at], name, *self.names[at:])
        return (name, *self.names)

    def _unmoved(self) -> frozenset[str]:
        """The largest set of Actions still in stored order; of equal ones, the one least touched by hand."""
        shared = [name for name in self.names if name in set(self.stored)]
        stored_at = {name: index for index, name in enumerate(self.stored)}
        best: list[tuple[int, int, tuple[str, ...]]] = []
        for index, name in enumerate(shared):
            before = (
                best[earlier] for earlier in range(index) if stored_at[shared[earlier]] < stored_at[name]
            )
            count, untouched, chain = max(before, key=lambda chain: chain[:2], default=(0, 0, ()))
            best.append((count + 1, untouched + (name not in self.moved_by_hand), (*chain, name)))
        return frozenset(max(best, key=lambda chain: chain[:2], default=(0, 0, ()))[2])


def _removed_after(kept: str | None, order: PendingOrder) -> list[Row]:
    """The removed Actions whose nearest remaining predecessor in the stored order is `kept`."""
    rows: list[Row] = []
    predecessor: str | None = None
    for position, name in enumerate(order.stored, 1):
        if name in order.names:
            predecessor = name
        elif predecessor == kept:
            rows.append(Row(name, "removed", None, position))
    return rows
