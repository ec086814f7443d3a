"""Plain settings: given to the Action like secrets, but shown; and what was secret stays secret."""

from __future__ import annotations

import pytest

from actionsmith import paths
from actionsmith.errors import UserError
from actionsmith.tenant.tenant import Tenant


def shown(tenant: Tenant) -> dict[str, str | None]:
    return {item.name: item.value for item in tenant.draft("Greet").secrets}


def test_a_plain_setting_is_shown_and_reaches_the_action(deployed: Tenant) -> None:
    deployed.set_secret("Greet", "KEY", "hunter22")
    deployed.set_secret("Greet", "HOST", "mail.example.com", plain=True)
    assert shown(deployed) == {"HOST": "mail.example.com", "KEY": None}
    assert [item.plain for item in deployed.draft("Greet").secrets] == [True, False]
    assert deployed.reveal_secrets("Greet") == {"HOST": "mail.example.com", "KEY": "hunter22"}


def test_a_version_keeps_its_plain_settings(deployed: Tenant) -> None:
    deployed.set_secret("Greet", "HOST", "one", plain=True)
    version = deployed.deploy("Greet")
    deployed.set_secret("Greet", "HOST", "two", plain=True)
    assert deployed.action("Greet").changed
    assert [item.value for item in deployed.version("Greet", version.number).secrets] == ["one"]
    assert deployed.reveal_secrets("Greet", version.number) == {"HOST": "one"}
    deployed.rollback("Greet", version.number)
    assert shown(deployed) == {"HOST": "one"}


def test_from_secret_to_plain_and_back(deployed: Tenant) -> None:
    deployed.set_secret("Greet", "A", "hidden-value")
    deployed.set_secret("Greet", "A", "open", plain=True)
    assert shown(deployed) == {"A": "open"}
    deployed.set_secret("Greet", "A", "hidden-again")
    assert shown(deployed) == {"A": None}
    assert deployed.reveal_secrets("Greet") == {"A": "hidden-again"}
    stored = b"".join(path.read_bytes() for path in deployed.path.rglob("*") if path.is_file())
    assert b"hidden" not in stored


def test_plain_settings_need_no_key(deployed: Tenant) -> None:
    deployed.set_secret("Greet", "HOST", "mail.example.com", plain=True)
    assert not (paths.config_dir() / "keys").exists()
    deployed.set_secret("Greet", "KEY", "hunter22")
    key = paths.config_dir() / "keys" / f"{deployed.id}.key"
    key.unlink()
    assert deployed.set_secret("Greet", "PORT", "25", plain=True) == []
    (warning,) = deployed.set_secret("Greet", "OTHER", "correct horse")
    assert "set KEY again too" in warning and "HOST" not in warning
    with pytest.raises(UserError, match="KEY"):
        deployed.reveal_secrets("Greet")


def test_a_save_that_changes_nothing_leaves_an_old_tenants_action_unchanged(deployed: Tenant) -> None:
    deployed.set_secret("Greet", "KEY", "hunter22")
    deployed.deploy("Greet")
    deployed.save_code("Greet", deployed.draft("Greet").code)
    assert not deployed.action("Greet").changed
