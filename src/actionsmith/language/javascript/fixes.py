"""Ways to mend common faults: a near name, a missing `require`, a missing `async`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from actionsmith.language.contract_completion import NODE_MODULES
from actionsmith.language.javascript.typed_text import TypedText
from actionsmith.language.javascript.wire import Fault
from actionsmith.language.service import Code, Fix, Span, TextEdit

_REQUIRES = re.compile(r"^(?:const|let|var)\s[^=\n]*=\s*require\s*\(")
_HEAD = re.compile(r"^(?://|#!|\s*$|['\"]use strict['\"];?\s*$)")
_FUNCTION = re.compile(r"\bfunction\s*\*?\s*\Z")
_PACKAGE = re.compile(r"(?:@[\w.~-]+/)?[\w~-][\w.~-]*")
_NO_LETTER = re.compile(r"[^\w$]+(\w?)")


def package_of(module: str) -> str:
    """The package a module is of: `@scope/name/part` -> `@scope/name`, `axios/lib` -> `axios`."""
    parts = module.split("/")
    return "/".join(parts[:2]) if module.startswith("@") else parts[0]


def require(code: Code, text: TypedText, span: Span) -> Iterator[Fix]:
    """Load the dependency, or the module of Node.js, that an unknown name stands for."""
    name = text.cut(span)
    for module in (*code.dependencies, *NODE_MODULES):
        if name in (module, variable_of(module)):
            row = _row_for_require(text)
            source = (
                f"node:{module}" if module in NODE_MODULES and module not in code.dependencies else module
            )
            line = f'const {name} = require("{source}");\n'
            yield Fix(f"Add {line.strip()}", (TextEdit(Span(row, 0, row, 0), line),))
            return


def add_package(code: Code, text: TypedText, span: Span) -> Iterator[Fix]:
    """Make the package of a module that is not there a dependency."""
    package = package_of(text.cut(span).strip("'\"`"))
    if package not in code.dependencies and _PACKAGE.fullmatch(package):
        yield Fix(f"Add the package {package}", add_dependency=package)


def make_async(text: TypedText, fault: Fault, source_uri: str) -> Iterator[Fix]:
    """Write `async` before the function that an `await` stands in. The server names the function."""
    for related in fault.relatedInformation:
        if related.location.uri == source_uri and "async" in related.message:
            start = text.span(related.location.range)
            column = start.column
            if word := _FUNCTION.search(text.row(start.row)[:column]):  # the name of a function is meant
                column = word.start()
            at = Span(start.row, column, start.row, column)
            yield Fix("Make the function async", (TextEdit(at, "async "),))
            return


def variable_of(module: str) -> str:
    """The variable a module is usually kept in: `node-fetch` -> `nodeFetch`, `@scope/my-lib` -> `myLib`."""
    return _NO_LETTER.sub(lambda found: found[1].upper(), module.rpartition("/")[2])


def _row_for_require(text: TypedText) -> int:
    """Behind the last `require` at the top, else behind the comments the text begins with."""
    row = 0
    is_head = True
    for index in range(text.last_row + 1):
        line = text.row(index)
        if _REQUIRES.match(line):
            row, is_head = index + 1, False
        elif is_head and _HEAD.match(line):
            row = index + 1 if line.strip() else row
        else:
            is_head = False
    return min(row, text.last_row)
