"""How names are read, found out beside this process while the index is made.

The dictionaries take half a second to load and to ask.
"""

import contextlib
from collections.abc import Iterable, Iterator

from generator.cache.store import Store, key_of
from generator.search.grams import as_json
from generator.search.readings import readings
from generator.site.spread import Later


def letters_of(names: Iterable[str], store: Store) -> bytes:
    """How names are read, as JSON; kept, since most edits change no name."""
    spoken = sorted(names)
    return store.remembered(_key(spoken), lambda: as_json(readings(spoken)))


@contextlib.contextmanager
def letters_aside(all_names: Iterable[Iterable[str]], store: Store) -> Iterator[None]:
    """Meanwhile find out how several lots of names are read; afterwards it is kept.

    Args:
        all_names: the lots for which `letters_of` will be asked.
        store: where answers are kept; where nothing is kept, nothing is done.
    """
    lots = {_key(names): names for names in map(sorted, all_names)} if store.keeps else {}
    fresh = {key: names for key, names in lots.items() if store.recall(key) is None}
    if not fresh:
        yield
        return
    with Later(lambda: {key: as_json(readings(names)) for key, names in fresh.items()}) as later:
        yield
        for key, letters in (later.answer() or {}).items():
            store.keep(key, letters)


def _key(names: list[str]) -> bytes:
    return key_of("letters", *names)
