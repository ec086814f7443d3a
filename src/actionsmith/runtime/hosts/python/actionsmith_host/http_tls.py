"""Encryption for connections that end inside this process: everything passes through as it is."""

from __future__ import annotations

import ssl
from typing import Any

TLS_LINE = b"(encrypted)\r\n"
"""What a client sends in place of a TLS handshake."""
CIPHER = ("TLS_AES_128_GCM_SHA256", "TLSv1.3", 128)


class Encrypted:
    """What a client asks of a connection that it takes to be encrypted."""

    session = None
    session_reused = False
    server_side = False
    server_hostname: str | None = None
    context: ssl.SSLContext | None = None

    def getpeercert(self, binary_form: bool = False) -> Any:
        return b"" if binary_form else {}

    def version(self) -> str:
        return CIPHER[1]

    def cipher(self) -> tuple[str, str, int]:
        return CIPHER

    def compression(self) -> None:
        return None

    def selected_alpn_protocol(self) -> None:
        return None

    def selected_npn_protocol(self) -> None:
        return None

    def get_channel_binding(self, cb_type: str = "tls-unique") -> None:
        return None

    def shared_ciphers(self) -> list[tuple[str, str, int]]:
        return [CIPHER]


class PlainTls(Encrypted):
    """TLS over buffers, as event loops do it, that passes everything through as it is."""

    def __init__(self, incoming: ssl.MemoryBIO, outgoing: ssl.MemoryBIO, server_hostname: str | None) -> None:
        self._incoming, self._outgoing = incoming, outgoing
        self.server_hostname = server_hostname

    def do_handshake(self) -> None:
        self._outgoing.write(TLS_LINE)

    def read(self, length: int = 1024, buffer: Any = None) -> Any:
        data = self._incoming.read(length)
        if not data and not self._incoming.eof:
            raise ssl.SSLWantReadError(ssl.SSL_ERROR_WANT_READ, "there is nothing to read yet")
        if buffer is None:
            return data
        buffer[: len(data)] = data
        return len(data)

    def write(self, data: Any) -> int:
        return self._outgoing.write(data)

    def pending(self) -> int:
        return self._incoming.pending

    def unwrap(self) -> None:
        pass


def wrap_bio(
    context: ssl.SSLContext,
    incoming: ssl.MemoryBIO,
    outgoing: ssl.MemoryBIO,
    server_side: bool = False,
    server_hostname: str | None = None,
    session: Any = None,
) -> PlainTls:
    """Stands in for the method of SSLContext."""
    made = PlainTls(incoming, outgoing, server_hostname)
    made.context = context
    return made
