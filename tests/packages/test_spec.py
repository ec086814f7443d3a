from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionsmith.errors import UserError
from actionsmith.packages import parse_spec
from actionsmith.packages.spec import can_be_required


@pytest.mark.parametrize(
    ("name", "javascript", "python"),
    [
        ("lodash", True, True),
        ("my-package.js", True, True),
        ("_private", True, True),
        ("@scope/name", True, False),
        ("", False, False),
        ("..", False, False),
        ("../evil", False, False),
        ("/abs", False, False),
        ("a/b", False, False),
        ("@a/b/c", False, False),
        ("@/b", False, False),
        ("a b", False, False),
    ],
)
def test_what_code_can_ask_for(name, javascript, python):
    assert can_be_required(name, "javascript") is javascript
    assert can_be_required(name, "python") is python


@pytest.mark.parametrize(
    ("spec", "name", "requested"),
    [
        ("nodemailer", "nodemailer", ""),
        (" nodemailer ", "nodemailer", ""),
        ("nodemailer@6.9", "nodemailer", "6.9"),
        ("nodemailer@^6.9.1", "nodemailer", "^6.9.1"),
        ("nodemailer@>=6 <8 || 9", "nodemailer", ">=6 <8 || 9"),
        ("lodash@latest", "lodash", "latest"),
        ("@scope/x@1", "@scope/x", "1"),
        ("@scope/x", "@scope/x", ""),
        ("lodash.merge", "lodash.merge", ""),
        ("httpx==0.27", "httpx", "0.27"),
        ("httpx == 0.27", "httpx", "0.27"),
        ("httpx@0.27", "httpx", "0.27"),
        ("httpx>=0.27", "httpx", ">=0.27"),
        ("httpx>=0.27,<1", "httpx", ">=0.27,<1"),
        ("httpx~=0.27", "httpx", "~=0.27"),
        ("httpx[http2]>=0.27", "httpx[http2]", ">=0.27"),
        ("PyJWT", "PyJWT", ""),
    ],
)
def test_a_spec_is_a_name_and_what_was_asked_for(spec: str, name: str, requested: str) -> None:
    assert parse_spec(spec) == (name, requested)


@pytest.mark.parametrize(
    "spec",
    [
        "",
        "   ",
        "two words",
        "@scope",
        "--registry=http://x",
        "-e .",
        "../folder",
        "https://example.com/a.tgz",
        "name; rm -rf /",
        "git+https://example.com/x",
        "a\nb",
    ],
)
def test_what_is_not_a_package_of_a_registry_is_refused(spec: str) -> None:
    with pytest.raises(UserError, match="not a package of a registry"):
        parse_spec(spec)


@pytest.mark.parametrize(
    "spec", ["x@", "x==", "x@file:../y", "x@npm:y@1", "x@https://e.com/x.tgz", "x@1\n--pre"]
)
def test_what_is_not_a_version_is_refused_by_name(spec: str) -> None:
    with pytest.raises(UserError, match="version"):
        parse_spec(spec)


@given(st.text(max_size=40))
def test_any_text_gives_a_safe_name_or_a_sentence(text: str) -> None:
    try:
        name, requested = parse_spec(text)
    except UserError as error:
        assert len(str(error)) > 40
    else:
        assert name and not name.startswith("-")
        assert "\n" not in name + requested and ":" not in name + requested
