"""Faults of files as such: missing, misplaced, unreadable bytes, broken YAML."""

from generator.problems.problem import Words
from generator.problems.rule import Rule

FILE_MISSING = Rule(
    "file-missing",
    Words("没有这个文件", "the file does not exist"),
    Words(
        "补上文件，或改正引用它的地方：{wanted_by}", "add it, or mend what names it: {wanted_by}"
    ),
)
FILE_OUTSIDE = Rule(
    "file-outside",
    Words("路径 {path} 不在项目之内", "the path {path} leaves the project"),
    Words(
        "写成项目内的相对路径，不用 ..、盘符、/ 开头或网址",
        "write a relative path inside the project: no .., drive, leading / or address",
    ),
)
FILE_LINK = Rule(
    "file-link",
    Words("这是符号链接，不读", "this is a symbolic link and is not read"),
    Words("换成文件本身", "put the file itself here"),
)
FILE_TOO_LARGE = Rule(
    "file-too-large",
    Words("文件有 {size} MB，上限是 {limit} MB", "the file has {size} MB, the limit is {limit} MB"),
    Words("拆成几个文件，或删去多余内容", "split it or remove what is not needed"),
)
TEXT_LIMIT = Rule(
    "text-limit",
    Words("{what_zh}：{found}，上限是 {limit}", "{what_en}: {found}, the limit is {limit}"),
    Words("拆成几份，或删去多余的内容", "split it, or remove what is not needed"),
)
FILE_UNEXPECTED = Rule(
    "file-unexpected",
    Words("这里不该有这种文件", "a file of this kind does not belong here"),
    Words("{remedy}", "{remedy}"),
)
ENCODING = Rule(
    "encoding",
    Words(
        "第 {offset} 个字节起不是 UTF-8，看起来是 {looks_like}",
        "not UTF-8 from byte {offset} on; it looks like {looks_like}",
    ),
    Words(
        "在编辑器或 WPS 里另存为 UTF-8（无 BOM）；命令行：{command}",
        "save it as UTF-8 (no BOM); on the command line: {command}",
    ),
)
BYTE_ORDER_MARK = Rule(
    "byte-order-mark",
    Words("文字中间有字节序标记 U+FEFF", "a byte order mark U+FEFF inside the text"),
    Words("删去这个看不见的字符", "delete this invisible character"),
)
CONTROL_CHARACTER = Rule(
    "control-character",
    Words("有控制字符 {character}", "there is the control character {character}"),
    Words("删去这个看不见的字符", "delete this invisible character"),
)
BARE_RETURN = Rule(
    "bare-return",
    Words("有单独的回车符（旧 Mac 换行）", "a carriage return stands alone (old Mac line end)"),
    Words("把换行改成 LF（\\n）", "write line ends as LF (\\n)"),
)
YAML_BROKEN = Rule(
    "yaml-broken",
    Words("YAML 读不下去：{detail_zh}", "the YAML cannot be read: {detail_en}"),
    Words(
        "检查这一行的缩进、冒号后的空格和引号；含冒号的文字加双引号",
        "check indentation, the blank after the colon and quotes; quote text with colons",
    ),
)
YAML_DUPLICATE_KEY = Rule(
    "yaml-duplicate-key",
    Words("键 {key} 写了两次，首次在 {first}", "the key {key} stands twice, first at {first}"),
    Words("留一个，删一个", "keep one of them"),
)
YAML_ANCHOR = Rule(
    "yaml-anchor",
    Words("用了 {value}：锚、别名和标签不读", "{value}: anchors, aliases and tags are not read"),
    Words("把值直接写出来", "write the value itself"),
)
YAML_KEY = Rule(
    "yaml-key",
    Words("键不是一段文字", "the key is not plain text"),
    Words("写成 键: 值", "write key: value"),
)
