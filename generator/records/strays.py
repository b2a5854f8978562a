"""Files beside the tables and header maps that nobody reads, such as a copy left by an editor."""

from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

from generator.disk import is_left_over
from generator.files import OFFICE_FILES
from generator.problems.catalogue.files import FILE_MISSING, FILE_OUTSIDE, FILE_UNEXPECTED
from generator.problems.problem import Place, Problem
from generator.problems.rule import near_names
from generator.records.import_maps import IMPORTS_FOLDER
from generator.records.package import Package

_TABLES = {".csv", ".tsv", ".txt"}
_TABLE_REMEDY = (
    "把其中的行并进登记过的表，再删去这份；是新表就写进 datapackage.yaml "
    "(merge its rows into a declared table and delete it; declare it if it is a new table)"
)
_MAP_REMEDY = "文件名要和表名一样，以 .yaml 结尾 (name it after a table, ending in .yaml)"


def strays(root: Path, package: Package, faults: Sequence[Problem]) -> Iterator[Problem]:
    """Files that look like records or header maps and belong to no declared table.

    Args:
        root: the project.
        package: the declared tables.
        faults: of the records; what a broken declaration or a wrong path leaves out is no stray.
    """
    gone = {FILE_MISSING.name, FILE_OUTSIDE.name}
    if not any(p.place.file.endswith(".yaml") or p.rule in gone for p in faults):
        yield from _stray_tables(root, package)
    if not faults:
        yield from _stray_maps(root, package)


def _stray_tables(root: Path, package: Package) -> Iterator[Problem]:
    declared = {path for table in package.tables.values() for path in table.paths}
    for folder in sorted({str(PurePosixPath(path).parent) for path in declared}):
        for file in sorted((root / folder).glob("*")):
            path = f"{folder}/{file.name}"
            if file.suffix.lower() in _TABLES and path not in declared and not is_left_over(file):
                near = near_names(file.stem, package.tables)
                yield FILE_UNEXPECTED.at(Place(path), near, remedy=_TABLE_REMEDY)


def _stray_maps(root: Path, package: Package) -> Iterator[Problem]:
    for file in sorted((root / IMPORTS_FOLDER).glob("*")):
        named = file.suffix == ".yaml" and file.stem in package.tables
        if not named and file.suffix.lower() not in OFFICE_FILES and not is_left_over(file):
            near = near_names(file.stem, package.tables)
            place = Place(f"{IMPORTS_FOLDER}/{file.name}")
            yield FILE_UNEXPECTED.at(place, near, remedy=_MAP_REMEDY)
