"""The table of api methods: rows, how they are made, and what follows from the contract."""
