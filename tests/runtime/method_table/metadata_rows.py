"""User, app and transaction metadata."""

from __future__ import annotations

from typing import Any

from actionsmith.triggers import loader
from method_table.build import accepted, nested, refused
from method_table.calls import Accepted, Calls, Refused

LOGIN = "post-login"


def metadata_rows(trigger: str, gives: str) -> list[Accepted | Refused]:
    """User and app metadata."""
    rows: list[Accepted | Refused] = []
    for method, member in (
        ("user.setUserMetadata", "user_metadata"),
        ("user.setAppMetadata", "app_metadata"),
    ):
        path = f"user.{member}"
        # the running Action does not see the change
        stored = {"user": {"user_id": "u", member: {"old": 1}}}
        rows += [
            accepted(
                trigger,
                method,
                "k",
                {"a": [1]},
                gives=gives,
                event=stored,
                outcome=nested(path, {"k": {"a": [1]}}),
                sees=(path, {"old": 1}),
                later=(path, {"old": 1, "k": {"a": [1]}}),
            ),
            accepted(
                trigger,
                method,
                "old",
                None,
                gives=gives,
                event=stored,
                outcome=nested(path, {"old": None}),
                sees=(path, {"old": 1}),
                later=(path, {}),
            ),
            refused(trigger, method, "a.b", 1, message="key must not contain '.'"),
            refused(trigger, method, "$a", 1, message="key must not contain '$'"),
            refused(trigger, method, "k", "x" * 33_000, message="at most 32,768 bytes", at_end=True),
        ]
    for key in loader.word_list("reserved_app_metadata_keys"):
        rows.append(refused(trigger, "user.setAppMetadata", key, 1, message=f"the key '{key}' is reserved"))
    return rows


def transaction_metadata_rows(trigger: str, **more: Any) -> list[Accepted | Refused]:
    """api.transaction.setMetadata."""
    path, seen = "transaction.setMetadata", "transaction.metadata"

    def visible(value: Any) -> dict[str, Any]:
        return {
            "outcome": nested(seen, {"k": value}),
            "sees": (seen, {} if value is None else {"k": value}),
            **more,
        }

    full: Calls = ((path, ["a", "x" * 8192]), (path, ["b", "x" * 8192]))
    return [
        *(accepted(trigger, path, "k", value, **visible(value)) for value in ("v", 1.5, False, None)),
        refused(trigger, path, "", "v", message="key must not be empty"),
        refused(trigger, path, "c", "x", before=full, message="all values together may take 16,384 bytes"),
    ]


def profile_rows() -> list[Accepted | Refused]:
    """Metadata and the profile it belongs to."""
    broken = "of the user is not an object"
    return [
        refused(LOGIN, "user.setUserMetadata", "k", 1, event={"user.user_metadata": "x"}, message=broken),
        refused(LOGIN, "user.setAppMetadata", "k", 1, event={"user.app_metadata": [1]}, message=broken),
        accepted(
            LOGIN,
            "user.setAppMetadata",
            "nickname",
            "r",
            gives="api",
            outcome=nested("user.app_metadata", {"nickname": "r"}),
            warning="hides the attribute event.user.nickname",
        ),
    ]
