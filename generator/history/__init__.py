"""Git to values: the commit at hand and when each file last changed."""
