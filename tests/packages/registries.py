"""Registries of our own on this machine, in the manner of PyPI and of npm."""

from __future__ import annotations

import io
import json
import tarfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

CLOSED = "http://127.0.0.1:9/"
"""Nothing listens there."""


class Quiet(SimpleHTTPRequestHandler):
    """Files of a folder, without a line for each request."""

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


class Registry(Quiet):
    """Lists the files of one package under /simple/<name>/ and hands them out."""

    def do_GET(self) -> None:
        name = self.path.strip("/").rpartition("/")[2]
        files = [path.name for path in Path(self.directory).glob(f"{name}-*")]
        if not self.path.startswith("/simple/"):
            super().do_GET()
        elif files:
            page = "".join(f'<a href="/{file}">{file}</a>' for file in files).encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(page)))
            self.end_headers()
            self.wfile.write(page)
        else:
            self.send_error(404)


@contextmanager
def served(handler: type[SimpleHTTPRequestHandler], folder: Path) -> Iterator[str]:
    """The address at which a folder is served meanwhile."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def wheel(folder: Path, name: str, version: str, requires: str = "") -> None:
    """A wheel with one module, which may require something."""
    info = f"{name}-{version}.dist-info"
    needs = f"Requires-Dist: {requires}\n" if requires else ""
    with zipfile.ZipFile(folder / f"{name}-{version}-py3-none-any.whl", "w") as archive:
        archive.writestr(f"{name}.py", f"VERSION = '{version}'\n")
        archive.writestr(
            f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{needs}"
        )
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{info}/RECORD", "")


class NpmShelf:
    """Packages of npm in a folder that is served at an address."""

    def __init__(self, folder: Path, address: str) -> None:
        self.folder, self.address = folder, address

    def put(self, name: str, version: str, files: dict[str, str] | None = None, **manifest: Any) -> None:
        """Publish the only version of a package, with an empty module unless `files` says otherwise."""
        described = {"name": name, "version": version, **manifest}
        tarball = self.folder / f"{name}-{version}.tgz"
        with tarfile.open(tarball, "w:gz") as archive:
            for path, text in {
                "package.json": json.dumps(described),
                "index.js": "",
                **(files or {}),
            }.items():
                entry = tarfile.TarInfo(f"package/{path}")
                entry.size = len(text.encode())
                archive.addfile(entry, io.BytesIO(text.encode()))
        has_script = "install" in manifest.get("scripts", {})
        listed = {
            **described,
            "hasInstallScript": has_script,
            "dist": {"tarball": f"{self.address}/{tarball.name}"},
        }
        about = {"name": name, "dist-tags": {"latest": version}, "versions": {version: listed}}
        (self.folder / name).write_text(json.dumps(about))
