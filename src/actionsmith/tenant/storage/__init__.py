"""Files that survive crashes and other processes: TinyDB, the contents of drafts and versions, the vault."""
