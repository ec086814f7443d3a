"""The language services of the workbench: the contract's at once, the others when the first screen is up."""

from __future__ import annotations

from actionsmith.language.contract_service import ContractService
from actionsmith.language.service import LanguageService


class Languages:
    """Which services answer for a language, the quick one first."""

    def __init__(self) -> None:
        self._contract = ContractService()
        self._servers: dict[str, LanguageService] = {}

    def services(self, language: str) -> tuple[LanguageService, ...]:
        """The services for `javascript` or `python`."""
        server = self._servers.get(language)
        return (self._contract,) if server is None else (self._contract, server)
