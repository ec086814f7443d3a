"""Packages of an Action: added by name, resolved, pinned in the draft, installed for real."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from actionsmith.errors import UserError, did_you_mean
from actionsmith.runtime.host_kind import Language, Packages
from actionsmith.tenant.model import Dependency
from actionsmith.tenant.tenant import Tenant


def add_dependency(
    tenant: Tenant, action_name: str, spec: str, progress: Callable[[str], None] | None = None
) -> Dependency:
    """Install `nodemailer`, `nodemailer@6` or `httpx==0.27` with what the draft has already, and pin it.

    Blocks. Raises UserError for a name or version that does not exist, and without a network.
    """
    from actionsmith import packages

    action = tenant.action(action_name)
    name, requested = packages.parse_spec(spec)
    others = [item for item in tenant.draft(action.name).dependencies if item.name != name]
    wanted = [(item.name, item.version) for item in others] + [(name, requested)]
    _, installed = packages.install(action.language, wanted, progress)
    found = next(item for item in installed if _same(item.name, name))
    dependency = Dependency(name=found.name, requested=requested, version=found.version)
    tenant.set_dependency(action.name, dependency)
    return dependency


def remove_dependency(tenant: Tenant, action_name: str, name: str) -> None:
    """Take a package out of the draft. Raises UserError when the draft does not have it."""
    known = [item.name for item in tenant.draft(action_name).dependencies]
    if name not in known:
        hint = did_you_mean(name, known) or f"; it has {', '.join(known) or 'none'}"
        raise UserError(f"'{action_name}' has no dependency '{name}'{hint}")
    tenant.remove_dependency(action_name, name)


def packages_for(
    language: Language, dependencies: Sequence[Dependency], progress: Callable[[str], None] | None = None
) -> Packages:
    """Where the pinned packages are installed; those missing from the cache are installed first."""
    if not dependencies:
        return Packages()
    from actionsmith import packages  # most Actions need none, and it costs more to import than the rest

    pinned = [(item.name, item.version) for item in dependencies]
    return Packages(folders=(packages.ensure(language, pinned, progress),))


def installed_folders(language: Language, dependencies: Sequence[Dependency]) -> tuple[str, ...]:
    """Where the pinned packages are, as far as they are installed. Installs nothing and asks nobody."""
    if not dependencies:
        return ()
    from actionsmith import packages

    folder = packages.kept(language, [(item.name, item.version) for item in dependencies])
    return () if folder is None else (str(folder),)


def packages_of_specs(
    language: Language, specs: Sequence[str], progress: Callable[[str], None] | None = None
) -> Packages:
    """The same for packages named on the command line (`name` or `name@version`)."""
    if not specs:
        return Packages()
    from actionsmith import packages

    folder, _ = packages.install(language, [packages.parse_spec(spec) for spec in specs], progress)
    return Packages(folders=(folder,))


def _same(one: str, other: str) -> bool:
    """PyPI names are equal whatever their case and separators."""
    return one.lower().replace("_", "-").replace(".", "-") == other.lower().replace("_", "-").replace(
        ".", "-"
    )
