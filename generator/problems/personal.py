"""Personal data in one line of text: where it stands and what it is.

Numbers are found through full-width digits and through blanks, dots, dashes, brackets and
invisible characters between their groups; names only behind a word such as 学生.
"""

import re
import unicodedata
from bisect import bisect_left
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
_GROUP = re.compile(r"[0-9]+|[Xx]")
_PUPILS = frozenset("GJLgjl")
_MOBILE = 11
_LONGEST = 19
_WIDE = 3
_ISSUER = 6
_EMAIL = re.compile(
    r"(?<![A-Za-z0-9_.+*-])[A-Za-z0-9_][A-Za-z0-9_.+-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*"
    r"\.(?!(?:png|jpe?g|svg|webp|gif|css|js)\b)[A-Za-z]{2,}"
)
_TAIL = "[A-HJ-NP-Z0-9]"
_PLATE = re.compile(
    r"(?:[京津沪渝冀豫云辽黑湘皖鲁苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]|(?<![最更创全])新) ?"
    rf"[A-HJ-NP-Z][ ·•.-]?(?=(?:[A-Z]*[0-9]){{3}})(?:{_TAIL}{{5,6}}|{_TAIL}{{4}}[学警港澳挂])"
    "(?![A-Z0-9*-])",
    re.IGNORECASE,
)
_SAYS = r"(?:账号|号码|群号|[号群为是:=\s(]|ID){0,4}"
_ACCOUNT = re.compile(
    rf"(?<![A-Za-z])(?:QQ|扣扣){_SAYS}(?P<number>[0-9]{{5,12}})(?![0-9])"
    rf"|(?<![A-Za-z])(?:微信|WeChat|Weixin|V信|VX|WX){_SAYS}"
    r"(?:(?P<digits>[0-9]{5,12})(?![0-9])|(?<=[号:=D])\s?(?P<name>[A-Z][\w-]{5,19}))",
    re.IGNORECASE | re.ASCII,
)
_PUPIL = re.compile(
    r"(?:学籍辅?号|学号|考号|准考证号)[码为是:=\s]{0,3}(?P<number>[A-Z]{0,2}[0-9]{6,18}X?)",
    re.IGNORECASE,
)
SURNAMES = (
    "王李张刘陈杨赵吴徐孙朱胡郭梁宋郑谢韩唐冯董曹袁邓傅沈彭吕苏卢蒋蔡贾丁魏薛阎潘杜汪姜范姚谭廖邹"
    "熊陆郝孔崔邱秦侯邵孟钱汤尹黎乔贺赖龚周黄何林罗"
)
"""Common surnames that seldom begin another word."""
_OTHER_WORDS = (
    "张[贴开望口扬数罗]|陈[述列旧设]|谢[绝谢意]|杜绝|苏醒|郑重|胡[乱闹同]|陆续|范[围例文畴]|董事|"
    "周[末边一二三四五六日期围到知密全岁转年内前后]|黄[色金昏线豆土灯]|何[时地种处人事以为等]|"
    "林[区木地业荫间]|罗列|孔洞|唐突|孙子|钱[款物包]|汤[锅桶类]|贺[卡信电词]|徐[徐步]|丁[类烷火]|"
    "赖以|梁[柱板]|乔[木迁]|王[国牌]"
)
TOLD = "学生|同学|家长|监护人|班主任|老师|教师|患者|当事人|举报人|投诉人|信访人|联系人|姓名"
_NAME = re.compile(
    rf"(?:{TOLD})(?:姓名|名叫|叫)?[: (是为]{{0,3}}"
    rf"(?P<name>(?!{_OTHER_WORDS})[{SURNAMES}][\u4e00-\u9fa5]{{1,2}})"
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


@dataclass(frozen=True, slots=True)
class _Group:
    """Digits that nothing parts, or the X at the end of an identity number."""

    digits: str
    start: int
    end: int


class _Folding(dict[int, str]):
    """Every character to a plain one: full-width forms, and digits of any script."""

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
    hits = list(_numbers(plain))
    for hit in _words(plain):
        index = bisect_left(hits, hit)
        follows = index == 0 or hits[index - 1].end <= hit.start
        if follows and (index == len(hits) or hit.end <= hits[index].start):
            hits.insert(index, hit)
    return tuple(hits)


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
        groups = [
            _Group(match.group(), match.start(), match.end())
            for match in _GROUP.finditer(plain, *run.span())
        ]
        index = 0
        while index < len(groups):
            hit = _number_at(groups[index : index + _LONGEST])
            index += 1
            if hit is None:
                continue
            before = plain[max(hit.start - 1, 0) : hit.start]
            if hit.kind is Personal.IDENTITY and before in _PUPILS:
                hit = Hit(hit.start - 1, hit.end, Personal.STUDENT, hit.digits)
            yield hit
            while index < len(groups) and groups[index].start < hit.end:
                index += 1


def _number_at(groups: list[_Group]) -> Hit | None:
    """The longest number that begins with the first of the groups."""
    found = None
    digits = ""
    sizes: list[int] = []
    for group in groups:
        digits += group.digits
        sizes.append(len(group.digits))
        kind = number_kind(digits)
        if kind is not None and _is_grouping(sizes, kind):
            found = Hit(groups[0].start, group.end, _KINDS[kind], digits)
    return found


def _is_grouping(sizes: list[int], kind: NumberKind) -> bool:
    """Tell how people group such a number from dates and codes that happen to stand in a row.

    An identity number proves itself. Else all groups but the last are equally long; mobile
    numbers may have unequal groups of three and more, cards a group of six in front.
    """
    if kind is NumberKind.MOBILE:
        sizes = _without_country(sizes)
    *front, last = sizes
    if kind is NumberKind.IDENTITY or not front:
        return True
    if kind is NumberKind.MOBILE:
        return len({*front}) == 1 or min(front) >= _WIDE
    return len({*front}) == 1 and (last <= front[0] or front == [_ISSUER])


def _without_country(sizes: list[int]) -> list[int]:
    """The groups of the eleven digits of a mobile number, without a code in front of them."""
    surplus = sum(sizes) - _MOBILE
    kept = []
    for size in sizes:
        kept.append(size - min(size, surplus))
        surplus -= size - kept[-1]
    return [size for size in kept if size]
