"""Everything that is wrong with a Python Action: its syntax, its names, its imports, its event and api."""

from __future__ import annotations

import ast
import re
from contextlib import suppress

import msgspec

from actionsmith.errors import UserError, near_name
from actionsmith.language.contract_checks import check_uses
from actionsmith.language.python.event_uses import find_uses
from actionsmith.language.python.lint_and_format import SOURCE, lint
from actionsmith.language.python.modules import Modules
from actionsmith.language.python.name_scopes import Function
from actionsmith.language.python.source_text import SourceText
from actionsmith.language.service import Code, Diagnostic, Fix, Span, TextEdit

_MOST = 500
"""Faults that are told at most; nobody reads more."""

_UNDEFINED = "F821"
_AWAIT_OUTSIDE = "PLE1142"
_QUOTED = re.compile(r"'(\w+)'")


def diagnose(code: Code) -> tuple[Diagnostic, ...]:
    """The faults of an Action in the order of the text."""
    source = SourceText(code.text)
    modules = Modules(code)
    found = [_with_fix(it, source, modules) for it in lint(source)]
    if source.tree is not None:
        found += _imports(source, source.tree, modules)
        with suppress(UserError):  # a trigger that the contract does not know
            found += check_uses(code, find_uses(source, code.trigger))
    return tuple(sorted(found, key=lambda it: it.span)[:_MOST])


def _with_fix(it: Diagnostic, source: SourceText, modules: Modules) -> Diagnostic:
    """The finding of the linter with what can be done about it here."""
    fix = None
    if it.code == _UNDEFINED and (named := _QUOTED.search(it.message)):
        fix = _import_fix(named[1], source, modules)
    elif it.code == _AWAIT_OUTSIDE:
        fix = _async_fix(it.span, source)
    return msgspec.structs.replace(it, fixes=(*it.fixes, fix)) if fix else it


def _import_fix(name: str, source: SourceText, modules: Modules) -> Fix | None:
    """The import of a module that is used without one: of a dependency, or of the standard library."""
    if source.tree is None or name not in modules.known():
        return None
    row = _row_for_import(source.tree)
    behind = source.lines[row] if row < len(source.lines) else ""
    is_alone = behind.strip() and not behind.startswith(("import ", "from "))
    ending = "\r\n" if "\r\n" in source.text else "\n"
    text = f"import {name}{ending}{ending if is_alone else ''}"
    if row >= len(source.lines):
        row, column = len(source.lines) - 1, len(source.lines[-1])
        return Fix(f"Import {name}", (TextEdit(Span(row, column, row, column), f"{ending}{text}"),))
    return Fix(f"Import {name}", (TextEdit(Span(row, 0, row, 0), text),))


def _row_for_import(tree: ast.Module) -> int:
    """The row below the imports at the top; without any, below the text that describes the Action."""
    row = 0
    for statement in tree.body:
        is_text = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
        if not (isinstance(statement, ast.Import | ast.ImportFrom) or (is_text and row == 0)):
            break
        row = statement.end_lineno or statement.lineno
    return row


def _async_fix(place: Span, source: SourceText) -> Fix | None:
    """`async` in front of the innermost function around a place."""
    if source.tree is None:
        return None
    around = [
        node
        for node in ast.walk(source.tree)
        if isinstance(node, Function) and node.lineno - 1 <= place.row < (node.end_lineno or 0)
    ]
    inner = max(around, key=lambda node: (node.lineno, node.col_offset), default=None)
    if not isinstance(inner, ast.FunctionDef):
        return None
    row, column = source.place(inner.lineno, inner.col_offset)
    edit = TextEdit(Span(row, column, row, column), "async ")
    return Fix(f"Make {inner.name} async", (edit,))


def _imports(source: SourceText, tree: ast.Module, modules: Modules) -> list[Diagnostic]:
    """Imports of packages that are not there. An import that may fail (inside `try`) is left alone."""
    found = []
    for node in _certain(tree):
        if isinstance(node, ast.Import):
            names = [(alias.name, source.span(alias)) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            row, column = source.place(node.lineno, node.col_offset)
            written = re.compile(r"from\s+").match(source.lines[row], column)
            if written is None:
                continue
            names = [(node.module, Span(row, written.end(), row, written.end() + len(node.module)))]
        else:
            continue
        found += [_missing(name, span, modules) for name, span in names if not modules.has(_top(name))]
    return found


def _certain(node: ast.AST) -> list[ast.AST]:
    """The nodes of the tree outside of any `try`."""
    found: list[ast.AST] = []
    pending = [node]
    while pending:
        inner = pending.pop()
        if not isinstance(inner, ast.Try | ast.TryStar):
            found.append(inner)
            if not isinstance(inner, ast.expr):
                pending += ast.iter_child_nodes(inner)
    return found


def _missing(name: str, span: Span, modules: Modules) -> Diagnostic:
    top = _top(name)
    place = Span(span.row, span.column, span.row, span.column + len(top))
    near = near_name(top, modules.known())
    add = Fix(f"Add the package {top}", add_dependency=top)
    fixes = (Fix(f"Change to '{near}'", (TextEdit(place, near),)), add) if near else (add,)
    advice = f"; did you mean '{near}'?" if near else ""
    message = f"'{top}' is neither in the standard library nor a dependency of this Action{advice}"
    return Diagnostic(place, "warning", message, SOURCE, "unknown-module", fixes)


def _top(name: str) -> str:
    return name.partition(".")[0]
