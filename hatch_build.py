"""Lays the product files of the top-level folders into the wheel, under `generator/product/`.

An editable install gets none of them: there the folders themselves are at hand, and a copy would
grow stale. The sample's records stay behind, but for the lists a new school starts from; of all
rows a fingerprint goes along, so that a real school can be told which rows are not its own.
"""

import importlib.util
import tempfile
from pathlib import Path
from types import ModuleType
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PRODUCT = "generator/product"


class ProductHook(BuildHookInterface[Any]):
    """Adds the files that `product` in pyproject.toml names to a standard wheel."""

    PLUGIN_NAME = "custom"
    made: tempfile.TemporaryDirectory[str] | None = None

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called before each build; `version` is `standard` or `editable`."""
        if version != "standard":
            return
        for source, target in self.config["product"].items():
            for file in files_below(Path(self.root) / source):
                path = file.relative_to(Path(self.root) / source)
                build_data["force_include"][str(file)] = (Path(PRODUCT) / target / path).as_posix()
        rules = product_module(Path(self.root))
        self.made = tempfile.TemporaryDirectory()
        listed = Path(self.made.name) / "fingerprints"
        lines = rules.table_fingerprints(Path(self.root) / rules.TABLES)
        listed.write_text("".join(f"{line}\n" for line in lines), encoding="ascii", newline="\n")
        build_data["force_include"][str(listed)] = f"{PRODUCT}/{rules.FINGERPRINTS}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Called after each build."""
        del version, build_data, artifact_path
        if self.made is not None:
            self.made.cleanup()


def files_below(path: Path) -> list[Path]:
    """A file itself, or all files of a folder, but what Python left there when it ran one."""
    found = sorted(path.rglob("*")) if path.is_dir() else [path]
    return [file for file in found if file.is_file() and "__pycache__" not in file.parts]


def product_module(root: Path) -> ModuleType:
    """`generator/product.py` alone: while a wheel is built, what the package needs is not there."""
    spec = importlib.util.spec_from_file_location("product", root / "generator" / "product.py")
    if spec is None or spec.loader is None:
        raise ImportError(name="generator.product")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
