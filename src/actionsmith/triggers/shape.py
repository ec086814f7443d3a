"""The contract's flat lists as trees: the members of `event`, of a parameter, of a named type; the api."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

import msgspec

from actionsmith.triggers import loader
from actionsmith.triggers.contract_types import Type, format_type, parse_type
from actionsmith.triggers.event_path import EVERY, Steps, scan_path, without_root
from actionsmith.triggers.host_api import positional
from actionsmith.triggers.model import Field, Method, NamedType, Property
from actionsmith.triggers.naming import snake
from actionsmith.triggers.prose import param_doc

VALUES = "*"
"""The step that stands for all values of a map, beside EVERY for the items of an array."""

_STEP = re.compile(r"\[\]|[^.\[\]]+")


class Node(msgspec.Struct):
    """A value the contract describes.

    `facts` is its entry in the contract; where the contract has none (the items of an array, the
    values of a map) one is made from the parent's. `element` describes those items or values.
    `advertised` is false for what is accepted but stands on no reference page. `type` is read from
    the text in `facts`; `anything` says that every JSON value fits.
    """

    name: str
    facts: Property
    advertised: bool = True
    members: dict[str, Node] = msgspec.field(default_factory=dict)
    element: Node | None = None
    type: Type = ()
    anything: bool = False

    def __post_init__(self) -> None:
        self.type = parse_type(self.facts.type)
        self.anything = any(part.name == "any" for part in self.type)

    @property
    def accepts_unlisted(self) -> bool:
        """Whether members that the contract does not list are fine here."""
        return self.facts.open or not self.members


class ApiNode(msgspec.Struct):
    """`api` itself, or a namespace of it such as `api.access`; `path` starts with `api`."""

    name: str
    path: str
    namespaces: dict[str, ApiNode] = msgspec.field(default_factory=dict)
    methods: dict[str, Method] = msgspec.field(default_factory=dict)


@cache
def event_shape(trigger_id: str) -> Node:
    """The tree of the trigger's `event`. Raises UserError for an unknown trigger."""
    trigger = loader.trigger(trigger_id)
    root = Node("event", Property(path="event", type="object", optional=False, doc=trigger.when))
    _grow(root, trigger.event, advertised=True)
    _grow(root, trigger.event_unreferenced, advertised=False)
    return root


@cache
def api_shape(trigger_id: str) -> ApiNode:
    """The tree of the trigger's `api`. Raises UserError for an unknown trigger."""
    trigger = loader.trigger(trigger_id)
    root = ApiNode("api", "api")
    for method in (*trigger.api, *trigger.api_unreferenced):
        *spaces, name = method.path.split(".")[1:]
        node = root
        for space in spaces:
            node = node.namespaces.setdefault(space, ApiNode(space, f"{node.path}.{space}"))
        node.methods[name] = method
    return root


def named_shape(name: str) -> Node:
    """The tree of an object or token type of `shared-objects.yaml`. Raises KeyError for an unknown name."""
    named = loader.named_types()[name]
    return _fields_shape(name, named, named.fields)


def variant_shapes(name: str) -> list[Node]:
    """The tree of each variant of a union type, named after its constants: `CacheWriteResultError`."""
    named = loader.named_types()[name]
    shapes = []
    for variant in named.variants:
        constants = "".join(field.const.capitalize() for field in variant.fields)
        shapes.append(_fields_shape(f"{name}{constants}", named, variant.fields))
    return shapes


def parameter_shapes(method: Method) -> dict[str, Node]:
    """The tree of each positional parameter of a method, by its JavaScript name, in order."""
    root = Node("", Property(path="", type="object", optional=False))
    listed = {param.name for param in method.params}
    for name in positional(method):
        if name not in listed:
            has_members = any(param.startswith(f"{name}.") for param in listed)
            optional = f"{name}?" in method.signature
            _grow(root, [Property(path=name, type="object" if has_members else "any", optional=optional)])
        _grow(
            root,
            [
                Property(
                    path=it.name,
                    type=it.type,
                    optional=it.optional,
                    doc=param_doc(it, with_values=False),
                    enum=it.enum,
                )
                for it in method.params
                if _STEP.findall(it.name)[0] == name
            ],
        )
    return root.members


def lookup(trigger_id: str, path: str) -> Node | None:
    """The node at a path such as `event.user.identities[0].provider`, None when the contract has none.

    Indexes and `[]` may be left out.
    """
    return descend(event_shape(trigger_id), _steps(path, "event"))


def descend(node: Node, steps: Steps) -> Node | None:
    """The node that `steps` lead to from `node`; a step into the values of a map finds their node."""
    for step in steps:
        found = node.element if isinstance(step, int) or step == EVERY else _member(node, step)
        if found is None:
            return None
        node = found
    return node


def event_members(trigger_id: str, path: str) -> list[Property]:
    """The advertised members directly under a path (`""` or `event` for the event itself).

    An array has the members of its items, with or without an index behind its name.
    """
    node = lookup(trigger_id, path)
    if node is not None and node.element is not None and _is_array(node):
        node = node.element
    return [child.facts for child in node.members.values() if child.advertised] if node else []


def api_members(trigger_id: str, path: str) -> list[Method | str]:
    """The advertised methods and the names of the namespaces under a path (`""` for `api` itself).

    The path may use the names of either language; namespaces come back with their JavaScript names.
    """
    node = find_api(trigger_id, path)
    if not isinstance(node, ApiNode):
        return []
    shown = {method.path for method in loader.trigger(trigger_id).api}
    return [*node.namespaces, *(method for method in node.methods.values() if method.path in shown)]


def find_api(trigger_id: str, path: str) -> ApiNode | Method | None:
    """The namespace or method at `api.idToken.setCustomClaim`, in the names of either language."""
    found: ApiNode | Method | None = api_shape(trigger_id)
    for step in _steps(path, "api"):
        if not isinstance(found, ApiNode):
            return None
        wanted = snake(str(step))
        entries: dict[str, ApiNode | Method] = {**found.namespaces, **found.methods}
        found = next((entry for name, entry in entries.items() if snake(name) == wanted), None)
    return found


def _grow(root: Node, entries: Iterable[Property], *, advertised: bool = True) -> None:
    """Add flat entries to a tree; parents that the contract leaves out are made on the way."""
    prefix = f"{root.name}." if root.name else ""
    for facts in entries:
        steps = _STEP.findall(facts.path.removeprefix(prefix))
        node = root
        for depth, step in enumerate(steps[:-1]):
            found = node.element if step in (EVERY, VALUES) else node.members.get(step)
            if found is None:
                kind = {EVERY: "array<object>", VALUES: "map<string, object>"}.get(steps[depth + 1], "object")
                made = Property(path=f"{node.facts.path}.{step}", type=kind, optional=True)
                found = node.members[step] = _node(step, made, advertised)
            node = found
        node.members[steps[-1]] = _node(steps[-1], facts, advertised)


def _node(name: str, facts: Property, advertised: bool) -> Node:
    """A node with the element and members its type alone says it has."""
    node = Node(name, facts, advertised)
    for part in node.type:
        if part.element and part.name in ("array", "map"):
            step = EVERY if part.name == "array" else f".{VALUES}"
            below = Property(
                path=f"{facts.path}{step}",
                type=format_type(part.element),
                optional=False,
                enum=facts.items_enum,
                open=facts.items_open,
            )
            node.element = _node(step.strip("."), below, advertised)
        for member, kind in part.members:
            written = Property(path=f"{facts.path}.{member}", type=format_type(kind), optional=False)
            node.members[member] = _node(member, written, advertised)
    return node


def _steps(path: str, root: str) -> Steps:
    """The steps of a path as it stands in code; what cannot be read becomes a step that leads nowhere."""
    steps, end = scan_path(path)
    return without_root(steps, root) if end == len(path) else (path,)


def _member(node: Node, name: str) -> Node | None:
    found = node.members.get(name)
    if found or node.element is None:
        return found
    return node.element.members.get(name) if _is_array(node) else node.element


def _is_array(node: Node) -> bool:
    return node.element is not None and node.element.name == EVERY


def _fields_shape(name: str, named: NamedType, fields: Iterable[Field]) -> Node:
    root = Node(name, Property(path=name, type="object", optional=False, doc=named.doc, open=named.open))
    _grow(
        root,
        [
            Property(
                path=f"{name}.{field.name}",
                type=field.type,
                optional=field.optional,
                doc=field.doc,
                enum=field.enum or ((field.const,) if field.const else ()),
            )
            for field in fields
        ],
    )
    return root
