"""The process behind the service: reads questions from standard input, answers on standard output.

One thread reads, so that a newer question makes an older one void at once and the end of the input ends
the process whatever it is doing. Everything that jedi is asked stays on the main thread; checks and
formatting, which need no jedi, have a thread of their own.
"""

from __future__ import annotations

import gc
import os
import sys
from threading import Condition, Lock, Thread
from typing import BinaryIO

import msgspec

from actionsmith.language.python import answers
from actionsmith.language.python.completions import Completions
from actionsmith.language.python.diagnosis import diagnose
from actionsmith.language.python.jedi_text import JediText, prepare
from actionsmith.language.python.lint_and_format import format_edits
from actionsmith.language.python.messages import (
    LENGTH,
    READY,
    Answer,
    Opened,
    Question,
    Topic,
    decode_request,
    encode,
    frame,
)
from actionsmith.language.python.source_text import SourceText
from actionsmith.language.python.warming import warm
from actionsmith.language.service import Code

_CHECKS: frozenset[Topic] = frozenset({"diagnose", "format"})
_WARM_UP = """\
import json
from datetime import datetime


def handler(event, api):
    text = "a"
    text.upper()
    json.dumps({})
    event."""

Asked = tuple[Question, Code]


class _Inbox:
    """Questions that wait for one thread, at most one of each topic about each text."""

    def __init__(self) -> None:
        self._waiting: dict[tuple[Topic, str], Asked] = {}
        self._changed = Condition()

    def put(self, asked: Asked) -> Question | None:
        """Add a question; returns the one it makes void."""
        with self._changed:
            void = self._waiting.pop((asked[0].topic, asked[1].name), None)
            self._waiting[asked[0].topic, asked[1].name] = asked
            self._changed.notify()
        return void and void[0]

    def take(self) -> Asked:
        """Wait for the question that has waited longest."""
        with self._changed:
            while not self._waiting:
                self._changed.wait()
            return self._waiting.pop(next(iter(self._waiting)))


class Server:
    """Answers questions until the input ends."""

    def __init__(self, questions: BinaryIO, out: BinaryIO, *, reads_ahead: bool) -> None:
        self._in, self._out, self._writing = questions, out, Lock()
        self._reads_ahead = reads_ahead
        self._jedi, self._checks = _Inbox(), _Inbox()
        self._text: JediText | None = None
        self._completions: Completions | None = None

    def serve(self) -> None:
        """Warm up, then answer for ever; the thread that reads ends the process."""
        prepare()
        Thread(target=self._read, daemon=True).start()
        Thread(target=self._answer_all, args=(self._checks,), daemon=True).start()
        _warm_up()
        self._send(Answer(READY))
        self._answer_all(self._jedi)

    def _read(self) -> None:
        code: Code | None = None
        while True:
            head = self._in.read(LENGTH.size)
            body = self._in.read(LENGTH.unpack(head)[0]) if len(head) == LENGTH.size else b""
            if not body:
                os._exit(0)
            request = decode_request(body)
            if isinstance(request, Opened):
                if self._reads_ahead and (code is None or code.packages != request.code.packages):
                    Thread(target=warm, args=(request.code,), daemon=True).start()
                code = request.code
            elif code is not None:
                inbox = self._checks if request.topic in _CHECKS else self._jedi
                if void := inbox.put((request, code)):
                    self._send(Answer(void.number))

    def _answer_all(self, inbox: _Inbox) -> None:
        while True:
            question, code = inbox.take()
            try:
                answer = Answer(question.number, msgspec.Raw(encode(self._value(question, code))))
            except Exception as problem:  # jedi may stumble over any code; the next question is another one
                self._text = self._text if inbox is self._checks else None
                answer = Answer(question.number, fault=f"{type(problem).__name__}: {problem}")
            self._send(answer)

    def _value(self, question: Question, code: Code) -> object:
        row, column = question.row, question.column
        match question.topic:
            case "diagnose":
                return diagnose(code)
            case "format":
                return format_edits(SourceText(code.text))
            case "complete":
                self._completions = None
                self._completions = Completions(self._text_of(code), row, column)
                return self._completions.result
            case "describe":
                known = self._completions
                return known.describe(question.item) if known and question.item else question.item
            case "rename":
                return answers.rename(self._text_of(code), row, column, question.new_name)
            case "hover":
                return answers.hover(self._text_of(code), row, column)
            case "signature":
                return answers.signature(self._text_of(code), row, column)
            case "definition":
                return answers.definition(self._text_of(code), row, column)
            case "references":
                return answers.references(self._text_of(code), row, column)

    def _text_of(self, code: Code) -> JediText:
        """The text in jedi, which is parsed once per version."""
        if self._text is None or self._text.code != code:
            self._text = JediText(code)
        return self._text

    def _send(self, answer: Answer) -> None:
        with self._writing:
            try:
                self._out.write(frame(answer))
                self._out.flush()
            except OSError:  # nobody listens any more
                os._exit(0)


def _warm_up() -> None:
    """Have jedi read what every Action needs, so that the first answer does not wait for it."""
    rows = _WARM_UP.split("\n")
    Completions(JediText(Code(_WARM_UP, "post-login", "python")), len(rows) - 1, len(rows[-1]))
    gc.collect()
    gc.freeze()
    # An inference makes many small objects that live as long as its text: looking at them often is in vain.
    gc.set_threshold(50_000, 20, 50)


def main() -> None:
    """Serve on the standard streams; nothing else in the process may write to them.

    `--read-ahead`: packages are read before anything of them is asked.
    """
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    Server(sys.stdin.buffer, out, reads_ahead="--read-ahead" in sys.argv).serve()


if __name__ == "__main__":
    main()
