"""The call that is being written, in the shape of the editor's parameter hints."""

from __future__ import annotations

from actionsmith.language.javascript.prose import of_parameter, plain
from actionsmith.language.javascript.wire import SignatureHelp
from actionsmith.language.service import Parameter, Signature


def signature(found: SignatureHelp) -> Signature | None:
    """The signature that fits best, with the parameter being written."""
    if not found.signatures:
        return None
    chosen = found.signatures[min(found.activeSignature or 0, len(found.signatures) - 1)]
    parameters = tuple(Parameter(each.label, of_parameter(each.documentation)) for each in chosen.parameters)
    active = chosen.activeParameter if chosen.activeParameter is not None else found.activeParameter
    is_one = active is not None and active < len(parameters)
    return Signature(
        chosen.label, parameters, active if active is not None and is_one else -1, plain(chosen.documentation)
    )
