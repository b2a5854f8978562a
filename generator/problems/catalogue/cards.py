"""Faults of action cards: too long for a sheet, no font, old copies on the wall."""

from generator.problems.problem import Severity, Words
from generator.problems.rule import Rule

CARD_LONG = Rule(
    "card-too-long",
    Words(
        "{form_zh}在最小的字号下还多出 {over} 毫米；最长的一块是“{part}”，高 {high} 毫米",
        "{form_en} is {over} mm too long at its smallest type; its longest part {part} has {high}",
    ),
    Words(
        "缩短这一块：每条的第一句话上卡片，其余放到后面的句子里",
        "shorten that part: the first sentence of an item goes on the card, the rest may follow it",
    ),
)
CARD_FONT = Rule(
    "card-font",
    Words(
        "在 {where} 没有找到中文字体，应急卡片没有制作",
        "no Chinese font was found in {where}; the action cards were not made",
    ),
    Words(
        "安装 Debian 软件包 fonts-noto-cjk，或在 school.yaml 写 card_fonts: 字体所在的文件夹",
        "install the Debian package fonts-noto-cjk, or declare card_fonts: a folder with a font",
    ),
    Severity.REMINDER,
)
CARD_PRINTED_OLD = Rule(
    "card-printed-old",
    Words(
        "{where} 张贴的 {card} 是 {old} 版，现行的是 {now} 版",
        "{card} hangs at {where} in version {old}, the present one is {now}",
    ),
    Words(
        "换上现行版，再改这一行的 version 和 printed_on；程序停用的就取下并删去这一行",
        "replace it, then change version and printed_on; take down what is retired, drop its line",
    ),
    Severity.REMINDER,
)
