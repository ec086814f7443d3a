"""What a host needs to build the `api` object of a trigger: names and shapes, no meaning."""

from __future__ import annotations

from typing import Any

from actionsmith.triggers import loader
from actionsmith.triggers.model import Method
from actionsmith.triggers.naming import python_parameter, python_path


def host_methods(trigger_id: str) -> list[dict[str, Any]]:
    """Every method of the trigger's `api`, the unadvertised ones included, as plain JSON values.

    Per method: `path` (JavaScript names, without `api.`) and `python` (the same in snake_case);
    `params`, the positional parameters, and `python_params`; `options`, the members of the last
    parameter when that is an object with listed members, and `keywords`, which maps the Python
    keyword of each to its JavaScript name; `chain`, when it returns the api object; `async`, when
    it returns a promise. Raises UserError for an unknown trigger.
    """
    trigger = loader.trigger(trigger_id)
    return [_host_method(method) for method in (*trigger.api, *trigger.api_unreferenced)]


def positional(method: Method) -> tuple[str, ...]:
    """The names of a method's parameters in order, as in its signature, without their `?`."""
    names = method.signature.partition("(")[2].rpartition(")")[0]
    return tuple(name.strip().removesuffix("?") for name in names.split(",") if name.strip())


def option_names(method: Method) -> tuple[str, ...]:
    """The direct members of the method's last parameter: `ttl` and `expires_at` for `cache.set`."""
    names = positional(method)
    if not names:
        return ()
    prefix = f"{names[-1]}."
    members = (param.name.removeprefix(prefix) for param in method.params if param.name.startswith(prefix))
    return tuple(name for name in members if "." not in name)


def python_names(method: Method, *, keywords: bool = True) -> dict[str, str]:
    """The name that Python code uses for each entry of a method's `params`.

    Parameters and the members of the last one, which are keywords in Python, are in snake_case;
    members further down are keys of a dict and keep their names: `options.providerOptions.host`. Without
    `keywords` the last parameter is a dict, too, and its members keep their names.
    """
    names = {param.name: param.name for param in method.params}
    names |= {name: python_parameter(name) for name in positional(method)}
    for option in option_names(method) if keywords else ():
        names[f"{positional(method)[-1]}.{option}"] = python_parameter(option)
    return names


def _host_method(method: Method) -> dict[str, Any]:
    path = method.path.removeprefix("api.")
    params, options = positional(method), option_names(method)
    return {
        "path": path,
        "python": python_path(path),
        "params": list(params),
        "python_params": [python_parameter(name) for name in params],
        "options": list(options),
        "keywords": {python_parameter(name): name for name in options},
        "chain": method.chain,
        "async": method.is_async,
    }
