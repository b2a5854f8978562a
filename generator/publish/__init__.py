"""Site to readers: a finished build becomes visible by one rename of a link."""
