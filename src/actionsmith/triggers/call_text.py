"""Calls of `api` as an Action writes them in its language."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from functools import cache
from typing import Any

from actionsmith.triggers import loader
from actionsmith.triggers.host_api import option_names, positional
from actionsmith.triggers.model import Method
from actionsmith.triggers.naming import python_parameter, python_path


def written_call(trigger_id: str, path: str, args: Sequence[Any], language: str) -> tuple[str, str]:
    """What stands before the parentheses of a call and what stands in them, without `api.`, on one line.

    `path` uses the JavaScript names, `args` are the arguments by position. `language` is "javascript" or
    "python", where options are keywords: `redirect.send_user_to("https://...", query={...})`. Of a method or
    trigger that the contract does not know all arguments are written by position.
    """
    if language != "python":
        return path, ", ".join(json.dumps(value, ensure_ascii=False) for value in args)
    return python_path(path), ", ".join(_python_arguments(_methods(trigger_id).get(path), args))


def _python_arguments(method: Method | None, args: Sequence[Any]) -> list[str]:
    """Option members are keywords, if all that are given can be (triggers/host_api.py, `keywords`)."""
    if method is None or not args or len(args) != len(positional(method)):
        return [_python_value(value) for value in args]
    *before, last = args
    keywords = {name: python_parameter(name) for name in option_names(method)}
    if not isinstance(last, dict) or not last or not last.keys() <= keywords.keys():
        return [_python_value(value) for value in args]
    options = [f"{keywords[name]}={_python_value(value)}" for name, value in last.items()]
    return [*(_python_value(value) for value in before), *options]


def _python_value(value: Any) -> str:
    """JSON data in Python's words; of texts JSON's spelling is Python's, too."""
    if isinstance(value, dict):
        members = (f"{_python_value(name)}: {_python_value(item)}" for name, item in value.items())
        return f"{{{', '.join(members)}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_python_value, value))}]"
    if value is None or isinstance(value, bool):
        return repr(value)
    if isinstance(value, float) and not math.isfinite(value):
        return f'float("{value}")'
    return json.dumps(value, ensure_ascii=False)


@cache
def _methods(trigger_id: str) -> dict[str, Method]:
    """The methods of a trigger by path, without `api.`; none for one that the contract does not know."""
    if trigger_id not in loader.trigger_ids():
        return {}
    trigger = loader.trigger(trigger_id)
    return {method.path.removeprefix("api."): method for method in (*trigger.api, *trigger.api_unreferenced)}
