"""Answers about one place in Python code: hover, signature, definition, references, renaming."""

from __future__ import annotations

import keyword
from typing import Any

from actionsmith.language.python.contract_module import ContractModule
from actionsmith.language.python.jedi_text import JediText
from actionsmith.language.python.prose import documentation, signature_text
from actionsmith.language.service import Hover, Parameter, Signature, Span, Target, TextEdit
from actionsmith.triggers.host_api import python_names
from actionsmith.triggers.hover import hover as contract_hover
from actionsmith.triggers.model import Method
from actionsmith.triggers.prose import method_notes, param_doc, rule_notes
from actionsmith.triggers.shape import find_api


def hover(text: JediText, row: int, column: int) -> Hover | None:
    """What there is to say about the name at a place."""
    row, column = text.source.clamp(row, column)
    if text.in_prose(row, column):
        return None
    for name in _definitions(text, row, column):
        if (known := _from_contract(text, name)) is not None:
            return known
        if signature := signature_text(name):
            return Hover(signature, documentation(name))
    return None


def _from_contract(text: JediText, name: Any) -> Hover | None:
    """The contract's words about a name that it declares, or about what a variable holds."""
    module = text.declared(name)
    if module is not None and (secret := module.secrets.get(name.line)) is not None:
        return Hover(f"event.secrets.{secret}: string", "A secret of this Action.")
    path = text.contract_path(name)
    if path is None and module is None and name.type in ("param", "statement"):
        paths = {text.contract_path(it) for it in name.infer() if it.type in ("instance", "class")}
        path = paths.pop() if len(paths) == 1 else None
    said = contract_hover(text.code.trigger, path, "python") if path else None
    if said is None:
        return None
    head, _, rest = said.partition("\n")
    return Hover(head, rest.strip())


def signature(text: JediText, row: int, column: int) -> Signature | None:
    """The call around a place."""
    row, column = text.source.clamp(row, column)
    found = text.script.get_signatures(row + 1, column)
    if not found:
        return None
    call = found[0]
    path = text.contract_path(call)
    method = find_api(text.code.trigger, path) if path and path.startswith("api") else None
    told: dict[str, str] = {}
    about = documentation(call)
    if isinstance(method, Method):
        names = python_names(method)
        told = {names[param.name]: param_doc(param) for param in method.params}
        about = "\n".join([*method_notes(method), *rule_notes(method)])
    parameters = tuple(Parameter(it.to_string(), told.get(it.name, "")) for it in call.params)
    active = call.index if call.index is not None and call.index < len(parameters) else -1
    return Signature(call.to_string(), parameters, active, about)


def definition(text: JediText, row: int, column: int) -> tuple[Target, ...]:
    """Where the name at a place is defined: in the text, in a file, or in the contract's stub."""
    row, column = text.source.clamp(row, column)
    targets = []
    for name in _definitions(text, row, column):
        if name.line is None:
            if name.type == "module" and name.module_path is not None and name.module_path.is_file():
                targets.append(Target(Span(0, 0, 0, 0), str(name.module_path)))
            continue
        module = text.declared(name)
        if text.is_own(name):
            targets.append(Target(_span(name)))
        elif module is not None:
            targets.append(_stub_target(module, name))
        elif name.module_path is not None:
            targets.append(Target(_span(name), str(name.module_path)))
    return tuple(dict.fromkeys(targets))


def references(text: JediText, row: int, column: int) -> tuple[Span, ...]:
    """Where the name at a place stands in the text."""
    row, column = text.source.clamp(row, column)
    found = text.script.get_references(row + 1, column, scope="file")
    return tuple(sorted({_span(name) for name in found if text.is_own(name)}))


def rename(text: JediText, row: int, column: int, new_name: str) -> tuple[TextEdit, ...]:
    """The edits that give the name at a place another one; none when it belongs to something else (a
    module, a member of `event`), and none for what is no name."""
    row, column = text.source.clamp(row, column)
    if not new_name.isidentifier() or keyword.iskeyword(new_name):
        return ()
    found = text.script.get_references(row + 1, column, scope="file")
    origins = text.script.goto(row + 1, column)
    is_ours = bool(origins) and all(text.is_own(name) and not _is_imported(name) for name in origins)
    if not is_ours or not all(text.is_own(name) for name in found):
        return ()
    return tuple(TextEdit(span, new_name) for span in sorted({_span(name) for name in found}))


def _is_imported(name: Any) -> bool:
    tree_name = name._name.tree_name
    return tree_name is None or tree_name.search_ancestor("import_name", "import_from") is not None


def _definitions(text: JediText, row: int, column: int) -> list[Any]:
    return list(text.script.goto(row + 1, column, follow_imports=True))


def _stub_target(module: ContractModule, name: Any) -> Target:
    return Target(_span(name), f"{module.path.stem}.pyi", module.text)


def _span(name: Any) -> Span:
    return Span(name.line - 1, name.column, name.line - 1, name.column + len(name.name))
