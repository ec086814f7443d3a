"""What surrounds a run beside its event: clock, chance, cache, network, time limit."""

from __future__ import annotations

from typing import Any

import msgspec

from actionsmith.runtime.execution import RunRequest, Stub


class World(msgspec.Struct, frozen=True, kw_only=True):
    """What was asked for; None where nothing was, so that the platform's or the machine's own counts."""

    now_ms: float | None = None
    seed: int | None = None
    cache: dict[str, dict[str, Any]] | None = None
    stubs: tuple[Stub, ...] | None = None
    stubs_name: str = "the stubs"
    timeout_s: float | None = None

    @property
    def keeps_nothing(self) -> bool:
        """Whether the run stands for itself: what a made-up clock or cache gives is not to be found later."""
        return self.now_ms is not None or self.cache is not None

    def applied(self, request: RunRequest) -> RunRequest:
        """`request` in this world."""
        return msgspec.structs.replace(
            request,
            now_ms=self.now_ms,
            seed=self.seed,
            cache=request.cache if self.cache is None else self.cache,
            stubs=self.stubs,
            stubs_name=self.stubs_name,
            timeout_s=request.timeout_s if self.timeout_s is None else self.timeout_s,
        )
