"""What names may be, and what the platform's limits say about an Action.

A limit is a warning here, not an error: the platform would refuse, a tool on one's own machine need not.
The numbers are those of `limits.yaml`, group code_and_entities.
"""

from __future__ import annotations

from collections.abc import Sequence

from actionsmith.errors import UserError
from actionsmith.tenant.model import Language
from actionsmith.triggers import loader

KB = 1024
LANGUAGES: tuple[Language, ...] = ("javascript", "python")


def check_language(language: str) -> Language:
    """The language as a type. Raises UserError for one that Actions are not written in."""
    for known in LANGUAGES:
        if language == known:
            return known
    raise UserError(f"an Action is written in {' or '.join(LANGUAGES)}, not in '{language}'")


def check_name(name: str, what: str) -> str:
    """The name without blanks around it. Raises UserError for an empty one or one with control characters."""
    tidy = name.strip()
    if not tidy:
        raise UserError(f"the name of {what} is empty; give it at least one character")
    if not tidy.isprintable():
        raise UserError(f"the name of {what}, {tidy!r}, holds a character that cannot be shown; leave it out")
    return tidy


def check_secret_name(name: str) -> str:
    """The name of a secret. Raises UserError when `event.secrets.NAME` could not be written with it."""
    tidy = check_name(name, "a secret")
    if any(character.isspace() for character in tidy):
        raise UserError(f"the name of a secret has no blanks, '{tidy}' does; write it like SMTP_PASSWORD")
    return tidy


def code_warnings(code: str) -> list[str]:
    """What the platform would say about the source code."""
    size, most = len(code.encode("utf-8", "surrogatepass")) / KB, loader.limit("action.code_size")
    if size <= most:
        return []
    return [f"the code has {size:.1f} kB; the platform takes at most {most} kB"]


def secret_warnings(name: str, value: str) -> list[str]:
    """What the platform would say about one secret."""
    warnings = []
    if len(name) > (most := loader.limit("secret.key_length")):
        warnings.append(f"the secret's name has {len(name)} characters; the platform takes at most {most}")
    if len(value) > (most := loader.limit("secret.value_length")):
        warnings.append(f"the value of {name} has {len(value)} characters; the platform takes at most {most}")
    return warnings


def count_warnings(counts: Sequence[tuple[str, int, str]]) -> list[str]:
    """Warnings for those of (limit id, how many there are, what they are) that are over their limit."""
    return [
        f"there are {count} {what}; the platform takes at most {most}"
        for limit_id, count, what in counts
        if count > (most := loader.limit(limit_id))
    ]


def check_flow_size(trigger_id: str, count: int) -> None:
    """Raises UserError when more Actions are bound than the trigger takes."""
    most = loader.trigger(trigger_id).binding.max_bound
    if count > most:
        plural = "Action" if most == 1 else "Actions"
        raise UserError(f"{trigger_id} takes at most {most} {plural}, not {count}; take some out of the list")
