"""api.redirect with its session tokens, and api.prompt."""

from __future__ import annotations

from typing import Any

import jwt

from method_table.build import accepted, refused
from method_table.calls import NOW_MS, Accepted, Calls, Refused

LOGIN = "post-login"
NOW_S = NOW_MS // 1000
SECRET = "a secret that is long enough for HS256"
USER_ID = "auth0|64f0c3a91be27d5508a1c9e2"


def redirect_rows(trigger: str, gives: str, back: str) -> list[Accepted | Refused]:
    """api.redirect, but for what only post-login has; `back` is the continue handler."""
    options = {"payload": {"cart": 5}, "secret": SECRET, "expiresInSeconds": 10}
    went = {"redirect": {"url": "https://example.com/x", "query": {"a": "1", "b": "true"}}}
    url_message = "url must be a valid absolute URL such as"
    check: dict[str, Any] = {"secret": SECRET}
    claims = {
        "sub": USER_ID,
        "iss": "login.example.com",
        "iat": NOW_S,
        "exp": NOW_S + 60,
        "state": "st",
        "ok": 1,
    }
    path = "redirect.validateToken"
    rows: list[Accepted | Refused] = [
        accepted(trigger, "redirect.encodeToken", options, gives="value", value=is_outbound),
        refused(
            trigger, "redirect.encodeToken", {**options, "secret": ""}, message="secret must not be empty"
        ),
        accepted(
            trigger,
            "redirect.sendUserTo",
            "https://example.com/x",
            {"query": {"a": 1, "b": True}},
            gives=gives,
            outcome=went,
            status="suspended",
        ),
        refused(trigger, "redirect.sendUserTo", "/terms", message=url_message),
        refused(trigger, "redirect.sendUserTo", "https://", message=url_message),
        refused(trigger, "redirect.sendUserTo", "http://[x", message=url_message),
        refused(trigger, "redirect.sendUserTo", "https://exa mple.com/", message=url_message),
        accepted(trigger, path, check, gives="value", value=claims, handler=back, event=returned(token())),
        accepted(
            trigger, path, check, gives="value", value=claims, handler=back, event=returned(token(), "body")
        ),
    ]
    for sent, message in [
        (None, "the parameter 'session_token' is missing"),
        ("a.b", "it is not a JWT of three parts"),
        (token(secret="another secret, as long as the first one"), "the signature is wrong"),
        (token(exp=NOW_S), "it has expired"),
        (token(iss="https://other.example"), "'iss' must be the tenant's host 'login.example.com'"),
        (token(sub="auth0|2"), "'sub' is not the current user"),
        (token(state="other"), "'state' differs"),
        (token(state=None), "'state' differs"),
        (token(sub=None), "the claim 'sub' is missing"),
        (token(iss=None), "the claim 'iss' is missing"),
        (token(iat=None), "the claim 'iat' is missing"),
        (token(exp=None), "the claim 'exp' is missing"),
    ]:
        rows.append(refused(trigger, path, check, handler=back, event=returned(sent), message=message))
    return rows


def form_rows(trigger: str) -> list[Accepted | Refused]:
    """api.prompt."""
    form = {"fields": {"name": "x"}, "vars": {"v": 1}}
    send: Calls = (("redirect.sendUserTo", ["https://example.com"]),)
    render: Calls = (("prompt.render", ["ap_0"]),)
    big = {"vars": {"a": "x" * 24_576}}
    return [
        accepted(
            trigger,
            "prompt.render",
            "ap_1",
            form,
            outcome={"prompt": {"id": "ap_1", **form}},
            status="suspended",
        ),
        refused(trigger, "prompt.render", "", message="promptId must not be empty"),
        refused(trigger, "prompt.render", "ap_1", big, message="promptOptions may take at most 24,576 bytes"),
        refused(trigger, "prompt.render", "ap_1", before=render, message="an Action may render one form"),
        refused(
            trigger, "prompt.render", "ap_1", before=send, message="a form and a redirect cannot be combined"
        ),
        refused(
            trigger,
            "redirect.sendUserTo",
            "https://example.com",
            before=render,
            message="a redirect and a form cannot be combined",
        ),
    ]


def browser_rows() -> list[Accepted | Refused]:
    """Logins with a browser and without one."""
    silent = {"transaction.prompt": ["none"]}
    old = "is deprecated (marked deprecated in the type definitions"
    return [
        accepted(LOGIN, "redirect.canRedirect", gives="value", value=True, warning=old),
        accepted(LOGIN, "redirect.canRedirect", gives="value", value=False, event=silent, warning=old),
        accepted(
            LOGIN,
            "redirect.sendUserTo",
            "https://example.com",
            gives="api",
            event=silent,
            outcome={"redirect": {"url": "https://example.com"}},
            status="denied",
            warning="ends with the error interaction_required",
        ),
    ]


def token(**changes: Any) -> str:
    """A session token as the external site makes it, by an independent library; None leaves a claim out."""
    claims = {
        "sub": USER_ID,
        "iss": "login.example.com",
        "iat": NOW_S,
        "exp": NOW_S + 60,
        "state": "st",
        "ok": 1,
    }
    secret = changes.pop("secret", SECRET)
    claims |= changes
    return jwt.encode({name: claim for name, claim in claims.items() if claim is not None}, secret, "HS256")


def returned(sent: str | None, place: str = "query") -> dict[str, Any]:
    """Changes of the event: back from a redirect with a token."""
    query = {"state": "st"} if sent is None or place != "query" else {"state": "st", "session_token": sent}
    return {"request.query": query, "request.body": {} if place == "query" else {"session_token": sent}}


def is_outbound(text: str) -> bool:
    """Whether the text is the token of `encode_token`, as an independent library reads it."""
    seen = jwt.decode(text, SECRET, algorithms=["HS256"], options={"verify_exp": False, "verify_iat": False})
    claims = {
        "iss": "login.example.com",
        "sub": USER_ID,
        "ip": "203.0.113.24",
        "iat": NOW_S,
        "exp": NOW_S + 10,
    }
    return seen == {**claims, "cart": 5} and jwt.get_unverified_header(text) == {"alg": "HS256", "typ": "JWT"}
