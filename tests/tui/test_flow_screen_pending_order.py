"""The pending order of a flow: what may happen to it, whatever is done to it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from actionsmith.tui.flow.pending_order import PendingOrder

NAMES = st.sampled_from(["A", "B", "C", "D", "E", "F"])
STORED = st.lists(NAMES, unique=True)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("move"), NAMES, st.integers(-3, 9)),
        st.tuples(st.just("shift"), NAMES, st.integers(-7, 7)),
        st.tuples(st.just("add"), NAMES, st.none() | NAMES),
        st.tuples(st.just("remove"), NAMES),
        st.tuples(st.just("rebase"), STORED),
        st.tuples(st.just("discard")),
    ),
    max_size=12,
)


def marks(order: PendingOrder) -> dict[str, str]:
    return {row.name: row.mark for row in order.rows()}


@given(STORED, STEPS)
def test_rows_hold_every_action_once_and_say_truly_what_differs(stored: list[str], steps: list) -> None:
    order = PendingOrder.of(stored)
    for step, *arguments in steps:
        order = getattr(order, step)(*arguments)
    rows = order.rows()

    assert len({row.name for row in rows}) == len(rows)
    assert tuple(row.name for row in rows if row.position) == order.names
    assert [row.position for row in rows if row.position] == list(range(1, len(order.names) + 1))
    assert {row.name for row in rows if row.mark == "removed"} == set(order.stored) - set(order.names)
    assert {row.name for row in rows if row.mark == "added"} == set(order.names) - set(order.stored)
    kept = [row.stored_position for row in rows if row.mark == "kept"]
    assert kept == sorted(kept)
    assert order.changed == any(row.mark != "kept" for row in rows)
    assert order.discard() == PendingOrder.of(order.stored)


@given(STORED, NAMES, st.integers(-3, 9))
def test_one_move_marks_one_action(stored: list[str], name: str, to: int) -> None:
    order = PendingOrder.of(stored).move(name, to)
    moved = {row.name for row in order.rows() if row.mark == "moved"}
    assert moved == ({name} if order.changed else set())


@given(STORED, STEPS, NAMES)
def test_removing_and_adding_again_changes_nothing(stored: list[str], steps: list, name: str) -> None:
    order = PendingOrder.of(stored)
    if name in stored:
        assert order.remove(name).add(name) == order


@given(STORED, STORED)
def test_rebasing_an_untouched_order_takes_the_new_one(stored: list[str], other: list[str]) -> None:
    assert PendingOrder.of(stored).rebase(other) == PendingOrder.of(other)


def test_shift_stops_at_the_ends() -> None:
    order = PendingOrder.of(["A", "B", "C"])
    assert order.shift("A", -1) == order
    assert order.shift("C", 1) == order
    assert order.shift("C", -1).names == ("A", "C", "B")


def test_a_new_action_goes_behind_the_selected_one() -> None:
    order = PendingOrder.of(["A", "B"]).add("C", after="A")
    assert order.names == ("A", "C", "B")
    assert marks(order) == {"A": "kept", "C": "added", "B": "kept"}


def test_a_removed_action_stays_visible_where_it_was() -> None:
    order = PendingOrder.of(["A", "B", "C"]).remove("B").remove("A")
    assert [(row.name, row.mark) for row in order.rows()] == [
        ("A", "removed"),
        ("B", "removed"),
        ("C", "kept"),
    ]


def test_the_action_moved_by_hand_is_the_one_marked() -> None:
    assert marks(PendingOrder.of(["A", "B"]).shift("B", -1)) == {"A": "kept", "B": "moved"}
    assert marks(PendingOrder.of(["A", "B"]).shift("A", 1)) == {"A": "moved", "B": "kept"}


def test_moving_back_leaves_nothing_pending() -> None:
    order = PendingOrder.of(["A", "B", "C"]).shift("C", -2).shift("C", 2)
    assert order == PendingOrder.of(["A", "B", "C"])


def test_rebase_keeps_wishes_and_takes_what_others_did() -> None:
    wished = PendingOrder.of(["A", "B", "C"]).shift("C", -2).add("D").rebase(["A", "X", "C"])
    assert wished.names == ("C", "A", "X", "D")
    assert marks(wished) == {"C": "moved", "A": "kept", "X": "kept", "D": "added"}
