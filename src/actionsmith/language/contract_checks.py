"""What is wrong with the paths of `event` and `api` in an Action, by the contract; for both languages.

Each language finds the paths in its own way (`Use`); what the contract offers is asked here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from actionsmith.errors import did_you_mean, misspelt_name, near_name, or_near
from actionsmith.language.service import Code, Diagnostic, Fix, Severity, Span, TextEdit
from actionsmith.triggers.event_path import EVERY, Steps
from actionsmith.triggers.model import Method
from actionsmith.triggers.naming import python_member, snake
from actionsmith.triggers.shape import ApiNode, Node, api_shape, descend, event_shape

SOURCE = "contract"
_OWN_MEMBERS = {
    "python": frozenset(name for name in dir(dict) if not name.startswith("__")),
    "javascript": frozenset(name for name in ("hasOwnProperty", "toString", "valueOf", "constructor")),
}
"""What every object of the event brings along by its language."""


class Part(msgspec.Struct, frozen=True):
    """One step of a path: a name and where it is written, or the index of an item (`[]` for any).

    `quoted` says that the name stands as a string in brackets: it reads, but nothing vouches for it.
    """

    name: str
    span: Span
    quoted: bool = False


class Use(msgspec.Struct, frozen=True):
    """A path that is read: `root` is `event` or `api`, `parts` what follows.

    `known` are the steps that stand elsewhere, in front of the parts: for `user = event.user; user.emial`
    they are `("user",)`, and the only part is `emial`.
    """

    root: str
    parts: tuple[Part, ...]
    known: Steps = ()


def check_uses(code: Code, uses: Iterable[Use]) -> list[Diagnostic]:
    """Faults of the paths by the contract; where it is open, only a name that looks misspelt is told.

    Raises UserError for an unknown trigger.
    """
    found: list[Diagnostic] = []
    for use in uses:
        found += _event_faults(code, use) if use.root == "event" else _api_faults(code, use)
    return list(dict.fromkeys(found))


def unknown_name(  # one shape for all: the message, the near name and the fix that writes it
    span: Span, owner: str, name: str, known: Iterable[str], severity: Severity
) -> Diagnostic:
    """The fault that `owner` has no member `name`, with the nearest of the `known` names as its fix."""
    names = list(known)
    same = [other for other in names if snake(other).replace("_", "") == snake(name).replace("_", "")]
    near = same[0] if same else near_name(name, names)
    fixes = (change_to(near, span),) if near else ()
    return Diagnostic(span, severity, no_member(owner, name, near), SOURCE, "unknown-member", fixes)


def misspelt(span: Span, owner: str, name: str, known: Iterable[str]) -> Diagnostic | None:
    """What is said of a `name` that `owner` may have although it is not listed: that a listed one is near."""
    near = misspelt_name(name, known)
    if not near:
        return None
    message = f"{owner} lists no member '{name}'{or_near(near)}"
    return Diagnostic(span, "info", message, SOURCE, "unlisted-member", (change_to(near, span),))


def change_to(name: str, span: Span) -> Fix:
    """Write another name in the place of the one at `span`."""
    return Fix(f"Change to '{name}'", (TextEdit(span, name),))


def no_member(owner: str, name: str, near: str = "") -> str:
    """The sentence that `owner` has no member `name`, with the name that was probably meant."""
    return f"{owner} has no member '{name}'{or_near(near)}"


def _event_faults(code: Code, use: Use) -> Iterator[Diagnostic]:
    node = descend(event_shape(code.trigger), use.known)
    path = "event" + "".join(f".{step}" for step in use.known if isinstance(step, str) and step != EVERY)
    for part in use.parts:
        if node is None:
            return
        if path == "event.secrets":
            yield from _secret_fault(code, part)
            return
        below = descend(node, (_json_name(part.name, node, code.language),))
        if below is None:
            known = [name for name, child in node.members.items() if child.advertised]
            shown = [python_member(name) for name in known] if code.language == "python" else known
            if not _reads_unlisted(node, part, code.language):
                yield unknown_name(part.span, path, part.name, shown, "warning")
            elif node.accepts_unlisted and not part.quoted:
                listed = (*shown, *_OWN_MEMBERS[code.language])
                if told := misspelt(part.span, path, part.name, listed):
                    yield told
            return
        node = below
        path = path if part.name == EVERY else f"{path}.{part.name}"


def _reads_unlisted(node: Node, part: Part, language: str) -> bool:
    """Whether a member that the contract does not list may be read here without a word."""
    is_object = bool(node.members) and all(kind.name in ("object", "null") for kind in node.type)
    return (
        not is_object
        or node.accepts_unlisted
        or node.anything
        or part.quoted
        or part.name.startswith("__")
        or part.name in _OWN_MEMBERS[language]
    )


def _json_name(name: str, node: Node, language: str) -> str:
    """The member that a name reads: in Python `from_` reads `from`, and `country_code` `countryCode`."""
    if language != "python" or name in node.members:
        return name
    first, *rest = name.split("_")
    for other in (name.removesuffix("_"), first + "".join(word.capitalize() for word in rest)):
        if other in node.members:
            return other
    return name


def _secret_fault(code: Code, part: Part) -> Iterator[Diagnostic]:
    name = part.name
    if name in code.secrets or name in _OWN_MEMBERS[code.language] or not name.strip("_") or name == EVERY:
        return
    near = near_name(name, code.secrets)
    fixes = [Fix(f"Define the secret {name}", define_secret=name)]
    if near and not part.quoted:
        fixes.insert(0, change_to(near, part.span))
    message = f"the secret '{name}' is not defined{did_you_mean(name, code.secrets)}"
    yield Diagnostic(part.span, "warning", message, SOURCE, "undefined-secret", tuple(fixes))


def _api_faults(code: Code, use: Use) -> Iterator[Diagnostic]:
    node: ApiNode | Method | None = api_shape(code.trigger)
    steps = [str(step) for step in use.known]
    for step in steps:
        node = _offered(node, code.language).get(step) if isinstance(node, ApiNode) else None
    path = ".".join(["api", *steps])
    for part in use.parts:
        if not isinstance(node, ApiNode):
            return
        offered = _offered(node, code.language)
        below = offered.get(part.name)
        if below is None:
            if not part.quoted and not part.name.startswith("__"):
                yield unknown_name(part.span, path, part.name, offered, "error")
            return
        if isinstance(below, Method) and below.deprecated:
            message = f"{path}.{part.name} is deprecated. {below.deprecated}"
            yield Diagnostic(part.span, "info", message, SOURCE, "deprecated")
        node, path = below, f"{path}.{part.name}"


def _offered(node: ApiNode, language: str) -> dict[str, ApiNode | Method]:
    """The namespaces and methods of a namespace, by their names in the language."""
    entries: dict[str, ApiNode | Method] = {**node.namespaces, **node.methods}
    return {snake(name): entry for name, entry in entries.items()} if language == "python" else entries
