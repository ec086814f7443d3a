"""What the platform would make of a flow: tokens, an error, a redirect, the changed profile, SAML."""

from actionsmith.runtime.preview.build import preview

__all__ = ["preview"]
