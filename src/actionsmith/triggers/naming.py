"""Names in the two languages: the contract uses the JavaScript ones, Python code the same in snake_case."""

from __future__ import annotations

import keyword
import re

_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


def snake(name: str) -> str:
    """`setCustomClaim` as `set_custom_claim`; a name that is in snake_case already stays as it is."""
    return _HUMP.sub("_", name).lower()


def python_path(path: str) -> str:
    """A dotted path of the api in Python's names: `idToken.setCustomClaim` as `id_token.set_custom_claim`."""
    return ".".join(snake(part) for part in path.split("."))


def python_parameter(name: str) -> str:
    """The name of a parameter in Python: snake_case, and never one of Python's own words."""
    return python_member(snake(name))


def python_member(name: str) -> str:
    """The attribute for a member of the event: its JSON name; Python's own words get a `_`: `from_`."""
    return f"{name}_" if keyword.iskeyword(name) else name


def class_name(path: str) -> str:
    """The class that stands for an object: `event.user.identities[]` as `EventUserIdentitiesItem`."""
    words = path.replace("[]", ".item").replace("*", "value").replace(".", "_").split("_")
    return "".join(word[:1].upper() + word[1:] for word in words)
