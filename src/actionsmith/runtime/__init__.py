"""Running Actions: hosts, their confinement, what api calls mean, flows."""
