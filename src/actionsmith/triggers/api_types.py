"""Which named types of the contract the api of a trigger speaks of."""

from __future__ import annotations

from collections.abc import Iterable

from actionsmith.triggers import loader
from actionsmith.triggers.contract_types import Type, parse_type
from actionsmith.triggers.model import Method


def parameter_types(trigger_id: str) -> tuple[str, ...]:
    """Names of the types that an Action hands in, with the types those are made of, by alphabet."""
    return _with_inner(param.type for method in _methods(trigger_id) for param in method.params)


def result_types(trigger_id: str) -> tuple[str, ...]:
    """Names of the types that an Action gets back, with the types those are made of, by alphabet."""
    return _with_inner(method.returns for method in _methods(trigger_id))


def _methods(trigger_id: str) -> tuple[Method, ...]:
    trigger = loader.trigger(trigger_id)
    return trigger.api + trigger.api_unreferenced


def _with_inner(texts: Iterable[str]) -> tuple[str, ...]:
    known = loader.named_types()
    found: set[str] = set()
    waiting = list(texts)
    while waiting:
        for name in _names(parse_type(waiting.pop())):
            if name in known and name not in found:
                found.add(name)
                fields = [*known[name].fields, *(it for part in known[name].variants for it in part.fields)]
                waiting.extend(field.type for field in fields)
    return tuple(sorted(found))


def _names(kind: Type) -> set[str]:
    names = {part.name for part in kind}
    return names.union(*(_names(part.element) for part in kind))
