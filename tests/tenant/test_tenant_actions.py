"""Actions and drafts: made, listed, edited, renamed, deleted."""

from __future__ import annotations

from pathlib import Path
from threading import Barrier, Thread

import pytest

from actionsmith.errors import UserError
from actionsmith.tenant.model import Dependency
from actionsmith.tenant.moved import MovedError
from actionsmith.tenant.tenant import Tenant


def test_a_tenant_is_found_again_with_its_name(tenant: Tenant) -> None:
    again = Tenant.open(tenant.path)
    assert (again.id, again.name, again.path) == (tenant.id, "demo", tenant.path)


def test_opening_what_is_no_tenant_says_so(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"there is no tenant in .*nowhere"):
        Tenant.open(tmp_path / "nowhere")


def test_a_tenant_is_not_made_over_another_or_among_strange_files(tenant: Tenant, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="already"):
        Tenant.create(tenant.path, "demo")
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "letter.txt").write_text("dear")
    with pytest.raises(UserError, match=r"not empty \(it holds letter.txt\)"):
        Tenant.create(tmp_path / "papers", "demo")


def test_a_new_action_is_a_draft_without_versions(tenant: Tenant) -> None:
    action = tenant.create_action("MFA for Role", "post-login", "python", "def on_execute_post_login(): ...")
    assert action == tenant.action("MFA for Role")
    assert (action.deployed, action.latest, action.changed) == (None, 0, True)
    assert tenant.draft("MFA for Role").code == "def on_execute_post_login(): ..."
    assert tenant.versions("MFA for Role") == []


def test_actions_are_listed_by_name_and_by_trigger(tenant: Tenant) -> None:
    for name, trigger in [("b", "post-login"), ("C", "post-change-password"), ("a", "post-login")]:
        tenant.create_action(name, trigger, "javascript", "")
    assert [action.name for action in tenant.actions()] == ["a", "b", "C"]
    assert [action.name for action in tenant.actions("post-login")] == ["a", "b"]


@pytest.mark.parametrize(
    ("name", "trigger", "language", "sentence"),
    [
        ("", "post-login", "python", "name of an Action is empty"),
        ("  \t", "post-login", "python", "name of an Action is empty"),
        ("a\x1b[31mb", "post-login", "python", "cannot be shown"),
        ("Greet", "post-login", "python", "already"),
        ("New", "post-logn", "python", "did you mean 'post-login'"),
        ("New", "post-login", "ruby", "javascript or python, not in 'ruby'"),
        ("New", "post-login", "python", ""),
    ],
)
def test_a_bad_new_action_is_refused(
    deployed: Tenant, name: str, trigger: str, language: str, sentence: str
) -> None:
    if not sentence:
        deployed.create_action(name, trigger, language, "")
        return
    with pytest.raises(UserError, match=sentence):
        deployed.create_action(name, trigger, language, "")
    assert [action.name for action in deployed.actions()] == ["Greet"]


def test_a_wrong_name_is_answered_with_the_near_one(deployed: Tenant) -> None:
    with pytest.raises(UserError, match="did you mean 'Greet'"):
        deployed.draft("Gret")


def test_saving_changes_the_draft_only(deployed: Tenant) -> None:
    assert not deployed.action("Greet").changed
    assert deployed.save_code("Greet", "second") == []
    assert deployed.draft("Greet").code == "second"
    assert deployed.version("Greet", 1).code == "first"
    assert deployed.action("Greet").changed
    deployed.save_code("Greet", "first")
    assert not deployed.action("Greet").changed


def test_code_comes_back_as_it_was_saved(deployed: Tenant) -> None:
    code = "a\r\nb\tc\x00 \u2028 [bold] \U0001f600 \ufeff\n"
    deployed.save_code("Greet", code)
    assert deployed.draft("Greet").code == code


def test_text_that_has_no_utf8_form_is_refused_and_the_draft_stays(deployed: Tenant) -> None:
    with pytest.raises(UserError, match="UTF-8"):
        deployed.save_code("Greet", "half a pair: \ud83d")
    assert deployed.draft("Greet").code == "first"


def test_old_drafts_leave_no_files_behind(deployed: Tenant) -> None:
    def files() -> int:
        return len(list(deployed.path.rglob("*")))

    deployed.save_code("Greet", "x")
    before = files()
    for number in range(10):
        deployed.save_code("Greet", f"try {number}")
    assert files() == before


def test_a_draft_that_equals_an_old_version_may_change_without_hurting_it(deployed: Tenant) -> None:
    deployed.save_code("Greet", "second")
    deployed.deploy("Greet")
    deployed.save_code("Greet", "first")
    deployed.save_code("Greet", "third")
    assert deployed.version("Greet", 1).code == "first"


def test_too_much_code_is_a_warning_that_names_both_sizes(deployed: Tenant) -> None:
    warnings = deployed.save_code("Greet", "x" * 1024 * 101)
    assert warnings == ["the code has 101.0 kB; the platform takes at most 100 kB"]
    assert deployed.limit_warnings("Greet") == warnings


def test_dependencies_are_set_replaced_and_removed(deployed: Tenant) -> None:
    deployed.set_dependency("Greet", Dependency("nodemailer", "^6", "6.9.1"))
    deployed.set_dependency("Greet", Dependency("axios", "", "1.7.0"))
    deployed.set_dependency("Greet", Dependency("nodemailer", "6", "6.9.9"))
    found = deployed.draft("Greet").dependencies
    assert found == [Dependency("axios", "", "1.7.0"), Dependency("nodemailer", "6", "6.9.9")]
    with pytest.raises(UserError, match="did you mean 'nodemailer'"):
        deployed.remove_dependency("Greet", "nodemailr")
    deployed.remove_dependency("Greet", "axios")
    assert [item.name for item in deployed.draft("Greet").dependencies] == ["nodemailer"]


def test_too_many_dependencies_are_a_warning(deployed: Tenant) -> None:
    warnings = [deployed.set_dependency("Greet", Dependency(f"p{n}", "", "1.0.0")) for n in range(11)]
    assert warnings[9] == []
    assert warnings[10] == ["there are 11 dependencies; the platform takes at most 10"]


def test_renaming_keeps_versions_and_flows(deployed: Tenant) -> None:
    deployed.set_flow("post-login", ["Greet"])
    deployed.rename_action("Greet", "Welcome")
    assert deployed.version("Welcome", 1).code == "first"
    assert [binding.action for binding in deployed.flow("post-login")] == ["Welcome"]
    deployed.create_action("Other", "post-login", "python", "")
    with pytest.raises(UserError, match="already"):
        deployed.rename_action("Other", "Welcome")


def test_a_bound_action_is_not_deleted(deployed: Tenant) -> None:
    deployed.set_flow("post-login", ["Greet"])
    with pytest.raises(UserError, match="'Greet' is bound to post-login"):
        deployed.delete_action("Greet")
    deployed.set_flow("post-login", [])
    deployed.delete_action("Greet")
    assert deployed.actions() == []
    assert list((deployed.path / "actions").iterdir()) == []


def test_of_two_that_save_at_once_the_second_is_told_of_the_first(deployed: Tenant) -> None:
    """Whoever looks at the draft and then saves leaves a moment in between; the tenant looks under its lock."""
    seen = deployed.draft("Greet").code
    gate, ends = Barrier(2), []

    def save(text: str) -> None:
        gate.wait()
        try:
            deployed.save_code("Greet", text, over=seen)
            ends.append("saved")
        except MovedError as error:
            ends.append(error.theirs)

    threads = [Thread(target=save, args=(text,)) for text in ("mine", "theirs")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ends) == sorted(["saved", deployed.draft("Greet").code])
