"""One version of a text in jedi: parsed once, asked many questions."""

from __future__ import annotations

import os
import sys
import sysconfig
from functools import cache
from pathlib import Path
from typing import Any

import jedi
from jedi.api.environment import InterpreterEnvironment

from actionsmith import paths
from actionsmith.language.python.contract_module import ContractModule, contract_of
from actionsmith.language.python.source_text import SourceText
from actionsmith.language.python.typed_parameters import teach
from actionsmith.language.service import Code

_NOWHERE = Path("/actionsmith/actions")
"""A folder that is not there: jedi looks into no files beside the text."""

_STANDARD = [
    folder
    for folder in sys.path
    if Path(folder).is_relative_to(sysconfig.get_path("stdlib"))
    and not {"site-packages", "dist-packages"} & set(Path(folder).parts)
]


def prepare() -> None:
    """Set jedi up for texts of others: nothing of theirs is imported, and its cache is ours."""
    jedi.settings.auto_import_modules = []
    jedi.settings.cache_directory = str(paths.cache_dir() / "jedi")
    jedi.settings.allow_unsafe_interpreter_executions = False


class JediText:
    """The text of an Action, and jedi's view of it. `source` has the same rows and columns."""

    def __init__(self, code: Code) -> None:
        self.code = code
        self.source = SourceText(code.text)
        self.contract = contract_of(code)
        self.path = _NOWHERE / f"{code.name or 'action'}.py".replace(os.sep, "_")
        self.script: Any = jedi.Script(
            self.source.text, path=self.path, environment=_environment(), project=_project(code.packages)
        )
        teach(self.script._inference_state, self.contract)
        self._modules = {module.path: module for module in self.contract.modules} if self.contract else {}

    def declared(self, name: Any) -> ContractModule | None:
        """The contract's module that a name is declared in, None for names of others."""
        return self._modules.get(name.module_path)

    def contract_path(self, name: Any) -> str | None:
        """The path of the contract that a name of jedi's stands for."""
        module = self.declared(name)
        return module.paths.get(name.line) if module else None

    def is_own(self, name: Any) -> bool:
        """Whether a name stands in this text."""
        return bool(name.module_path == self.path and name.line is not None)

    def in_prose(self, row: int, column: int) -> bool:
        """Whether a place is inside of a comment, or of a string that began on a line above."""
        position = (row + 1, column)
        leaf = self.script._module_node.get_leaf_for_position(position, include_prefixes=True)
        if leaf is None:
            return False
        if leaf.type in ("string", "fstring_string") and leaf.start_pos < position < leaf.end_pos:
            return bool(leaf.start_pos[0] < position[0])
        is_ahead = position <= leaf.start_pos and "#" in leaf.prefix
        return is_ahead and "#" in self.source.lines[row][:column]


@cache
def _environment() -> Any:
    return InterpreterEnvironment()


@cache
def _project(packages: tuple[str, ...]) -> Any:
    """A project that finds the standard library and the Action's packages, and nothing of this program.

    Modules in machine code are only loaded from the standard library: jedi takes those for safe that
    this program itself could import.
    """
    return jedi.Project(_NOWHERE, sys_path=[*packages, *_STANDARD], smart_sys_path=False)
