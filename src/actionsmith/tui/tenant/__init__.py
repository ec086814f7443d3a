"""The tenant on the screen: read, watched, changed."""
