"""Short ways to write the Actions of a post-login flow."""

from __future__ import annotations

import msgspec
from running import request

from actionsmith.runtime.execution import RunRequest


def js(body: str, name: str = "js", then: str | None = None) -> RunRequest:
    """A JavaScript Action; `then` is the body of its continue handler."""
    code = f"exports.onExecutePostLogin = async (event, api) => {{ {body} }};"
    if then is not None:
        code += f"\nexports.onContinuePostLogin = async (event, api) => {{ {then} }};"
    return _named(request(code, "javascript"), name)


def py(body: str, name: str = "py", then: str | None = None) -> RunRequest:
    """A Python Action; `then` is the body of its continue handler."""
    code = f"def on_execute_post_login(event, api):\n    {body}\n"
    if then is not None:
        code += f"def on_continue_post_login(event, api):\n    {then}\n"
    return _named(request(code, "python"), name)


def _named(made: RunRequest, name: str) -> RunRequest:
    return msgspec.structs.replace(made, source=msgspec.structs.replace(made.source, name=name))
