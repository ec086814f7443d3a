"""Messages in the names of the Action's language: those of the contract are JavaScript's."""

from __future__ import annotations

import re
from functools import cache

from actionsmith.runtime.host_kind import Language
from actionsmith.triggers import loader
from actionsmith.triggers.host_api import python_names
from actionsmith.triggers.model import Method
from actionsmith.triggers.naming import snake

# "Invalid setAppMetadata arguments" is how the contract says that some messages start.
_QUOTED_OR_NAME = re.compile(r"(?<!\w)'[^']*'|Invalid \w+ arguments|[A-Za-z_][\w.]*")


def worded(text: str, language: Language, method: Method | None = None, *, keywords: bool = False) -> str:
    """`text` as an Action in `language` spells it: methods, handlers, the parameters of `method`.

    Members of its last parameter are keywords in Python where `keywords` says so, else keys of a dict.
    What is quoted is the user's own or the contract's and stays, and so do the members of the event, which
    keep their JSON names. `api.idToken.setCustomClaim: key must be a string` begins with
    `api.id_token.set_custom_claim` in Python.
    """
    if language != "python":
        return text
    names = python_names(method, keywords=keywords) if method is not None else {}
    other = {name: names[name] for name in sorted(names, key=len, reverse=True) if names[name] != name}
    return _QUOTED_OR_NAME.sub(lambda match: _in_python(match[0], other), text)


def _in_python(name: str, params: dict[str, str]) -> str:
    if name.startswith(("'", "event.", "Invalid ")):
        return name
    for param, in_python in params.items():
        if name == param or name.startswith(f"{param}."):
            return in_python + name[len(param) :]
    words = _api_words()
    return ".".join(snake(part) if part in words else part for part in name.split("."))


@cache
def _api_words() -> frozenset[str]:
    """Every name of a method, a namespace of `api` or a handler, in all triggers: Actions may mention any."""
    triggers = [loader.trigger(trigger_id) for trigger_id in loader.trigger_ids()]
    paths = [method.path for trigger in triggers for method in (*trigger.api, *trigger.api_unreferenced)]
    handlers = [handler for trigger in triggers for handler in trigger.handlers]
    return frozenset({word for path in paths for word in path.split(".")} | set(handlers))
