from pathlib import Path

import pytest

from generator.compliance.bindings import Post
from tests.small_school import SCHOOL, small_school

PLACE = "records/school.yaml"


def problems(root: Path, old: str, new: str) -> list[tuple[str, str]]:
    school = small_school(root)
    assert SCHOOL.count(old) == 1
    school.write(PLACE, SCHOOL.replace(old, new))
    school.indicator()
    return [(rule, place.removeprefix(f"{PLACE}:")) for rule, place in school.problems()]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param("    end: last_day\n", "", [("missing-key", "7:5")], id="no-end"),
        pytest.param("    teaching: [lessons]\n", "", [("missing-key", "7:5")], id="no-teaching"),
        pytest.param("id: post_id, ", "", [("missing-key", "16:10")], id="no-id"),
        pytest.param(
            "    term: term",
            "    tern: term",
            [("missing-key", "7:5"), ("unknown-key", "12:11")],
            id="a-key-misspelt",
        ),
        pytest.param("  roles:", "  rolls:", [("unknown-key", "16:10")], id="a-meaning-misspelt"),
        pytest.param(
            "teaching: [lessons]",
            "teaching: lessons",
            [("missing-key", "7:5"), ("unknown-name", "13:15")],
            id="a-column-instead-of-values",
        ),
        pytest.param(
            "table: posts", "table: post", [("unknown-name", "16:18")], id="no-such-table"
        ),
        pytest.param(
            "title: post_name", "title: name", [("unknown-name", "16:45")], id="no-such-column"
        ),
    ],
)
def test_a_binding_that_cannot_be_used_is_said_and_nothing_follows_from_it(
    tmp_path: Path, old: str, new: str, expected: list[tuple[str, str]]
) -> None:
    found = [entry for entry in problems(tmp_path, old, new) if "indicators" not in entry[1]]
    assert found == expected


def test_listed_values_are_choices_of_the_kind(tmp_path: Path) -> None:
    school = small_school(tmp_path)
    schema = "records/schemas/dates.yaml"
    text = (tmp_path / schema).read_text(encoding="utf-8")
    choices = (
        "type: string, constraints: {enum: [lessons, free, swap]},"
        " labels: {lessons: 课, free: 假, swap: 调}"
    )
    school.write(schema, text.replace("title: sort, description: sort, type: string",
                                      f"title: sort, description: sort, {choices}"))  # fmt: skip
    assert school.problems() == []
    school.write(PLACE, SCHOOL.replace("[lessons]", "[lesson]"))
    (problem,) = school.ledger("2026-11-20").problems
    assert (problem.rule, problem.near) == ("unknown-name", ("lessons",))


def test_a_post_has_what_is_bound(tmp_path: Path) -> None:
    school = small_school(tmp_path, posts="head,校长\nsecond,副校长")
    bound = "{table: posts, id: post_id, title: post_name, duties: post_name}"
    school.write(PLACE, SCHOOL.replace("{table: posts, id: post_id, title: post_name}", bound))
    with school.checked() as checked:
        assert checked.bound.posts["head"] == Post("head", "校长", "", "", "", "校长", 10001)
        assert checked.bound.titles() == {
            "role": {"head": "校长", "second": "副校长"},
            "document": {},
            "place": {},
        }


def test_documents_and_places_are_read_through_their_bindings(tmp_path: Path) -> None:
    school = small_school(tmp_path, talks="t1,a,2026-10-05,1,true,2027-10-05,2026-10-06")
    bound = (
        "  documents: {table: talks, id: talk_id, title: talk_id, owner: group_id,"
        " approved: done_on, review_due: due_on}\n"
        "  places: {table: groups, id: group_id, title: group_name}\n"
    )
    school.write(PLACE, SCHOOL + bound)
    with school.checked() as checked:
        assert checked.problems == ()
        document = checked.bound.documents["t1"]
        assert (document.owner, str(document.approved_on), str(document.review_due)) == (
            "a", "2026-10-06", "2027-10-05",
        )  # fmt: skip
        assert (document.version, document.page, document.kind) == ("", "", "")
        assert checked.bound.places == {"a": "甲班", "b": "乙班"}


def test_a_faulty_table_binds_nothing_and_spares_false_alarms(tmp_path: Path) -> None:
    school = small_school(tmp_path, posts="head,校长\nhead,校长")
    school.indicator(owner="nobody")
    assert {rule for rule, _ in school.problems()} == {"key-duplicate"}
    with school.checked() as checked:
        assert checked.bound.posts == {}
