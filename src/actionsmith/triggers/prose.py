"""What the contract says about a member or a method, as lines of text; every derived form quotes these."""

from __future__ import annotations

import re

from actionsmith.triggers import loader
from actionsmith.triggers.model import Method, Param, Property

_LIST_ELSEWHERE = re.compile(r"list in limits\.yaml, (\w+)")
"""How a rule refers to words that stand in another file of the contract."""


def property_notes(facts: Property, *, advertised: bool = True) -> list[str]:
    """Sentences about one member: its meaning, then what narrows its use."""
    notes = [facts.doc] if facts.doc else []
    if values := facts.enum or facts.items_enum:
        others = ", or another value" if facts.enum_open else ""
        notes.append(f"{'One of' if len(values) > 1 else 'Value'}: {', '.join(values)}{others}.")
    return [*notes, *_availability(facts.stage, facts.plan, advertised)]


def method_notes(method: Method, *, advertised: bool = True) -> list[str]:
    """Sentences about one method: its meaning, what it does to the flow, where it may be called."""
    notes = [method.doc] if method.doc else []
    match method.flow:
        case "stop":
            notes.append("No later Action of the flow runs.")
        case "suspend":
            notes.append("The flow waits for the user after this Action.")
    if method.only_in:
        notes.append(f"Only in {', '.join(method.only_in)}.")
    if method.default is not None:
        notes.append(f"Default: {method.default}.")
    return [*notes, *_availability(method.stage, method.plan, advertised)]


def rule_notes(method: Method) -> list[str]:
    """The rules of a method, a point each, and then the words they refer to, which may be many."""
    named = [found[1] for rule in method.rules for found in _LIST_ELSEWHERE.finditer(rule)]
    rules = [_LIST_ELSEWHERE.sub(lambda found: _title(found[1]), rule) for rule in method.rules]
    lists = [f"{_title(name).capitalize()}: {', '.join(loader.word_list(name))}." for name in named]
    return [f"- {line}" for line in (*rules, *lists)]


def _title(name: str) -> str:
    return name.replace("_", " ")


def param_doc(param: Param, *, with_values: bool = True) -> str:
    """One sentence about a parameter: its meaning, its limits, the values it can have, its default."""
    values = f"one of {', '.join(param.enum)}" if param.enum and with_values else ""
    parts = [part.rstrip(".") for part in (param.doc, param.limits, values) if part]
    if param.default is not None:
        parts.append(
            f"default {str(param.default).lower() if isinstance(param.default, bool) else param.default}"
        )
    return f"{'; '.join(parts)}." if parts else ""


def _availability(stage: str, plan: str, advertised: bool) -> list[str]:
    notes = []
    if stage:
        notes.append(f"{stage.replace('-', ' ').capitalize()}.")
    if plan:
        notes.append(f"Needs the {plan} plan.")
    if not advertised:
        notes.append("Not on the platform's reference page.")
    return notes
