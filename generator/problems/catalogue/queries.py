"""Faults of declared SQL, of rules and of indicators."""

from generator.problems.problem import Words
from generator.problems.rule import Rule

SQL_BROKEN = Rule(
    "sql-broken",
    Words("SQL 读不下去：{near_text} 附近不合语法", "the SQL does not parse near {near_text}"),
    Words("改正语法；只写一条 select", "mend the syntax; write one select only"),
)
SQL_NOT_SELECT = Rule(
    "sql-not-select",
    Words("这里只许一条 select，{what_zh}", "only one select is allowed here: {what_en}"),
    Words("改写成一条 select 查询", "write it as one select query"),
)
SQL_FORBIDDEN = Rule(
    "sql-forbidden",
    Words(
        "SQL 用了 {what}，不在许可之列；时钟、随机、文件、设置都不许用",
        "the SQL uses {what}, which is not allowed; nor are clock, random, files and settings",
    ),
    Words(
        "统计日用 as_of()；其余改用登记过的表和普通函数",
        "use as_of() for the day counted on; else declared tables and plain functions",
    ),
)
SQL_UNKNOWN_RELATION = Rule(
    "sql-unknown-relation",
    Words(
        "SQL 用到的 {name} 不是登记过的表", "the SQL names {name}, which is not a declared table"
    ),
    Words("改成登记过的表名，或先登记这张表", "use the name of a declared table, or declare it"),
)
SQL_UNKNOWN_COLUMN = Rule(
    "sql-unknown-column",
    Words("SQL 用到的列 {name} 不存在", "the SQL names the column {name}, which does not exist"),
    Words("改成表里有的列名", "use a column that the table has"),
)
SQL_REFUSED = Rule(
    "sql-refused",
    Words("SQL 不能执行：{detail}", "the SQL cannot be run: {detail}"),
    Words("照上面的提示改正这条查询", "mend the query as the message says"),
)
SQL_TOO_LONG = Rule(
    "sql-too-long",
    Words("查询超过 {seconds} 秒没有结果", "the query gave no result within {seconds} seconds"),
    Words(
        "改成按日期或编号相等的连接，少用大于小于的连接",
        "join on equal dates or ids instead of ranges",
    ),
)
EVIDENCE_COLUMNS = Rule(
    "evidence-columns",
    Words("证据查询{what_zh}：{names}", "the evidence query {what_en}: {names}"),
    Words(
        "证据只许这些列：_row subject happened_on value counts part whole waits due_on warn_on"
        " open owner label",
        "evidence has these columns only: _row subject happened_on value counts part whole waits"
        " due_on warn_on open owner label",
    ),
)
EVIDENCE_VALUE = Rule(
    "evidence-value",
    Words(
        "证据的 {column} 列有值 {value}，{why_zh}",
        "the column {column} of the evidence holds {value}: {why_en}",
    ),
    Words("改正查询，让这一列{wanted_zh}", "mend the query so that the column {wanted_en}"),
)
CONDITION = Rule(
    "condition",
    Words(
        "适用条件 {value} 看不懂：学校概况里没有 {name}",
        "the condition {value} cannot be read: the profile has no {name}",
    ),
    Words(
        "写 always、事实名、not 事实名 或 事实名 = 值；事实写在 school.yaml 的 profile 里",
        "write always, a fact, not a fact, or fact = value; facts stand in the profile",
    ),
)
CALENDAR_OVERLAP = Rule(
    "calendar-overlap",
    Words(
        "校历的 {span} 与 {other} 重叠",
        "the calendar range {span} overlaps with {other}",
    ),
    Words("改正起止日期，让各段不重叠", "mend the dates so that ranges do not overlap"),
)
RULE_BROKEN = Rule(
    "rule-declaration",
    Words("规则 {rule}：{what_zh}", "rule {rule}: {what_en}"),
    Words("{remedy_zh}", "{remedy_en}"),
)
CHART_BROKEN = Rule(
    "chart-declaration",
    Words("图 {chart}：{what_zh}", "chart {chart}: {what_en}"),
    Words("{fix_zh}", "{fix_en}"),
)
