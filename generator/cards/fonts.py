"""Where a machine keeps its fonts: the folders that the typesetter looks into."""

import os
import sys
from pathlib import Path


def font_folders() -> list[Path]:
    """The folders with fonts of this machine that exist.

    The same as fontdb's, which the typesetter uses
    (https://docs.rs/fontdb, `Database::load_system_fonts`).
    """
    home = Path.home()
    if sys.platform == "win32":
        own = Path(os.environ.get("LOCALAPPDATA", home)) / "Microsoft/Windows/Fonts"
        found = [Path(os.environ.get("SYSTEMROOT", "C:/Windows")) / "Fonts", own]
    elif sys.platform == "darwin":
        found = [Path("/Library/Fonts"), Path("/System/Library/Fonts"), home / "Library/Fonts"]
    else:
        found = [Path("/usr/share/fonts"), Path("/usr/local/share/fonts")]
        found += [home / ".fonts", home / ".local/share/fonts"]
    return [folder for folder in found if folder.is_dir()]
