"""A fault found in what editors wrote: its place, its rule, its words and its renderings."""
