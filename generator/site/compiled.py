"""Templates compiled by an earlier run, kept under the digest of their source."""

import jinja2
from jinja2.bccache import Bucket

from generator.cache.store import Store, key_of


class Compiled(jinja2.BytecodeCache):
    """The compiled templates of one environment."""

    def __init__(self, name: str, store: Store) -> None:
        """Name the environment, since its settings go into what is compiled."""
        self._name = name
        self._store = store

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill a bucket with what is known."""
        kept = self._store.recall(self._key(bucket))
        if kept is not None:
            bucket.bytecode_from_string(kept)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        self._store.keep(self._key(bucket), bucket.bytecode_to_string())

    def _key(self, bucket: Bucket) -> bytes:
        return key_of("template", self._name, bucket.key, bucket.checksum)
