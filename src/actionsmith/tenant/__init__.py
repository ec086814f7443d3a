"""What a tenant owns and its rules: Actions, versions, flows, secrets, saved events. It does not run."""
