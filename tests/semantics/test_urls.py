"""URLs are what JavaScript's `new URL` takes for them, and `searchParams.set` makes of them."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actionsmith import nodejs
from actionsmith.runtime.semantics import ApiError
from actionsmith.runtime.semantics.urls import is_web_url, scheme_without_host, url_problem, with_query

VALID = [
    "https://example.com",
    "https://example.com:8443/a?b=c#d",
    "HTTPS://EXAMPLE.COM/%7Ea",
    "https:example.com/x",
    " https://example.com",
    "https://example.com\n",
    "http:\\\\example.com\\a",
    "https://user:word@example.com/",
    "https://[::1]:3000/",
    "https://0x7f.1/",
    "https://bücher.example/ä",
    "https://example.com/a b|c^d",
    "my.app://callback",
    "file:///x",
    "mailto:a@b",
    "localhost:3000/x",
]
INVALID = [
    "",
    "/terms",
    "//example.com/x",
    "example.com",
    "https://",
    "https:// ",
    "https://?",
    "https://x y",
    "https://exa mple.com/",
    "https://example.com:99999/",
    "https://example.com:abc/",
    "https://a<b>.com/",
    "https://%zz/",
    "https://user@/",
    "https://:80/",
    "https://1.2.3.999/",
    "https://a^b/",
    "https://a|b/",
    "http://[x",
]
NO_WEB_PAGE = ["my.app://callback", "file:///x", "mailto:a@b", "localhost:3000/x"]
QUERIES = [
    ("https://example.com/done?b=old&c=&b=2#top", {"a": "1 2", "b": "new"}),
    ("https://example.com", {"state": "é~*'()+&=%"}),
    ("https:example.com/x?", {"state": "s"}),
    (" https://example.com/%41?a=%41+b ", {"state": "s"}),
    ("mailto:a@b", {"state": "s"}),
    ("my.app://callback#x", {"a": "", "": "b"}),
]
ASKED = """
require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
  const [text, query] = JSON.parse(line);
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url) for (const [name, value] of query) url.searchParams.set(name, value);
  console.log(JSON.stringify(url && { href: url.href, protocol: url.protocol, hostname: url.hostname }));
});
"""


class Node:
    """A process that tells of each URL what `new URL` and `searchParams.set` make of it."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [nodejs.node_path(), "-e", ASKED], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def url(self, text: str, query: dict[str, str]) -> dict[str, str] | None:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps([text, list(query.items())]).encode() + b"\n")
        self.process.stdin.flush()
        told: dict[str, str] | None = json.loads(self.process.stdout.readline())
        return told


@pytest.fixture(scope="module")
def node() -> Iterator[Node]:
    asked = Node()
    yield asked
    asked.process.communicate()


def assert_same(node: Node, text: str) -> None:
    """Here is found of a URL what Node.js finds."""
    told = node.url(text, {})
    assert (url_problem(text) is None) == (told is not None)
    if told is not None:
        assert is_web_url(text) == (told["protocol"] in ("http:", "https:"))
        assert scheme_without_host(text) == (told["protocol"] if not told["hostname"] else None)


@pytest.mark.parametrize("text", VALID)
def test_valid_urls(node: Node, text: str) -> None:
    assert url_problem(text) is None
    assert is_web_url(text) == (text not in NO_WEB_PAGE)
    assert_same(node, text)


@pytest.mark.parametrize("text", INVALID)
def test_invalid_urls(node: Node, text: str) -> None:
    assert (
        url_problem(text)
        == f"must be a valid absolute URL such as https://example.com/page, not '{text[:100]}'"
    )
    assert not is_web_url(text)
    assert scheme_without_host(text) is None
    assert_same(node, text)


@pytest.mark.parametrize(("text", "query"), QUERIES)
def test_queries_are_set_as_in_javascript(node: Node, text: str, query: dict[str, str]) -> None:
    told = node.url(text, query)
    assert told is not None
    assert with_query(text, query) == told["href"]


pieces = st.sampled_from(
    [*"ab09 :/?#@[]%\\.-_~^|<>\"'+&=\t\néß", "https:", "http://", "x://", "//", "%2f", "%ff", "..", "::1", "0x7f"]
)  # fmt: skip
texts = st.lists(pieces, max_size=12).map("".join)


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(start=st.sampled_from(["", "https://", "https://example.com", "my:"]), rest=texts)
def test_any_text_is_read_as_in_javascript(node: Node, start: str, rest: str) -> None:
    assert_same(node, start + rest)


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(rest=texts, query=st.dictionaries(texts | st.characters(), texts | st.characters(), max_size=2))
def test_any_query_is_set_as_in_javascript(node: Node, rest: str, query: dict[str, str]) -> None:
    told = node.url(f"https://example.com/?{rest}", query)
    assert told is not None
    assert with_query(f"https://example.com/?{rest}", query) == told["href"]


@pytest.mark.parametrize("text", INVALID)
def test_methods_refuse_what_is_no_url(begin: Any, text: str) -> None:
    for trigger_id, path in [
        ("post-login", "redirect.sendUserTo"),
        ("password-reset-post-challenge", "redirect.sendUserTo"),
        ("password-reset-post-challenge", "transaction.setResultUrl"),
    ]:
        with pytest.raises(ApiError, match=rf"^api\.{path}: url must be a valid absolute URL such as"):
            begin(trigger_id).call(path, [text])
    recorder = begin(handler="onContinuePostLogin")
    with pytest.raises(ApiError, match="recordMethod: provider_url must be an http or https URL, not '"):
        recorder.call("authentication.recordMethod", [text])


@pytest.mark.parametrize("text", VALID)
def test_methods_take_every_url(begin: Any, text: str) -> None:
    sender = begin()
    sender.call("redirect.sendUserTo", [text])
    sender.commit()
    assert f"state={sender.waiting_details['state']}" in sender.waiting_details["url"]
    recorder = begin(handler="onContinuePostLogin")
    if text in NO_WEB_PAGE:
        with pytest.raises(ApiError, match="must be an http or https URL"):
            recorder.call("authentication.recordMethod", [text])
    else:
        recorder.call("authentication.recordMethod", [text])
        assert not sender.warnings


@pytest.mark.parametrize(("text", "scheme"), [("localhost:3000/x", "localhost:"), ("mailto:a@b", "mailto:")])
def test_a_url_without_a_host_is_noted(begin: Any, text: str, scheme: str) -> None:
    transaction = begin()
    transaction.call("redirect.sendUserTo", [text])
    (warning,) = transaction.warnings
    assert warning.startswith(f"api.redirect.sendUserTo: url names no host, for '{scheme}' is taken for its")


def test_the_library_is_loaded_with_the_first_url() -> None:
    code = (
        "import sys; from actionsmith.runtime.semantics import Transaction; "
        "import actionsmith.runtime.semantics.families.redirect; print('can_ada' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False"
