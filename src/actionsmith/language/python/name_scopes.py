"""Which names of a Python text stand for one value only: what is said of the value holds for the name."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

Function = ast.FunctionDef | ast.AsyncFunctionDef
Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp
Owner = ast.Module | ast.ClassDef | ast.Lambda | Function | Comprehension
"""What has names of its own."""


class Origin(NamedTuple):
    """Where a name's value comes from: an expression, or each item of it."""

    value: ast.expr
    is_item: bool


class Scope:
    """The names that one function, class, comprehension or module binds."""

    def __init__(self, owner: Owner, parent: Scope | None) -> None:
        self.owner, self.parent = owner, parent
        self.origins: dict[str, Origin] = {}
        self.bound: Counter[str] = Counter(_parameters(owner))
        for node in _own_nodes(owner):
            self._bind(node)

    def finds(self, name: str) -> Scope | None:
        """The nearest scope that binds the name."""
        scope: Scope | None = self
        while scope is not None and name not in scope.bound:
            scope = scope.parent
        return scope

    def origin(self, name: str) -> Origin | None:
        """The one value of a name of this scope, None when there are several or it is not simple."""
        return self.origins.get(name) if self.bound[name] == 1 else None

    def _bind(self, node: ast.AST) -> None:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                self.origins[name] = Origin(value, False)
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                self.origins[name] = Origin(value, False)
            case ast.NamedExpr(target=ast.Name(id=name), value=value):
                self.origins[name] = Origin(value, False)
            case ast.For(target=ast.Name(id=name), iter=value):
                self.origins[name] = Origin(value, True)
            case ast.comprehension(target=ast.Name(id=name), iter=value, is_async=0):
                self.origins[name] = Origin(value, True)
        self.bound.update(_bound_by(node))


def rebound_elsewhere(tree: ast.Module) -> set[str]:
    """Names that some function declares `global` or `nonlocal`: nothing is certain about them."""
    declared = (node for node in ast.walk(tree) if isinstance(node, ast.Global | ast.Nonlocal))
    return {name for node in declared for name in node.names}


def positional_names(function: Function) -> list[str]:
    """The parameters that can be given by position."""
    return [argument.arg for argument in (*function.args.posonlyargs, *function.args.args)]


def _parameters(owner: Owner) -> list[str]:
    if not isinstance(owner, Function | ast.Lambda):
        return []
    listed = owner.args
    stars = [argument for argument in (listed.vararg, listed.kwarg) if argument]
    return [it.arg for it in (*listed.posonlyargs, *listed.args, *listed.kwonlyargs, *stars)]


def _bound_by(node: ast.AST) -> list[str]:
    match node:
        case ast.Name(id=name, ctx=ast.Store() | ast.Del()):
            return [name]
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            return [name]
        case ast.alias(name=name, asname=shown):
            return [shown or name.partition(".")[0]]
        case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
            return [name]
        case ast.MatchMapping(rest=str(name)):
            return [name]
    return []


def _own_nodes(owner: Owner) -> Iterator[ast.AST]:
    """The nodes whose names belong to `owner`: those of functions and classes inside do not.

    What a comprehension assigns with `:=` counts for it as well: that is one binding too many at most.
    """
    if isinstance(owner, ast.Module | ast.ClassDef | Function):
        pending: list[ast.AST] = list(owner.body)
    elif isinstance(owner, ast.Lambda):
        pending = [owner.body]
    else:
        pending = list(ast.iter_child_nodes(owner))
    while pending:
        node = pending.pop()
        yield node
        if isinstance(node, Function | ast.ClassDef | ast.Lambda):
            continue
        if isinstance(node, Comprehension):
            pending += [it for it in ast.walk(node) if isinstance(it, ast.NamedExpr)]
            continue
        pending += ast.iter_child_nodes(node)
