"""A draft on which there is everything to see at once, for pictures of the editor; no process is asked."""

from __future__ import annotations

from actionsmith.language.service import (
    Code,
    Diagnostic,
    Fix,
    Hover,
    LanguageService,
    Parameter,
    Signature,
    Span,
    TextEdit,
)
from actionsmith.runtime.execution import Command, ConsoleLine, Coverage, Execution, Stats

CODE = """const axios = require("axios");

exports.onExecutePostLogin = async (event, api) => {
  // Whoever edits the shop signs in with a second factor.
  const roles = event.authorization?.roles ?? [];
  console.log("roles", roles);
  if (roles.includes("Editor")) {
    api.multifactor.enable("any");
  }
  const url = event.sercets.RISK_URL;
  const risk = await axios.get(`${url}/${event.user.user_id}`);
  let unused = 0x10;
  if (risk.data.score > 80) {
    api.access.deny("Too risky.");
  }
  for (const role of roles) {
    api.idToken.setCustomClaim(`https://shop.example.com/${rol}`, true);
  }  \n};

exports.onContinuePostLogin = async (event, api) => {
  api.user.setUserMetadata("seen", "yes");
};
"""

EXECUTION = Execution(
    action="MFA for Role",
    version=None,
    trigger="post-login",
    language="javascript",
    handler="onExecutePostLogin",
    status="completed",
    commands=[
        Command(path="multifactor.enable", args=["any"], line=8),
        *(
            Command(path="idToken.setCustomClaim", args=[f"https://shop.example.com/{role}", True], line=17)
            for role in ("Editor", "Admin")
        ),
    ],
    outcome={"multifactor": {"provider": "any"}},
    console=[ConsoleLine(level="log", text="roles [ 'Editor', 'Admin' ]", line=6, at_ms=0.4)],
    stats=Stats(duration_ms=1.94, host_ms=0.31, cpu_ms=1.1, memory_bytes=41_000_000),
    coverage=Coverage(ran=[1, 3, 5, 6, 7, 8, 10, 11, 12, 13, 16, 17], missed=[14, 22]),
)


def span_of(text: str, part: str) -> Span:
    """Where a part stands in a text, all of it on one line."""
    before = text[: text.index(part)]
    row, column = before.count("\n"), len(before) - before.rfind("\n") - 1
    return Span(row, column, row, column + len(part))


class Told(LanguageService):
    """Knows the draft: its faults, and what its calls and names are."""

    async def diagnose(self, code: Code) -> tuple[Diagnostic, ...]:
        if code.text != CODE:
            return ()
        name = span_of(CODE, "sercets")
        mend = Fix("Write secrets", (TextEdit(name, "secrets"),))
        return (
            Diagnostic(
                name, "warning", "event has no member sercets; did you mean secrets?", "told", "", (mend,)
            ),
            Diagnostic(
                span_of(CODE, "unused"),
                "info",
                "'unused' is declared but never read.",
                "told",
                is_unused=True,
            ),
            Diagnostic(
                span_of(CODE, "rol}"), "error", "Cannot find name 'rol'. Did you mean 'role'?", "told"
            ),
        )

    async def hover(self, code: Code, row: int, column: int) -> Hover | None:
        return Hover("const event: PostLoginEvent", "What is known about the user who signs in.")

    async def signature(self, code: Code, row: int, column: int) -> Signature | None:
        parameters = (
            Parameter("provider: string", "The factor: any, duo, google-authenticator or guardian."),
            Parameter("options?: EnableOptions", "Whether the browser is remembered."),
        )
        label = "enable(provider: string, options?: EnableOptions): PostLoginApi"
        return Signature(label, parameters, 0, "Ask for a second factor.")
