"""Vim keys against what vim does, and what the machine asks of its host."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from vim_cases import CASES
from vim_host import Host

from actionsmith.editing.vim.grammar import OPERATORS
from actionsmith.editing.vim.motions import MOTIONS
from actionsmith.editing.vim.objects import OBJECTS
from actionsmith.editing.vim.shapes import Mode

CARET = "¦"


def host(marked: str, language: str = "", **sizes: int) -> Host:
    before = marked.partition(CARET)[0]
    caret = (before.count("\n"), len(before) - before.rfind("\n") - 1)
    return Host(marked.replace(CARET, ""), caret, language, **sizes)


def marked(there: Host) -> str:
    row, column = there.caret
    line = there.lines[row]
    return "\n".join([*there.lines[:row], line[:column] + CARET + line[column:], *there.lines[row + 1 :]])


@pytest.mark.parametrize(("keys", "before", "after"), CASES)
def test_a_case_of_the_table(keys: str, before: str, after: str) -> None:
    assert marked(host(before).press(keys)) == after


@pytest.mark.parametrize(
    ("keys", "before", "after", "language"),
    [
        ("gcc", "  f¦oo", "  // f¦oo", "javascript"),
        ("gcc", "¦# foo", "¦foo", "python"),
        ("gcj", "¦a\nb\nc", "¦// a\n// b\nc", "javascript"),
        ("Vjgc", "¦a\nb", "¦# a\n# b", "python"),
        (">>", "¦foo", "    ¦foo", "python"),
        ("=G", "¦if (x) {\na;\n}", "¦if (x) {\n  a;\n}", "javascript"),
        ("jVj=", "¦if x:\na\n  b", "if x:\n    ¦a\n      b", "python"),
        ("ox<esc>", "i¦f (x) {\n}", "if (x) {\n  ¦x\n}", "javascript"),
        ("o<esc>", "i¦f x:", "if x:\n¦", "python"),
        ("gccu", "  f¦oo", "  f¦oo", "javascript"),
        ("gcc.", "f¦oo", "f¦oo", "javascript"),
    ],
)
def test_lines_follow_the_language(keys: str, before: str, after: str, language: str) -> None:
    there = host(before, language).press(keys)
    assert marked(there).replace(CARET, "") == after.replace(CARET, "")
    assert there.caret[0] == host(after).caret[0]


@pytest.mark.parametrize(
    ("keys", "before", "after"),
    [
        (":s/a/b/<cr>", "¦a a", "¦b a"),
        (":s/a/b/g<cr>", "¦a a", "¦b b"),
        (":%s/a/b/g<cr>", "¦a\nx\n  a a", "b\nx\n  ¦b b"),
        (":%s/A/b/gi<cr>", "¦a", "¦b"),
        (":2,3s/a/b/<cr>", "¦a\na\na", "a\nb\n¦b"),
        (":.,$s/a/b/<cr>", "a\n¦a\na", "a\nb\n¦b"),
        (":.,+1s/a/b/<cr>", "¦a\na\na", "b\n¦b\na"),
        ("Vj:s/a/b/<cr>", "¦a\na\na", "b\n¦b\na"),
        (r":s/(\w+) (\w+)/\2 \1/<cr>", "¦one two", "¦two one"),
        (":s/o/[&]/<cr>", "f¦oo", "¦f[o]o"),
        (r":s/o/\&/<cr>", "f¦oo", "¦f&o"),
        (r":s/ /\n/<cr>", "¦a b", "a\n¦b"),
        (":s#/#-#<cr>", "¦a/b", "¦a-b"),
        (r":s/\//-/<cr>", "¦a/b", "¦a-b"),
        (":s/a//<cr>", "x¦ab", "¦xb"),
        ("/b<cr>:%s//x/<cr>", "¦a\nb", "a\n¦x"),
        (":%s/a/b/g<cr>u", "¦a\nx\na", "¦a\nx\na"),
        (":2<cr>", "¦a\n  b", "a\n  ¦b"),
        (":$<cr>", "¦a\nb", "a\n¦b"),
        (":99<cr>", "¦a\nb", "a\n¦b"),
        (":u<cr>", "¦a", "¦a"),
        ("x:u<cr>", "¦ab", "¦ab"),
    ],
)
def test_commands_of_the_line(keys: str, before: str, after: str) -> None:
    assert marked(host(before).press(keys)) == after


@pytest.mark.parametrize(
    ("keys", "asked"),
    [
        (":w<cr>", ["save"]),
        (":q<cr>", ["quit"]),
        (":q!<cr>", ["quit"]),
        (":wq<cr>", ["save", "quit"]),
        (":x<cr>", ["save", "quit"]),
        ("ZZ", ["save", "quit"]),
        (":e!<cr>", ["reload"]),
        (":noh<cr>", ["light"]),
        ("*", ["light"]),
        ('"+yy', ["copy"]),
        ('"ayy', []),
        (":w<esc>", []),
        (":w<bs><bs><bs>x", []),
    ],
)
def test_what_only_the_host_can_do_is_asked_of_it(keys: str, asked: list[str]) -> None:
    assert [request.name for request in host("¦a b").press(keys).said] == asked


@pytest.mark.parametrize(
    ("keys", "sentence"),
    [
        (":wirte<cr>", "There is no command ':wirte'; did you mean 'write'?"),
        (":s/z/b/<cr>", "Not found: z"),
        (":s/(/b/<cr>", "'(' is no regular expression"),
        (r":s/a/\3/<cr>", "The pattern has no group 3."),
        (":s/a/b/q<cr>", "':s' knows the flags g and i, not 'q'."),
        ("/zzz<cr>", "Not found: zzz"),
        ("/[<cr>", "'[' is no regular expression"),
        ("d/[<cr>", "'[' is no regular expression"),
        ("n", "There is no last search."),
        ("p", "There is nothing in the register."),
        ("yy99999p:s/a/b/g<cr>", "That would be too much text."),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(keys: str, sentence: str) -> None:
    there = host("¦a" + " b" * 60).press(keys)
    assert there.said[0].name == "fail"
    assert sentence in there.said[0].argument


def test_the_clipboard_is_the_register_plus() -> None:
    there = host("¦one\ntwo").press('"+yy')
    assert there.clipboard == "one\n"
    there.clipboard = "from elsewhere"
    assert marked(there.press('"+P')) == "from elsewher¦eone\ntwo"


def test_pending_keys_and_the_line_are_shown() -> None:
    there = host("¦a b c").press('"a2d')
    assert (there.vim.pending, there.vim.line) == ('"a2d', "")
    there.press("<esc>:s/x")
    assert (there.vim.pending, there.vim.line) == ("", ":s/x")
    there.press("<esc>d/b")
    assert there.vim.line == "/b"
    there.press("<cr>")
    assert marked(there) == "¦b c"


def test_lines_typed_before_come_back() -> None:
    there = host("¦a").press(":2<cr>:3<cr>:<up>")
    assert there.vim.line == ":3"
    assert there.press("<up>").vim.line == ":2"
    assert there.press("<down><down>").vim.line == ":"
    assert there.press("abc<c-u>").vim.line == ":"


def test_modes_change_as_they_are_named() -> None:
    there = host("¦a")
    for keys, mode in (("v", Mode.VISUAL), ("V", Mode.VISUAL_LINE), ("V", Mode.NORMAL), ("R", Mode.REPLACE)):
        assert there.press(keys).vim.mode is mode
    assert there.press("<esc>i").vim.mode is Mode.INSERT
    assert there.press("<esc>").vim.mode is Mode.NORMAL


def test_keys_that_are_not_vims_stay_the_hosts() -> None:
    there = host("¦a b").press("d")
    for key in ("ctrl+s", "f5", "ctrl+p", "escape"):
        assert not there.vim.press(key, there.view).handled, key
    assert there.vim.pending == "", "a key of another is no end of a command"
    assert marked(there.press("w")) == "a ¦b"


def test_what_is_typed_after_an_arrow_key_is_what_the_dot_repeats() -> None:
    assert marked(host("¦").press("ione<left><left>")) == "one¦", "the host moves the caret, not the machine"
    there = host("¦").press("ione<left>")
    there.caret = (0, 1)
    assert there.press("X<esc>.").text == "oXXne"


def test_the_screen_gives_h_m_and_l_and_pages() -> None:
    text = "\n".join(str(number) for number in range(40))
    there = Host(text, (5, 0), top=4, height=10)
    assert [there.press(key).caret[0] for key in ("H", "M", "L")] == [4, 8, 13]
    assert there.press("<c-d>").caret[0] == 18
    assert there.top == 9
    assert there.press("<c-u><c-f>").caret[0] == 21
    assert there.press("zt").top == 21
    assert there.press("zz").top == 16


KEYS = st.one_of(
    st.sampled_from(sorted({*MOTIONS, *OBJECTS, *OPERATORS, *'iaIAoOvVxXpPuJ~.rRsSDCY"gz123:/w;<>'})),
    st.sampled_from(["escape", "enter", "backspace", "ctrl+r", "tab", "f1", "é", "ab", "}", "{", "dd", "cw"]),
)
TEXTS = st.text(alphabet="ab (){}[]\"'\n_-é", max_size=60)


@given(TEXTS, st.lists(KEYS, max_size=25), st.sampled_from(["", "javascript", "python"]))
@settings(max_examples=120, deadline=None)
def test_no_keys_break_it_and_undo_returns_every_former_text(
    text: str, names: list[str], language: str
) -> None:
    there = Host(text, language=language)
    seen = {text}
    for name in names:
        for key in [name] if name in MOTIONS or len(name) > 2 else name:
            there.key(key)
            row, column = there.caret
            assert 0 <= row < len(there.lines)
            assert 0 <= column <= len(there.lines[row])
            assert not any("\n" in line for line in there.lines)
            seen.add(there.text)
    last = there.press("<esc><esc><esc>").text
    while there.steps:
        there.press("u")
        assert there.text in seen | {last}
    assert there.text == text


@pytest.mark.parametrize("keys", ["ma", "'a", "`a", "d'a", "vma<esc>", "qa", "@a", "3@:"])
def test_a_command_that_there_is_not_takes_its_letter_along(keys: str) -> None:
    there = host("one ¦two").press(keys)
    assert there.vim.mode == "NORMAL"
    assert marked(there) == "one ¦two"
    assert [request.name for request in there.said] == ["fail"]
