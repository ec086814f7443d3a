"""api.samlResponse."""

from __future__ import annotations

from typing import Any

from method_table.build import accepted, nested, refused
from method_table.calls import Accepted, Calls, Refused

LOGIN = "post-login"
PEM = "-----BEGIN CERTIFICATE-----\nMII\n-----END CERTIFICATE-----"
SAML_SETTINGS: dict[str, Any] = {
    "Audience": "urn:me",
    "Recipient": "https://example.com/acs",
    "CreateUpnClaim": True,
    "PassthroughClaimsWithNoMapping": False,
    "MapUnknownClaimsAsIs": True,
    "MapIdentities": False,
    "SignatureAlgorithm": "rsa-sha256",
    "DigestAlgorithm": "sha256",
    "Destination": "https://example.com/acs",
    "LifetimeInSeconds": 60,
    "SignResponse": True,
    "NameIdentifierFormat": "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress",
    "NameIdentifierProbes": ["email", "name"],
    "AuthnContextClassRef": "urn:oasis:names:tc:SAML:2.0:ac:classes:Password",
    "SigningCert": PEM,
    "IncludeAttributeNameFormat": True,
    "TypedAttributes": False,
    "EncryptionCert": PEM,
    "EncryptionPublicKey": PEM,
    "Cert": PEM,
    "Key": PEM,
    "RelayState": "back",
    "Issuer": "urn:acme",
    "EncryptionAlgorithm": "aes256-gcm",
}
IN_PAIRS = {"EncryptionCert", "EncryptionPublicKey", "Cert", "Key"}
SAML_LOGIN = {"transaction.protocol": "samlp"}


def saml_rows() -> list[Accepted | Refused]:
    """Attributes and settings."""
    attribute, pair = "samlResponse.setAttribute", "must be set together"
    hundred: Calls = tuple((attribute, [f"a{number}", 1]) for number in range(100))
    big: Calls = tuple((attribute, [f"a{number}", "x" * 2048]) for number in range(4))
    rows: list[Accepted | Refused] = [
        accepted(
            LOGIN,
            attribute,
            "groups",
            ["a", 1, True],
            gives="api",
            event=SAML_LOGIN,
            outcome=nested("samlResponse.attributes", {"groups": ["a", 1, True]}),
        ),
        accepted(
            LOGIN,
            attribute,
            "groups",
            None,
            gives="api",
            event=SAML_LOGIN,
            outcome=nested("samlResponse.attributes", {"groups": None}),
        ),
        accepted(
            LOGIN,
            attribute,
            "groups",
            "a",
            gives="api",
            outcome=nested("samlResponse.attributes", {"groups": "a"}),
            warning="has an effect in SAML logins only",
        ),
        refused(LOGIN, attribute, "é" * 513, 1, message="attribute may have at most 1,024 bytes"),
        refused(LOGIN, attribute, "b", 1, before=hundred, message="at most 100 attributes"),
        refused(LOGIN, attribute, "b", "x" * 2048, before=big, message="together may take 10,240 bytes"),
        refused(LOGIN, "samlResponse.setIssuer", "é" * 257, message="issuer may have at most 512 bytes"),
    ]
    for name, value in SAML_SETTINGS.items():
        member = name if name == "RelayState" else name[0].lower() + name[1:]
        more = {"warning": pair} if name in IN_PAIRS else {}
        outcome = nested(f"samlResponse.config.{member}", value)
        path = f"samlResponse.set{name}"
        rows.append(accepted(LOGIN, path, value, gives="api", event=SAML_LOGIN, outcome=outcome, **more))
    for name, value in (("Signature", "rsa-sha1"), ("Digest", "sha1"), ("Encryption", "aes256-cbc")):
        outcome = nested(f"samlResponse.config.{name.lower()}Algorithm", value)
        path, more = f"samlResponse.set{name}Algorithm", {"warning": f"the value {value} is deprecated"}
        rows.append(accepted(LOGIN, path, value, gives="api", event=SAML_LOGIN, outcome=outcome, **more))
    return rows
