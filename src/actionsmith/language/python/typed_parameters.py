"""Tells jedi what a handler is given, so that `event` and `api` have types without any annotation.

jedi asks its plug-ins about parameters (its own one for pytest gives fixtures their types this way), so
the text stays as it is and every row and column with it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from jedi.file_io import KnownContentFileIO
from jedi.inference.base_value import ValueSet
from jedi.inference.value import ModuleValue
from jedi.plugins import plugin_manager
from parso.utils import split_lines

from actionsmith.language.python.contract_module import Contract, ContractModule

_BY_NAME = {"event": 0, "api": 1}
"""A function that nobody calls yet tells by the names of its parameters what it means to be given."""


class _UnchangingText(KnownContentFileIO):  # type: ignore[misc]  # jedi has no types
    """A text that never changes, so that what was parsed once is used again."""

    def get_last_modified(self) -> float:
        return 0.0


class _TypedParameters:
    """The plug-in: wraps jedi's own answer about the values of a parameter without arguments."""

    @staticmethod
    def infer_anonymous_param(infer: Callable[[Any], Any]) -> Callable[[Any], Any]:
        def typed(parameter: Any) -> Any:
            function = parameter.function_value
            contract: Contract | None = getattr(function.inference_state, "actionsmith_contract", None)
            if contract is None or function.tree_node.type != "funcdef":
                return infer(parameter)
            is_handler = function.tree_node.name.value in contract.handlers
            if is_handler and function.parent_context.is_module():
                position = parameter._get_param_node().position_index
                return _given(contract, position, function.inference_state) or infer(parameter)
            if values := infer(parameter):
                return values
            position = _BY_NAME.get(parameter.string_name, -1)
            return _given(contract, position, function.inference_state) or values

        return typed


plugin_manager.register(_TypedParameters)


def teach(inference_state: Any, contract: Contract | None) -> None:
    """Make the contract's modules known to one text's inference."""
    inference_state.actionsmith_contract = contract
    for module in contract.modules if contract else ():
        value = _module_value(inference_state, module)
        inference_state.module_cache.add((module.name,), ValueSet([value]))


def _module_value(inference_state: Any, module: ContractModule) -> Any:
    file = _UnchangingText(module.path, module.text)
    tree = inference_state.parse(file_io=file, cache=True)
    return ModuleValue(
        inference_state, tree, file_io=file, string_names=(module.name,), code_lines=_lines(module)
    )


@cache
def _lines(module: ContractModule) -> list[str]:
    return list(split_lines(module.text, keepends=True))


def _given(contract: Contract, position: int, inference_state: Any) -> Any:
    """The value a handler is given at a position; nothing where it is given none."""
    if not 0 <= position < len(contract.parameters):
        return None
    module, name = contract.parameters[position]
    known = inference_state.module_cache.get((module,))
    return known.py__getattribute__(name).execute_annotation(None)
