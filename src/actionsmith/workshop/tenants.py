"""Tenants by name or path, and the demonstration tenant that a first start finds."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from actionsmith import paths
from actionsmith.errors import UserError, did_you_mean
from actionsmith.tenant.tenant import Tenant

DEMO = "demo"
CHOICE = "ACTIONSMITH_TENANT"
"""Environment variable: the tenant to use when the command line names none."""


def tenants_folder() -> Path:
    """Where tenants with a name live, one directory each."""
    return paths.data_dir() / "tenants"


def tenant_names() -> list[str]:
    """The names of all tenants in the tenants' folder."""
    folder = tenants_folder()
    if not folder.is_dir():
        return []
    return sorted(entry.name for entry in folder.iterdir() if (entry / "tenant.json").is_file())


def tenant_path(name_or_path: str) -> Path:
    """The directory that is meant: something with a separator is a path, everything else a name.

    Raises UserError for an empty name, which would mean the folder of all tenants.
    """
    if not name_or_path.strip():
        raise UserError("the name of a tenant is empty; give it at least one character")
    if os.sep in name_or_path or name_or_path in (".", "..") or name_or_path.startswith("~"):
        return Path(name_or_path).expanduser().absolute()
    return tenants_folder() / name_or_path


def open_tenant(name_or_path: str | None = None) -> Tenant:
    """The tenant asked for, else that of ACTIONSMITH_TENANT, else `demo`, which is made when absent.

    Raises UserError when there is no such tenant.
    """
    chosen = os.environ.get(CHOICE) or DEMO if name_or_path is None else name_or_path
    path = tenant_path(chosen)
    if not (path / "tenant.json").is_file():
        if path == tenants_folder() / DEMO:
            return create_demo(path)
        raise UserError(_no_tenant(chosen, path))
    return Tenant.open(path)


def create_tenant(name_or_path: str, *, demo: bool = False) -> Tenant:
    """A new tenant, empty or with the demonstration Actions. Raises UserError when the place is taken."""
    path = tenant_path(name_or_path)
    return create_demo(path) if demo else Tenant.create(path, path.name)


def delete_tenant(name_or_path: str) -> Path:
    """Remove a tenant with everything in it, and tell where it was. Raises UserError when there is none."""
    path = tenant_path(name_or_path)
    if not (path / "tenant.json").is_file():
        raise UserError(_no_tenant(name_or_path, path))
    shutil.rmtree(path)
    return path


def create_demo(path: Path) -> Tenant:
    """The demonstration tenant of `samples/tenant.toml`, made beside `path` and moved there whole.

    When another process was quicker, its tenant is used. Raises UserError when the place is taken by
    something else.
    """
    import tomllib  # this and the packages below take time that only the first start has to spend

    from actionsmith.workshop.samples import create_from_sample, sample

    with (paths.shipped("samples") / "tenant.toml").open("rb") as file:
        plan: dict[str, Any] = tomllib.load(file)
    path.parent.mkdir(parents=True, exist_ok=True)
    building = Path(tempfile.mkdtemp(prefix=f".{path.name}.", dir=path.parent))
    try:
        tenant = Tenant.create(building, path.name)
        for entry in plan["actions"]:
            source = sample(entry["sample"])
            action = create_from_sample(tenant, source, entry["language"], source.name)
            tenant.deploy(action.name, "from the sample")
        for trigger, names in plan["flows"].items():
            tenant.set_flow(trigger, names)
        building.rename(path)
    except OSError as error:
        if not (path / "tenant.json").is_file():
            raise UserError(f"the tenant cannot be made in {path}: {error.strerror}") from error
    finally:
        shutil.rmtree(building, ignore_errors=True)
    return Tenant.open(path)


def _no_tenant(chosen: str, path: Path) -> str:
    hint = did_you_mean(chosen, tenant_names())
    make = f"actionsmith tenant create {chosen}"
    return f"there is no tenant '{chosen}' in {path.parent}{hint}; make it: {make}"
