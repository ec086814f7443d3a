"""The TypeScript declaration of a trigger: what an editor needs to complete and check a JavaScript Action."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from functools import cache

import msgspec

from actionsmith.triggers import loader
from actionsmith.triggers.api_types import parameter_types, result_types
from actionsmith.triggers.contract_types import Part, Type, parse_type
from actionsmith.triggers.model import Method, Property, Trigger
from actionsmith.triggers.naming import class_name
from actionsmith.triggers.prose import method_notes, property_notes, rule_notes
from actionsmith.triggers.shape import (
    ApiNode,
    Node,
    api_shape,
    event_shape,
    named_shape,
    parameter_shapes,
    variant_shapes,
)

ANY_MEMBER = "[name: string]: any;"
"""The last member of an object that may have others than the contract lists."""


@cache
def declaration(trigger_id: str) -> str:
    """The text of a `.d.ts` module: `Event`, the api under the trigger's `api_type`, every named type
    they use, and one type per handler (`OnExecutePostLogin`). Raises UserError for an unknown trigger.
    """
    trigger = loader.trigger(trigger_id)
    blocks = [
        f"// {trigger.title}: {trigger.when}",
        *_event_interfaces(event_shape(trigger_id)),
        *_api_interfaces(api_shape(trigger_id), trigger),
        *(_named(name) for name in sorted({*parameter_types(trigger_id), *result_types(trigger_id)})),
        *(_handler(name, trigger) for name in trigger.handlers),
    ]
    return "\n\n".join(blocks) + "\n"


def _event_interfaces(node: Node) -> list[str]:
    """The interface of one object of the event, and those of the objects below it."""
    name = class_name(node.facts.path)
    blocks = (
        [f"{_comment([node.facts.doc])}export interface {name} {_body(node, named=True)}"]
        if node.members
        else []
    )
    for child in (*node.members.values(), node.element):
        if child is not None:
            blocks += _event_interfaces(child)
    return blocks


def _api_interfaces(node: ApiNode, trigger: Trigger) -> list[str]:
    """The interface of `api` or of one namespace, and those of the namespaces below it."""
    name = trigger.api_type if node.path == "api" else class_name(node.path)
    lines = [f"readonly {space}: {class_name(below.path)};" for space, below in node.namespaces.items()]
    lines += [_method(method, trigger) for method in node.methods.values()]
    block = f"export interface {name} {_braced(lines)}"
    return [block, *(it for below in node.namespaces.values() for it in _api_interfaces(below, trigger))]


def _method(method: Method, trigger: Trigger) -> str:
    shapes = parameter_shapes(method)
    arguments = ", ".join(
        f"{name}{'?' if node.facts.optional else ''}: {_type(node)}" for name, node in shapes.items()
    )
    notes = method_notes(method, advertised=method in trigger.api) + rule_notes(method)
    notes += [f"@param {name} - {node.facts.doc}" for name, node in shapes.items() if node.facts.doc]
    notes += [f"@deprecated {method.deprecated}"] if method.deprecated else []
    returns = trigger.api_type if method.chain else _text(parse_type(method.returns))
    return f"{_comment(notes)}{method.path.rpartition('.')[2]}({arguments}): {returns};"


def _named(name: str) -> str:
    """The declaration of one type of `shared-objects.yaml`."""
    named = loader.named_types()[name]
    match named.kind:
        case "enum":
            text = f"export type {name} = {_literals(named.values)};"
        case "union":
            text = f"export type {name} = {' | '.join(_body(variant) for variant in variant_shapes(name))};"
        case _:
            text = f"export interface {name} {_body(named_shape(name))}"
    return _comment([named.doc]) + text


def _handler(name: str, trigger: Trigger) -> str:
    kind = name[:1].upper() + name[1:]
    comment = _comment([trigger.handler_notes.get(name, "")])
    return f"{comment}export type {kind} = (event: Event, api: {trigger.api_type}) => Promise<void>;"


def _body(node: Node, *, named: bool = False) -> str:
    """The members of an object in braces. `named`: objects below it have interfaces of their own."""
    lines = []
    for child in node.members.values():
        facts = child.facts
        notes = _comment(property_notes(facts, advertised=child.advertised))
        lines.append(f"{notes}{child.name}{'?' if facts.optional else ''}: {_type(child, named=named)};")
    if node.facts.open or node.element is not None:
        lines.append(ANY_MEMBER)
    return _braced(lines)


def _type(node: Node, *, named: bool = False) -> str:
    """The type of a value with all the contract says about its members, items and possible values."""
    texts = [_part(part, node, named=named) for part in node.type]
    return " | ".join([*texts, "null"] if node.facts.nullable else texts)


def _part(part: Part, node: Node, *, named: bool) -> str:
    if part.name == "array" and node.element is not None:
        return f"Array<{_type(node.element, named=named)}>"
    if part.name in ("object", "map") and node.members:
        return class_name(node.facts.path) if named else _body(node)
    if part.name == "map" and node.element is not None:
        return f"Record<string, {_type(node.element, named=named)}>"
    if part.name == "string" and node.facts.enum:
        return _enumeration(node.facts)
    if part.name in loader.named_types() and not node.members.keys() <= named_shape(part.name).members.keys():
        return f"{part.name} & {_body(node)}"
    return _text((part,))


def _enumeration(facts: Property) -> str:
    literals = _literals(facts.enum)
    return f"{literals} | (string & {{}})" if facts.enum_open else literals


def _text(kind: Type) -> str:
    """A type that stands for itself: a scalar, a named type, a container of such."""
    texts = []
    for part in kind:
        if part.name == "map":
            texts.append(f"Record<string, {_text(part.element)}>")
        elif part.name == "object":
            texts.append(f"{{ {ANY_MEMBER} }}")
        elif part.element:
            texts.append(f"{part.name.capitalize()}<{_text(part.element)}>")
        else:
            texts.append(part.name)
    return " | ".join(texts)


def _literals(values: Iterable[str]) -> str:
    return " | ".join(msgspec.json.encode(value).decode() for value in values)


def _braced(lines: list[str]) -> str:
    return "{\n" + textwrap.indent("\n".join(lines), "  ") + "\n}" if lines else "{}"


def _comment(notes: list[str]) -> str:
    """A documentation comment with a line per note and a line break behind it; nothing for no notes."""
    lines = [note.replace("*/", "*\\/") for note in notes if note]
    if not lines:
        return ""
    if len(lines) == 1:
        return f"/** {lines[0]} */\n"
    return "\n".join(["/**", *(f" * {line}" for line in lines), " */", ""])
