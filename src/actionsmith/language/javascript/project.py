"""What TypeScript's server is told of an Action beside its text: the contract, the settings, the packages.

Nothing of it is on disk: the files are handed to the server as open ones. Those of an Action with
dependencies seem to lie in a folder beside its `node_modules`, so that packages are found as Node.js does it.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path

import msgspec

from actionsmith.errors import UserError
from actionsmith.language.javascript.handlers import CONTRACT, handler_type
from actionsmith.language.service import Code
from actionsmith.triggers import loader
from actionsmith.triggers.naming import class_name
from actionsmith.triggers.shape import event_shape
from actionsmith.triggers.typescript import ANY_MEMBER, declaration

ACTION = "action.cjs"
"""CommonJS whatever stands beside it, as Actions are."""

CONTRACT_FILE = "contract.d.ts"
SETTINGS_FILE = "tsconfig.json"
_NOWHERE = Path("/actionsmith")
"""The folder of Actions without dependencies: none that exists, so that nothing is found in it."""

_SECRETS = re.compile(r"^  secrets: Record<string, string>;$", re.MULTILINE)
_INTERFACE = re.compile(r"^export interface (\w+)", re.MULTILINE)
_LOOSE = """declare module "actions:*";
interface Response { json(): Promise<any>; }
interface Request { json(): Promise<any>; }
"""
"""What has any type: modules of the tenant, and the JSON of requests, of which Node's types say nothing."""


def folder_of(code: Code, number: int) -> Path:
    """The folder that the files of a text seem to lie in. `number` tells texts apart."""
    installed = next((Path(folder) for folder in code.packages if Path(folder).is_absolute()), _NOWHERE)
    return installed / f"editor-{number}"


def settings(types: Path) -> str:
    """The settings of the project. `types` is the folder with the types of Node.js, `@types`.

    Checked as plain JavaScript is meant: what may be absent may be read, and what has no type has any.
    """
    options = {
        "allowJs": True,
        "checkJs": True,
        "noEmit": True,
        "strict": False,
        "noImplicitAny": False,
        "strictNullChecks": False,
        "skipLibCheck": True,
        "target": "es2024",
        "lib": ["es2024"],
        "module": "nodenext",
        "resolveJsonModule": True,
        "types": ["node"],
        "typeRoots": [str(types)],
    }
    # The settings are a file of their own project: otherwise the server makes another one for them.
    files = [ACTION, CONTRACT_FILE, SETTINGS_FILE]
    return msgspec.json.encode({"compilerOptions": options, "files": files}).decode()


@lru_cache(maxsize=32)
def contract(trigger: str, secrets: tuple[str, ...]) -> str:
    """The declaration of a trigger as a module of the name CONTRACT, with the secrets of the draft.

    Rows are those of `declaration(trigger)`; what is added stands behind it.
    """
    try:
        text, handlers = declaration(trigger), loader.trigger(trigger).handlers
    except UserError:
        return _LOOSE  # shared code has no trigger
    for name in open_types(trigger):  # or the server would know of no misspelt member
        opening = f"export interface {name} {{"
        head, found, rest = text.partition(opening)
        body, end, more = rest.partition("\n}")
        text = f"{head}{found}{body.removesuffix(f'  {ANY_MEMBER}')}{end}{more}"
    text = _SECRETS.sub("  secrets: EventSecrets;", text, count=1)
    named = "".join(
        f"  /** A secret of this Action. */ {msgspec.json.encode(name).decode()}: string;\n"
        for name in secrets
    )
    text += f"export interface EventSecrets {{\n{named}  [name: string]: string;\n}}\n"
    for handler in handlers:  # what a handler gives back is not looked at, so that anything may be returned
        name = re.escape(handler_type(handler))
        text = re.sub(rf"(export type {name} = \(.*\) => )Promise<void>;", r"\1any;", text)
    return f'declare module "{CONTRACT}" {{ {text}}}\n{_LOOSE}'


_read: set[str] = set()


def is_read(trigger: str) -> bool:
    """Whether the contract of a trigger is at hand; reading it takes longer than the screen may wait."""
    return trigger in _read


def read(trigger: str) -> None:
    """Read the contract of a trigger, in whatever thread."""
    contract_types(trigger)
    open_types(trigger)
    handlers(trigger)
    _read.add(trigger)


@cache
def handlers(trigger: str) -> tuple[str, ...]:
    """The names of the handlers of a trigger; none for what is not one."""
    try:
        return tuple(loader.trigger(trigger).handlers)
    except UserError:
        return ()


@cache
def open_types(trigger: str) -> dict[str, tuple[str, ...]]:
    """The object types of a trigger's event that may have more members than the contract lists, with those
    it lists; none for what is not a trigger."""
    found: dict[str, tuple[str, ...]] = {}
    try:
        nodes = [event_shape(trigger)]
    except UserError:
        return found
    while nodes:
        node = nodes.pop()
        nodes += [*node.members.values(), *([node.element] if node.element is not None else [])]
        if node.facts.open and node.members:
            listed = (name for name, below in node.members.items() if below.advertised)
            found[class_name(node.facts.path)] = tuple(listed)
    return found


@cache
def contract_types(trigger: str) -> frozenset[str]:
    """The names of the object types that the contract of a trigger declares."""
    return frozenset(_INTERFACE.findall(contract(trigger, ())))
