"""Lays the product files of the top-level folders into the wheel, under `generator/product/`.

An editable install gets none of them: there the folders themselves are at hand, and a copy would
grow stale.
"""

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PRODUCT = "generator/product"


class ProductHook(BuildHookInterface[Any]):
    """Adds the files that `product` in pyproject.toml names to a standard wheel."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called before each build; `version` is `standard` or `editable`."""
        if version == "standard":
            for source, target in self.config["product"].items():
                build_data["force_include"][source] = f"{PRODUCT}/{target}"
