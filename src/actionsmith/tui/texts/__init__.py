"""Texts that are not saved: kept, recovered, on their way to the drafts."""
