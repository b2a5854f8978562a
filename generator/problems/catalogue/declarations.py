"""Faults of declared things: keys, shapes and references in YAML and front matter."""

from generator.problems.problem import Severity, Words
from generator.problems.rule import Rule

UNKNOWN_KEY = Rule(
    "unknown-key",
    Words("{owner} 没有键 {key}", "{owner} has no key {key}"),
    Words("改成认识的键，或删去这一行", "use a known key or delete the line"),
)
MISSING_KEY = Rule(
    "missing-key",
    Words("{owner} 缺少键 {key}", "{owner} lacks the key {key}"),
    Words("补上 {key}", "add {key}"),
)
WRONG_SHAPE = Rule(
    "wrong-shape",
    Words("{key} 的值 {value} 不是{wanted_zh}", "the value {value} of {key} is not {wanted_en}"),
    Words("写成{wanted_zh}，例如 {example}", "write {wanted_en}, for example {example}"),
)
UNKNOWN_NAME = Rule(
    "unknown-name",
    Words(
        "{key} 写的 {value} 不在{among_zh}之中",
        "{key} names {value}, which is not among {among_en}",
    ),
    Words("改成已有的名称，或先把它登记好", "use an existing name or declare it first"),
)
CIRCULAR = Rule(
    "circular",
    Words("绕回了自己：{path}", "leads back to itself: {path}"),
    Words(
        "删去其中一个 supersedes；后来的取代先前的，不会反过来",
        "remove one of the supersedes; the later replaces the earlier, never the other way",
    ),
)
DUPLICATE_ID = Rule(
    "duplicate-id",
    Words(
        "编号 {value} 用了两次，首次在 {first}", "the id {value} is used twice, first at {first}"
    ),
    Words("换一个没有用过的编号", "choose an id that is not in use"),
)
STALE_PLANNED = Rule(
    "stale-planned",
    Words(
        "{value} 已经建成，却还写在 planned 里",
        "{value} exists already but is still listed under planned",
    ),
    Words("移到 evidence 里", "move it to evidence"),
)
SAMPLE_LEFT = Rule(
    "sample-left",
    Words("不是示例站，却留有示例内容：{what_zh}", "not a sample site, yet {what_en} is left over"),
    Words("{remedy_zh}", "{remedy_en}"),
)
CLOSED_EDITED = Rule(
    "closed-edited",
    Words(
        "{month} 的结账文件与结账时写成的不一样",
        "the file of the closed month {month} is not as it was written",
    ),
    Words(
        "恢复原来的文件；要改正，用 safecampus close 加上月份和 --again 再结一次",
        "restore the file; to correct it, run safecampus close with the month and --again",
    ),
)
CLAUSE_CHANGED = Rule(
    "clause-changed",
    Words(
        "{doc} 依据的条款在上次确认之后改过：{clauses}",
        "clauses that {doc} rests on changed since it was last confirmed: {clauses}",
    ),
    Words(
        "对照条款通读一遍，该改的改好，再运行 safecampus review {doc}",
        "read it against the clauses, mend it, then run safecampus review {doc}",
    ),
    Severity.REMINDER,
)
