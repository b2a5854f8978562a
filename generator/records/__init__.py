"""Bytes to checked tables: encoding, places, schemas, screening, judging, declared rules."""
