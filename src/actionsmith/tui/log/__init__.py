"""The log on its screen: what feeds it, how it is asked and shown."""
