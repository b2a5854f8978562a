"""Content to values: clauses, procedures, free pages, contacts, sources and glossary."""
