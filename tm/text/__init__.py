"""Pure functions on text: no files, no settings, no state."""
