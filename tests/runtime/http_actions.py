"""Actions that make HTTP requests with what each language has by itself, and print what came of them."""

from __future__ import annotations

import json
from typing import Any

from running import javascript, python

from actionsmith.runtime.execution import Execution
from actionsmith.runtime.host_kind import Language

LANGUAGES: tuple[Language, ...] = ("javascript", "python")

# One request: method, URL, headers, body. What comes of it is one console line: [status, body] or [error].
_JAVASCRIPT = {
    "fetch": """async ([method, url, headers, body]) => {
        const answer = await fetch(url, { method, headers, body });
        return [answer.status, await answer.text()];
    }""",
    "http": """([method, url, headers, body]) => new Promise((resolve, reject) => {
        const { request } = require(url.startsWith('https:') ? 'https' : 'http');
        const asked = request(url, { method, headers }, (answer) => {
            let text = '';
            answer.setEncoding('utf8').on('data', (part) => { text += part; });
            answer.on('end', () => resolve([answer.statusCode, text]));
        });
        asked.on('error', reject);
        const bytes = Buffer.from(body ?? '');
        if (body) asked.write(bytes.subarray(0, 1));
        asked.end(bytes.subarray(1));
    })""",
}
_PYTHON = {
    "urllib": """
import urllib.error, urllib.request
def ask(method, url, headers, body):
    made = urllib.request.Request(url, method=method, headers=headers, data=body and body.encode())
    try:
        with urllib.request.urlopen(made) as answer:
            return [answer.status, answer.read().decode()]
    except urllib.error.HTTPError as answer:
        return [answer.status, answer.read().decode()]
""",
    "http.client": """
import http.client, urllib.parse
def ask(method, url, headers, body):
    parts = urllib.parse.urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == 'https' else http.client.HTTPConnection
    connection = kind(parts.netloc)
    data = body and body.encode()
    chunks = data and iter([data[:1], data[1:]])
    connection.request(method, url.split(parts.netloc)[1], chunks, headers, encode_chunked=True)
    answer = connection.getresponse()
    return [answer.status, answer.read().decode()]
""",
}
CLIENTS = [("javascript", name) for name in _JAVASCRIPT] + [("python", name) for name in _PYTHON]


def ask(client: str, *requests: tuple[Any, ...], **more: Any) -> tuple[list[list[Any]], Execution]:
    """Make requests one after the other; what each came to, and the execution."""
    defaults = (None, None, {}, None)
    wanted = json.dumps([[*request, *defaults[len(request) :]] for request in requests])
    if client in _JAVASCRIPT:
        execution = javascript(
            f"""const ask = {_JAVASCRIPT[client]};
exports.onExecutePostLogin = async () => {{
    for (const request of JSON.parse({json.dumps(wanted)})) {{
        const told = await ask(request).catch((error) => [(error.cause ?? error).message]);
        console.log(JSON.stringify(told));
    }}
}};""",
            **more,
        )
    else:
        execution = python(
            f"""import json
{_PYTHON[client]}
def on_execute_post_login(event, api):
    for request in json.loads({json.dumps(wanted)}):
        try:
            told = ask(*request)
        except Exception as error:
            told = [str(error)]
        print(json.dumps(told))
""",
            **more,
        )
    assert execution.error is None
    return [json.loads(line.text) for line in execution.console], execution
