"""The records of the sample school are what the builder writes, byte by byte."""

from pathlib import Path

from tests.sample.make_sample import build

TABLES = Path(__file__).parents[2] / "records" / "tables"


def test_built_again_the_sample_has_the_same_bytes(tmp_path: Path) -> None:
    build(tmp_path)
    built = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert built == {path.name: path.read_bytes() for path in TABLES.glob("*.csv")}
