"""Faults of tables: structure of the CSV text, cells against the schema, keys."""

from generator.problems.problem import Severity, Words
from generator.problems.rule import Rule

_OPEN_ROW = Words(
    "核对这一行的逗号和引号；含逗号的文字要整格加双引号",
    "check the commas and quotes of the row; quote a cell that contains a comma",
)

TABLE_EMPTY = Rule(
    "table-empty",
    Words("文件是空的，连表头也没有", "the file is empty, even the header is missing"),
    Words("第一行写表头：{header}", "write the header in the first line: {header}"),
)
HEADER_UNKNOWN = Rule(
    "header-unknown",
    Words("表头有不认识的列 {column}", "the header has an unknown column {column}"),
    Words(
        "改成表结构里的列名，或先在 {schema} 里加上这一列",
        "use a column of the schema, or add it to {schema} first",
    ),
)
HEADER_MISSING = Rule(
    "header-missing",
    Words("表头缺少列 {column}（{title}）", "the header lacks the column {column} ({title})"),
    Words("补上这一列；没有内容的格子留空", "add the column; leave cells without content empty"),
)
HEADER_DUPLICATE = Rule(
    "header-duplicate",
    Words("表头的列 {column} 写了两次", "the column {column} stands twice in the header"),
    Words("删去重复的一列", "remove one of the two columns"),
)
HEADER_BLANK = Rule(
    "header-blank",
    Words("表头第 {number} 列没有名称", "column {number} of the header has no name"),
    Words("写上列名，或删去这一列", "name the column or remove it"),
)
HEADER_ORDER = Rule(
    "header-order",
    Words(
        "列的顺序与表结构不同，从 {column} 起",
        "the columns are in another order than in the schema, from {column} on",
    ),
    Words("按这个顺序排列：{header}", "put them in this order: {header}"),
)
HEADER_WIDE = Rule(
    "header-wide",
    Words(
        "表头有 {found} 列，表结构只有 {wanted} 列",
        "the header has {found} columns, the schema only {wanted}",
    ),
    Words(
        "核对文件是不是这张表、分隔符是不是逗号；表头应为 {header}",
        "check that this is the right file and its separator a comma; the header is {header}",
    ),
)
ROW_SHORT = Rule(
    "row-short",
    Words("这一行只有 {found} 格，应有 {wanted} 格", "the row has {found} cells, not {wanted}"),
    _OPEN_ROW,
)
ROW_LONG = Rule(
    "row-long",
    Words("这一行有 {found} 格，应有 {wanted} 格", "the row has {found} cells, not {wanted}"),
    _OPEN_ROW,
)
ROW_BLANK = Rule(
    "row-blank",
    Words("空行", "an empty row"),
    Words("删去空行", "delete the empty row"),
)
ROW_DUPLICATE = Rule(
    "row-duplicate",
    Words("这一行与 {first} 完全相同", "the row is the same as the one at {first}"),
    Words(
        "删去一行；确是两件事就写明区别，或给表结构加上主键",
        "delete one; if they are two events, say what differs, or give the schema a primary key",
    ),
)
QUOTE_OPEN = Rule(
    "quote-open",
    Words("引号在这里打开，到文件末尾都没有关上", "a quote opens here and is never closed"),
    Words(
        "在这一格末尾补上双引号；格内的双引号写成两个",
        "close it at the end of the cell; write a quote inside a cell twice",
    ),
)
QUOTE_STRAY = Rule(
    "quote-stray",
    Words(
        "引号关上之后还有文字；这一格的引号在 {opened} 打开",
        "there is text after the closing quote; the quote opened at {opened}",
    ),
    Words("整格放进一对双引号；格内的双引号写成两个", "quote the whole cell; double inner quotes"),
)
FINAL_NEWLINE = Rule(
    "final-newline",
    Words("最后一行没有换行符", "the last line has no line end"),
    Words("在文件末尾加一个换行", "end the file with a line end"),
)
SEPARATOR_WRONG = Rule(
    "separator-wrong",
    Words("列之间用的是{sign_zh}，不是逗号", "columns are separated by {sign_en}, not by commas"),
    Words(
        "在 WPS 或 Excel 里打开，另存为“CSV UTF-8（逗号分隔）”",
        "open it in a spreadsheet program and save it as CSV UTF-8, comma delimited",
    ),
)
CELL_TYPE = Rule(
    "cell-type",
    Words(
        "{title}（{field}）的值 {value} 不是{wanted_zh}",
        "the value {value} of {field} is not {wanted_en}",
    ),
    Words("写成{wanted_zh}，例如 {example}", "write {wanted_en}, for example {example}"),
)
CELL_FORM = Rule(
    "cell-form",
    Words(
        "{title}（{field}）的值 {value} 读不成{wanted_zh}，看起来是{looks_zh}",
        "the value {value} of {field} does not read as {wanted_en}; it looks like {looks_en}",
    ),
    Words(
        "核对后写成{wanted_zh}，例如 {example}", "check it and write {wanted_en}, such as {example}"
    ),
)
CELL_REQUIRED = Rule(
    "cell-required",
    Words("{title}（{field}）没有填", "{field} is empty"),
    Words("填上{title}", "fill in {field}"),
)
CELL_UNIQUE = Rule(
    "cell-unique",
    Words(
        "{title}（{field}）的值 {value} 已经用过，首次在 {first}",
        "the value {value} of {field} is in use already, first at {first}",
    ),
    Words(
        "换一个没有用过的值；若是同一条记录，删去一条",
        "use a new value, or delete the repeated row",
    ),
)
CELL_ENUM = Rule(
    "cell-enum",
    Words(
        "{title}（{field}）的值 {value} 不在可选值之中",
        "the value {value} of {field} is not one of the choices",
    ),
    Words("从这些里选：{choices}", "choose one of: {choices}"),
)
CELL_PATTERN = Rule(
    "cell-pattern",
    Words(
        "{title}（{field}）的值 {value} 不合格式 {pattern}",
        "the value {value} of {field} does not match {pattern}",
    ),
    Words("照格式写；{hint}", "follow the pattern; {hint}"),
)
CELL_RANGE = Rule(
    "cell-range",
    Words(
        "{title}（{field}）的值 {value} 超出范围：{limit_zh}",
        "the value {value} of {field} is out of range: it must be {limit_en}",
    ),
    Words("核对后改成范围内的值", "check it and write a value within the range"),
)
CELL_PRECISION = Rule(
    "cell-precision",
    Words(
        "{title}（{field}）的值 {value} 太大、太细，或不是有限的数",
        "the value {value} of {field} is too large, too fine or not finite",
    ),
    Words(
        "整数部分最多 12 位，小数最多 6 位",
        "write at most 12 digits before and 6 behind the decimal point",
    ),
)
KEY_DUPLICATE = Rule(
    "key-duplicate",
    Words("主键 {value} 重复，首次在 {first}", "the key {value} is repeated, first at {first}"),
    Words("换一个编号；若是同一条记录，删去一条", "use another id, or delete the repeated row"),
)
RESTRICTED_ABSENT = Rule(
    "restricted-absent",
    Words(
        "放受限台账的文件夹 {folder} 不在这里，{tables} 没有统计",
        "the folder {folder} of restricted tables is not here; {tables} are not counted",
    ),
    Words(
        "在有权限的机器上把那个仓库取到这个位置；没有权限就不用管",
        "where you may, check that repository out at this place; else leave it",
    ),
    Severity.REMINDER,
)
RESTRICTED_HERE = Rule(
    "restricted-here",
    Words(
        "{table} 是受限的台账，school.yaml 说放在 {folder}，这里却有一份",
        "{table} is restricted and kept in {folder}, but a file of it is here",
    ),
    Words(
        "移到那个文件夹，从这里删去；以前的版本还在 git 历史里，交给网管清理",
        "move it there and delete it here; earlier versions are still in the git history",
    ),
)
KEY_REFERENCE = Rule(
    "unknown-reference",
    Words(
        "{title}（{field}）的值 {value} 不在{target}之中",
        "the value {value} of {field} is not in {target}",
    ),
    Words(
        "改成已有的编号；若确有其事，先在{target}增加一行",
        "use an existing id, or add a row to {target} first",
    ),
)
LIST_DUPLICATE = Rule(
    "list-duplicate",
    Words("{title}（{field}）里 {value} 写了两次", "{value} stands twice in {field}"),
    Words("留一个", "keep one of them"),
)
DATE_FUTURE = Rule(
    "date-future",
    Words(
        "{title}（{field}）的日期 {value} 在今天之后",
        "the date {value} of {field} lies after today",
    ),
    Words("记录只写已经发生的事；核对年份和月份", "record only what has happened; check the date"),
)
ROW_REFUSED = Rule(
    "row-refused",
    Words("这一行没有通过表结构检查：{detail}", "the row does not fit the schema: {detail}"),
    Words("照表结构 {schema} 核对这一行", "compare the row with {schema}"),
)
SCHEMA_REFUSED = Rule(
    "schema-refused",
    Words("表结构写得不对：{detail_zh}", "the schema is not well formed: {detail_en}"),
    Words("照 Table Schema 的写法改正", "write it as Table Schema asks"),
)
