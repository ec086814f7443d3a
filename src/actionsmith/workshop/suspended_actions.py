"""The Actions of a flow that waits, as the tenant has them meanwhile."""

from __future__ import annotations

from actionsmith.errors import UserError
from actionsmith.runtime.execution import Suspended
from actionsmith.tenant.tenant import Tenant


def name_now(tenant: Tenant, suspended: Suspended, position: int) -> str:
    """What an Action of a suspended flow is called now. Raises UserError when it is gone."""
    action = tenant.action_with_id(suspended.ids[position])
    if action is not None:
        return action.name
    name = suspended.order[position]
    is_taken = any(other.name == name for other in tenant.actions())
    stranger = "; the one of that name is another Action" if is_taken else ""
    raise UserError(f"the Action '{name}' is no longer in this tenant{stranger}")
