"""Personal data in a cell of a sheet: what it is in words, and the cell with it hidden.

What counts as personal is decided elsewhere; here it is said the way Chinese offices write it:
`张* 138****8000`. A name is hidden only where it stands before a number.
"""

import re

from generator.problems.masking import mask
from generator.problems.personal import Hit, Personal, find_personal, fold
from generator.problems.problem import Words

_KINDS = {
    Personal.MOBILE: Words("手机号码", "a mobile number"),
    Personal.IDENTITY: Words("身份证号码", "an identity number"),
    Personal.STUDENT: Words("学籍号", "a pupil's number"),
    Personal.CARD: Words("银行卡号", "a bank card number"),
    Personal.EMAIL: Words("电子邮箱", "an e-mail address"),
    Personal.PLATE: Words("车牌号", "a number plate"),
    Personal.ACCOUNT: Words("QQ 或微信号", "a QQ or WeChat number"),
}
_NAME_BEFORE = re.compile(r"[\u4e00-\u9fff]{2,4}(?=[\s:：,，、（(]*$)")
_HEAD, _TAIL = 3, 4


def personal_in(text: str) -> Words | None:
    """What kind of personal data the cell holds; None when it holds none."""
    return next((_KINDS[hit.kind] for hit in find_personal(text) if hit.kind in _KINDS), None)


def hide_person(text: str) -> str:
    """The cell with numbers and the names before them hidden."""
    plain = fold(text)
    parts: list[str] = []
    end = 0
    for hit in find_personal(text):
        parts += [_hide_name(plain[end : hit.start]), _hidden(plain, hit)]
        end = hit.end
    return mask("".join(parts) + plain[end:])


def _hide_name(before: str) -> str:
    return _NAME_BEFORE.sub(lambda match: match.group()[0] + "*" * (len(match.group()) - 1), before)


def _hidden(plain: str, hit: Hit) -> str:
    written = hit.digits or plain[hit.start : hit.end]
    if hit.kind is Personal.NAME or len(written) <= _HEAD + _TAIL:
        return written[0] + "*" * (len(written) - 1)
    return written[:_HEAD] + "*" * (len(written) - _HEAD - _TAIL) + written[-_TAIL:]
