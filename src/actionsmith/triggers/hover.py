"""What the contract says about a path in an Action's code, as plain text for a hover or a panel."""

from __future__ import annotations

from actionsmith.triggers import loader
from actionsmith.triggers.event_path import format_path, scan_path, without_root
from actionsmith.triggers.host_api import option_names, positional, python_names
from actionsmith.triggers.model import Method, Trigger
from actionsmith.triggers.naming import python_parameter, python_path, snake
from actionsmith.triggers.prose import method_notes, param_doc, property_notes, rule_notes
from actionsmith.triggers.shape import ApiNode, Node, descend, event_shape, find_api


def hover(trigger_id: str, path: str, language: str = "javascript") -> str | None:
    """The text about `event.user.email`, `api.idToken.setCustomClaim`, `api.id_token` ...; None for others.

    The first line is the signature, the rest after an empty line what it means. The path may have
    indexes, `?.` and the names of either language; `language` ("javascript" or "python") decides on
    the names in the answer. Raises UserError for an unknown trigger.
    """
    trigger = loader.trigger(trigger_id)
    root = scan_path(path)[0][:1]
    if root == ("event",):
        return _event_text(trigger, path)
    if root != ("api",):
        return None
    found = find_api(trigger_id, path)
    if isinstance(found, Method):
        return _method_text(found, trigger, in_python=language == "python")
    return _namespace_text(found, trigger, in_python=language == "python") if found else None


def _event_text(trigger: Trigger, path: str) -> str | None:
    steps, end = scan_path(path)
    inner = without_root(steps)
    shape = event_shape(trigger.id)
    node = descend(shape, inner) if end == len(path) else None
    if node is None:
        return None
    optional = ", optional" if node.facts.optional else ""
    nullable = " | null" if node.facts.nullable else ""
    notes = property_notes(node.facts, advertised=node.advertised)
    if not node.facts.doc and (parent := descend(shape, inner[:-1])):
        notes = [*property_notes(parent.facts, advertised=parent.advertised), *notes]
    members = _advertised(node)
    if members:
        notes.append(f"Members: {', '.join(members)}.")
    return _text(f"{format_path(inner)}: {node.facts.type}{nullable}{optional}", notes)


def _advertised(node: Node) -> list[str]:
    """The names of the members of an object, or of the items of an array."""
    owner = node if node.members or node.element is None else node.element
    return [name for name, child in owner.members.items() if child.advertised]


def _namespace_text(node: ApiNode, trigger: Trigger, *, in_python: bool) -> str:
    shown = [name for name, method in node.methods.items() if method in trigger.api]
    names = [snake(name) if in_python else name for name in (*node.namespaces, *shown)]
    path = python_path(node.path) if in_python else node.path
    kind = trigger.api_type if node.path == "api" else f"{len(names)} methods"
    return _text(f"{path}: {kind}", [f"Members: {', '.join(names)}."])


def _method_text(method: Method, trigger: Trigger, *, in_python: bool) -> str:
    names = python_names(method) if in_python else {param.name: param.name for param in method.params}
    returns = trigger.api_type if method.chain else method.returns
    signature = _python_signature(method) if in_python else method.signature
    notes = [f"Deprecated. {method.deprecated}"] if method.deprecated else []
    notes += method_notes(method, advertised=method in trigger.api)
    for param in method.params:
        about = f" - {text}" if (text := param_doc(param)) else ""
        optional = ", optional" if param.optional else ""
        notes.append(f"{names[param.name]}: {param.type}{optional}{about}")
    notes += rule_notes(method)
    return _text(f"{signature}: {returns}", notes)


def _python_signature(method: Method) -> str:
    """The call as Python writes it: members of the last parameter as keywords in its place."""
    options = [f"{python_parameter(name)}=" for name in option_names(method)]
    names = [python_parameter(name) for name in positional(method)]
    return f"{python_path(method.path)}({', '.join([*(names[:-1] if options else names), *options])})"


def _text(head: str, notes: list[str]) -> str:
    return "\n".join([head, "", *notes]).rstrip()
