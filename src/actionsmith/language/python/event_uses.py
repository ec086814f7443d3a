"""The paths of `event` and `api` that Python code reads, found in its syntax tree.

Handlers get them by position; names assigned once, items of loops, and helpers whose every call says the
same are followed. Whatever is not certain is left out.
"""

from __future__ import annotations

import ast
from typing import NamedTuple

from actionsmith.language.contract_checks import Part, Use
from actionsmith.language.python.name_scopes import (
    Comprehension,
    Function,
    Owner,
    Scope,
    positional_names,
    rebound_elsewhere,
)
from actionsmith.language.python.source_text import SourceText
from actionsmith.triggers import loader
from actionsmith.triggers.event_path import EVERY, Steps
from actionsmith.triggers.model import Method
from actionsmith.triggers.naming import snake
from actionsmith.triggers.shape import descend, event_shape, find_api

ROOTS = ("event", "api")
"""What a handler is given, in this order."""


class _Path(NamedTuple):
    root: str
    known: Steps = ()
    parts: tuple[Part, ...] = ()

    @property
    def steps(self) -> Steps:
        return (*self.known, *(part.name for part in self.parts))


def find_uses(source: SourceText, trigger_id: str) -> list[Use]:
    """The paths read in the text, in no order; none where it is not Python. Raises UserError for an
    unknown trigger."""
    if source.tree is None:
        return []
    reader = _Reader(source, source.tree, trigger_id)
    try:
        reader.visit(source.tree)
        return [Use(path.root, path.parts, path.known) for path in reader.paths()]
    except RecursionError:
        return []


class _Reader(ast.NodeVisitor):
    """Walks the tree once to know every scope and call, then tells the paths."""

    def __init__(self, source: SourceText, tree: ast.Module, trigger_id: str) -> None:
        self._source, self._trigger = source, trigger_id
        self._handlers = {snake(name) for name in loader.trigger(trigger_id).handlers}
        self._unsure = rebound_elsewhere(tree)
        self._scope: Scope | None = None
        self._read: list[tuple[ast.expr, Scope]] = []
        self._calls: dict[str, list[tuple[ast.Call, Scope]]] = {}
        self._mentions: dict[str, int] = {}
        self._following: set[tuple[int, str]] = set()

    def paths(self) -> list[_Path]:
        found = (self._path(node, scope) for node, scope in self._read)
        return [path for path in found if path is not None and path.parts]

    def generic_visit(self, node: ast.AST) -> None:
        if isinstance(node, Owner):
            outer, self._scope = self._scope, Scope(node, self._scope)
            super().generic_visit(node)
            self._scope = outer
        else:
            super().generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        if isinstance(node.func, ast.Name) and self._scope:
            self._calls.setdefault(node.func.id, []).append((node, self._scope))
        self.generic_visit(node)

    def visit_Name(self, node: ast.Name) -> None:
        self._mentions[node.id] = self._mentions.get(node.id, 0) + isinstance(node.ctx, ast.Load)

    def visit_Attribute(self, node: ast.Attribute) -> None:
        self._visit_chain(node)

    def visit_Subscript(self, node: ast.Subscript) -> None:
        self._visit_chain(node)

    def _visit_chain(self, node: ast.Attribute | ast.Subscript) -> None:
        """Take a chain as a whole; what is written to may be new, so there only its owner is read."""
        inner: ast.expr = node
        if isinstance(node.ctx, ast.Load) and self._scope:
            self._read.append((node, self._scope))
            while isinstance(inner, ast.Attribute | ast.Subscript):
                if isinstance(inner, ast.Subscript):
                    self.visit(inner.slice)
                inner = inner.value
            self.visit(inner)
        else:
            self.generic_visit(node)

    def _path(self, node: ast.expr, scope: Scope) -> _Path | None:
        """The path an expression reads, None when it reads none for certain."""
        match node:
            case ast.Name(id=name):
                return self._named(name, scope)
            case ast.NamedExpr(value=value):
                return self._path(value, scope)
            case ast.Attribute(value=value, attr=name) if name.isascii():
                return self._step(value, scope, Part(name, self._source.name_at_end(node, name)))
            case ast.Subscript(value=value, slice=ast.Constant(value=str(name)) as index):
                return self._step(value, scope, Part(name, self._source.span(index), quoted=True))
            case ast.Subscript(value=value, slice=index) if not isinstance(index, ast.Slice):
                return self._step(value, scope, Part(EVERY, self._source.span(index)))
            case ast.Call(func=called):
                path = self._path(called, scope)
                if path is None or path.root != "api":
                    return None
                method = find_api(self._trigger, ".".join(["api", *map(str, path.steps)]))
                return _Path("api") if isinstance(method, Method) and method.chain else None
        return None

    def _step(self, owner: ast.expr, scope: Scope, part: Part) -> _Path | None:
        path = self._path(owner, scope)
        return path and path._replace(parts=(*path.parts, part))

    def _named(self, name: str, scope: Scope) -> _Path | None:
        home = scope.finds(name)
        key = (id(home), name)
        if home is None or name in self._unsure or home.bound[name] != 1 or key in self._following:
            return None
        self._following.add(key)
        try:
            path = self._bound(name, home)
        finally:
            self._following.discard(key)
        return path and _Path(path.root, path.steps)

    def _bound(self, name: str, home: Scope) -> _Path | None:
        if isinstance(home.owner, Function) and name in positional_names(home.owner):
            return self._parameter(name, home.owner, home)
        origin = home.origin(name)
        if origin is None:
            return None
        outside = home.parent if isinstance(home.owner, Comprehension) else home
        path = self._path(origin.value, home if outside is None else outside)
        return self._item(path) if path and origin.is_item else path

    def _item(self, path: _Path) -> _Path | None:
        """The path to each item of an array; iterating over anything else gives no member of the event."""
        node = descend(event_shape(self._trigger), path.steps) if path.root == "event" else None
        if node is None or node.element is None or node.element.name != EVERY:
            return None
        return _Path("event", (*path.steps, EVERY))

    def _parameter(self, name: str, function: Function, home: Scope) -> _Path | None:
        position = positional_names(function).index(name)
        if home.parent is None or not isinstance(home.parent.owner, ast.Module):
            return None
        if function.name in self._handlers:
            return _Path(ROOTS[position]) if position < len(ROOTS) else None
        calls = self._calls.get(function.name, [])
        if home.parent.bound[function.name] != 1 or self._mentions[function.name] != len(calls):
            return None
        given = {self._given(call, scope, name, position) for call, scope in calls}
        path = given.pop() if len(given) == 1 else None
        return path and _Path(path.root, path.steps)

    def _given(self, call: ast.Call, scope: Scope, name: str, position: int) -> _Path | None:
        """What a call gives for a parameter, as a path without places."""
        if any(isinstance(argument, ast.Starred) for argument in call.args):
            return None
        by_name = {keyword.arg: keyword.value for keyword in call.keywords}
        value = call.args[position] if position < len(call.args) else by_name.get(name)
        path = self._path(value, scope) if value is not None else None
        return path and _Path(path.root, path.steps)
