"""What an editor knows about code: colours, completion, documentation. No screen in here."""
