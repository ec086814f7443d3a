"""What makes a usual editor type `event` and `api`: marks in the code that point to the trigger's types.

The marks add no line, so that places stay what they are, and are taken out again when the code is read back.
"""

from __future__ import annotations

import re

from actionsmith.triggers import loader
from actionsmith.triggers.naming import snake
from actionsmith.triggers.python_stub import python_stub
from actionsmith.triggers.typescript import declaration

FOLDER = "action_types"
JSCONFIG = """{
  "compilerOptions": { "checkJs": true, "target": "es2022", "module": "commonjs", "strict": false },
  "include": ["*.js", "action_types/*.d.ts"]
}
"""
_FOOTER = "TYPE_CHECKING = False  # for the editor; not part of the Action"


def type_files(trigger: str, language: str) -> dict[str, str]:
    """The files beside the code that editors read, by their path in the folder."""
    if language == "javascript":
        return {f"{FOLDER}/{trigger}.d.ts": declaration(trigger), "jsconfig.json": JSCONFIG}
    return {f"{FOLDER}/{_module(trigger)}.pyi": python_stub(trigger)}


def with_types(code: str, trigger: str, language: str) -> str:
    """The code with marks at its handlers; code that had such marks, or types of its own, stays as it is."""
    if without_types(code, trigger, language) != code:
        return code
    handlers = loader.trigger(trigger).handlers
    if language == "javascript":
        for handler in handlers:
            pattern = rf"^(?=(?:module\.)?exports\.{handler}\s*=)"
            code = re.sub(pattern, _mark(trigger, handler), code, flags=re.MULTILINE)
        return code
    event, api = _annotations(trigger)
    names = "|".join(snake(handler) for handler in handlers)
    head = re.compile(rf"^((?:async )?def (?:{names})\(\w+)(, ?\w+)?(?=\))", re.MULTILINE)
    marked, count = head.subn(lambda found: found[1] + event + (found[2] + api if found[2] else ""), code)
    return marked + _footer(trigger) if count else code


def without_types(code: str, trigger: str, language: str) -> str:
    """The code as it is in the draft."""
    if language == "javascript":
        for handler in loader.trigger(trigger).handlers:
            code = code.replace(_mark(trigger, handler), "")
        return code
    event, api = _annotations(trigger)
    before, footer, after = code.rpartition(_footer(trigger))
    if not footer:  # an editor may end the file in its own way
        before, footer, after = code.rpartition(_footer(trigger).rstrip("\n"))
    if not footer or after.strip():
        return code
    return before.replace(event, "").replace(api, "")


def _mark(trigger: str, handler: str) -> str:
    return f'/** @type {{import("./{FOLDER}/{trigger}").{handler[:1].upper()}{handler[1:]}}} */ '


def _annotations(trigger: str) -> tuple[str, str]:
    return ': "Event"', f': "{loader.trigger(trigger).api_type}"'


def _footer(trigger: str) -> str:
    names = f"Event, {loader.trigger(trigger).api_type}"
    line = f"from {FOLDER}.{_module(trigger)} import {names}  # type: ignore"
    return f"\n{_FOOTER}\nif TYPE_CHECKING:\n    {line}\n"


def _module(trigger: str) -> str:
    return trigger.replace("-", "_")
