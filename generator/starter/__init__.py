"""The product's files to the repository of a new school."""
