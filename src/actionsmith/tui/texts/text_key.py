"""What a text belongs to."""

from __future__ import annotations

Key = tuple[str, str]
"""A trigger and the name of its event (empty: the default); an empty trigger and the name of an Action."""


def action_key(name: str) -> Key:
    """The key of an Action's text."""
    return "", name
