"""api.prompt: forms (semantics.md, "Forms"; limits.yaml: prompt.*)."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from actionsmith.runtime.semantics.calls import Call, means
from actionsmith.runtime.semantics.families.redirect import need_browser
from actionsmith.triggers import loader


@means("prompt.render")
def render(call: Call) -> None:
    """The flow waits for the form's answers. One form per Action, and no redirect beside it."""
    if "prompt.render" in call.ledger.called:
        raise call.abort("an Action may render one form; this is the second")
    if "redirect.sendUserTo" in call.ledger.called:
        raise call.abort("a form and a redirect cannot be combined in one Action")
    if not call.args["promptId"]:
        raise call.error("promptId must not be empty")
    options = call.get("promptOptions", {})
    _check_size(call, options)
    fields, variables = call.get("promptOptions.fields"), call.get("promptOptions.vars")
    _check_keys(call, fields, "fields")
    _check_keys(call, variables, "vars")
    pattern = loader.limit_pattern("prompt.field_key")
    for key in fields or {}:
        if not re.fullmatch(pattern, key):
            raise call.error(f"promptOptions.fields has a key that does not match {pattern}: '{key[:60]}'")
    form = {"id": call.args["promptId"], "fields": fields, "vars": variables}
    call.ledger.put("prompt", {name: value for name, value in form.items() if value is not None})
    need_browser(call)


def _check_size(call: Call, options: dict[str, Any]) -> None:
    most, size = loader.limit("prompt.options_size"), len(msgspec.json.encode(options))
    if size > most:
        raise call.error(f"promptOptions may take at most {most:,} bytes as JSON; it takes {size:,}")


def _check_keys(call: Call, values: dict[str, Any] | None, name: str) -> None:
    most = loader.limit("prompt.keys")
    if values is not None and len(values) > most:
        raise call.error(f"promptOptions.{name} may have at most {most} keys; it has {len(values)}")
