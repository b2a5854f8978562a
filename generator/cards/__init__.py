"""Ledger to action cards: one sheet a procedure for the wall, the pocket and the telephone."""
