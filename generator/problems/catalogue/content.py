"""Faults of Markdown content: front matter, clauses, references, links, raw HTML."""

from generator.problems.problem import Severity, Words
from generator.problems.rule import Rule

FRONT_MATTER = Rule(
    "front-matter",
    Words("文件开头没有用 --- 包住的说明", "the file does not begin with a block between ---"),
    Words("第一行写 ---，说明写完再写一行 ---", "begin with a line ---, end the block with ---"),
)
RAW_HTML = Rule(
    "raw-html",
    Words("正文里有 HTML：{value}", "there is raw HTML in the text: {value}"),
    Words(
        "改用 Markdown 的写法；要显示尖括号就放进反引号",
        "use Markdown; put angle brackets into backticks to show them",
    ),
)
DRAWING = Rule(
    "drawing-refused",
    Words("图里有不能发布的内容：{what}", "the drawing holds what is not published: {what}"),
    Words(
        "在绘图软件里另存为“普通 SVG”，去掉脚本、链接和外部引用；或换成 PNG",
        "save it as plain SVG without scripts, links and references; or use PNG",
    ),
)
UNSAFE_LINK = Rule(
    "unsafe-link",
    Words("链接 {value} 不许用：{why_zh}", "the link {value} is refused: {why_en}"),
    Words(
        "写成相对的 .md 路径、[[编号]]，或以 https:// 开头的外部网址",
        "write a relative .md path, [[id]], or an address that begins with https://",
    ),
)
LINK_MISSING = Rule(
    "link-missing",
    Words("链接 {value} 指向的文件不存在", "the link {value} leads to no file"),
    Words("改成已有文件的相对路径", "use the relative path of a file that exists"),
)
PAGE_NOT_PUBLIC = Rule(
    "page-not-public",
    Words("{page} 是校内的页面，不能公开", "{page} is for staff and cannot be public"),
    Words(
        "从 public 里删去；确实可以公开，就把文件或表的 sensitivity 写成 public",
        "take it out of public, or write sensitivity: public in its file or table",
    ),
)
UNKNOWN_REFERENCE = Rule(
    "reference-unknown",
    Words("[[{name}]] 没有指向任何登记过的东西", "[[{name}]] refers to nothing that is declared"),
    Words(
        "改成已有的条款、指标、文件、表、岗位、法规或电话的编号",
        "use the id of a clause, indicator, document, table, post, source or contact",
    ),
)
HEADING_FORM = Rule(
    "heading-form",
    Words("标题 {value} 没有写成“编号 名称”", "the heading {value} is not written as id and title"),
    Words("写成 ### 3.2.1d 安全教育课时", "write it like ### 3.2.1d Lessons"),
)
CLAUSE_BLOCK = Rule(
    "clause-block",
    Words("{what_zh}", "{what_en}"),
    Words("{remedy_zh}", "{remedy_en}"),
)
PHASE_MISSING = Rule(
    "phase-missing",
    Words("没有标题“## 第{minute}分钟”", "the heading for minute {minute} is missing"),
    Words("补上这一节，或从 phases 里删去 {minute}", "add the section or drop it from phases"),
)
SECTION_MISSING = Rule(
    "procedure-incomplete",
    Words("{what_zh}", "{what_en}"),
    Words("{remedy_zh}", "{remedy_en}"),
)
HEADING_MISSING = Rule(
    "heading-missing",
    Words("没有标题 {value}", "the heading {value} is missing"),
    Words("加上“## ”和这个标题，写清这一节", "add it after ## and write the section"),
)
NUMBER_UNMARKED = Rule(
    "number-unmarked",
    Words("数字 {value} 没有出处", "the number {value} has no source"),
    Words(
        "在同一条里写 [[法规、条款或指标的编号]]；学校自己定的，写 content/rules.yml 里的字样",
        "name the source as [[id]] beside it, or write one of the marks of content/rules.yml",
    ),
    Severity.REMINDER,
)
CATEGORY_OPEN = Rule(
    "category-open",
    Words("{kind} 的这些类别{what_zh}：{names}", "{kind}: {what_en} for {names}"),
    Words("每一类批准一份；旧的改成 retired", "approve one page each, and retire the old one"),
    Severity.REMINDER,
)
PLAIN_WORD = Rule(
    "plain-word",
    Words("用了 {value}", "the word {value} is used"),
    Words("换成好懂的：{better}", "use the plainer word: {better}"),
    Severity.REMINDER,
)
SAME_POST = Rule(
    "same-post",
    Words(
        "总指挥和代理人是同一个岗位 {value}",
        "commander and deputy are the same post {value}",
    ),
    Words("代理人换一个岗位", "name another post as deputy"),
)
REVIEW_LATE = Rule(
    "review-late",
    Words("评审日 {due} 已过 {days} 天", "the review was due on {due}, {days} days ago"),
    Words("评审后改 approved_on、review_due 和 version", "review it, then update the dates"),
    Severity.REMINDER,
)
REVIEW_ORDER = Rule(
    "review-order",
    Words(
        "评审日 {due} 不晚于批准日 {approved}",
        "the review date {due} is not after the approval {approved}",
    ),
    Words("核对两个日期", "check both dates"),
)
NAME_COLLISION = Rule(
    "name-collision",
    Words(
        "编号 {name} 同时是{first}和{second}",
        "the id {name} is used both for {first} and for {second}",
    ),
    Words("改掉其中一个，[[{name}]] 才有唯一的意思", "rename one so that [[{name}]] is unique"),
)
SAYING_MISSED = Rule(
    "saying-missed",
    Words(
        "{name} 的说法没有一个能让搜索先找到它{others_zh}",
        "no saying for {name} makes the search find it first{others_en}",
    ),
    Words(
        "在 content/synonyms.yml 里给 {name} 加几种大家会打的说法",
        "add what people would type for {name} to content/synonyms.yml",
    ),
    Severity.REMINDER,
)
