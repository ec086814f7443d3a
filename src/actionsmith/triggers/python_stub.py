"""The Python stub of a trigger: what an editor needs to complete and explain a Python Action."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from functools import cache

from actionsmith.triggers import loader
from actionsmith.triggers.api_types import parameter_types, result_types
from actionsmith.triggers.contract_types import Part, Type, parse_type
from actionsmith.triggers.host_api import option_names, positional, python_names
from actionsmith.triggers.model import Method, Trigger
from actionsmith.triggers.naming import class_name, python_member, python_parameter, snake
from actionsmith.triggers.prose import method_notes, param_doc, property_notes, rule_notes
from actionsmith.triggers.shape import (
    ApiNode,
    Node,
    api_shape,
    event_shape,
    named_shape,
    parameter_shapes,
    variant_shapes,
)

_SCALARS = {"string": "str", "number": "float", "boolean": "bool", "any": "Any"}
_PREAMBLE = '''\
from collections.abc import Awaitable, Iterator, Mapping, Sequence
from typing import Any, Callable, Generic, Literal, NotRequired, Required, TypedDict, TypeVar

T = TypeVar("T")

class Map(Generic[T]):
    """Values by names that the contract does not list; a name that is not there reads as None."""

    def __getattr__(self, name: str) -> T: ...
    def __getitem__(self, name: str) -> T: ...
    def __contains__(self, name: object) -> bool: ...
    def __iter__(self) -> Iterator[str]: ...
    def __len__(self) -> int: ...
'''


@cache
def python_stub(trigger_id: str) -> str:
    """The text of a `.pyi` module: `Event`, the api under the trigger's `api_type`, every named type
    they use, and one type per handler (`OnExecutePostLogin`). Methods, parameters and namespaces are
    in snake_case, members of the event keep their JSON names. Raises UserError for an unknown trigger.
    """
    trigger = loader.trigger(trigger_id)
    blocks = [
        f"{_docstring([f'{trigger.title}: {trigger.when}'])}\n\n{_PREAMBLE}",
        *_value_classes(event_shape(trigger_id)),
        *_api_classes(api_shape(trigger_id), trigger),
        *(block for name in result_types(trigger_id) for block in _result_type(name)),
        *(block for name in parameter_types(trigger_id) for block in _parameter_type(name)),
        *(_handler(name, trigger) for name in trigger.handlers),
    ]
    return "\n\n".join(block.strip("\n") for block in blocks) + "\n"


def _value_classes(node: Node) -> list[str]:
    """The class of one object that an Action reads, and those of the objects below it."""
    blocks = []
    if node.members:
        lines = [_docstring([node.facts.doc])]
        for child in node.members.values():
            kind = _read(child, or_none=child.facts.optional or child.facts.nullable)
            notes = _docstring(property_notes(child.facts, advertised=child.advertised))
            lines += [f"{python_member(child.name)}: {kind}", notes]
        if node.facts.open:
            lines.append("def __getattr__(self, name: str) -> Any: ...")
        blocks.append(_class(class_name(node.facts.path), lines))
    for below in (*node.members.values(), node.element):
        if below is not None:
            blocks += _value_classes(below)
    return blocks


def _read(node: Node, *, or_none: bool = False) -> str:
    """The type of a value that an Action reads."""
    parts = [_read_part(part, node) for part in node.type]
    return _union([*parts, "None"] if or_none else parts)


def _read_part(part: Part, node: Node) -> str:
    if part.name == "array" and node.element is not None:
        return f"list[{_read(node.element)}]"
    if part.name in ("object", "map") and node.members:
        return class_name(node.facts.path)
    if part.name == "map" and node.element is not None:
        return f"Map[{_read(node.element)}]"
    return _enumeration(node) if part.name == "string" else _text((part,))


def _api_classes(node: ApiNode, trigger: Trigger) -> list[str]:
    """The class of `api` or of one namespace, and those of the namespaces below it."""
    lines = [f"{snake(name)}: {class_name(below.path)}" for name, below in node.namespaces.items()]
    lines += [_method(method, trigger) for method in node.methods.values()]
    block = _class(trigger.api_type if node.path == "api" else class_name(node.path), lines)
    return [block, *(it for below in node.namespaces.values() for it in _api_classes(below, trigger))]


def _method(method: Method, trigger: Trigger) -> str:
    shapes = parameter_shapes(method)
    arguments = ["self"]
    for name, node in shapes.items():
        # the members of the last parameter are keywords as well, so the object itself can be left out
        empty = " = ..." if node.facts.optional or _keywords(method, node) else ""
        arguments.append(f"{python_parameter(name)}: {_written(node)}{empty}")
    if last := list(shapes.values())[-1:]:
        keywords = _keywords(method, last[0])
        arguments += ["*"] if keywords else []
        arguments += [f"{python_parameter(child.name)}: {_written(child)} = ..." for child in keywords]
    notes = method_notes(method, advertised=method in trigger.api) + rule_notes(method)
    notes += [f"Deprecated. {method.deprecated}"] if method.deprecated else []
    names = python_names(method)
    notes += [f"{names[param.name]}: {text}" for param in method.params if (text := param_doc(param))]
    returns = trigger.api_type if method.chain else _text(parse_type(method.returns))
    head = f"{'async ' if method.is_async else ''}def {snake(method.path.rpartition('.')[2])}"
    body = textwrap.indent(_docstring(notes) or "...", "    ")
    return f"{head}({', '.join(arguments)}) -> {returns}:\n{body}"


def _keywords(method: Method, node: Node) -> list[Node]:
    """The members of a method's last parameter, which Python code may give as keywords."""
    is_last = node.name == positional(method)[-1]
    return [node.members[name] for name in option_names(method)] if is_last else []


def _written(node: Node) -> str:
    """The type of a value that an Action hands in."""
    return _union(_written_part(part, node) for part in node.type)


def _written_part(part: Part, node: Node) -> str:
    match part.name:
        case "array" if node.element is not None:
            return f"Sequence[{_written(node.element)}]"
        case "map" if node.element is not None:
            return f"Mapping[str, {_written(node.element)}]"
        case "object":
            return "Mapping[str, Any]"
        case "string":
            return _enumeration(node)
    return _text((part,))


def _parameter_type(name: str) -> list[str]:
    """The declarations of a type of `shared-objects.yaml` that an Action hands in as a dict."""
    named = loader.named_types()[name]
    if named.open or named.kind != "object":
        return [f"{name} = Mapping[str, Any]\n{_docstring([named.doc])}"]
    return _typed_dicts(named_shape(name))


def _typed_dicts(node: Node) -> list[str]:
    blocks, lines = [], [_docstring([node.facts.doc])]
    for child in node.members.values():
        kind = _written(child)
        if child.members:
            kind = class_name(child.facts.path)
            blocks += _typed_dicts(child)
        need = "NotRequired" if child.facts.optional else "Required"
        lines += [f"{child.name}: {need}[{kind}]", _docstring(property_notes(child.facts))]
    return [_class(f"{class_name(node.facts.path)}(TypedDict)", lines), *blocks]


def _result_type(name: str) -> list[str]:
    """The declarations of a type of `shared-objects.yaml` that an Action gets back."""
    named = loader.named_types()[name]
    if named.kind == "enum":
        return [f"{name} = {_literal(named.values)}\n{_docstring([named.doc])}"]
    if named.kind != "union":
        return _value_classes(named_shape(name))
    variants = variant_shapes(name)
    union = f"{name} = {_union(node.facts.path for node in variants)}\n{_docstring([named.doc])}"
    return [*(block for node in variants for block in _value_classes(node)), union]


def _handler(name: str, trigger: Trigger) -> str:
    note = _docstring([trigger.handler_notes.get(name, "")])
    signature = f"Callable[[Event, {trigger.api_type}], Awaitable[None] | None]"
    return f"{name[:1].upper()}{name[1:]} = {signature}\n{note}"


def _text(kind: Type) -> str:
    """A type that stands for itself: a scalar, a named type, a container of such."""
    return _union(_plain(part) for part in kind)


def _plain(part: Part) -> str:
    match part.name:
        case "array":
            return f"list[{_text(part.element)}]"
        case "map":
            return f"Map[{_text(part.element)}]"
        case "Promise":
            return _text(part.element)
        case "object":
            return "Map[Any]"
        case "null" | "undefined" | "void":
            return "None"
    return _SCALARS.get(part.name, part.name)


def _enumeration(node: Node) -> str:
    facts = node.facts
    return _literal(facts.enum) if facts.enum and not facts.enum_open else "str"


def _literal(values: Iterable[str]) -> str:
    return f"Literal[{', '.join(repr(value) for value in values)}]"


def _union(texts: Iterable[str]) -> str:
    return " | ".join(dict.fromkeys(texts))


def _class(head: str, lines: list[str]) -> str:
    body = "\n".join(line for line in lines if line)
    return f"class {head}:\n{textwrap.indent(body, '    ')}"


def _docstring(notes: list[str]) -> str:
    """A docstring with a line per note; nothing for no notes."""
    lines = [note.replace("\\", "\\\\").replace('"', "'") for note in notes if note]
    if not lines:
        return ""
    return f'"""{lines[0]}"""' if len(lines) == 1 else "\n".join([f'"""{lines[0]}', *lines[1:], '"""'])
