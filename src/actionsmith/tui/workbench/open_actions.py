"""Which Actions are open in the editor, in the order of their tabs. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable


class OpenActions:
    """Names in the order of the tabs; none is there twice."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._names = list(dict.fromkeys(names))

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._names)

    def open(self, name: str, after: str | None = None) -> None:
        """Add a tab behind the one of `after` (else at the end), unless there is one for it already."""
        if name not in self._names:
            place = self._names.index(after) + 1 if after in self._names else len(self._names)
            self._names.insert(place, name)

    def close(self, name: str) -> str | None:
        """Remove a tab; gives the name of the one that takes its place, None when it was the last."""
        if name not in self._names:
            return None
        place = self._names.index(name)
        del self._names[place]
        return self._names[min(place, len(self._names) - 1)] if self._names else None

    def rename(self, old: str, new: str) -> None:
        """Follow an Action to its new name."""
        self._names = [new if name == old else name for name in self._names]

    def keep(self, known: Collection[str]) -> None:
        """Forget the Actions that are not there any more."""
        self._names = [name for name in self._names if name in known]

    def beside(self, name: str, steps: int) -> str | None:
        """The tab so many steps to the right (below 0: left), round the end; None when `name` has none."""
        if name not in self._names:
            return None
        return self._names[(self._names.index(name) + steps) % len(self._names)]
