"""The file of answers: what is read, what is refused, and which answer a request gets."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionsmith.errors import UserError
from actionsmith.runtime.execution import Stub
from actionsmith.runtime.http.stubs import answer_of, find_stub, normal_url, read_stubs


def test_members_have_the_defaults_of_an_answer_that_is_fine():
    (stub,) = read_stubs('[{"url": "https://api.example.com/"}]', "answers.json")
    assert stub == Stub(url="https://api.example.com/")
    assert answer_of(stub) == {"status": 200, "headers": [["content-length", "0"]], "body": b""}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[\n {,\n]", "answers.json, line 2, column 3: "),
        ("{}", r"answers.json: it must be an array, not an object; expected something like \[{"),
        ('[{"status": 200}]', r"answers.json: \$\[0\] has no member 'url'; expected something like \["),
        (
            '[{"url": "https://a/"}, {"url": 3}]',
            r"\$\[1\]\.url must be a string, not a whole number; expected",
        ),
        ('[{"url": "https://a/", "method": 3}]', r"\$\[0\]\.method must be a string or null, not a whole"),
        ('[{"url": "https://a/", "stats": 1}]', r"answers.json: \$\[0\] has an unknown member 'stats'"),
        (
            '[{"url": "api.example.com"}]',
            r"answers.json: \$\[0\]\.url: 'api.example.com' matches no request; expected a URL that begins",
        ),
        ('[{"url": "https://a/", "method": "GET /"}]', r"\$\[0\]\.method: 'GET /' is not a method"),
        ('[{"url": "https://a/", "status": 100}]', r"\$\[0\]\.status: 100 is not a final HTTP status"),
        ('[{"url": "https://a/", "headers": {"a b": "c"}}]', r"\$\[0\]\.headers: 'a b' is not the name"),
        ('[{"url": "https://a/", "headers": {"a\\nb": "c"}}]', r"\$\[0\]\.headers: 'a\\nb' is not the name"),
        ('[{"url": "https://a/", "error": ""}]', r"\$\[0\]\.error: it is empty; expected the message"),
        ('[{"url": "https://a/", "headers": {"a": "b\\r\\nc: d"}}]', r"\$\[0\]\.headers\.a: the value must"),
        ('[{"url": "https://a/", "headers": {"a": ["b", "c\\n"]}}]', r"\$\[0\]\.headers\.a: the value must"),
        (
            '[{"url": "https://a/", "headers": {"a": 1}}]',
            r"a value in \$\[0\]\.headers must be a string or an array",
        ),
    ],
)
def test_a_wrong_file_is_told_with_its_place(text, message):
    with pytest.raises(UserError, match=message):
        read_stubs(text, "answers.json")


@pytest.mark.parametrize(
    ("stub", "request_", "matches"),
    [
        ({"url": "https://a.example/users/"}, ("GET", "https://a.example/users/1?x=2"), True),
        ({"url": "https://a.example/users/"}, ("GET", "https://a.example/user"), False),
        ({"url": "https://a.example"}, ("DELETE", "https://a.example/"), True),
        ({"url": "https://A.Example:443/x"}, ("GET", "https://a.example/x"), True),
        ({"url": "http://a.example/"}, ("GET", "http://a.example:80/"), True),
        ({"url": "http://a.example/"}, ("GET", "http://a.example:8080/"), False),
        ({"url": "http://a.example/"}, ("GET", "https://a.example/"), False),
        ({"url": "https://a.example/Users"}, ("GET", "https://a.example/users"), False),
        ({"url": "https://*.example/t?x=*"}, ("GET", "https://b.example/t?x=1"), True),
        ({"url": "https://*.example/t?x=*"}, ("GET", "https://b.example/tax=1"), False),
        ({"url": "https://a.example/*/end"}, ("GET", "https://a.example/1/2/end"), True),
        ({"url": "https://a.example/*/end"}, ("GET", "https://a.example/1/end/more"), False),
        ({"url": "*"}, ("PATCH", "http://anything/"), True),
        ({"url": "*", "method": "post"}, ("POST", "https://a.example/"), True),
        ({"url": "*", "method": "POST"}, ("GET", "https://a.example/"), False),
        ({"url": "*", "body_has": "grant_type"}, ("POST", "https://a.example/", "a=1&grant_type=x"), True),
        ({"url": "*", "body_has": "grant_type"}, ("POST", "https://a.example/", "a=1"), False),
        ({"url": "*", "body_has": "x"}, ("GET", "https://a.example/"), False),
    ],
)
def test_a_stub_matches_by_method_url_and_body(stub, request_, matches):
    method, url, body = (*request_, "")[:3]
    (known,) = read_stubs(json.dumps([stub]), "answers.json")
    assert (find_stub([known], method, url, body) is known) is matches


def test_the_first_that_matches_is_used_as_often_as_needed():
    stubs = read_stubs('[{"url": "https://a/x"}, {"url": "https://a/"}, {"url": "*"}]', "answers.json")
    chosen = [
        find_stub(stubs, "GET", url, "")
        for url in ("https://a/y", "https://a/x", "https://b/", "https://a/x")
    ]
    assert chosen == [stubs[1], stubs[0], stubs[2], stubs[0]]


@given(
    st.lists(st.text(alphabet="ab/.?*[]", max_size=6), min_size=1, max_size=4), st.text("abc/.?", max_size=8)
)
def test_a_glob_is_its_pieces_in_order(pieces, between):
    """Only `*` means more than itself, and it stands for any text."""
    pattern = "https://h/" + "*".join(piece.replace("*", "") for piece in pieces) + "*"
    url = pattern.replace("*", between)
    assert find_stub([Stub(url=pattern)], "GET", url, "") is not None
    assert find_stub([Stub(url=pattern)], "GET", "https://g/" + url, "") is None


@given(st.text(), st.sampled_from(["http://", "https://", "HTTPS://", ""]))
def test_a_url_is_made_normal_once(rest, scheme):
    once = normal_url(scheme + rest)
    assert normal_url(once) == once


def test_a_body_that_is_no_text_is_json_and_text_is_sent_as_it_is():
    stubs = [Stub(url="*", body={"ü": [1, None]}), Stub(url="*", body="ü"), Stub(url="*", body=0)]
    bodies = [(answer_of(stub)["body"], dict(answer_of(stub)["headers"])) for stub in stubs]
    assert bodies == [
        (
            '{"ü":[1,null]}'.encode(),
            {"content-type": "application/json; charset=utf-8", "content-length": "15"},
        ),
        ("ü".encode(), {"content-type": "text/plain; charset=utf-8", "content-length": "2"}),
        (b"0", {"content-type": "application/json; charset=utf-8", "content-length": "1"}),
    ]


def test_headers_of_how_a_copied_answer_travelled_are_left_out():
    headers = {"Content-Type": "text/csv", "Content-Encoding": "gzip", "Transfer-Encoding": "chunked"}
    stub = Stub(url="*", headers=headers, body="a,b")
    assert answer_of(stub)["headers"] == [["Content-Type", "text/csv"], ["content-length", "3"]]
    assert answer_of(Stub(url="*", status=204))["headers"] == []


def test_an_error_may_name_a_system_error():
    assert answer_of(Stub(url="*", error="connect ECONNREFUSED 10.0.0.1"))["code"] == "ECONNREFUSED"
    assert answer_of(Stub(url="*", error="EXPIRED, or ENOTFOUND"))["code"] == "ENOTFOUND"
    assert answer_of(Stub(url="*", error="socket hang up"))["code"] == "ECONNRESET"
    assert answer_of(Stub(url="*", error="no route"))["code"] is None


@pytest.mark.parametrize(
    ("error", "kind", "timed_out"),
    [
        ("connect ECONNREFUSED 10.0.0.1:443", "connect", False),
        ("EHOSTUNREACH", "connect", False),
        ("getaddrinfo ENOTFOUND api.example.com", "lookup", False),
        ("EAI_AGAIN", "lookup", False),
        ("connect ETIMEDOUT 10.0.0.1:443", "connect", True),
        ("ETIMEDOUT", "connect", True),
        ("Connect Timeout Error", "connect", True),
        ("read ETIMEDOUT", "timeout", True),
        ("timed out", "timeout", True),
        ("Headers Timeout Error", "timeout", True),
        ("Connection reset by peer", "broken", False),
        ("read ECONNRESET", "broken", False),
        ("socket hang up", "broken", False),
    ],
)
def test_an_error_says_where_the_request_fails(error, kind, timed_out):
    answer = answer_of(Stub(url="*", error=error))
    assert (answer["kind"], answer["timed_out"]) == (kind, timed_out)
