"""Sites built from one corpus by our product and by others, side by side."""
