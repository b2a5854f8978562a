"""What search knows: one spelling for all, names and their scores, an index of every substring."""
