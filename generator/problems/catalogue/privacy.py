"""Faults of privacy: what names a person, what nobody sees in a file, what no table may ask."""

from generator.problems.problem import Severity, Words
from generator.problems.rule import Rule

_REMOVE = Words(
    "删去；要写谁负责，就写岗位编号。记名的材料留在纸质登记册里，这里写事件编号",
    "delete it; name the post instead, and keep names in the paper register",
)

MOBILE = Rule(
    "privacy-mobile",
    Words("这里像是手机号码 {value}", "this looks like a mobile number: {value}"),
    Words(
        "删去；值班座机登记到 content/contacts.yml。只作样子的号码写成 138****0000",
        "delete it; put duty lines into content/contacts.yml; write an example as 138****0000",
    ),
)
IDENTITY = Rule(
    "privacy-identity",
    Words("这里像是身份证号码 {value}", "this looks like an identity number: {value}"),
    _REMOVE,
)
STUDENT = Rule(
    "privacy-student",
    Words("这里像是学籍号或学号 {value}", "this looks like a pupil's number: {value}"),
    _REMOVE,
)
CARD = Rule(
    "privacy-card",
    Words("这里像是银行卡号 {value}", "this looks like the number of a bank card: {value}"),
    Words(
        "删去；若是设备或证照的编号，中间加字母或斜杠分开",
        "delete it; if it numbers a device or a licence, part it with a letter or a slash",
    ),
)
EMAIL = Rule(
    "privacy-email",
    Words("这里有电子邮箱 {value}", "there is an e-mail address: {value}"),
    Words(
        "删去；单位的公用邮箱登记到 content/contacts.yml",
        "delete it; put a shared address into content/contacts.yml",
    ),
)
PLATE = Rule(
    "privacy-plate",
    Words("这里像是车牌号 {value}", "this looks like a number plate: {value}"),
    Words(
        "删去；校车写自编号，例如 BUS-01，来访车辆只记辆次",
        "delete it; give school buses numbers of your own, count visitors' cars only",
    ),
)
ACCOUNT = Rule(
    "privacy-account",
    Words("这里像是 QQ 号或微信号 {value}", "this looks like a QQ or WeChat account: {value}"),
    Words(
        "删去；要联系谁，就写岗位或值班座机",
        "delete it; name the post or its duty line",
    ),
)
NAME = Rule(
    "privacy-name",
    Words("这里像是写了人的姓名 {value}", "this looks like somebody's name: {value}"),
    Words(
        "是姓名就删去，改写岗位、人数或事件编号；不是姓名就不用改",
        "if it is a name, write the post, a number of people or a case number; else leave it",
    ),
    Severity.REMINDER,
)
WORD = Rule(
    "privacy-word",
    Words(
        "{title}（{field}）里的“{word}”可能牵涉到某个人",
        "“{word}” in {field} may concern a single person",
    ),
    Words(
        "只写事、部位和人数；病情、家事、看法不写。没有写到某个人就不用改",
        "write what, where and how many; nothing of health, family or opinions. Else leave it",
    ),
    Severity.REMINDER,
)
MORE = Rule(
    "privacy-more",
    Words(
        "{rule} 在这个文件里另有 {more} 处，没有逐处列出",
        "{more} more of {rule} in this file are not listed",
    ),
    Words(
        "整列都是就把这一列从表里去掉；先改前面的，再检查一次",
        "if it is a whole column, remove the column; mend the first ones and check again",
    ),
    Severity.REMINDER,
)
FILE_NAME = Rule(
    "privacy-file-name",
    Words("文件名里有个人信息 {value}", "the file name holds personal data: {value}"),
    Words("给文件改名，只写事情和日期", "rename the file after the matter and the day"),
)
OFFICE_FILE = Rule(
    "office-file",
    Words(
        "这里不收 {kind} 文件：里面有看不见的内容，也没法逐格检查",
        "{kind} files are refused here: they carry what nobody sees and cannot be checked",
    ),
    Words(
        "表格：运行 safecampus import {file} --table 表名，再删去原件；"
        "文档：把文字写进 .md，原件存到别处",
        "a table: run safecampus import {file} --table T, then delete the original;"
        " a document: write its text into a .md file and keep the original elsewhere",
    ),
)
PICTURE_DATA = Rule(
    "picture-metadata",
    Words(
        "图片里带着看不见的信息：{what}；其中可能有地点、时间、作者",
        "the picture carries what nobody sees: {what}; it may tell place, time and author",
    ),
    Words(
        "{remedy_zh}",
        "{remedy_en}",
    ),
)
RESTRICTED_TEXT = Rule(
    "restricted-text",
    Words(
        "表 {table} 定为 restricted，列 {field}（{title}）却可以随便写字",
        "the table {table} is restricted, yet its column {field} takes any text",
    ),
    Words(
        "改成日期、数字、是否，或给出 enum、严格的 pattern，或引用别的表；不然删去这一列",
        "make it a date, number or boolean, give an enum or a strict pattern, or refer to a table;"
        " else remove the column",
    ),
)
FORBIDDEN_COLUMN = Rule(
    "forbidden-column",
    Words(
        "{name} 会记录人的思想、言论、信仰或把人列为对象（“{word}”），这样的内容不建表",
        "{name} would record thought, opinion or belief, or watch people (“{word}”): no such table",
    ),
    Words(
        "删去；这类条款只保留文字，最多统计办了几次活动",
        "delete it; such clauses stay text, at most its events are counted",
    ),
)
