"""The stub and the declarations as editors use them: read by jedi, and compiled by tsc where there is one."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import jedi
import pytest

from actionsmith.triggers import loader
from actionsmith.triggers.python_stub import python_stub
from actionsmith.triggers.typescript import declaration

ONE_PROCESS = pytest.mark.xdist_group("jedi")  # what jedi has parsed is kept in its process
ScriptOf = Callable[[str], jedi.Script]

HEAD = "from trigger import Event, PostLoginAPI\n\nasync def handler(event: Event, api: PostLoginAPI):\n    "


@pytest.fixture(scope="module")
def stub_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stub")
    (folder / "trigger.pyi").write_text(python_stub("post-login"), encoding="utf-8")
    return folder


@pytest.fixture
def script(stub_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ScriptOf:
    monkeypatch.setattr(jedi.settings, "cache_directory", str(tmp_path))

    def make(code: str) -> jedi.Script:
        return jedi.Script(HEAD + code, path=stub_folder / "action.py", project=jedi.Project(stub_folder))

    return make


@ONE_PROCESS
@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("event.user.", {"email", "app_metadata", "identities"}),
        ("event.authentication.riskAssessment.assessments.NewDevice.", {"code", "confidence"}),
        ("event.user.identities[0].", {"provider", "connection"}),
        ("for method in event.authentication.methods: method.", {"name", "timestamp"}),
        ("api.", {"access", "id_token", "saml_response"}),
        ("api.id_token.", {"set_custom_claim"}),
        ("api.id_token.set_custom_claim('a', 1).access.", {"deny"}),
        ("api.cache.get('a').", {"value", "expires_at"}),
        ("page = await api.groups.get_user_groups()\n    page.groups[0].", {"name", "membership_created_at"}),
        ("api.redirect.encode_token(expires", {"expires_in_seconds="}),
    ],
)
def test_jedi_completes(script: ScriptOf, code: str, expected: set[str]) -> None:
    offered = {item.name for item in script(code).complete()}
    assert expected <= offered


@ONE_PROCESS
def test_jedi_explains_a_method(script: ScriptOf) -> None:
    (signature,) = script("api.cache.set(").get_signatures()
    assert [param.name for param in signature.params] == ["key", "value", "options", "ttl", "expires_at"]
    assert "at most 64 bytes" in signature.docstring()


ACTION = """
import type { OnExecutePostLogin } from "./post-login";
export const handler: OnExecutePostLogin = async (event, api) => {
  const provider: string | undefined = event.user.identities[0].provider;
  api.idToken.setCustomClaim("plan", event.user.app_metadata.plan).access.deny(provider ?? "none");
  api.authentication.challengeWith(
    { type: "phone", options: { preferredMethod: "sms" } }, { additionalFactors: [{ type: "otp" }] });
  const written = api.cache.set("key", "value", { ttl: 5 });
  const told: string = written.type === "error" ? written.code : written.record.value;
  const check = await api.groups.hasGroupMembership([told]);
  const member: boolean = check.memberships["admins"].is_member;
  // @ts-expect-error
  api.multifactor.enable("unknown provider");
  // @ts-expect-error
  event.usr;
  void member;
};
"""


@pytest.mark.skipif(not shutil.which("tsc"), reason="needs the TypeScript compiler on the PATH")
def test_the_declarations_compile_and_fit_the_default_events(tmp_path: Path) -> None:
    for trigger_id in loader.trigger_ids():
        (tmp_path / f"{trigger_id}.d.ts").write_text(declaration(trigger_id), encoding="utf-8")
        event = loader.default_event_text(trigger_id)
        use = f'import type {{ Event }} from "./{trigger_id}";\nexport const event: Event = {event};\n'
        (tmp_path / f"use-{trigger_id}.ts").write_text(use, encoding="utf-8")
    (tmp_path / "action.ts").write_text(ACTION, encoding="utf-8")
    files = sorted(path.name for path in tmp_path.glob("*.ts"))
    command = ["tsc", "--noEmit", "--strict", "--lib", "es2022", *files]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
