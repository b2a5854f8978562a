"""Content to values: clauses, procedures, policies, free pages, registers."""
