"""Personal data in one line of text: where it stands and what it is.

Numbers are found through full-width digits and through blanks, dots, dashes, brackets and
invisible characters between their groups; names only behind a word such as 学生.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from generator.problems.identity_numbers import NumberKind, number_kind

SEPARATORS = (
    " ._()·-\u00a0\u00ad\u2212\u3000\u2060\ufeff"
    + "".join(map(chr, [*range(0x2000, 0x2016), *range(0x2028, 0x2030), *range(0x2066, 0x206A)]))
)  # fmt: skip
"""What may stand between the digits of one number, up to three of them together."""
_SPLIT = f"[{re.escape(SEPARATORS)}]{{0,3}}"
_RUN = re.compile(rf"[0-9](?:{_SPLIT}[0-9]){{10,}}(?:{_SPLIT}[Xx](?![A-Za-z]))?")
_GROUP = re.compile(r"[0-9]+[Xx]?|[Xx]")
_LONGEST = 19
_WIDE = 3
_EMAIL = re.compile(
    r"(?<![\w.+*-])[A-Za-z0-9_][A-Za-z0-9_.+-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*"
    r"\.(?!(?:png|jpe?g|svg|webp|gif|css|js)\b)[A-Za-z]{2,}",
)
_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][ ]?[A-HJ-NP-Z][ ·•.-]?"
    r"(?=(?:[A-Z]*[0-9]){3})(?:[A-HJ-NP-Z0-9]{6}|[A-HJ-NP-Z0-9]{5}|[A-HJ-NP-Z0-9]{4}[学警港澳挂])"
    r"(?![A-Z0-9*-])",
    re.IGNORECASE,
)
_SAYS = r"(?:账号|号码|群号|[号群为是:：=\s(]|ID){0,4}"
_ACCOUNT = re.compile(
    rf"(?<![A-Za-z])(?:QQ|扣扣){_SAYS}(?P<number>[0-9]{{5,12}})(?![0-9])"
    rf"|(?<![A-Za-z])(?:微信|WeChat|Weixin|V信|VX|WX){_SAYS}"
    r"(?:(?P<digits>[0-9]{5,12})(?![0-9])|(?P<name>(?<=[号:：=是为D ])[A-Z][\w-]{5,19}))",
    re.IGNORECASE | re.ASCII,
)
_PUPIL = re.compile(
    r"(?:学籍辅?号|全国学号|学号|考号|准考证号)[码为是:：=\s]{0,3}(?P<number>[A-Z]{0,2}[0-9]{6,18}X?)",
    re.IGNORECASE,
)
_SURNAMES = (
    "王李张刘陈杨赵吴徐孙朱胡郭梁宋郑谢韩唐冯董曹袁邓傅沈彭吕苏卢蒋蔡贾丁魏薛阎潘杜汪姜范姚谭廖邹"
    "熊陆郝孔崔邱秦侯邵孟钱汤尹黎乔贺赖龚周黄何林罗"
)
"""Common surnames that seldom begin another word."""
_OTHER_WORDS = (
    "张[贴开望口扬数]|陈[述列旧设]|谢[绝谢意]|杜绝|苏醒|郑重|胡[乱闹]|陆续|范[围例文畴]|周[末边一二三四五六日期围到]|"
    "黄[色金昏线]|何[时地种处人事以为]|林[区木地业]|罗列|孔洞|唐突|孙子|钱[款物包]|汤[锅桶类]|贺[卡信]|姜黄|徐徐|"
    "丁[类烷火]|杨梅|王[国者牌]|梁[柱板]|贾商|彭胀|乔[木迁]"
)
_TOLD = "学生|同学|家长|监护人|班主任|老师|教师|患者|当事人|举报人|投诉人|信访人|联系人|姓名"
_NAME = re.compile(
    rf"(?:{_TOLD})(?:姓名|名叫|叫)?[:： (是为]{{0,3}}"
    rf"(?P<name>(?!{_OTHER_WORDS})[{_SURNAMES}][某\u4e00-\u9fa5]{{1,2}})"
)


class Personal(StrEnum):
    """Kinds of personal data."""

    MOBILE = "mobile"
    IDENTITY = "identity"
    STUDENT = "student"
    CARD = "card"
    EMAIL = "email"
    PLATE = "plate"
    ACCOUNT = "account"
    NAME = "name"


_KINDS = {
    NumberKind.MOBILE: Personal.MOBILE,
    NumberKind.IDENTITY: Personal.IDENTITY,
    NumberKind.OLD_IDENTITY: Personal.IDENTITY,
    NumberKind.CARD: Personal.CARD,
}


@dataclass(frozen=True, slots=True, order=True)
class Hit:
    """Something personal from `start` to `end`; `digits` is a number without its separators."""

    start: int
    end: int
    kind: Personal
    digits: str = ""


class _Folding(dict[int, str]):
    """Every character to its plain form of the same length: full-width, and digits of any script."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        folded = unicodedata.normalize("NFKC", character)
        if len(folded) != 1:
            folded = character
        digit = unicodedata.digit(folded, None)
        self[code] = folded if digit is None else str(digit)
        return self[code]


_FOLDING = _Folding()


def fold(text: str) -> str:
    """The text with full-width characters plain; as many characters as before."""
    return text if text.isascii() else text.translate(_FOLDING)


def find_personal(text: str) -> tuple[Hit, ...]:
    """Everything personal in a line, in order; what overlaps is told once, numbers first."""
    plain = fold(text)
    hits: list[Hit] = []
    for hit in [*_numbers(plain), *_words(plain)]:
        if not any(hit.start < other.end and other.start < hit.end for other in hits):
            hits.append(hit)
    return tuple(sorted(hits))


def _words(plain: str) -> Iterator[Hit]:
    for match in _EMAIL.finditer(plain):
        yield Hit(*match.span(), Personal.EMAIL)
    for match in _PLATE.finditer(plain):
        yield Hit(*match.span(), Personal.PLATE)
    for pattern, kind in (
        (_PUPIL, Personal.STUDENT),
        (_ACCOUNT, Personal.ACCOUNT),
        (_NAME, Personal.NAME),
    ):
        for match in pattern.finditer(plain):
            yield Hit(*match.span(match.lastgroup or 0), kind)


def _numbers(plain: str) -> Iterator[Hit]:
    for run in _RUN.finditer(plain):
        groups = [(match.start(), match.group()) for match in _GROUP.finditer(run.group())]
        index = 0
        while index < len(groups):
            found = _number_at(groups, index)
            if found is None:
                index += 1
                continue
            last, kind, digits = found
            start, end = run.start() + groups[index][0], run.start() + groups[last][0]
            before = plain[start - 1 : start].upper()
            if kind is Personal.IDENTITY and before in {"G", "J", "L"} and before:
                kind, start = Personal.STUDENT, start - 1
            yield Hit(start, end + len(groups[last][1]), kind, digits)
            index = last + 1


def _number_at(groups: list[tuple[int, str]], first: int) -> tuple[int, Personal, str] | None:
    """The longest number that begins with a group: its last group, its kind and its digits."""
    found = None
    digits = ""
    for last in range(first, len(groups)):
        digits += groups[last][1]
        if len(digits) > _LONGEST:
            break
        kind = number_kind(digits) or number_kind(digits.rstrip("Xx"))
        sizes = [len(group) for _, group in groups[first:last]]
        even = len({*sizes}) <= 1 or min(sizes) >= _WIDE
        if kind is not None and (even or kind is NumberKind.IDENTITY):
            found = last, _KINDS[kind], digits
    return found
