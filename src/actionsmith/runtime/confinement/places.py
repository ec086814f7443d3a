"""Where in the file system a host gets to: what its language needs, its packages, its own directory."""

from __future__ import annotations

import enum
import os
import struct
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from actionsmith.runtime.host_kind import Language, Packages

HOSTS = Path(__file__).resolve().parents[1] / "hosts"


class Access(enum.Enum):
    """What a host may do with a place and everything below it. OWN is all but running programs."""

    READ = enum.auto()
    WRITE = enum.auto()
    RUN = enum.auto()
    OWN = enum.auto()


class Place(NamedTuple):
    """A file or a directory tree, and what is allowed there."""

    path: Path
    access: Access


_NAME_SERVERS = "/etc/resolv.conf"
_SYSTEM = (
    # libraries, certificates, time zones
    "/usr",
    "/lib",
    "/lib64",
    "/nix/store",
    "/gnu/store",
    # how names are resolved, which certificates are trusted, what time it is; no private keys, no users
    _NAME_SERVERS,
    "/run/systemd/resolve",
    "/run/resolvconf",
    "/etc/hosts",
    "/etc/host.conf",
    "/etc/gai.conf",
    "/etc/nsswitch.conf",
    "/etc/services",
    "/etc/protocols",
    "/etc/ssl/certs",
    "/etc/ssl/cert.pem",
    "/etc/ssl/openssl.cnf",
    "/etc/pki/ca-trust",
    "/etc/pki/tls/certs",
    "/etc/pki/tls/cert.pem",
    "/etc/pki/tls/openssl.cnf",
    "/etc/crypto-policies",
    "/etc/ca-certificates",
    "/var/lib/ca-certificates",
    "/etc/localtime",
    "/etc/timezone",
    "/etc/ld.so.cache",
    "/etc/ld.so.conf",
    "/etc/ld.so.conf.d",
    "/etc/os-release",
    "/etc/mime.types",
    # what the machine can do
    "/dev/zero",
    "/dev/random",
    "/dev/urandom",
    "/proc/cpuinfo",
    "/proc/meminfo",
    "/proc/stat",
    "/proc/uptime",
    "/proc/loadavg",
    "/proc/version",
    "/proc/sys/vm/overcommit_memory",
    "/sys/devices/system/cpu",
)

_64_BITS, _NAMES_LOADER = 2, 3  # of ELF: a class of files, a kind of segment
_CERTIFICATES = ("SSL_CERT_FILE", "SSL_CERT_DIR", "NODE_EXTRA_CA_CERTS", "REQUESTS_CA_BUNDLE")


def places(language: Language, program: Path, packages: Packages, directory: Path) -> Iterator[Place]:
    """All places of a host that runs `program` and has `directory` for itself."""
    yield Place(directory, Access.OWN)
    yield Place(Path("/dev/null"), Access.WRITE)
    for runnable in _programs(program):
        yield Place(runnable, Access.RUN)
    own = ("node",) if language == "javascript" else ("python",)
    for path in (
        *(HOSTS / name for name in own),
        *packages.folders,
        *packages.overrides.values(),
        *_libraries(language, program),
        *map(Path, _SYSTEM),
        *(Path(os.environ[name]) for name in _CERTIFICATES if os.environ.get(name)),
    ):
        yield Place(path, Access.READ)


def _libraries(language: Language, program: Path) -> Iterator[Path]:
    """Where the interpreter keeps what it needs, which may be below somebody's home directory."""
    if language == "python":
        yield Path(os.__file__).parent
        for prefix in {sys.base_prefix, sys.base_exec_prefix}:
            yield Path(prefix) / "lib"
            yield Path(prefix) / "lib64"
    elif program.parent.name == "bin":
        yield program.parents[1] / "lib"


def name_servers() -> tuple[int, int] | None:
    """Which file tells the name servers now. A new network brings a new one, and a host that was started
    before it cannot read that."""
    try:
        found = Path(_NAME_SERVERS).stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


@cache
def _programs(program: Path) -> tuple[Path, ...]:
    """The program and what the kernel starts in order to load it: the dynamic loader an ELF file names."""
    with program.open("rb") as file:
        head = file.read(64)
        if not head.startswith(b"\x7fELF"):
            return (program,)
        if head[4] != _64_BITS:
            return (program, Path("/lib"), Path("/usr/lib"))  # there it is, wherever
        table, size, count = *struct.unpack_from("=Q", head, 32), *struct.unpack_from("=HH", head, 54)
        file.seek(table)
        entries = file.read(size * count)
        for at in range(0, size * count, size):
            kind, _, offset, _, _, length = struct.unpack_from("=IIQQQQ", entries, at)
            if kind == _NAMES_LOADER:
                file.seek(offset)
                return (program, Path(os.fsdecode(file.read(length).rstrip(b"\0"))))
    return (program,)
