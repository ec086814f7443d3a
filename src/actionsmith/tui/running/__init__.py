"""A run of the draft, and what came of it as rows."""
