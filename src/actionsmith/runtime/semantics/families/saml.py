"""Attributes of the SAML assertion. The settings of the response do what their effect lines say."""

from __future__ import annotations

from typing import Any

import msgspec

from actionsmith.runtime.semantics.answers import UNDEFINED
from actionsmith.runtime.semantics.calls import Call, at_end, means
from actionsmith.runtime.semantics.ledger import Ledger
from actionsmith.triggers import loader

_ATTRIBUTES = "samlResponse.attributes"
_BYTES_PER_KB = 1024
_PAIRS = (("cert", "key"), ("encryptionCert", "encryptionPublicKey"))


@means("samlResponse.setAttribute")
def set_attribute(call: Call) -> None:
    """null and undefined remove the attribute. Limits: limits.yaml, saml.*"""
    name, value = call.args["attribute"], call.args["value"]
    value = None if value is UNDEFINED else value
    _check_texts(call, value)
    attributes = {**(call.ledger.at(_ATTRIBUTES) or {}), name: value}
    most = loader.limit("saml.attributes")
    if not call.ledger.fill("SAML attributes", len(attributes), most, "attributes"):
        raise call.error(f"at most {most:,} attributes may be set; '{name[:60]}' is one too many")
    limit, used = loader.limit("saml.total") * _BYTES_PER_KB, len(msgspec.json.encode(attributes))
    if not call.ledger.fill("SAML attributes", used, limit, "bytes"):
        raise call.error(f"all attributes together may take {limit:,} bytes; they would take {used:,}")
    call.ledger.put(_ATTRIBUTES, attributes)


@at_end
def warn_of_halves(ledger: Ledger) -> None:
    """When the Action is done: settings that only work in pairs."""
    config = ledger.at("samlResponse.config") or {}
    for pair in _PAIRS:
        missing = [name for name in pair if name not in config]
        if len(missing) == 1:
            here = pair[0] if missing[0] == pair[1] else pair[1]
            ledger.warn(f"SAML: {here} has been set without {missing[0]}; they must be set together")


def _check_texts(call: Call, value: Any) -> None:
    most = loader.limit("saml.attribute_value")
    for text in value if isinstance(value, list) else [value]:
        if isinstance(text, str) and len(text) > most:
            raise call.error(f"value may have strings of at most {most:,} characters; one has {len(text):,}")
