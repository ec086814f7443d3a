"""The contract's stub as modules that jedi knows, and what their lines stand for in the contract."""

from __future__ import annotations

import ast
import hashlib
import keyword
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import msgspec

from actionsmith.errors import UserError
from actionsmith.language.service import Code
from actionsmith.triggers import loader
from actionsmith.triggers.naming import class_name, snake
from actionsmith.triggers.python_stub import python_stub
from actionsmith.triggers.shape import ApiNode, Node, api_shape, event_shape

STUB, DRAFT = "_actionsmith_contract", "_actionsmith_draft"
"""The names of the two modules: what the trigger offers, and the same event with the draft's secrets."""


class ContractModule(msgspec.Struct, frozen=True, eq=False):
    """A text of declarations under a module's name. `paths` tells by line (from 1) which path of the
    contract a class, a member or a method there stands for; `secrets` which secret of the draft."""

    name: str
    text: str
    path: Path
    """A file that is not there; it changes with the text, so that nothing kept is ever out of date."""

    paths: dict[int, str]
    secrets: dict[int, str] = {}


class Contract(msgspec.Struct, frozen=True, eq=False):
    """What a draft can use: the modules, and the classes of a handler's parameters by their position."""

    trigger: str
    modules: tuple[ContractModule, ContractModule]
    handlers: frozenset[str]
    parameters: tuple[tuple[str, str], ...]
    """Module and class of `event`, and of `api`."""


def contract_of(code: Code) -> Contract | None:
    """The contract of a draft's trigger, None when there is no such trigger."""
    try:
        return _contract(code.trigger, tuple(filter(_is_name, code.secrets)))
    except UserError:
        return None


@cache
def _contract(trigger_id: str, secrets: tuple[str, ...]) -> Contract:
    trigger = loader.trigger(trigger_id)
    return Contract(
        trigger_id,
        (_stub_module(trigger_id), _draft_module(trigger_id, secrets)),
        frozenset(snake(name) for name in trigger.handlers),
        ((DRAFT, "DraftEvent"), (STUB, trigger.api_type)),
    )


@cache
def _stub_module(trigger_id: str) -> ContractModule:
    text = python_stub(trigger_id)
    owners = dict(_event_classes(event_shape(trigger_id)))
    owners |= {class_name(path): path for path in _namespaces(api_shape(trigger_id))}
    owners[loader.trigger(trigger_id).api_type] = "api"
    paths: dict[int, str] = {}
    for node in ast.parse(text).body:
        if isinstance(node, ast.ClassDef) and node.name in owners:
            owner = paths[node.lineno] = owners[node.name]
            for below in node.body:
                match below:
                    case ast.AnnAssign(target=ast.Name(id=name)):
                        # a member called `from` is `from_` in Python
                        name = name[:-1] if keyword.iskeyword(name[:-1]) else name
                        paths[below.lineno] = f"{owner}.{name}"
                    case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                        if not name.startswith("__"):
                            paths[below.lineno] = f"{owner}.{name}"
    return ContractModule(STUB, text, _place(text, trigger_id), paths)


def _draft_module(trigger_id: str, secrets: tuple[str, ...]) -> ContractModule:
    """The event of one draft, a few lines on top of the stub."""
    names = [f"    {name}: str" for name in secrets]
    lines = [
        f"from {STUB} import Event, Map",
        "class DraftSecrets(Map[str]):",
        '    """Secrets of this Action, by name."""',
        *names,
        "class DraftEvent(Event):",
        "    secrets: DraftSecrets",
    ]
    places = {4 + index: name for index, name in enumerate(secrets)}
    below = 4 + len(names)
    paths = {2: "event.secrets", below: "event", below + 1: "event.secrets"}
    text = "\n".join(lines) + "\n"
    return ContractModule(DRAFT, text, _place(text, f"{trigger_id}-draft"), paths, places)


def _place(text: str, title: str) -> Path:
    return Path(f"/actionsmith/{hashlib.sha256(text.encode()).hexdigest()[:16]}/{title}.py")


def _event_classes(node: Node) -> Iterator[tuple[str, str]]:
    if node.members:
        yield class_name(node.facts.path), node.facts.path
    for below in (*node.members.values(), node.element):
        if below is not None:
            yield from _event_classes(below)


def _namespaces(node: ApiNode) -> Iterator[str]:
    for below in node.namespaces.values():
        yield below.path
        yield from _namespaces(below)


def _is_name(text: str) -> bool:
    return text.isidentifier() and not keyword.iskeyword(text)
