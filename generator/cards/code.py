"""The QR code of a card as a drawing."""

import io

from generator.cards.card import Card


def code_drawing(card: Card) -> str:
    """An SVG with the address of the card's page, or its id and path where none is declared."""
    import segno  # noqa: PLC0415 - not loaded where every sheet is remembered

    text = card.address if card.has_site else f"{card.id} {card.title} {card.address}"
    stream = io.BytesIO()
    segno.make(text, error="m", micro=False).save(stream, kind="svg", border=0, xmldecl=False)
    return stream.getvalue().decode()


def code_note(card: Card) -> str:
    """What the code holds, in words below it."""
    return "扫码看全文" if card.has_site else f"码中只有编号和路径 {card.address}"
