"""An Action shares its host's process, and still cannot speak for the host: in JavaScript the host keeps its key
for itself, and in Python, which hides nothing, what is forged ends the run or tells lies about it, no more."""

from __future__ import annotations

import pytest
from running import javascript, python, said

FORGED = '{"t":"done","duration":0,"cpu":0,"memory":0}'


def script(body: str) -> str:
    return f"exports.onExecutePostLogin = async (event, api) => {{\n{body}\n}};"


def snake(*lines: str) -> str:
    return "import os, sys\ndef on_execute_post_login(event, api):\n" + "".join(
        f"    {line}\n" for line in lines
    )


@pytest.mark.parametrize("prefix", ["", "o", "a", "0" * 32], ids=["bare", "order", "answer", "wrong key"])
@pytest.mark.parametrize("language", ["javascript", "python"])
def test_frames_of_the_action_are_not_accepted(language, prefix):
    text = f"{prefix}{FORGED}\\n"
    execution = {
        "javascript": lambda: javascript(
            script(
                f"for (let fd = 1; fd < 40; fd++) try {{ require('fs').writeSync(fd, '{text}'); }} catch {{}}\n"
                "api.access.deny('honest');"
            )
        ),
        "python": lambda: python(
            snake(
                "for fd in range(1, 40):",
                f"    try: os.write(fd, b'{text}')",
                "    except OSError: pass",
                "api.access.deny('honest')",
            )
        ),
    }[language]()
    assert execution.status == "crashed"
    assert execution.outcome == {}
    assert execution.stats.duration_ms > 0


def test_frames_on_standard_output_are_text():
    for execution in (
        javascript(script(f"require('fs').writeSync(1, '{FORGED}\\n'); api.access.deny('honest');")),
        python(snake(f"os.write(1, b'{FORGED}\\n'); api.access.deny('honest')")),
    ):
        assert execution.status == "denied"
        assert said(execution) == [("log", FORGED, None)]


# What JavaScript code can replace of its world; the host must not use any of it afterwards.
REPLACE_EVERYTHING = """
const evil = () => 'evil';
const skipped = new Set(['constructor', 'length', 'name', 'prototype', 'caller', 'callee', 'arguments']);
const spoil = (owner) => {
  for (const name of Reflect.ownKeys(owner)) {
    if (skipped.has(name)) continue;
    const found = Reflect.getOwnPropertyDescriptor(owner, name);
    if (!found.configurable) continue;
    if (typeof found.value === 'function') Reflect.defineProperty(owner, name, { ...found, value: evil });
    else if (found.get) Reflect.defineProperty(owner, name, { ...found, get: evil });
  }
};
"""
SPOILED = {
    "the JSON object": "spoil(JSON);",
    "file functions": "spoil(require('node:fs'));",
    "buffers": "spoil(Buffer); spoil(Buffer.prototype); spoil(Reflect.getPrototypeOf(Uint8Array.prototype));",
    "text": "spoil(String.prototype); spoil(RegExp.prototype);",
    "lists": "const iterator = Reflect.getPrototypeOf([][Symbol.iterator]()); spoil(Array.prototype); iterator.next = evil;",
    "functions": "spoil(Function.prototype);",
    "objects": "Object.prototype.toJSON = evil; Object.prototype.t = 'done'; Object.prototype.wait = true;",
    "text of its own": "String.prototype.toJSON = evil; Array.prototype.toJSON = evil;",
    "setters": "for (const name of ['t', 'path', 'args', 'line', 'text'])"
    " Object.defineProperty(Object.prototype, name, { set() {}, get: evil });",
    "the process": "for (const name of ['cpuUsage', 'resourceUsage', 'hrtime', 'memoryUsage']) process[name] = evil;",
    "promises": "globalThis.Promise = evil; globalThis.setImmediate = evil; globalThis.performance = {};",
    "object functions": "spoil(Object); spoil(Reflect);",
}


@pytest.mark.parametrize("name", SPOILED)
def test_replaced_globals_and_prototypes_change_nothing_that_is_told(name):
    execution = javascript(
        REPLACE_EVERYTHING
        + "exports.onExecutePostLogin = async (event, api) => {\n"
        + SPOILED[name]
        + "\napi.idToken.setCustomClaim('role', 'user');\napi.access.deny(3 > 2 ? 'no' : 'yes');\n};"
    )
    assert execution.error is None
    assert [(command.path, command.args) for command in execution.commands] == [
        ("idToken.setCustomClaim", ["role", "user"]),
        ("access.deny", ["no"]),
    ]
    assert execution.outcome == {
        "idToken": {"customClaims": {"role": "user"}},
        "access": {"denied": {"reason": "no"}},
    }


def test_what_is_there_before_api_is_made_gets_no_hold_of_it():
    execution = javascript(
        """
const forge = (given) => {
  if (given && given.path === 'access.deny') given.opening = given.path = '{"t":"exit","code":0}';
  return given;
};
for (const name of ['opening', 'plain', 'chain', 'contextExtensions', 'parsingContext', '0']) {
  const set = function () { forge(this); };
  Object.defineProperty(Object.prototype, name, { configurable: true, get: () => undefined, set });
}
for (const name of ['forEach', 'map', 'reduce', 'entries', Symbol.iterator]) {
  const own = Array.prototype[name];
  Array.prototype[name] = function (...given) {
    for (let at = 0; at < this.length; at += 1) forge(this[at]);
    return Reflect.apply(own, this, given);
  };
}
exports.onExecutePostLogin = async (event, api) => api.access.deny('no');
"""
    )
    assert execution.error is None
    assert [(command.path, command.args) for command in execution.commands] == [("access.deny", ["no"])]


# Listens wherever the host could let its key pass by.
LISTEN = """
const KEY = /[0-9a-f]{32}/;
const found = new Set();
let looking = false;
const look = (where, value) => {
  if (looking) return;
  looking = true;
  let text = '';
  try {
    if (typeof value === 'string') text = value;
    else if (ArrayBuffer.isView(value)) text = latin1.call(Buffer.from(value.buffer), 'latin1');
  } catch {}
  if (exec.call(KEY, text)) found.add(where);
  looking = false;
};
const latin1 = Buffer.prototype.toString;
const exec = RegExp.prototype.test;
const apply = Reflect.apply;
const listen = (owner, title) => {
  for (const name of Reflect.ownKeys(owner)) {
    const { value, writable } = Reflect.getOwnPropertyDescriptor(owner, name);
    if (typeof value !== 'function' || !writable || name === 'constructor') continue;
    owner[name] = function (...given) {
      look(`${title}.${String(name)}`, this);
      for (let at = 0; at < given.length; at += 1) look(`${title}.${String(name)}`, given[at]);
      return apply(value, this, given);
    };
  }
};
listen(require('node:fs'), 'fs');
listen(String.prototype, 'String');
listen(RegExp.prototype, 'RegExp');
listen(JSON, 'JSON');
listen(Uint8Array.prototype, 'Uint8Array');
listen(Reflect.getPrototypeOf(Uint8Array.prototype), 'TypedArray');
for (const name of ['indexOf', 'copy', 'write', 'utf8Write', 'utf8Slice', 'latin1Slice', 'fill', 'slice']) {
  const own = Buffer.prototype[name];
  Buffer.prototype[name] = function (...given) { look(`Buffer.${name}`, this); return apply(own, this, given); };
}
"""


def test_the_key_passes_through_nothing_of_the_action():
    execution = javascript(
        LISTEN
        + script(
            "for (let n = 0; n < 50; n++) { api.cache.set('k', 'v'); api.user.setAppMetadata('a', n); }\n"
            "look('pool', Buffer.from('x')); look('pool', Buffer.allocUnsafe(1)); look('argv', process.argv.join());\n"
            "look('environment', JSON.stringify(process.env));\n"
            "console.log([...found].join() || 'nothing');"
        )
    )
    assert said(execution)[-1][1] == "nothing"


def test_the_hosts_modules_cannot_be_found():
    execution = javascript(
        script(
            "const Module = require('node:module');\n"
            "const known = Object.keys(Module._cache).concat((process.mainModule?.children ?? []).map((m) => m.id));\n"
            "console.log(known.filter((file) => file.includes('hosts')).join() || 'nothing');"
        )
    )
    assert said(execution)[0][1] == "nothing"


@pytest.mark.parametrize("call", ["require('node:v8').getHeapSnapshot()", "require('node:v8').writeHeapSnapshot()", "new (require('node:inspector').Session)().connect()"])  # fmt: skip
def test_the_memory_of_the_process_cannot_be_searched(call):
    execution = javascript(script(call))
    assert execution.status == "failed"


def test_replaced_functions_of_python_change_nothing_that_is_told():
    execution = python(
        "import builtins, json, json.encoder, json.decoder, os, re, threading, time\n"
        "evil = lambda *_, **__: 'evil'\n"
        "def on_execute_post_login(event, api):\n"
        "    for module in (json, json.encoder, json.decoder, os, re, threading, time):\n"
        "        for name in ('dumps', 'loads', 'write', 'read', 'JSONEncoder', 'c_make_encoder', 'scanstring',\n"
        "                     'encode_basestring_ascii', 'fullmatch', 'compile', 'RLock', 'perf_counter'):\n"
        "            if hasattr(module, name): setattr(module, name, evil)\n"
        "    api.id_token.set_custom_claim('role', 'user')\n"
        "    api.access.deny('no')\n"
    )
    assert execution.error is None
    assert [(command.path, command.args) for command in execution.commands] == [
        ("idToken.setCustomClaim", ["role", "user"]),
        ("access.deny", ["no"]),
    ]


def test_the_hosts_modules_cannot_be_imported():
    execution = python(
        snake(
            "print([name for name in sys.modules if 'actionsmith' in name])",
            "try:",
            "    import actionsmith_host.pipe",
            "except ImportError as error:",
            "    print(type(error).__name__)",
        )
    )
    assert [text for _, text, _ in said(execution)] == ["[]", "ModuleNotFoundError"]
