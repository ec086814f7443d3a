"""Which handler of the loaded code is meant, and whether it may be called."""

from __future__ import annotations

from collections.abc import Iterable

from actionsmith.errors import UserError, did_you_mean
from actionsmith.runtime.execution import ActionError, RunRequest, Source
from actionsmith.triggers import loader
from actionsmith.triggers.naming import snake


class Handlers:
    """What the code of a request exports: name -> `async`, `function` or `other`."""

    def __init__(self, request: RunRequest, exports: dict[str, str]) -> None:
        self._request = request
        self._source = request.source
        self.exports = exports

    def find(self) -> tuple[str, str]:
        """The trigger id and the handler (JavaScript name) to run, from the request and the exports.

        Raises UserError naming what the code exports and what is expected.
        """
        request = self._request
        exported = self._by_export()
        if request.handler is not None:
            wanted = self._known(request.handler)
            if wanted not in exported.values():
                raise UserError(self._missing(wanted, exported))
            trigger_id = request.trigger or loader.trigger_of_handler(wanted)
            assert trigger_id is not None  # every known handler is of one
            return trigger_id, wanted
        if request.trigger is not None:
            for handler in loader.trigger(request.trigger).handlers:
                if handler in exported.values():
                    return request.trigger, handler
            raise UserError(self._missing(loader.trigger(request.trigger).handlers[0], exported))
        for handler in exported.values():
            trigger_id = loader.trigger_of_handler(handler)
            if trigger_id is not None and handler == loader.trigger(trigger_id).handlers[0]:
                return trigger_id, handler
        for handler in exported.values():
            trigger_id = loader.trigger_of_handler(handler)
            if trigger_id is not None:
                return trigger_id, handler
        raise UserError(self._missing(None, exported))

    def check(self, handler: str) -> ActionError | None:
        """Why the export cannot be used as a handler: the platform takes only async functions.

        Source: semantics.md, "Handlers and loading". A Python handler may be sync or async.
        """
        if self._source.language == "python" or self.exports.get(handler) == "async":
            return None
        return ActionError(
            name="InvalidFunctionSignature",
            message=f"the export {handler} is not an async function; "
            f"write: exports.{handler} = async (event, api) => {{ ... }}",
        )

    def _known(self, name: str) -> str:
        """The handler meant by a name of either language. Raises UserError when the trigger has none such."""
        trigger_id = self._request.trigger
        handlers = list(loader.trigger(trigger_id).handlers) if trigger_id else _all_handlers()
        found = _named(name, handlers)
        if found is not None:
            return found
        expected = [self.exported_name(handler) for handler in handlers]
        # a handler of another trigger is no slip of the pen
        hint = "" if _named(name, _all_handlers()) else did_you_mean(name, expected)
        hint = hint or f"; expected {' or '.join(expected)}"
        raise UserError(f"'{name}' is not a handler of {trigger_id or 'any trigger'}{hint}")

    def exported_name(self, handler: str) -> str:
        """What this Action's language calls a handler."""
        return handler if self._source.language == "javascript" else snake(handler)

    def _by_export(self) -> dict[str, str]:
        """Exported name -> JavaScript handler name; exports that are no handler map to themselves."""
        if self._source.language == "javascript":
            return {name: name for name in self.exports}
        known = {snake(handler): handler for handler in _all_handlers()}
        return {name: known.get(name, name) for name in self.exports}

    def _missing(self, wanted: str | None, exported: dict[str, str]) -> str:
        source = self._source
        verb = "exports" if source.language == "javascript" else "defines"
        own = [name for name, kind in self.exports.items() if verb == "exports" or kind != "other"]
        has = f"it {verb} {', '.join(own)}" if own else f"it {verb} nothing"
        if wanted is None:
            expected = _names(_all_handlers(), source)
            return f"{source.filename} has no handler of any trigger: {has}; expected one of {expected}"
        name = self.exported_name(wanted)
        # one of another trigger is no slip of the pen here either
        strangers = [export for export, handler in exported.items() if handler not in _all_handlers()]
        hint = did_you_mean(name, strangers).removesuffix("?")
        form = (
            f"exports.{name} = async (event, api) => {{ ... }}"
            if source.language == "javascript"
            else f"def {name}(event, api): ..."
        )
        return f"{source.filename} has no handler {name}: {has}{hint}; write: {form}"


def intended(request: RunRequest) -> tuple[str, str]:
    """Trigger and handler of code that is not loaded: as asked for, else as its text names them, or empty."""
    if request.trigger is not None:
        return request.trigger, request.handler or loader.trigger(request.trigger).handlers[0]
    for trigger_id in loader.trigger_ids():
        for handler in loader.trigger(trigger_id).handlers:
            if handler in request.source.code or snake(handler) in request.source.code:
                return trigger_id, handler
    return "", request.handler or ""


def _all_handlers() -> list[str]:
    return [handler for trigger in loader.trigger_ids() for handler in loader.trigger(trigger).handlers]


def _named(name: str, handlers: Iterable[str]) -> str | None:
    """The one of the handlers that has this name in JavaScript or in Python."""
    return next((handler for handler in handlers if name in (handler, snake(handler))), None)


def _names(handlers: tuple[str, ...] | list[str], source: Source) -> str:
    spelled = handlers if source.language == "javascript" else [snake(handler) for handler in handlers]
    return ", ".join(spelled)
