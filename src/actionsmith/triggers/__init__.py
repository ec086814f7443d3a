"""The contract: what every trigger's `event` and `api` are, and everything derived from that."""
