"""The closed catalogue of faults, one module a family. Names are words and never change."""

from importlib import import_module

from generator.problems.rule import Rule

FAMILIES = (
    "files",
    "declarations",
    "tables",
    "queries",
    "content",
    "cards",
    "exchange",
    "privacy",
    "approval",
)


def all_rules() -> dict[str, Rule]:
    """Every rule of the catalogue by name."""
    rules: dict[str, Rule] = {}
    for family in FAMILIES:
        module = import_module(f"generator.problems.catalogue.{family}")
        found = [value for value in vars(module).values() if isinstance(value, Rule)]
        rules.update({rule.name: rule for rule in found})
    return rules
