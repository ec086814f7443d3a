"""Merging two texts: nothing that one side did alone is lost, and nothing is decided silently."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from actionsmith.editing.merge import Merged, merge

BASE = "a\nb\nc\nd\ne\n"
TEXTS = st.lists(st.sampled_from(["a\n", "b\n", "c\n", "\n"]), max_size=8).map("".join)


def test_changes_in_different_places_come_together() -> None:
    assert merge(BASE, "A\nb\nc\nd\ne\n", "a\nb\nc\nd\nE\nf\n") == Merged("A\nb\nc\nd\nE\nf\n", 0)
    assert merge(BASE, "b\nc\nd\ne\n", "a\nb\nc\nnew\nd\ne\n") == Merged("b\nc\nnew\nd\ne\n", 0)


def test_changes_of_the_same_lines_are_shown_side_by_side() -> None:
    merged = merge(BASE, "a\nb\nmine\nd\ne\n", "a\nb\ntheirs\nd\ne\n", their_name="saved elsewhere")
    assert merged.conflicts == 1
    assert merged.text == "a\nb\n<<<<<<< yours\nmine\n=======\ntheirs\n>>>>>>> saved elsewhere\nd\ne\n"


def test_insertions_at_the_same_place_conflict_and_a_last_line_without_end_keeps_the_marks_apart() -> None:
    merged = merge("a\n", "a\nmine", "a\ntheirs")
    assert merged == Merged("a\n<<<<<<< yours\nmine\n=======\ntheirs\n>>>>>>> theirs\n", 1)


def test_marks_end_as_the_lines_around_them_do() -> None:
    merged = merge("a\r\n", "a\r\nmine", "a\r\ntheirs\r\n")
    assert merged.text.replace("\r\n", "").isprintable(), "no line ends in another way"


def test_a_change_next_to_another_is_a_conflict_that_holds_both_in_full() -> None:
    merged = merge(BASE, "a\nB\nc\nd\ne\n", "a\nb\nC\nd\ne\n")
    assert merged.text == "a\n<<<<<<< yours\nB\nc\n=======\nb\nC\n>>>>>>> theirs\nd\ne\n"


@given(TEXTS, TEXTS)
@settings(max_examples=80)
def test_what_only_one_did_is_what_comes_out(base: str, changed: str) -> None:
    assert merge(base, changed, base) == Merged(changed, 0)
    assert merge(base, base, changed) == Merged(changed, 0)
    assert merge(base, changed, changed) == Merged(changed, 0)


@given(TEXTS, TEXTS, TEXTS)
@settings(max_examples=120)
def test_sides_are_treated_alike_and_the_lines_of_both_are_there(base: str, ours: str, theirs: str) -> None:
    one, other = merge(base, ours, theirs), merge(base, theirs, ours)
    assert one.conflicts == other.conflicts
    if not one.conflicts:
        assert one.text == other.text
    added = {line for text in (ours, theirs) for line in text.splitlines()} - set(base.splitlines())
    assert added <= set(one.text.splitlines())


def test_a_long_text_that_repeats_itself_is_merged_line_by_line() -> None:
    blocks = [f"  if (x) {{\n    call({n % 7});\n  }}\n\n" for n in range(1_500)]
    marked = [f"// part {n}\n{block}" if n % 50 == 0 else block for n, block in enumerate(blocks)]
    base = "".join(marked)
    ours, theirs = base.replace("call(3)", "called(3)"), "// start\n" + base + "// end\n"
    assert merge(base, ours, theirs) == Merged(f"// start\n{ours}// end\n", 0)


@given(st.lists(st.integers(0, 90), max_size=30), st.integers(0, 400))
@settings(max_examples=10)
def test_long_texts_come_out_as_short_ones_do(places: list[int], moved: int) -> None:
    lines = [f"line {n}\n" if n % 3 else "}\n" for n in range(600)]
    changed = list(lines)
    for place in places:
        changed[place * 5] = "changed\n"
    changed = changed[:moved] + changed[moved + 40 :] + ["}\n"] * 40
    base, text = "".join(lines), "".join(changed)
    assert merge(base, text, base) == merge(base, base, text) == Merged(text, 0)
