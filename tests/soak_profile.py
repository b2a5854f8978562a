"""Hypothesis settings of `make soak`: many more examples, new ones on every run."""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "soak",
    max_examples=5_000,
    deadline=None,
    derandomize=False,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("soak")
