"""Versions: numbers, deploy, rollback, trimming; against a simple model of what should come out."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from actionsmith.errors import UserError
from actionsmith.tenant.model import Dependency
from actionsmith.tenant.tenant import Tenant


def test_a_deploy_freezes_code_secrets_and_dependencies(deployed: Tenant) -> None:
    deployed.set_secret("Greet", "KEY", "old")
    deployed.set_dependency("Greet", Dependency("axios", "", "1.7.0"))
    deployed.save_code("Greet", "second")
    version = deployed.deploy("Greet", note="with axios")
    deployed.set_secret("Greet", "KEY", "new")
    deployed.remove_dependency("Greet", "axios")
    deployed.save_code("Greet", "third")

    assert deployed.version("Greet", 2) == version
    assert (version.number, version.code, version.note, version.deployed) == (2, "second", "with axios", True)
    assert [item.name for item in version.dependencies] == ["axios"]
    assert deployed.reveal_secrets("Greet", 2) == {"KEY": "old"}
    assert deployed.reveal_secrets("Greet") == {"KEY": "new"}


def test_rollback_makes_a_new_version_and_a_draft_of_its_content(deployed: Tenant) -> None:
    deployed.save_code("Greet", "second")
    deployed.deploy("Greet")
    deployed.save_code("Greet", "unsaved idea")
    rolled = deployed.rollback("Greet", 1)
    assert (rolled.number, rolled.code, rolled.note) == (3, "first", "rollback to 1")
    assert deployed.draft("Greet").code == "first"
    assert [(item.number, item.deployed) for item in deployed.versions("Greet")] == [
        (3, True),
        (2, False),
        (1, False),
    ]
    assert not deployed.action("Greet").changed


def test_a_version_tells_that_nothing_had_changed_before_it_was_made(deployed: Tenant) -> None:
    assert deployed.deploy("Greet").repeats
    deployed.set_secret("Greet", "KEY", "value")
    assert not deployed.deploy("Greet").repeats
    assert not deployed.rollback("Greet", 1).repeats
    assert deployed.rollback("Greet", 2).repeats
    assert [version.repeats for version in deployed.versions("Greet")] == [True, False, False, True, False]
    assert deployed.version("Greet", 2).repeats


def test_an_unknown_version_is_answered_with_those_there_are(deployed: Tenant) -> None:
    deployed.deploy("Greet")
    with pytest.raises(UserError, match="'Greet' has no version 7: there are 1 to 2"):
        deployed.rollback("Greet", 7)
    deployed.create_action("New", "post-login", "python", "")
    with pytest.raises(UserError, match="never deployed"):
        deployed.version("New", 1)


def test_trimming_drops_the_oldest_unused_versions(deployed: Tenant) -> None:
    for number in range(2, 6):
        deployed.save_code("Greet", f"code {number}")
        deployed.deploy("Greet")
    deployed.keep_versions = 3
    assert [version.number for version in deployed.versions("Greet")] == [5, 4, 3]
    deployed.deploy("Greet")
    assert [version.number for version in deployed.versions("Greet")] == [6, 5, 4]
    assert Tenant.open(deployed.path).keep_versions == 3
    deployed.keep_versions = None
    deployed.deploy("Greet")
    assert [version.number for version in deployed.versions("Greet")] == [7, 6, 5, 4]
    with pytest.raises(UserError, match="at least 1"):
        deployed.keep_versions = 0


def test_too_many_versions_are_a_warning(deployed: Tenant) -> None:
    for _ in range(50):
        deployed.deploy("Greet")
    assert deployed.limit_warnings("Greet") == [
        "there are 51 versions of the Action; the platform takes at most 50"
    ]


class TenantAgainstModel(RuleBasedStateMachine):
    """Any order of saves, deploys, rollbacks and trims on one Action."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.tenant = Tenant.create(Path(self.folder.name) / "tenant", "demo")
        self.tenant.create_action("A", "post-login", "javascript", "")
        self.draft = ""
        self.history: dict[int, str] = {}
        self.latest = 0
        self.keep: int | None = None

    def teardown(self) -> None:
        self.folder.cleanup()

    @rule(code=st.sampled_from(["", "a", "b", "c"]))
    def save(self, code: str) -> None:
        self.tenant.save_code("A", code)
        self.draft = code

    @rule()
    def deploy(self) -> None:
        self.tenant.deploy("A")
        self._committed(self.draft)

    @precondition(lambda self: self.history)
    @rule(data=st.data())
    def rollback(self, data: st.DataObject) -> None:
        number = data.draw(st.sampled_from(sorted(self.history)))
        self.tenant.rollback("A", number)
        self.draft = self.history[number]
        self._committed(self.draft)

    @rule(count=st.sampled_from([None, 1, 2]))
    def trim(self, count: int | None) -> None:
        self.tenant.keep_versions = count
        self.keep = count
        self._trim()

    def _committed(self, code: str) -> None:
        self.latest += 1
        self.history[self.latest] = code
        self._trim()

    def _trim(self) -> None:
        if self.keep is not None:
            self.history = dict(sorted(self.history.items())[-self.keep :])

    @invariant()
    def agrees(self) -> None:
        action = self.tenant.action("A")
        versions = self.tenant.versions("A")
        assert self.tenant.draft("A").code == self.draft
        assert {version.number: version.code for version in versions} == self.history
        assert [version.number for version in versions if version.deployed] == [self.latest] * bool(
            self.latest
        )
        assert (action.latest, action.deployed) == (self.latest, self.latest or None)
        assert action.changed == (self.history.get(self.latest) != self.draft)


TenantAgainstModel.TestCase.settings = settings(max_examples=12, stateful_step_count=15, deadline=None)
TestTenantAgainstModel = TenantAgainstModel.TestCase
