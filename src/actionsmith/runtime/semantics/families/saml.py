"""The SAML assertion: its attributes and the settings of the response (limits.yaml: saml.*).

The trigger's file counts characters and limits.yaml bytes; bytes are the stricter ones.
"""

from __future__ import annotations

import re
from typing import Any

import msgspec

from actionsmith.runtime.semantics.answers import UNDEFINED
from actionsmith.runtime.semantics.calls import Call, at_end, means
from actionsmith.runtime.semantics.ledger import Ledger
from actionsmith.triggers import loader

_ATTRIBUTES = "samlResponse.attributes"
_CONFIG = "samlResponse.config"
_PAIRS = (("cert", "key"), ("encryptionCert", "encryptionPublicKey"))
_LIMITED = (
    "audience",
    "recipient",
    "destination",
    "nameIdentifierFormat",
    "authnContextClassRef",
    "signingCert",
    "encryptionCert",
    "encryptionPublicKey",
    "cert",
    "key",
    "issuer",
    "RelayState",
)
_WITH_OLD_VALUES = ("signatureAlgorithm", "digestAlgorithm", "encryptionAlgorithm")
_DEPRECATED_VALUE = re.compile(r"The value ([\w-]+) is deprecated")


def _setter(setting: str) -> str:
    return f"samlResponse.set{setting[0].upper()}{setting[1:]}"


@means("samlResponse.setAttribute")
def set_attribute(call: Call) -> None:
    """null and undefined remove the attribute."""
    name, value = call.args["attribute"], call.args["value"]
    value = None if value is UNDEFINED else value
    _check_bytes(call, "attribute", name, loader.limit("saml.attribute_name"))
    for text in value if isinstance(value, list) else [value]:
        if isinstance(text, str):
            _check_bytes(call, "value", text, loader.limit("saml.attribute_value"))
    attributes = {**(call.ledger.at(_ATTRIBUTES) or {}), name: value}
    most = loader.limit("saml.attributes")
    if not call.ledger.fill("SAML attributes", len(attributes), most, "attributes"):
        raise call.error(f"at most {most:,} attributes may be set; '{name[:60]}' is one too many")
    limit, used = loader.limit_bytes("saml.total"), len(msgspec.json.encode(attributes))
    if not call.ledger.fill("SAML attributes", used, limit, "bytes"):
        raise call.error(f"all attributes together may take {limit:,} bytes; they would take {used:,}")
    call.ledger.put(_ATTRIBUTES, attributes)


@means(*(_setter(setting) for setting in _LIMITED))
def set_text(call: Call) -> None:
    """A setting whose text has a limit in limits.yaml."""
    setting, text = _setting(call)
    _check_bytes(call, next(iter(call.args)), text, loader.limit(f"saml.{setting}"))
    call.ledger.put(f"{_CONFIG}.{setting}", text)


@means("samlResponse.setNameIdentifierProbes")
def set_name_identifier_probes(call: Call) -> None:
    """Each probe has a limit of its own."""
    setting, probes = _setting(call)
    for at, probe in enumerate(probes):
        _check_bytes(call, f"{setting}[{at}]", probe, loader.limit("saml.nameIdentifierProbe"))
    call.ledger.put(f"{_CONFIG}.{setting}", probes)


@means(*(_setter(setting) for setting in _WITH_OLD_VALUES))
def set_algorithm(call: Call) -> None:
    """Some of the values are deprecated, as the rules of the method say."""
    setting, algorithm = _setting(call)
    for rule in call.method.rules:
        old = _DEPRECATED_VALUE.search(rule)
        if old is not None and old[1] == algorithm:
            call.warn(rule[0].lower() + rule[1:].rstrip("."))
    call.ledger.put(f"{_CONFIG}.{setting}", algorithm)


@at_end
def warn_of_no_effect(ledger: Ledger) -> None:
    """When the Action is done: settings that only work in pairs, and all of them outside a SAML login."""
    if ledger.at("samlResponse") is None:
        return
    config = ledger.at(_CONFIG) or {}
    for pair in _PAIRS:
        missing = [name for name in pair if name not in config]
        if len(missing) == 1:
            here = pair[0] if missing[0] == pair[1] else pair[1]
            ledger.warn_once(
                f"api.{_setter(here)} has been called without api.{_setter(missing[0])}; "
                "the two must be set together"
            )
    if "mapUnknownClaimsAsIs" in config and config.get("passthroughClaimsWithNoMapping") is False:
        ledger.warn_once(
            "api.samlResponse.setMapUnknownClaimsAsIs matters only while "
            "api.samlResponse.setPassthroughClaimsWithNoMapping is given true"
        )
    protocol = ledger.in_event("transaction.protocol")
    if protocol not in (None, "samlp"):
        ledger.warn_once(
            f"api.samlResponse has an effect in SAML logins only; event.transaction.protocol is {protocol}"
        )


def _setting(call: Call) -> tuple[str, Any]:
    """The name of a setting in the outcome (`RelayState`), from the method's effect line, and its value."""
    (value,) = call.args.values()
    return call.method.effect.partition(" = ")[0].rpartition(".")[2], value


def _check_bytes(call: Call, name: str, text: str, most: int) -> None:
    used = len(text.encode("utf-8", "surrogatepass"))
    if used > most:
        raise call.error(f"{name} may have at most {most:,} bytes; it has {used:,}")
