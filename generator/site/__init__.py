"""Ledger to pages to site: views, templates, search, the MkDocs and stage adapters."""
