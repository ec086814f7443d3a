"""Sockets and TLS that end inside this process: clients keep their own code and reach no network.

A connection is one end of a socket pair, so that waiting for it, time limits and event loops work as ever.
"""

from __future__ import annotations

import os
import socket
import ssl
import threading
from typing import Any, TypeVar

from .action import Action
from .http_answers import NOT_HTTP, Ask, Connection
from .http_tls import TLS_LINE, Encrypted, wrap_bio

Got = TypeVar("Got", bytes, int)

RealSocket = socket.socket
ADDRESS = "192.0.2.1"
"""Stands for every name: it is set aside for documentation and leads nowhere (RFC 5737)."""
INTERNET = (-1, socket.AF_INET, socket.AF_INET6)
PROXY_VARIABLES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")


class LocalSocket(RealSocket, Encrypted):
    """A socket of the internet families that is connected to this process."""

    ask: Ask
    action: Action
    refused = threading.local()
    """`failure`: what the next one to connect in this thread is to meet."""

    def __init__(self, family: int = -1, type: int = -1, proto: int = -1, fileno: int | None = None) -> None:  # noqa: A002 - as socket.socket names it
        self.connection: Connection | None = None
        self.is_local = fileno is None and family in INTERNET
        self.is_encrypted = False
        if not self.is_local:
            super().__init__(family, type, proto, fileno)
            return
        if type not in (-1, socket.SOCK_STREAM):
            raise OSError(NOT_HTTP)
        near, self._far = socket.socketpair()
        super().__init__(fileno=near.detach())

    def connect(self, address: Any) -> None:
        if not self.is_local:
            super().connect(address)
            return
        failure = vars(self.refused).pop("failure", None)
        if failure is not None:
            raise failure
        self.connection = Connection(self._far, self.ask)
        self._note_line()
        if self.is_encrypted:
            self.sendall(TLS_LINE)

    def connect_ex(self, address: Any) -> int:
        if not self.is_local:
            return super().connect_ex(address)
        self.connect(address)
        return 0

    def encrypt(self) -> None:
        """From here on the client speaks as if the connection were encrypted."""
        self.is_encrypted = True
        if self.connection is not None:
            self.sendall(TLS_LINE)

    def send(self, *args: Any) -> int:
        self._note_line()
        return super().send(*args)

    def sendall(self, *args: Any) -> None:
        self._note_line()
        super().sendall(*args)

    def sendmsg(self, *args: Any) -> int:
        self._note_line()
        return super().sendmsg(*args)

    def _note_line(self) -> None:
        """What is sent comes from the line that is being run; an event loop may send between lines."""
        if self.connection is not None:
            self.connection.line = self.action.current_line() or self.connection.line

    def recv(self, *args: Any) -> bytes:
        return self._checked(super().recv(*args))

    def recv_into(self, *args: Any, **named: Any) -> int:
        return self._checked(super().recv_into(*args, **named))

    def _checked(self, got: Got) -> Got:
        """At the end of what came, the reason why there is no more."""
        if not got and self.connection is not None and self.connection.failure is not None:
            raise self.connection.failure
        return got

    def read(self, length: int = 1024, buffer: Any = None) -> Any:
        return self.recv(length) if buffer is None else self.recv_into(buffer, length)

    def write(self, data: Any) -> int:
        return self.send(data)

    def pending(self) -> int:
        return 0

    def do_handshake(self, block: bool = False) -> None:
        pass

    def unwrap(self) -> LocalSocket:
        return self

    def bind(self, address: Any) -> None:
        if not self.is_local:
            super().bind(address)

    def listen(self, *backlog: int) -> None:
        if self.is_local:
            raise OSError(NOT_HTTP)
        super().listen(*backlog)

    def setsockopt(self, *args: Any) -> None:
        if not self.is_local:
            super().setsockopt(*args)

    def getsockopt(self, level: int, option: int, *size: int) -> Any:
        if self.is_local and level != socket.SOL_SOCKET:
            return 0
        return super().getsockopt(level, option, *size)

    def getpeername(self) -> Any:
        return (ADDRESS, 0) if self.is_local else super().getpeername()

    def getsockname(self) -> Any:
        return (ADDRESS, 0) if self.is_local else super().getsockname()


def answer_all(ask: Ask, action: Action) -> None:
    """From now on every connection of this process is answered by `ask`."""
    LocalSocket.ask, LocalSocket.action = staticmethod(ask), action
    LocalSocket.__name__ = LocalSocket.__qualname__ = "socket"
    LocalSocket.__module__ = "socket"
    vars(socket).update(
        socket=LocalSocket,
        SocketType=LocalSocket,
        getaddrinfo=_address_of,
        gethostbyname=lambda _name: ADDRESS,
        gethostbyname_ex=_no_address,
        gethostbyaddr=_no_address,
        getnameinfo=_no_address,
    )
    for name, stand_in in {"wrap_socket": _wrap_socket, "wrap_bio": wrap_bio}.items():
        setattr(ssl.SSLContext, name, stand_in)
    for name in PROXY_VARIABLES:
        os.environ.pop(name, None)
        os.environ.pop(name.upper(), None)


def _wrap_socket(
    context: ssl.SSLContext, sock: Any, *_: Any, server_hostname: str | None = None, **__: Any
) -> LocalSocket:
    """Stands in for the method of SSLContext."""
    if not isinstance(sock, LocalSocket):
        raise OSError(NOT_HTTP)
    sock.context, sock.server_hostname = context, server_hostname
    sock.encrypt()
    return sock


def _address_of(host: Any, port: Any, *_: Any, **__: Any) -> list[tuple[Any, ...]]:
    number = socket.getservbyname(port) if isinstance(port, str) and not port.isdigit() else int(port or 0)
    kind = (socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    return [(*kind, "", (ADDRESS, number))]


def _no_address(*asked: Any) -> Any:
    raise socket.gaierror(socket.EAI_NONAME, f"{NOT_HTTP}: no address is looked up for {asked[0]}")
