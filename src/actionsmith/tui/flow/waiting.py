"""What a suspended flow waits for, and what it was answered, in words. Pure."""

from __future__ import annotations

from urllib.parse import urlsplit

from actionsmith.runtime.execution import Answer, WaitsFor
from actionsmith.runtime.suspension import factor_types


def waiting_text(waits: WaitsFor) -> str:
    """What a flow waits for: `waits for the redirect to https://example.com/terms`."""
    match waits.kind:
        case "redirect":
            return f"waits for the redirect to {page_of(waits)}"
        case "form":
            return f"waits for the form {waits.details.get('id', '')}"
    return f"waits for {'an enrollment' if enrolls(waits) else 'MFA'}: {', '.join(factors(waits))}"


def answer_text(waits: WaitsFor, answer: Answer) -> str:
    """What was answered, in a few words: `passed MFA with otp`."""
    match waits.kind:
        case "redirect":
            return "came back from the redirect"
        case "form":
            return "the form was filled in"
    what = "enrollment" if enrolls(waits) else "MFA"
    return f"passed {what} with {answer.factor}" if answer.passed else f"did not pass {what}"


def factors(waits: WaitsFor) -> tuple[str, ...]:
    """The types of the factors that may be used, the preferred one first."""
    return tuple(dict.fromkeys(factor_types(waits)))


def page_of(waits: WaitsFor) -> str:
    """The page a redirect goes to, without its query."""
    parts = urlsplit(str(waits.details.get("url", "")))
    return parts._replace(query="", fragment="").geturl()


def enrolls(waits: WaitsFor) -> bool:
    """Whether a factor is to be enrolled, not to be passed."""
    return waits.details.get("command") == "enroll"
