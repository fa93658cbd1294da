"""Results in the forms that people and machines read. Depends on results only."""
