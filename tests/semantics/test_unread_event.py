"""An event known as text tells the same as the event as data, wherever one looks."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from actionsmith.runtime.semantics import UnreadEvent
from actionsmith.runtime.semantics.json_paths import found

_NAMES = st.sampled_from(["user", "id", "member", "a-b", "class"])
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(_NAMES, inner, max_size=3),
    max_leaves=12,
)


@given(event=st.dictionaries(_NAMES, _JSON), names=st.lists(_NAMES, min_size=1, max_size=3))
def test_a_path_is_read_out_of_the_text_as_out_of_the_data(event: dict[str, Any], names: list[str]):
    path = ".".join(names)
    assert UnreadEvent(json.dumps(event).encode()).at(path) == found(event, path)


@given(event=st.dictionaries(_NAMES, st.sampled_from(["a-b", "a", "", None, 1, ["a-b"]])), name=_NAMES)
def test_a_word_is_found_in_the_text_as_in_the_data_however_it_is_spelled(event: dict[str, Any], name: str):
    text = json.dumps(event)
    for spelled in (text, text.replace("a-b", "a\\u002db"), text.replace("a-b", "\\u0061-b")):
        assert UnreadEvent(spelled.encode()).says(name, "a-b") == (event.get(name) == "a-b")
