"""Secrets at rest: encrypted with a key that is kept outside the tenant's directory.

Whoever copies or commits the directory of a tenant does not get the values with it.
"""

from __future__ import annotations

import base64
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from actionsmith import paths
from actionsmith.errors import UserError

if TYPE_CHECKING:
    from cryptography.fernet import Fernet

KEY_BYTES = 32


class Vault:
    """Encrypts and decrypts the secrets of one tenant."""

    def __init__(self, tenant_id: str) -> None:
        self._tenant_id = tenant_id

    @property
    def key_path(self) -> Path:
        """The key's file, readable by its owner only."""
        return paths.config_dir() / "keys" / f"{self._tenant_id}.key"

    def has_key(self) -> bool:
        """Whether the key is there; without it no stored value can be read."""
        return self.key_path.exists()

    def encrypt(self, value: str) -> str:
        """The token of a value. Makes the key when there is none yet."""
        if not self.has_key():
            self._make_key()
        return self._cipher().encrypt(value.encode()).decode()

    def decrypt(self, tokens: dict[str, str], owner: str) -> dict[str, str]:
        """The values of tokens, by name. Raises UserError that names the secrets that are lost."""
        if not tokens:
            return {}
        remedy = "put the old key back, or set each of them again"
        names = ", ".join(sorted(tokens))
        if not self.has_key():
            raise UserError(
                f"the key {self.key_path} is missing, so the secrets of '{owner}' ({names}) cannot be read; "
                f"{remedy}"
            )
        from cryptography.fernet import InvalidToken

        cipher = self._cipher()
        values: dict[str, str] = {}
        for name, token in tokens.items():
            try:
                values[name] = cipher.decrypt(token).decode()
            except (InvalidToken, UnicodeDecodeError):
                continue
        lost = sorted(tokens.keys() - values.keys())
        if lost:
            raise UserError(
                f"the secrets {', '.join(lost)} of '{owner}' were encrypted with another key than "
                f"{self.key_path}; {remedy}"
            )
        return values

    def _cipher(self) -> Fernet:
        from cryptography.fernet import Fernet

        try:
            return Fernet(self.key_path.read_bytes().strip())
        except OSError as error:
            raise UserError(f"the key {self.key_path} cannot be read ({error.strerror})") from error
        except ValueError as error:
            raise UserError(
                f"{self.key_path} holds no key ({KEY_BYTES} bytes in base64); put the right one back, "
                "or move it away and set the secrets again"
            ) from error

    def _make_key(self) -> None:
        """A link appears whole or not at all and never over another file: the first of two makers wins."""
        folder = self.key_path.parent
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(prefix=".new-", dir=folder)  # mode 0600
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(base64.urlsafe_b64encode(os.urandom(KEY_BYTES)) + b"\n")
                    file.flush()
                    os.fsync(file.fileno())
                os.link(name, self.key_path)
            except FileExistsError:
                pass
            finally:
                Path(name).unlink(missing_ok=True)
        except OSError as error:
            raise UserError(
                f"the key {self.key_path} cannot be made ({error.strerror}); check its folder's permissions"
            ) from error
