"""Every error that Frictionless knows has a rule of ours, or a reason why it cannot arise."""

from collections.abc import Iterator

import pytest
from frictionless import Error
from frictionless import errors as foreign

from generator.problems.catalogue import all_rules

SCHEMA = "declarations are read by ourselves, strictly, before Frictionless sees them"
CHECKS = "a check that must be asked for; we declare rules in SQL instead"
OURS = "we hand over cells in memory and read no such thing with Frictionless"

RULES = {
    "ascii-value": CHECKS,
    "blank-header": "table-empty",
    "blank-label": "header-blank",
    "blank-row": "row-blank",
    "byte-count": CHECKS,
    "catalog-error": OURS,
    "cell-error": "row-refused",
    "check-error": CHECKS,
    "checklist-error": CHECKS,
    "compression-error": "encoding",
    "constraint-error": "cell-range",
    "control-error": OURS,
    "data-error": "row-refused",
    "dataset-error": OURS,
    "detector-error": OURS,
    "deviated-cell": CHECKS,
    "deviated-value": CHECKS,
    "dialect-error": OURS,
    "duplicate-label": "header-duplicate",
    "duplicate-row": "row-duplicate",
    "encoding-error": "encoding",
    "error": "row-refused",
    "extra-cell": "row-long",
    "extra-label": "header-unknown",
    "field-count": "header-wide",
    "field-error": "schema-refused",
    "file-error": "file-missing",
    "forbidden-value": CHECKS,
    "foreign-key": "unknown-reference",
    "format-error": "encoding",
    "hash-count": CHECKS,
    "header-error": "header-unknown",
    "incorrect-label": "header-order",
    "inquiry-error": OURS,
    "inquiry-task-error": OURS,
    "label-error": "header-unknown",
    "metadata-error": SCHEMA,
    "missing-cell": "row-short",
    "missing-label": "header-missing",
    "package-error": "unknown-key",
    "pipeline-error": OURS,
    "primary-key": "key-duplicate",
    "report-error": OURS,
    "report-task-error": OURS,
    "required-value": CHECKS,
    "resource-error": "unknown-key",
    "row-constraint": CHECKS,
    "row-count": CHECKS,
    "row-error": "row-refused",
    "schema-error": "schema-refused",
    "scheme-error": "file-outside",
    "sequential-value": CHECKS,
    "source-error": "quote-open",
    "stats-error": OURS,
    "step-error": OURS,
    "table-dimensions": CHECKS,
    "table-error": "row-refused",
    "truncated-value": CHECKS,
    "type-error": "cell-type",
    "unique-error": "cell-unique",
    "unmatched-header": "header-unknown",
}
"""By the type of each error: the rule of ours that tells the same, or why there is none."""


def catalogue(error: type[Error] = Error) -> Iterator[str]:
    yield error.type
    for inner in error.__subclasses__():
        yield from catalogue(inner)


def test_no_error_of_frictionless_is_left_out() -> None:
    exported = {
        value.type
        for value in vars(foreign).values()
        if isinstance(value, type) and issubclass(value, Error)
    }
    assert exported | set(catalogue()) == set(RULES)


@pytest.mark.parametrize("kind", RULES)
def test_what_stands_for_an_error_is_a_rule_or_a_reason(kind: str) -> None:
    assert RULES[kind] in all_rules() or RULES[kind] in {SCHEMA, CHECKS, OURS}
