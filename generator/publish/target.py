"""Where to publish: a folder of this machine or of another one, told apart by how it is written."""

import dataclasses

from generator.ledger import Ledger
from generator.publish.publishing import publish
from generator.publish.remote import publish_there
from generator.publish.remote_host import RemoteHost, parse_target
from generator.publish.sealing import Order


def publish_to(ledger: Ledger, target: str, order: Order) -> str:
    """Publish a ledger without errors; `order.folder` is filled in. Returns the release's id."""
    place = parse_target(target)
    if isinstance(place, RemoteHost):
        return publish_there(ledger, order, place)
    return publish(ledger, dataclasses.replace(order, folder=place))
