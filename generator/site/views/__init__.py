"""One module a page kind: ledger to views (exactly what a template may use) to pages."""
