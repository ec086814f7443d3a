"""CSS that is parsed once for all applications of a test session.

Every test starts an application of its own, and each would parse the same style sheets anew. What comes of it
depends on the text and on the variables of the theme, and nobody changes it afterwards: Textual, too, hands
parsed rules on from one copy of a style sheet to the next.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from textual.css import stylesheet
from textual.css.model import RuleSet

_tokenize, _parse = stylesheet.tokenize_values, stylesheet.parse
_tokens: dict[Hashable, Any] = {}
_rules: dict[Hashable, list[RuleSet]] = {}


def _tokenize_once(variables: dict[str, str]) -> Any:
    """Equal variables give the same tokens, the same object each time."""
    key = frozenset(variables.items())
    if key not in _tokens:
        _tokens[key] = _tokenize(variables)
    return _tokens[key]


def _parse_once(*place: Hashable, variable_tokens: Any, **how: Hashable) -> list[RuleSet]:
    """`_tokens` keeps the variables, so that no others get their number."""
    key = (*place, id(variable_tokens), *sorted(how.items()))
    if key not in _rules:
        _rules[key] = list(_parse(*place, variable_tokens=variable_tokens, **how))  # type: ignore[arg-type]
    return _rules[key]


def take_the_place_of_textuals() -> None:
    """Let all style sheets be parsed like this."""
    stylesheet.tokenize_values = _tokenize_once  # type: ignore[assignment]
    stylesheet.parse = _parse_once  # type: ignore[assignment]
