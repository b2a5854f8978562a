"""Faults of what is brought in from spreadsheets: files, headers, cells, rows."""

from generator.problems.problem import Severity, Words
from generator.problems.rule import Rule

SHEET_UNREADABLE = Rule(
    "sheet-unreadable",
    Words("这个文件读不出来：{why_zh}", "the file cannot be read: {why_en}"),
    Words(
        "在 WPS 或 Excel 里打开，另存为 .xlsx 再交",
        "open it in a spreadsheet program and save it as .xlsx",
    ),
)
SHEET_UNKNOWN = Rule(
    "sheet-unknown",
    Words("不知道收哪张工作表，文件里有：{names}", "which sheet is meant? the file has: {names}"),
    Words("用 --sheet 写明工作表的名称", "name the sheet with --sheet"),
)
SHEET_EMPTY = Rule(
    "sheet-empty",
    Words("文件里一个字也没有", "the file holds nothing"),
    Words(
        "打开看看是不是要交的那一份，填好、保存以后再交",
        "see whether it is the right one, and save it with its rows",
    ),
)
TABLE_UNKNOWN = Rule(
    "table-unknown",
    Words("不知道收进哪张表", "it is not said which table this belongs to"),
    Words(
        "用 --table 写明表名：{names}；或者用 safecampus template 生成的文件填写",
        "name the table with --table: {names}; or fill in a file made by safecampus template",
    ),
)
SHEET_HEADER = Rule(
    "sheet-header",
    Words("找不到表头：没有一行写着{titles}这些列名", "no row holds column names such as {titles}"),
    Words(
        "在数据上方写一行列名，或把本校的叫法写进 {map}",
        "write a row of column names above the data, or add your names to {map}",
    ),
)
SHEET_COLUMN = Rule(
    "sheet-column",
    Words("不认识列名 {column}", "the column name {column} is not known"),
    Words(
        "改成这张表的列名，或把这个叫法写进 {map}；不收的列写进 ignore",
        "use a column of the table, or add the name to {map}; list columns to skip under ignore",
    ),
)
SHEET_COLUMN_TWICE = Rule(
    "sheet-column-twice",
    Words("{first} 和这一列都是{title}", "{first} and this column both mean {title}"),
    Words("留一列，删一列", "keep one of the two columns"),
)
SHEET_COLUMN_MISSING = Rule(
    "sheet-column-missing",
    Words("表头没有{title}（{field}）这一列", "the header lacks the column {title} ({field})"),
    Words("补上这一列，不然认不出是哪一条记录", "add the column; it tells which record is meant"),
)
TEXT_ENCODING = Rule(
    "text-encoding",
    Words(
        "文字编码认不出来：不是 UTF-8、GB18030 或 UTF-16",
        "the encoding is none of UTF-8, GB18030 and UTF-16",
    ),
    Words("另存为 .xlsx 再交", "save it as .xlsx"),
)
MOJIBAKE = Rule(
    "mojibake",
    Words(
        "文字变成了乱码：{value} 本来应是 {meant}",
        "the text was garbled: {value} should read {meant}",
    ),
    Words(
        "找到没有变乱的原文件重新交；乱码不会自动修复",
        "bring the file from before it was garbled; it is not repaired automatically",
    ),
)
CELL_FAULTY = Rule(
    "cell-faulty",
    Words(
        "{title}（{field}）的格子是错误值 {value}", "the cell of {field} holds the error {value}"
    ),
    Words("改正公式，或直接写上值", "mend the formula, or write the value itself"),
)
FORMULA_EMPTY = Rule(
    "formula-empty",
    Words("{title}（{field}）是公式，还没有算出值", "{field} is a formula without a value"),
    Words(
        "在 WPS 或 Excel 里打开并保存一次，或直接写上值",
        "open and save it in a spreadsheet program, or write the value itself",
    ),
)
DATE_INCOMPLETE = Rule(
    "date-incomplete",
    Words("{title}（{field}）的日期 {value} 不完整：{lack_zh}", "{value} in {field} {lack_en}"),
    Words(
        "写全年月日，例如 2026-09-01；年份写四位",
        "write year, month and day, for example 2026-09-01, the year in four digits",
    ),
)
DATE_IMPOSSIBLE = Rule(
    "date-impossible",
    Words("{title}（{field}）的日期 {value} 在日历上没有", "{value} in {field} is on no calendar"),
    Words("核对日期，写成日历上有的一天", "check the date and write a day that exists"),
)
DATE_RANGE = Rule(
    "date-range",
    Words("{title}（{field}）写了一段日期 {value}", "{value} in {field} is a span of days"),
    Words(
        "只写第一天，其余写进备注；表里有起止两列的，分开写",
        "write the first day and put the rest into a note, or use columns for start and end",
    ),
)
DATE_BASE = Rule(
    "date-base",
    Words(
        "{title}（{field}）是数字 {value}，这个文件的日期从 1904 年算起，不知道是哪一天",
        "{value} in {field}: the file counts days from 1904, so the day is not certain",
    ),
    Words("把这一列的格式设成日期，核对后再交", "format the column as dates, check it, try again"),
)
DATE_SERIAL = Rule(
    "date-serial",
    Words(
        "{title}（{field}）的 {value} 按表格软件的日序数读作 {read}",
        "{value} in {field} was read as the serial number of {read}",
    ),
    Words(
        "核对是不是这一天；以后把这一列设成日期格式", "check the day; format the column as dates"
    ),
    Severity.REMINDER,
)
VALUE_APPROXIMATE = Rule(
    "value-approximate",
    Words("{title}（{field}）的值 {value} 是约数", "{value} in {field} is approximate"),
    Words("写实际的数；不知道就空着", "write the true number, or leave the cell empty"),
)
PERCENT_AMBIGUOUS = Rule(
    "percent-ambiguous",
    Words(
        "{title}（{field}）的值 {value} 可能是 {value} %，也可能是比例",
        "{value} in {field} may be a percentage or a ratio",
    ),
    Words("带百分号写，例如 98.5%", "write it with a percent sign, for example 98.5%"),
)
SCIENTIFIC = Rule(
    "scientific-notation",
    Words(
        "{title}（{field}）的值 {value} 被表格软件改成了科学计数，后几位已经丢了",
        "{value} in {field} was turned into scientific notation; its last digits are lost",
    ),
    Words(
        "把这一列设成文本，照原件重填；证件号码不收",
        "format the column as text and write it again; identity numbers do not belong here",
    ),
)
DITTO = Rule(
    "ditto",
    Words("{title}（{field}）写的是 {value}", "{field} says {value}"),
    Words(
        "把值写出来；确实都与上一行相同，可加 --accept-ditto",
        "repeat the value; --accept-ditto copies the one above",
    ),
)
KEY_ZEROS = Rule(
    "key-zeros",
    Words(
        "{title}（{field}）的值 {value} 没有登记，前面的 0 可能丢了",
        "{value} in {field} is not recorded; leading zeros may be lost",
    ),
    Words("把这一列设成文本，照原编号重填", "format the column as text and write the id again"),
)
KEY_AMBIGUOUS = Rule(
    "key-ambiguous",
    Words(
        "{title}（{field}）的 {value} 可以是：{choices}",
        "{value} in {field} may mean any of: {choices}",
    ),
    Words("写全名或编号", "write the full name or the id"),
)
ROW_REPEATED = Rule(
    "row-repeated",
    Words(
        "这一行与 {first} 是同一条记录 {value}", "this row and {first} are the same record {value}"
    ),
    Words("留一行；确实是两件事，就写上不同的编号", "keep one, or give them different ids"),
)
ROW_UNCERTAIN = Rule(
    "row-uncertain",
    Words(
        "这一行没有编号，已有 {count} 条记录与它相同：{choices}",
        "the row has no id, and {count} records agree with it: {choices}",
    ),
    Words("写上编号", "write the id"),
)
ID_UNKNOWN = Rule(
    "id-unknown",
    Words(
        "这一行是新的，{title}（{field}）空着，又没有办法编号",
        "the row is new, {field} is empty, and no id can be made",
    ),
    Words("填上{title}；自动编号还要填日期", "fill in {field}; a new id also takes the date"),
)
WHOLE_EMPTY = Rule(
    "whole-empty",
    Words(
        "{title}（{field}）写的是 {value}，但那一天没有可以展开的记录",
        "{value} in {field}: nothing was in force on that day",
    ),
    Words("核对日期，或逐行写明", "check the date, or write one row each"),
)
TOTAL_MISMATCH = Rule(
    "total-mismatch",
    Words(
        "{label}行的{title}写着 {value}，按上面各行应是 {counted}",
        "the row {label} states {value} for {title}; the rows above give {counted}",
    ),
    Words(
        "核对是漏了行还是加错了；合计行只用来核对，不收",
        "see whether a row is missing or the sum is wrong; totals are checked, not recorded",
    ),
)
PERSONAL_DATA = Rule(
    "personal-data",
    Words(
        "{title}（{field}）里像有{kind_zh}：{value}",
        "{field} seems to hold {kind_en}: {value}",
    ),
    Words(
        "删去姓名和号码，只写岗位，例如 {example}", "write a post instead, for example {example}"
    ),
)
NOT_PREPARED = Rule(
    "month-empty",
    Words("{month} 没有要交的表", "nothing is due in {month}"),
    Words("核对月份和岗位；要交的表写在 {folder} 的 monthly 里", "see monthly under {folder}"),
)
