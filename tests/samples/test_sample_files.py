"""The shipped samples hang together: description, code in both languages, events, demonstration tenant."""

from __future__ import annotations

import ast
import re
from itertools import chain
from typing import get_args

import pytest
from sample_files import ROOT, SAMPLES, TENANT, Sample

from actionsmith.packages import parse_spec
from actionsmith.runtime.host_kind import Language
from actionsmith.triggers import loader
from actionsmith.triggers.naming import snake
from actionsmith.triggers.validation import check_event

every_sample = pytest.mark.parametrize("sample", SAMPLES.values(), ids=SAMPLES)
LANGUAGES: tuple[Language, ...] = get_args(Language)


def test_each_folder_is_a_sample() -> None:
    assert {path.name for path in ROOT.iterdir() if path.is_dir()} == set(SAMPLES)
    assert len({sample.about["name"] for sample in SAMPLES.values()}) == len(SAMPLES) >= 10


@every_sample
def test_the_description_is_complete(sample: Sample) -> None:
    about = sample.about
    assert set(about) <= {"name", "trigger", "description", "secrets", "dependencies", "events"}
    assert about["trigger"] in loader.trigger_ids()
    assert about["description"].endswith(".")
    assert all(isinstance(value, str) for value in about.get("secrets", {}).values())
    for language, specs in about.get("dependencies", {}).items():
        assert language in LANGUAGES
        assert all(parse_spec(spec) for spec in specs)


@every_sample
def test_both_languages_have_the_same_handlers_of_the_trigger(sample: Sample) -> None:
    tree = ast.parse(sample.code("python"))
    python = {
        node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("on_")
    }
    javascript = set(
        re.findall(r"^exports\.(\w+) = async \(event, api\) =>", sample.code("javascript"), re.M)
    )
    assert javascript and javascript <= set(loader.trigger(sample.about["trigger"]).handlers)
    assert {snake(handler) for handler in javascript} == python


@every_sample
def test_the_code_names_each_secret_and_each_dependency(sample: Sample) -> None:
    for language in LANGUAGES:
        code = sample.code(language)
        assert [name for name in sample.about.get("secrets", {}) if name not in code] == []
        for spec in sample.about.get("dependencies", {}).get(language, []):
            assert parse_spec(spec)[0] in code


@every_sample
def test_the_events_fit_the_contract(sample: Sample) -> None:
    assert sample.events
    for name in sample.events:
        assert check_event(sample.about["trigger"], sample.event_text(name)) == []


@every_sample
def test_events_for_another_handler_exist(sample: Sample) -> None:
    for name, about in sample.about.get("events", {}).items():
        assert name in sample.events
        assert about["handler"] in loader.trigger(sample.about["trigger"]).handlers[1:]


def test_event_names_are_used_once_per_trigger() -> None:
    names = [(sample.about["trigger"], name) for sample in SAMPLES.values() for name in sample.events]
    assert len(names) == len(set(names))


def test_the_demonstration_tenant_uses_what_there_is() -> None:
    actions = {SAMPLES[entry["sample"]].about["name"]: entry for entry in TENANT["actions"]}
    assert {entry["language"] for entry in actions.values()} == set(LANGUAGES)
    assert set(chain.from_iterable(TENANT["flows"].values())) <= set(actions)
    for trigger, names in TENANT["flows"].items():
        assert len(names) <= loader.trigger(trigger).binding.max_bound
        for name in names:
            assert SAMPLES[actions[name]["sample"]].about["trigger"] == trigger


def test_the_demonstration_tenant_needs_no_network() -> None:
    for entry in TENANT["actions"]:
        assert not SAMPLES[entry["sample"]].about.get("dependencies", {}).get(entry["language"])
