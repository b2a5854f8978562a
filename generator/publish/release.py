"""Build aside, verify, then switch; a failed build changes nothing that readers see."""

import shutil
from pathlib import Path
from typing import NamedTuple

from generator.ledger import Ledger
from generator.publish.switch import LINK, is_shown, next_folder, switch
from generator.site.allowed import STAFF
from generator.site.fault import Fault
from generator.site.mkdocs_run import SiteError, build_tree
from generator.site.tree import Tree, plan_tree
from generator.site.verify import verify_site

_SHOWN = 20


class Built(NamedTuple):
    """The link to a site, how many pages it has, whether it depends on nothing unknown."""

    link: Path
    pages: int
    known: bool


def build_site(ledger: Ledger, edition: str = STAFF, tree: Tree | None = None) -> Built:
    """Build the site of a ledger without errors and make it the one readers see.

    Args:
        ledger: a ledger without errors.
        edition: `staff` or `public`.
        tree: its site, when that is planned already.

    Raises:
        SiteError: the build failed or its result has faults; the previous site stays.
        OSError: the disk refused; it names the file.
    """
    root = ledger.checked.project.root
    folder = next_folder(root)
    try:
        tree = tree or plan_tree(ledger, edition)
        known = build_tree(root, tree, folder, before=(root / LINK).resolve())
        refuse(verify_site(folder, tree))
        return Built(switch(root, folder), len(tree.pages), known)
    except BaseException:
        if not is_shown(root, folder):
            shutil.rmtree(folder, ignore_errors=True)
        raise


def refuse(faults: list[Fault]) -> None:
    """Stop when the built site has faults.

    Raises:
        SiteError: it has; the text names them.
    """
    if not faults:
        return
    lines = [f"{fault.file}: {fault.what}" for fault in faults[:_SHOWN]]
    more = [f"… 共 {len(faults)} 处 (in all)"] if len(faults) > _SHOWN else []
    raise SiteError("\n".join(["网站没有通过核对，原来的网站不变：", *lines, *more]))
