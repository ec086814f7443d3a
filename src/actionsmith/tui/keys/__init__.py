"""Keys: how they are called, which a terminal can send, which a person gives to commands."""
