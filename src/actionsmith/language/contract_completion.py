"""Completion and documentation from the contract: `event` and `api` paths, secrets, packages, values."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from functools import cache

from actionsmith.language.completion import NOTHING, Completion, CompletionResult
from actionsmith.language.expression import OpenString, code_before, open_string, path_before, word_before
from actionsmith.language.service import Code, Hover
from actionsmith.triggers import loader
from actionsmith.triggers.hover import hover
from actionsmith.triggers.model import Method, Property
from actionsmith.triggers.naming import python_member, python_path, snake
from actionsmith.triggers.shape import api_members, event_members, find_api, lookup, parameter_shapes

NODE_MODULES = (
    "assert", "async_hooks", "buffer", "child_process", "crypto", "dns", "events", "fs", "fs/promises",
    "http", "http2", "https", "net", "os", "path", "perf_hooks", "querystring", "stream", "stream/promises",
    "string_decoder", "timers", "timers/promises", "tls", "url", "util", "zlib",
)  # fmt: skip
"""Modules of Node.js that an Action has a use for."""

_REQUIRED = re.compile(r"(?:\brequire\s*\(|\bfrom|\bimport\s*\(?)\s*\Z")
_IMPORTED = re.compile(r"^\s*(?:from\s+|import\s+(?:[\w.]+(?:\s+as\s+\w+)?\s*,\s*)*)\w*\Z")
_COMPARED = re.compile(r"(?:[!=]==?|\bin\s*[\[(](?:\s*['\"]\w*['\"]\s*,)*)\s*\Z")
_INCLUDED = re.compile(r"\.includes\s*\(\s*\Z")
_CALLED = re.compile(r"\(([^()]*)\Z")
_COMPUTED = re.compile(r"\[[^\]'\"]*[^\]'\"\d][^\]'\"]*\]")
"""An index that is an expression: it stands for any item."""

_INDEXED = re.compile(r"\[\s*\Z")


def contract_completions(request: Code, row: int, column: int) -> CompletionResult:
    """What fits at the caret, of the contract and of what the Action owns. Any text will do."""
    code = code_before(request.text, row, column)
    string = open_string(code, request.language)
    if string is not None and string.quote != "`":
        start = column - len(string.content)
        return CompletionResult(tuple(_in_string(string, request)), start)
    word = word_before(code)
    ahead = code[: len(code) - len(word)].rstrip()
    start = column - len(word)
    if request.language == "python" and _IMPORTED.match(code.rpartition("\n")[2]):
        return CompletionResult(tuple(_packages(request)), start)
    if ahead.endswith("."):
        path = path_before(ahead[:-1].removesuffix("?").rstrip())
        return CompletionResult(tuple(_members(path, request)), start)
    return CompletionResult(tuple(_names(request)), start) if string is None and word else NOTHING


def contract_hover(request: Code, row: int, column: int) -> Hover | None:
    """What the contract says about the path under the caret, up to the word the caret touches."""
    line = (request.text.split("\n")[row : row + 1] or [""])[0]
    rest = re.match(r"[\w$]*", line[column:])
    column += rest.end() if rest else 0
    path = _unchained(path_before(code_before(request.text, row, column)), request.trigger)
    text = hover(request.trigger, path, request.language) if path else None
    return Hover(text.partition("\n")[0], _prose(text)) if text else None


def _members(path: str, request: Code) -> Iterable[Completion]:
    path = _COMPUTED.sub("[]", _unchained(path, request.trigger))
    root = path.partition(".")[0].partition("[")[0]
    if path == "event.secrets":
        return [
            Completion(name, name, "secret", "string", "A secret of this Action.") for name in request.secrets
        ]
    if root == "event":
        return _event_members(request.trigger, path, request.language)
    return _api_members(request.trigger, path, request.language) if root == "api" else ()


@cache
def _event_members(trigger: str, path: str, language: str) -> tuple[Completion, ...]:
    members = event_members(trigger, path)
    node = lookup(trigger, path)
    inner = "[]" if node and node.element is not None and "]" not in path[-1:] and members else ""
    return tuple(
        _property(facts, trigger, f"{path}{inner}.{_last(facts.path)}", language)
        for facts in members
        if _last(facts.path).isidentifier()
    )


def _property(facts: Property, trigger: str, path: str, language: str) -> Completion:
    name = _last(facts.path)
    shown = python_member(name) if language == "python" else name
    optional = "?" if facts.optional else ""
    return Completion(
        shown, shown, "property", f"{facts.type}{optional}", _prose(hover(trigger, path, language))
    )


@cache
def _api_members(trigger: str, path: str, language: str) -> tuple[Completion, ...]:
    return tuple(_api_member(entry, trigger, path, language) for entry in api_members(trigger, path))


def _api_member(entry: Method | str, trigger: str, path: str, language: str) -> Completion:
    in_python = language == "python"
    if isinstance(entry, str):
        name = snake(entry) if in_python else entry
        about = _prose(hover(trigger, f"{path}.{entry}", language))
        return Completion(name, name, "namespace", "", about)
    head, _, about = (hover(trigger, entry.path, language) or "").partition("\n")
    name = snake(_last(entry.path)) if in_python else _last(entry.path)
    own = python_path(entry.path) if in_python else entry.path
    detail = head.removeprefix(own).removesuffix(": void")
    has_arguments = not detail.startswith("()")
    return Completion(
        name, f"{name}()", "method", detail, about.strip(), caret_back=1 if has_arguments else 0
    )


def _names(request: Code) -> Iterable[Completion]:
    """What can stand at the start of an expression: `event`, `api`, and the trigger's handlers."""
    trigger = loader.trigger(request.trigger)
    for name, detail in (("event", "what is known"), ("api", trigger.api_type)):
        yield Completion(name, name, "namespace", detail, _prose(hover(trigger.id, name, request.language)))
    for handler in trigger.handlers:
        name = snake(handler) if request.language == "python" else handler
        yield Completion(name, name, "handler", "handler", trigger.handler_notes.get(handler, ""))


def _packages(request: Code) -> Iterable[Completion]:
    """What can be imported: the Action's dependencies, then what the language brings along."""
    for name in request.dependencies:
        inserted = name.replace("-", "_") if request.language == "python" else name
        yield Completion(inserted, inserted, "dependency", "dependency of this Action")
    built_in = sorted(_standard_library()) if request.language == "python" else NODE_MODULES
    for name in built_in:
        yield Completion(name, name, "module", "Python" if request.language == "python" else "Node.js")


@cache
def _standard_library() -> frozenset[str]:
    return frozenset(name for name in sys.stdlib_module_names if not name.startswith("_"))


def _in_string(string: OpenString, request: Code) -> Iterable[Completion]:
    """A module's name, a secret's in `event.secrets['`, or a value the contract lists for the place."""
    before = string.before
    if request.language == "javascript" and _REQUIRED.search(before):
        return _packages(request)
    if (found := _INDEXED.search(before)) and path_before(before[: found.start()]) == "event.secrets":
        return _members("event.secrets", request)
    return [
        Completion(value, value, "value", f"value of {_last(name)}")
        for name, value in _values(before, request)
    ]


def _values(before: str, request: Code) -> Iterable[tuple[str, str]]:
    """The values listed for the member compared with, or the argument called with, at the end of `before`."""
    if found := _COMPARED.search(before) or _INCLUDED.search(before):
        path = path_before(before[: found.start()].rstrip())
        node = lookup(request.trigger, path) if path.startswith("event.") else None
        return [(path, value) for value in (node.facts.enum or node.facts.items_enum)] if node else []
    if found := _CALLED.search(before):
        path = _unchained(path_before(before[: found.start()]), request.trigger)
        method = find_api(request.trigger, path) if path.startswith("api.") else None
        if isinstance(method, Method):
            parameters = list(parameter_shapes(method).values())
            position = found[1].count(",")
            if position < len(parameters) and (not found[1].strip() or found[1].rstrip().endswith(",")):
                return [(parameters[position].name, value) for value in parameters[position].facts.enum]
    return []


def _unchained(path: str, trigger: str) -> str:
    """The path without its calls: after a method that returns the api, `api` begins anew."""
    if "(" not in path:
        return path
    head, _, rest = path.rpartition(")")
    method = find_api(trigger, _unchained(path_before(head[: _last_call(head)]), trigger))
    return f"api{rest}" if isinstance(method, Method) and method.chain else ""


def _last_call(head: str) -> int:
    depth = 1
    for index in range(len(head) - 1, -1, -1):
        depth += {")": 1, "(": -1}.get(head[index], 0)
        if not depth:
            return index
    return 0


def _last(path: str) -> str:
    return path.rpartition(".")[2]


def _prose(text: str | None) -> str:
    """A hover text without its first line, the signature."""
    return (text or "").partition("\n")[2].strip()
