"""Values of secrets do not show: not in console lines, errors and lists, whatever they are wrapped in."""

from __future__ import annotations

import json
import re
import textwrap
from base64 import b32encode, b64encode, encodebytes, urlsafe_b64encode
from html import escape
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from running import request

from actionsmith.runtime.engine import run
from actionsmith.runtime.http.traffic import Traffic
from actionsmith.runtime.masking import Masker
from actionsmith.runtime.spellings import can_mask
from actionsmith.runtime.transcript import Transcript
from actionsmith.triggers import loader

VALUE = 's3cr&t / "wörd"\n\\1'
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)
PEM = "-----BEGIN KEY-----\n{}\n{}\n-----END KEY-----\n".format("Kf93jfLq" * 8, "pX8dWm2z" * 8)

WRAPPED = {
    "as it is": lambda value: value,
    "JSON": json.dumps,
    "JSON with letters as they are": lambda value: json.dumps(value, ensure_ascii=False),
    "JSON in JSON": lambda value: json.dumps(json.dumps({"key": value})),
    "repr": repr,
    "path of a URL": quote,
    "component of a URL": lambda value: quote(value, safe=""),
    "component of a URL, lower case": lambda value: quote(value, safe="").replace("%C3%B6", "%c3%b6"),
    "form": quote_plus,
    "repr of bytes": lambda value: repr(value.encode()),
    "hex": lambda value: value.encode().hex(),
    "a Buffer in Node.js": lambda value: f"<Buffer {value.encode()[:50].hex(' ')}>",
    "base64": lambda value: b64encode(value.encode()).decode(),
    "base32": lambda value: b32encode(value.encode()).decode(),
    "HTML": escape,
    "HTML in decimal": lambda value: re.sub(r"\W", lambda found: f"&#{ord(found[0])};", value),
    "HTML in hex": lambda value: re.sub(r"\W", lambda found: f"&#x{ord(found[0]):X};", value),
    "base64 for URLs": lambda value: urlsafe_b64encode(value.encode()).decode().rstrip("="),
}

# A value of some length is recognised within more, too.
WRAPPED_WITH_MORE = {
    "base64 in lines": lambda data: encodebytes(data).decode(),
    "base64 in lines of a mail": lambda data: encodebytes(data).decode().replace("\n", "\r\n"),
    "base64 in lines of a key": lambda data: "\n".join(textwrap.wrap(b64encode(data).decode(), 64)),
    "base64 in lines, as Python shows bytes": lambda data: repr(encodebytes(data)),
    "base64 in lines, in JSON": lambda data: json.dumps(encodebytes(data).decode().replace("\n", "\r\n")),
    "base32": lambda data: b32encode(data).decode(),
}


@pytest.mark.parametrize("wrap", WRAPPED_WITH_MORE.values(), ids=WRAPPED_WITH_MORE.keys())
def test_a_value_is_recognised_within_more(wrap):
    value = "correct-horse-battery"
    masker = Masker({"KEY": value})
    for before in range(100):
        text = masker.text(wrap(b"x" * before + value.encode() + b"y" * 99))
        assert text.count("[secret KEY]") == 1
        left = len(text) - len("[secret KEY]") - len(wrap(b"x" * before + b"y" * 99))
        assert left <= 8  # characters that hold bits of the value's neighbours as well, and filling


def test_lines_of_something_else_stay():
    masker = Masker({"KEY": "correct-horse-battery"})
    text = f"{'QUJD' * 19}\n{'QUJD' * 19}\nwords and more\nx\\n"
    assert masker.text(text) == text


@pytest.mark.parametrize("wrap", WRAPPED.values(), ids=WRAPPED.keys())
def test_every_wrapping_is_recognised(wrap):
    text = Masker({"KEY": VALUE}).text(f"before {wrap(VALUE)} after")
    assert text.startswith("before ") and text.endswith(" after")
    assert text.count("[secret KEY]") == 1
    assert "s3cr" not in text


@pytest.mark.parametrize("user", ["", "a", "ab", "abc", "client-id"])
def test_credentials_of_basic_authentication(user):
    header = b64encode(f"{user}:correct-horse-battery".encode()).decode()
    masked = Masker({"PASSWORD": "correct-horse-battery"}).text(f"Basic {header}")
    assert "[secret PASSWORD]" in masked
    shown = masked.replace("[secret PASSWORD]", "").removeprefix("Basic ")
    assert len(shown) <= len(b64encode(f"{user}:".encode())) + 4


def test_base64_of_latin_1_as_btoa_makes_it():
    text = b64encode("user:pässwörd-1".encode("latin-1")).decode()
    assert "[secret KEY]" in Masker({"KEY": "pässwörd-1"}).text(text)


def test_lines_of_a_value_with_several_lines():
    masker = Masker({"PEM": PEM})
    first, second = PEM.splitlines()[1:3]
    assert masker.text(PEM) == "[secret PEM]"
    assert masker.text(f"  {second}") == "  [secret PEM]"
    assert first not in masker.text(json.dumps(PEM)) and second not in masker.text(PEM.replace("\n", "\r\n"))
    assert masker.text("-----BEGIN KEY-----") == "-----BEGIN KEY-----"  # stands in every key


def test_short_values_and_plain_settings_are_shown():
    masker = Masker({"PIN": "123", "HOST": "mail.example.com", "KEY": "abcd"}, plain={"HOST"})
    assert masker.text("123 mail.example.com abcd") == "123 mail.example.com [secret KEY]"


def test_of_overlapping_values_nothing_is_left():
    masker = Masker({"LONG": "alpha-beta-gamma", "PART": "beta", "NEXT": "gamma-delta"})
    assert masker.text("x alpha-beta-gamma-delta y") == "x [secret LONG] y"
    assert masker.text("beta, gamma-delta") == "[secret PART], [secret NEXT]"


def test_a_value_that_is_its_own_name():
    masker = Masker({"secret": "secret", "KEY": "KEY_"})
    once = masker.text("a secret and KEY_")
    assert once == "a [secret secret] and [secret KEY]"
    assert masker.text(once) == once


def test_data_keeps_its_shape():
    masker = Masker({"KEY": "hunter22"})
    data = {"hunter22": [1, True, None, "x hunter22", {"deep": ("hunter22",)}]}
    assert masker.data(data) == {
        "[secret KEY]": [1, True, None, "x [secret KEY]", {"deep": ["[secret KEY]"]}]
    }
    nested: list = ["hunter22"]
    for _ in range(400):
        nested = [nested]
    assert "hunter22" not in json.dumps(masker.data(nested))


def test_a_number_is_masked_when_it_is_the_value():
    masker = Masker({"PIN": "483920", "RATE": "0.125"})
    data = {"pin": 483920, "rate": 0.125, "more": 14839201, "flag": True}
    assert masker.data(data) == {
        "pin": "[secret PIN]",
        "rate": "[secret RATE]",
        "more": 14839201,
        "flag": True,
    }


def test_maskers_of_several_actions_together():
    masker = Masker.joined([Masker({"KEY": "from-a-1"}), Masker({"KEY": "from-b-2"}), Masker({})])
    assert masker.text("from-a-1 from-b-2") == "[secret KEY] [secret KEY]"


@settings(max_examples=200, deadline=None)
@given(
    values=st.lists(TEXTS, min_size=1, max_size=4),
    around=st.lists(TEXTS, min_size=1, max_size=6),
    data=st.data(),
)
def test_no_value_is_left_in_any_text(values, around, data):
    secrets = {f"S{number}": value for number, value in enumerate(values)}
    pieces = data.draw(st.lists(st.sampled_from([*values, *around]), max_size=8))
    masker = Masker(secrets)
    masked = masker.text("".join(pieces))
    rest = masked
    for name in secrets:
        rest = rest.replace(f"[secret {name}]", "\0")
    assert not any(value in rest for value in values if can_mask(value) and "\0" not in value)
    assert masker.text(masked) == masked


@settings(max_examples=100, deadline=None)
@given(value=TEXTS.filter(lambda text: can_mask(text.strip())), wrap=st.sampled_from(list(WRAPPED.values())))
def test_any_value_in_any_wrapping(value, wrap):
    masked = Masker({"KEY": value}).text(f"<{wrap(value)}>")
    assert "[secret KEY]" in masked
    assert wrap(value) not in masked


@pytest.mark.parametrize("value", ['a\\\\\\\\"\\"\\', "%25%25%25a", "+ + + a", "aaaaaaaa"])
def test_hostile_text_does_not_hold_up_the_run(value):
    masker = Masker({"KEY": value})
    for piece in ("\\", "%25", "%", " +", "a", value[:-1]):
        masker.text("a" + piece * 20_000)


@settings(max_examples=100, deadline=None)
@given(text=TEXTS)
def test_text_without_secrets_stays(text):
    assert Masker({"KEY": "\x01\x02\x03\x04"}).text(text) == text
    assert Masker({}).data({"a": [text]}) == {"a": [text]}


SECRETS = {"KEY": "hunter22/ü", "HOST": "mail.example.com"}

JAVASCRIPT = """
console.log('top');
exports.onExecutePostLogin = async (event, api) => {
  const { KEY, HOST } = event.secrets;
  console.log(HOST, KEY, { nested: { KEY } });
  process.stdout.write(`raw ${KEY}\\n`);
  process.stderr.write(`half ${KEY}`);
  api.idToken.setCustomClaim('https://a/b', KEY);
  throw new TypeError(`no answer from https://${HOST}/?key=${encodeURIComponent(KEY)}`);
};
"""
PYTHON = """
import sys
from urllib.parse import quote
print('top')
def on_execute_post_login(event, api):
    key, host = event.secrets.KEY, event.secrets.HOST
    print(host, key, {'nested': {'KEY': key}})
    sys.stdout.write(f'raw {key}\\n')
    sys.stderr.write(f'half {key}')
    api.id_token.set_custom_claim('https://a/b', key)
    raise TypeError(f'no answer from https://{host}/?key={quote(key)}')
"""


@pytest.mark.parametrize(
    ("language", "code"),
    [
        (
            "javascript",
            "exports.onExecutePostLogin = async ({ secrets }) => console.log('x'.repeat(65530) + secrets.KEY);",
        ),
        ("python", "def on_execute_post_login(event, api): print('x' * 65530 + event.secrets.KEY)"),
    ],
)
def test_a_long_line_is_masked_as_one(language, code):
    execution = run(request(code, language, secrets={"KEY": "correct horse battery"}))
    assert [line.text for line in execution.console] == ["x" * 65530 + "[secret KEY]"]


@pytest.mark.parametrize("language", ["javascript", "python"])
def test_a_run_shows_no_secret(language):
    code = JAVASCRIPT if language == "javascript" else PYTHON
    happened = []
    wanted = request(code, language, secrets=SECRETS, plain=frozenset({"HOST"}))
    execution = run(wanted, progress=happened.append)
    lines = [line.text for line in execution.console]
    assert any(line.startswith("mail.example.com [secret KEY]") for line in lines)
    assert "raw [secret KEY]" in lines and "half [secret KEY]" in lines
    assert execution.error is not None
    assert execution.error.message == "no answer from https://mail.example.com/?key=[secret KEY]"
    assert "hunter22" not in execution.error.stack
    streamed = [item.text for item in happened if hasattr(item, "text")]
    assert sorted(streamed) == sorted(lines)
    # what the Action asked for is what happened, and is shown
    assert [command.args for command in execution.commands] == [["https://a/b", "hunter22/ü"]]


@pytest.mark.parametrize("secret", ["correct horse battery staple", "geheim-ünï 😀 battery staple"])
@pytest.mark.parametrize("shown", [0, 1, 9, 27])
@pytest.mark.parametrize(
    ("language", "code"),
    [
        (
            "javascript",
            "exports.onExecutePostLogin = async ({ secrets }) => {"
            " for (const part of ['😀'.repeat(1000), 'x'.repeat(%d) + secrets.KEY + 'y', 'z']) console.log(part); };",
        ),
        (
            "python",
            "def on_execute_post_login(event, api):\n"
            "    for part in ('😀' * 1000, 'x' * %d + event.secrets.KEY + 'y', 'z'): print(part)",
        ),
    ],
)
def test_no_part_of_a_secret_shows_where_the_console_is_cut_off(language, code, secret, shown):
    before = loader.limit("log.buffer") - (2 * 1000 + 1) - shown  # an emoji counts two, an end of line one
    execution = run(request(code % before, language, secrets={"KEY": secret}))
    assert execution.console[1].text == "x" * before + ("[secret KEY]" if shown else "")
    assert len(execution.console) == 2
    assert execution.warnings == ["the console output was cut off: 2 more lines were left out"]


@pytest.mark.parametrize("chunk", [1000, 1 << 20])
def test_no_part_of_a_secret_shows_where_raw_output_is_cut_off(chunk):
    secret = "correct horse battery staple"
    masker = Masker({"KEY": secret})
    for ahead in range(0, 200_000, 9_973):
        transcript = Transcript(None, masker, Traffic(None, masker))
        data = (b"x" * ahead + b"\n" + secret.encode() * 20_000 + b"\n")[: 1 << 19]
        for at in range(0, len(data), chunk):
            transcript.output("stdout", data[at : at + chunk])
        transcript.close()
        assert transcript.dropped
        rest = "".join(line.text for line in transcript.console).replace("[secret KEY]", "")
        assert rest.strip("x") == ""
