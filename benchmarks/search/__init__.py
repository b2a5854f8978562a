"""The search measured in a browser, beside others."""
