"""The rows of the triggers other than post-login."""

from __future__ import annotations

from actionsmith.triggers import loader
from method_table.build import accepted, nested, refused
from method_table.cache_rows import cache_rows
from method_table.calls import Accepted, Refused
from method_table.factor_rows import challenge_rows
from method_table.login_rows import login_rows
from method_table.metadata_rows import metadata_rows, transaction_metadata_rows
from method_table.token_rows import claim_rows, scope_rows
from method_table.way_out_rows import form_rows, redirect_rows

MACHINES = "credentials-exchange"
EXCHANGE = "custom-token-exchange"
RESET = "password-reset-post-challenge"
SIGNUP = "pre-user-registration"
CHOICE = {"creationBehavior": "create_if_not_exists", "updateBehavior": "replace"}
ATTRIBUTES = {
    "user_id": "7",
    "email": "a@example.com",
    "email_verified": True,
    "verify_email": False,
    "username": "robin",
    "phone_number": "+12025550143",
    "phone_verified": True,
    "name": "Robin",
    "given_name": "Robin",
    "family_name": "Doe",
    "nickname": "rob",
    "picture": "https://example.com/robin.png",
}


def all_rows() -> list[Accepted | Refused]:
    """The whole table, but for the refusals that follow from the contract's parameters."""
    rows: list[Accepted | Refused] = [
        *login_rows(),
        *_machines(),
        *_token_exchange(),
        *_password_reset(),
        *_signup(),
        *_notifications("custom-email-provider"),
        *_notifications("custom-phone-provider"),
    ]
    for trigger in loader.trigger_ids():
        rows += cache_rows(trigger)
    return rows


def _machines() -> list[Accepted | Refused]:
    outcome = {"access": {"denied": {"code": "invalid_scope", "reason": "no"}}}
    return [
        accepted(
            MACHINES, "access.deny", "invalid_scope", "no", gives="api", outcome=outcome, status="denied"
        ),
        *claim_rows(MACHINES, "accessToken.setCustomClaim"),
        *scope_rows(MACHINES),
    ]


def _token_exchange() -> list[Accepted | Refused]:
    actor = {"sub": "agent", "team": "support", "level": 3, "on_call": True, "act": {"sub": "other"}}
    invalid = {"code": "invalid_request", "reason": "expired", "invalidSubjectToken": True}
    set_actor, by_connection = "authentication.setActor", "authentication.setUserByConnection"
    chosen = {"by": "connection", "connection": "db", "attributes": ATTRIBUTES, **CHOICE}
    five = {f"k{number}": number for number in range(5)}
    return [
        accepted(
            EXCHANGE,
            "access.deny",
            "my_code",
            "no",
            outcome={"access": {"denied": {"code": "my_code", "reason": "no"}}},
            status="denied",
        ),
        refused(EXCHANGE, "access.deny", "", "no", message="Invalid deny arguments: ", name="TypeError"),
        accepted(
            EXCHANGE,
            "access.rejectInvalidSubjectToken",
            "expired",
            outcome={"access": {"denied": invalid}},
            status="denied",
        ),
        accepted(
            EXCHANGE,
            "authentication.setUserById",
            "auth0|1",
            outcome={"user": {"by": "id", "user_id": "auth0|1"}},
        ),
        accepted(EXCHANGE, by_connection, "db", ATTRIBUTES, CHOICE, outcome={"user": chosen}),
        accepted(
            EXCHANGE,
            by_connection,
            "db",
            ATTRIBUTES,
            CHOICE,
            before=(("authentication.setUserById", ["auth0|1"]),),
            outcome={"user": chosen},
            warning="the user had been chosen already",
        ),
        accepted(
            EXCHANGE,
            "authentication.setOrganization",
            "org_1",
            outcome={"organization": "org_1"},
        ),
        accepted(EXCHANGE, set_actor, actor, outcome={"actor": actor}),
        refused(
            EXCHANGE, set_actor, {"sub": "a", **five, "k5": 5}, message="actor may have at most 5 members"
        ),
        refused(EXCHANGE, set_actor, {"sub": "a", "k": ["x"]}, message="actor.k must be a string, a number"),
        refused(
            EXCHANGE, set_actor, {"sub": "a", "k": "x" * 65}, message="actor.k may have at most 64 characters"
        ),
        refused(EXCHANGE, set_actor, {"sub": "a", "x" * 65: 1}, message="a member name of more than 64"),
        refused(
            EXCHANGE, set_actor, {"sub": "a", "act": {"sub": ""}}, message="actor.act.sub must have 1 to 512"
        ),
        *metadata_rows(EXCHANGE, "undefined"),
        refused(
            EXCHANGE,
            "user.setUserMetadata",
            5,
            1,
            message="Invalid setUserMetadata arguments: ",
            name="TypeError",
        ),
        refused(
            EXCHANGE,
            "user.setAppMetadata",
            5,
            1,
            message="Invalid setAppMetadata arguments: ",
            name="TypeError",
        ),
        *transaction_metadata_rows(EXCHANGE),
    ]


def _password_reset() -> list[Accepted | Refused]:
    page = "https://example.com/done?a=2&c=1#top"
    return [
        accepted(
            RESET, "access.deny", "no", outcome={"access": {"denied": {"reason": "no"}}}, status="denied"
        ),
        *challenge_rows(RESET),
        *redirect_rows(RESET, "undefined", "onContinuePostChallenge"),
        *form_rows(RESET),
        accepted(
            RESET,
            "transaction.setResultUrl",
            "https://example.com/done?a=1&c=1#top",
            {"query": {"a": "2"}},
            outcome=nested("transaction.resultUrl", page),
        ),
        refused(RESET, "transaction.setResultUrl", "done.html", message="url must be a valid absolute URL"),
    ]


def _signup() -> list[Accepted | Refused]:
    denied = {"reason": "no", "userMessage": "Sorry"}
    error = {"validation": {"error": {"code": "bad", "message": "Check it"}}}
    not_an_id = "user_id must be 1 to 255 letters, digits"
    passwordless = {"connection.strategy": "sms"}
    no_metadata = "a passwordless user cannot be given metadata"
    return [
        accepted(
            SIGNUP,
            "access.deny",
            "no",
            "Sorry",
            gives="api",
            outcome={"access": {"denied": denied}},
            status="denied",
        ),
        accepted(
            SIGNUP,
            "access.deny",
            "no",
            gives="api",
            outcome={"access": {"denied": {"reason": "no"}}},
            status="denied",
        ),
        *metadata_rows(SIGNUP, "api"),
        accepted(
            SIGNUP, "user.setUserMetadata", "k", 1, gives="api", event=passwordless, warning=no_metadata
        ),
        accepted(SIGNUP, "validation.error", "bad", "Check it", gives="api", outcome=error, status="denied"),
        accepted(
            SIGNUP, "user.setUserId", "a@b.c_+-", gives="api", outcome=nested("user.user_id", "a@b.c_+-")
        ),
        *(refused(SIGNUP, "user.setUserId", text, message=not_an_id) for text in ("", "a b", "x" * 256, 5)),
    ]


def _notifications(trigger: str) -> list[Accepted | Refused]:
    rows: list[Accepted | Refused] = []
    for method, state in (("notification.drop", "dropped"), ("notification.retry", "retry")):
        outcome = {"notification": {"state": state, "reason": "bad address"}}
        cut = {"notification": {"state": state, "reason": "x" * 1024}}
        rows += [
            accepted(trigger, method, "bad address", outcome=outcome),
            accepted(trigger, method, "x" * 1025, outcome=cut, warning="reason was cut to 1,024 characters"),
            accepted(
                trigger, method, "bad address", before=(("notification.retry", ["x"]),), outcome=outcome
            ),
        ]
    return rows
