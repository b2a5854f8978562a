"""Restricted tables whose files lie outside the repository, in a folder of their own."""

import dataclasses
from typing import TYPE_CHECKING

from generator.problems.catalogue.tables import RESTRICTED_ABSENT, RESTRICTED_HERE
from generator.problems.masking import shown
from generator.problems.problem import Place, Problem
from generator.project import Project
from generator.records.fields import RESTRICTED

if TYPE_CHECKING:
    from generator.records.package import Table


def apart(project: Project, tables: "dict[str, Table]") -> "tuple[dict[str, Table], list[Problem]]":
    """Give restricted tables their home where the profile names one.

    Without that folder they are not counted, as tables that are not kept yet: whoever may not
    see them can still check and build everything else.
    """
    folder = project.school.restricted
    names = [name for name, table in tables.items() if table.sensitivity == RESTRICTED]
    if not folder or not names:
        return tables, []
    home = (project.root / folder).resolve()
    problems = [
        RESTRICTED_HERE.at(Place(path), table=tables[name].title, folder=shown(folder))
        for name in names
        for path in tables[name].paths
        if (project.root / path).exists() and home != project.root.resolve()
    ]
    if not home.is_dir():
        titles = "、".join(tables[name].title for name in names)
        place = project.school.restricted_place
        problems.append(RESTRICTED_ABSENT.at(place, folder=shown(folder), tables=titles))
    moved = {
        name: dataclasses.replace(
            tables[name], home=home, enabled=tables[name].enabled and home.is_dir()
        )
        for name in names
    }
    return tables | moved, problems
