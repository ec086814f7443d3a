"""What an Action in Python can import: the standard library and its dependencies."""

from __future__ import annotations

import sys
from functools import cache
from importlib.metadata import distributions
from pathlib import Path

from actionsmith.language.service import Code


class Modules:
    """The modules of one Action, at the top level.

    Before a dependency is installed nobody knows what its modules are called; then every import is fine.
    """

    def __init__(self, code: Code) -> None:
        installed = [folder for folder in code.packages if Path(folder).is_dir()]
        self.is_certain = bool(installed) or not code.dependencies
        self.guessed = {_module(name) for name in code.dependencies}
        self.installed = frozenset().union(*(_installed(folder) for folder in installed))
        self.of_dependencies = {
            module
            for folder in installed
            for name, modules in _by_distribution(folder).items()
            if name in {_plain(dependency) for dependency in code.dependencies}
            for module in modules
        } or self.guessed

    def has(self, name: str) -> bool:
        """Whether `import name` works, as far as anybody knows."""
        return name in sys.stdlib_module_names or name in self.installed or not self.is_certain

    def known(self) -> list[str]:
        """The names to look among for the one that was meant."""
        return [*sorted(self.of_dependencies), *sorted(sys.stdlib_module_names)]


@cache
def _installed(folder: str) -> frozenset[str]:
    """The top-level modules in a folder of packages; such a folder never changes once it is made."""
    names = (path.name.partition(".")[0] for path in Path(folder).iterdir() if path.suffix != ".dist-info")
    return frozenset(name for name in names if name.isidentifier())


@cache
def _by_distribution(folder: str) -> dict[str, frozenset[str]]:
    """The top-level modules of each distribution in a folder, by its plain name."""
    return {
        _plain(it.name): frozenset(path.parts[0].partition(".")[0] for path in it.files or ())
        & _installed(folder)
        for it in distributions(path=[folder])
    }


def _plain(name: str) -> str:
    return _module(name).lower()


def _module(name: str) -> str:
    return name.replace("-", "_").replace(".", "_")
