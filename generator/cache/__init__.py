"""Answers of earlier runs, under the digest of all they depend on; lost, they cost time only."""
