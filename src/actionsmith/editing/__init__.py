"""Pure operations on text: lines in, one edit out. No screen in here."""
