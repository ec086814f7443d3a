"""Every property and every method of every trigger is found in each form derived from the contract."""

from __future__ import annotations

import ast
import json
import re
from typing import Any

import pytest

from actionsmith.triggers import loader
from actionsmith.triggers.edit import set_in_event
from actionsmith.triggers.event_path import EVERY, parse_path
from actionsmith.triggers.host_api import host_methods
from actionsmith.triggers.hover import hover
from actionsmith.triggers.model import Method, Property
from actionsmith.triggers.naming import python_member, python_path, snake
from actionsmith.triggers.prose import rule_notes
from actionsmith.triggers.python_stub import python_stub
from actionsmith.triggers.shape import find_api, lookup
from actionsmith.triggers.typescript import declaration
from actionsmith.triggers.validation import check_event

TRIGGERS = loader.trigger_ids()

SAMPLES: dict[str, Any] = {
    "string": "text",
    "number": 7,
    "boolean": True,
    "object": {},
    "object | null": None,
    "map<string, any>": {"any": [1]},
    "map<string, string>": {"a": "b"},
    "map<string, {value: any}>": {"a": {"value": 1}},
    "map<string, string | number | boolean>": {"a": True},
    "array<string>": ["text"],
    "array<object>": [{}],
}


def properties(trigger_id: str) -> list[Property]:
    trigger = loader.trigger(trigger_id)
    return [*trigger.event, *trigger.event_unreferenced]


def methods(trigger_id: str) -> list[Method]:
    trigger = loader.trigger(trigger_id)
    return [*trigger.api, *trigger.api_unreferenced]


def test_the_contract_has_the_eleven_triggers() -> None:
    assert len(TRIGGERS) == 11
    assert TRIGGERS[0] == "post-login"


@pytest.mark.parametrize("trigger_id", TRIGGERS)
def test_tree(trigger_id: str) -> None:
    for facts in properties(trigger_id):
        node = lookup(trigger_id, facts.path)
        assert node is not None and node.facts is facts, facts.path
    for method in methods(trigger_id):
        assert find_api(trigger_id, method.path) is method
        assert find_api(trigger_id, python_path(method.path)) is method


@pytest.mark.parametrize("trigger_id", TRIGGERS)
def test_hover(trigger_id: str) -> None:
    for facts in properties(trigger_id):
        text = hover(trigger_id, facts.path.replace("[]", "[0]"))
        assert text and facts.doc in text, facts.path
    for method in methods(trigger_id):
        for language, path in (("javascript", method.path), ("python", python_path(method.path))):
            text = hover(trigger_id, path, language)
            assert text and text.startswith(f"{path}("), path
            assert all(line in text for line in (method.doc, *rule_notes(method)))


@pytest.mark.parametrize("trigger_id", TRIGGERS)
def test_host_api(trigger_id: str) -> None:
    described = {entry["path"]: entry for entry in host_methods(trigger_id)}
    assert [f"api.{path}" for path in described] == [method.path for method in methods(trigger_id)]
    for method in methods(trigger_id):
        entry = described[method.path.removeprefix("api.")]
        assert entry["python"] == snake(entry["path"].replace(".", "__")).replace("__", ".")
        assert len(entry["params"]) == len(entry["python_params"])
        assert f"({', '.join(entry['params'])})" == re.sub(r"[?]", "", method.signature)[len(method.path) :]
        assert (entry["chain"], entry["async"]) == (method.chain, method.is_async)


@pytest.mark.parametrize("trigger_id", TRIGGERS)
def test_validation_accepts_each_member_and_knows_its_type(trigger_id: str) -> None:
    original = loader.default_event_text(trigger_id)
    for facts in properties(trigger_id):
        if facts.path == "event.secrets":
            continue
        path = facts.path.replace("[]", "[0]")
        allowed = facts.enum[0] if facts.enum else SAMPLES[facts.type]
        if facts.items_enum:
            allowed = [facts.items_enum[0]]
        wrong = 7 if facts.type.startswith("array") else ["wrong"]
        for value, faulty in ((allowed, False), (wrong, True)):
            event = json.loads(original)
            set_in_event(event, f"{path}={json.dumps(value)}")
            messages = {fault.path: fault.message for fault in check_event(trigger_id, json.dumps(event))}
            said_wrong = "was expected" in messages.get(path, "")
            assert said_wrong is faulty, (path, value, messages)
            assert not any("is not a member" in message for message in messages.values())


@pytest.mark.parametrize("trigger_id", TRIGGERS)
def test_python_stub(trigger_id: str) -> None:
    classes = {
        node.name: node for node in ast.parse(python_stub(trigger_id)).body if isinstance(node, ast.ClassDef)
    }
    for facts in properties(trigger_id):
        *parents, last = parse_path(facts.path)[1:]
        owner = classes["Event"]
        for step in parents:
            if step != EVERY:
                owner = classes[attribute_class(owner, python_member(str(step)))]
        assert python_member(str(last)) in attributes(owner), facts.path
        assert not facts.doc or facts.doc.replace('"', "'") in ast.unparse(owner)
    for method in methods(trigger_id):
        *spaces, name = python_path(method.path).split(".")[1:]
        owner = classes[loader.trigger(trigger_id).api_type]
        for space in spaces:
            owner = classes[attribute_class(owner, space)]
        assert name in {
            item.name for item in owner.body if isinstance(item, ast.FunctionDef | ast.AsyncFunctionDef)
        }


def attributes(owner: ast.ClassDef) -> dict[str, str]:
    return {
        item.target.id: ast.unparse(item.annotation)
        for item in owner.body
        if isinstance(item, ast.AnnAssign) and isinstance(item.target, ast.Name)
    }


def attribute_class(owner: ast.ClassDef, name: str) -> str:
    return attributes(owner)[name].removesuffix(" | None").removeprefix("list[").removesuffix("]")


@pytest.mark.parametrize("trigger_id", TRIGGERS)
def test_typescript_declaration(trigger_id: str) -> None:
    interfaces = {
        name: re.sub(r"(?m)^ +/?\*.*\n", "", body)
        for name, body in re.findall(
            r"^export interface (\w+) \{\n(.*?)^\}", declaration(trigger_id), re.M | re.S
        )
    }
    for facts in properties(trigger_id):
        *parents, last = parse_path(facts.path)[1:]
        owner = "Event"
        for step in parents:
            if step != EVERY:
                owner = member_type(interfaces[owner], str(step))
        sign = "\\?" if facts.optional else ""
        assert re.search(rf"(?m)^  {last}{sign}: ", interfaces[owner]), facts.path
    for method in methods(trigger_id):
        space, name = method.path.split(".")[1:]
        owner = member_type(interfaces[loader.trigger(trigger_id).api_type], space)
        assert re.search(rf"(?m)^  {name}\(", interfaces[owner]), method.path


def member_type(body: str, name: str) -> str:
    found = re.search(rf"(?m)^  (?:readonly )?{name}\??: (?:Array<)?(\w+)", body)
    assert found, (name, body)
    return found[1]


@pytest.mark.parametrize("trigger_id", TRIGGERS)
def test_no_text_sends_its_reader_to_a_file_of_the_contract(trigger_id: str) -> None:
    paths = [*(facts.path for facts in properties(trigger_id)), *(it.path for it in methods(trigger_id))]
    texts = [hover(trigger_id, path) or "" for path in paths]
    for text in (*texts, python_stub(trigger_id), declaration(trigger_id)):
        assert not re.search(r"\.ya?ml|\.md\b", text), text


def test_a_rule_has_the_words_that_stand_elsewhere_in_the_contract() -> None:
    text = hover("post-login", "api.idToken.setCustomClaim") or ""
    assert "succeeds without the claim (restricted claims).\n" in text
    (listed,) = re.findall(r"\n- Restricted claims: (.+)\.\Z", text)
    assert tuple(listed.split(", ")) == loader.word_list("restricted_claims")


@pytest.mark.parametrize("trigger_id", TRIGGERS)
def test_the_default_event_fits(trigger_id: str) -> None:
    assert check_event(trigger_id, loader.default_event_text(trigger_id)) == []
