"""The signature of the api method whose call the caret is in, from the contract."""

from __future__ import annotations

from actionsmith.language.call import call_at
from actionsmith.language.service import Code, Parameter, Signature
from actionsmith.triggers.host_api import option_names, positional
from actionsmith.triggers.model import Method, Param
from actionsmith.triggers.naming import python_parameter, python_path
from actionsmith.triggers.prose import method_notes, param_doc
from actionsmith.triggers.shape import find_api, parameter_shapes


def contract_signature(code: Code, row: int, column: int) -> Signature | None:
    """The signature with the parameter being written; None when the call is not one of the contract's."""
    call = call_at(code.text, row, column, code.language)
    method = find_api(code.trigger, call.path) if call and call.path.startswith("api") else None
    if call is None or not isinstance(method, Method):
        return None
    if code.language == "python":
        return _python(method, call.argument, call.keyword)
    names = positional(method)
    parameters = tuple(_parameter(method, name, name) for name in names)
    active = call.argument if call.argument < len(names) else -1
    return _signature(method, method.path, parameters, active)


def _python(method: Method, argument: int, keyword: str) -> Signature:
    """The members of the last parameter are keywords in its place."""
    names, options = positional(method), option_names(method)
    shown = [(name, name) for name in (names[:-1] if options else names)]
    keywords = [(f"{names[-1]}.{option}", option) for option in options]
    parameters = [
        _parameter(method, name, python_parameter(label), keyword=(name, label) in keywords)
        for name, label in (*shown, *keywords)
    ]
    labels = [python_parameter(label) for _, label in (*shown, *keywords)]
    if keyword:
        active = labels.index(keyword) if keyword in labels else -1
    else:
        active = argument if argument < len(parameters) else -1
    return _signature(method, python_path(method.path), tuple(parameters), active, star=len(shown))


def _parameter(method: Method, name: str, label: str, *, keyword: bool = False) -> Parameter:
    own = next((param for param in method.params if param.name == name), None)
    below = [param for param in method.params if param.name.startswith(f"{name}.")]
    notes = [param_doc(own) if own else "", *(_member(param, name) for param in below)]
    shape = parameter_shapes(method).get(name)
    facts = own or (shape.facts if shape else None)
    optional = "?" if facts and facts.optional and not keyword else ""
    kind = f": {facts.type}" if facts else ""
    return Parameter(
        f"{label}{optional}{kind}{' = ...' if keyword else ''}", "\n".join(note for note in notes if note)
    )


def _member(param: Param, owner: str) -> str:
    about = param_doc(param)
    return f"{param.name.removeprefix(f'{owner}.')}: {param.type}{f' - {about}' if about else ''}"


def _signature(
    method: Method, path: str, parameters: tuple[Parameter, ...], active: int, *, star: int | None = None
) -> Signature:
    """`star`: the place of the first parameter that Python takes as a keyword only."""
    labels = [parameter.label for parameter in parameters]
    if star is not None and star < len(labels):
        labels.insert(star, "*")
    deprecated = [f"Deprecated. {method.deprecated}"] if method.deprecated else []
    documentation = " ".join([*deprecated, *method_notes(method)])
    return Signature(f"{path}({', '.join(labels)})", parameters, active, documentation)
