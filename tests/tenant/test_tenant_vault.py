"""Secrets: encrypted on disk, shown to a run only, lost with the key and said so."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actionsmith import paths
from actionsmith.errors import UserError
from actionsmith.tenant.storage.vault import Vault
from actionsmith.tenant.tenant import Tenant

VALUE = "correct horse battery staple"


def key_of(tenant: Tenant) -> Path:
    return paths.config_dir() / "keys" / f"{tenant.id}.key"


def test_a_secret_can_be_used_but_not_seen(deployed: Tenant) -> None:
    deployed.set_secret("Greet", "PASSWORD", VALUE)
    draft = deployed.draft("Greet")
    assert [secret.name for secret in draft.secrets] == ["PASSWORD"]
    assert VALUE not in repr(draft)
    assert deployed.reveal_secrets("Greet") == {"PASSWORD": VALUE}


def test_no_file_of_the_tenant_holds_the_value_or_the_key(deployed: Tenant) -> None:
    deployed.set_secret("Greet", "PASSWORD", VALUE)
    deployed.deploy("Greet")
    key = key_of(deployed).read_bytes().strip()
    files = [path.read_bytes() for path in deployed.path.rglob("*") if path.is_file()]
    assert files
    assert not any(VALUE.encode() in data or key in data for data in files)


def test_the_key_is_its_owners_alone_and_outside_the_tenant(deployed: Tenant) -> None:
    deployed.set_secret("Greet", "PASSWORD", VALUE)
    path = key_of(deployed)
    assert deployed.path not in path.parents
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


def test_files_of_the_tenant_are_its_owners_alone(deployed: Tenant) -> None:
    modes = {stat.S_IMODE(path.stat().st_mode) for path in deployed.path.rglob("*.json")}
    assert modes == {0o600}
    assert stat.S_IMODE(deployed.path.stat().st_mode) == 0o700


@settings(max_examples=25, deadline=None)
@given(value=st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_any_text_comes_back(value: str) -> None:
    vault = Vault("any")
    assert vault.decrypt({"X": vault.encrypt(value)}, "A") == {"X": value}


def test_versions_keep_a_secret_that_the_draft_lost(deployed: Tenant) -> None:
    deployed.set_secret("Greet", "PASSWORD", VALUE)
    deployed.deploy("Greet")
    with pytest.raises(UserError, match="did you mean 'PASSWORD'"):
        deployed.remove_secret("Greet", "PASWORD")
    deployed.remove_secret("Greet", "PASSWORD")
    assert deployed.reveal_secrets("Greet") == {}
    assert deployed.reveal_secrets("Greet", version=2) == {"PASSWORD": VALUE}
    deployed.rollback("Greet", 2)
    assert deployed.reveal_secrets("Greet") == {"PASSWORD": VALUE}


def test_a_missing_key_names_what_is_lost_and_what_to_do(deployed: Tenant) -> None:
    deployed.set_secret("Greet", "PASSWORD", VALUE)
    deployed.set_secret("Greet", "USER", "ann")
    key_of(deployed).unlink()
    with pytest.raises(
        UserError, match=r"key .* is missing.*'Greet' \(PASSWORD, USER\).*set each of them again"
    ):
        deployed.reveal_secrets("Greet")
    assert deployed.draft("Greet").code == "first"

    (warning,) = deployed.set_secret("Greet", "PASSWORD", "new")
    assert "set USER again too" in warning
    with pytest.raises(UserError, match="the secrets USER of 'Greet' were encrypted with another key"):
        deployed.reveal_secrets("Greet")
    deployed.set_secret("Greet", "USER", "bob")
    assert deployed.reveal_secrets("Greet") == {"PASSWORD": "new", "USER": "bob"}


def test_a_damaged_key_is_a_sentence(deployed: Tenant) -> None:
    deployed.set_secret("Greet", "PASSWORD", VALUE)
    key_of(deployed).write_text("oops")
    with pytest.raises(UserError, match="holds no key"):
        deployed.reveal_secrets("Greet")


def test_names_and_sizes_of_secrets(deployed: Tenant) -> None:
    for name, sentence in [("", "is empty"), ("SMTP HOST", "no blanks")]:
        with pytest.raises(UserError, match=sentence):
            deployed.set_secret("Greet", name, "x")
    assert deployed.set_secret("Greet", "A", "x" * 4096) == []
    assert deployed.set_secret("Greet", "A", "x" * 4097) == [
        "the value of A has 4097 characters; the platform takes at most 4096"
    ]
    assert "has 129 characters" in deployed.set_secret("Greet", "N" * 129, "x")[0]
    assert VALUE not in str(deployed.set_secret("Greet", "B", VALUE * 200))
