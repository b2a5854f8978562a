"""One problem, several renderings: text with caret, line, json, github, gitlab."""

import hashlib
import json
import unicodedata
from collections import Counter
from collections.abc import Sequence

from generator.problems.problem import Language, Problem, Severity

_CAP = 50
_WORDS = {
    Language.ZH: {
        Severity.ERROR: "错误",
        Severity.REMINDER: "提醒",
        "near": "近似",
        "fix": "改法",
        "ground": "依据",
        "colon": "：",
        "list": "、",
    },
    Language.EN: {
        Severity.ERROR: "error",
        Severity.REMINDER: "reminder",
        "near": "near",
        "fix": "fix",
        "ground": "ground",
        "colon": ": ",
        "list": ", ",
    },
}


def render_line(problem: Problem, language: Language) -> str:
    """One clickable line: `file:line:column: 错误 rule：what is wrong`."""
    words = _WORDS[language]
    return (
        f"{problem.place}: {words[problem.severity]} {problem.rule}"
        f"{words['colon']}{problem.wrong.in_language(language)}"
    )


def render_text(problem: Problem, language: Language) -> str:
    """The line, the source with a caret, near names, the remedy and the ground."""
    words = _WORDS[language]
    lines = [render_line(problem, language), *_caret(problem)]
    if problem.near:
        lines.append(f"  {words['near']}{words['colon']}{words['list'].join(problem.near)}")
    lines.append(f"  {words['fix']}{words['colon']}{problem.fix.in_language(language)}")
    ground = problem.ground.in_language(language)
    if ground:
        lines.append(f"  {words['ground']}{words['colon']}{ground}")
    return "\n".join(lines)


def render_all(problems: Sequence[Problem], form: str, language: Language) -> str:
    """All problems in one form: text, line, json, github or gitlab."""
    match form:
        case "json":
            return render_json(problems, language)
        case "gitlab":
            return _render_gitlab(problems, language)
        case "github":
            return "\n".join(_render_github(problem, language) for problem in problems)
        case "line":
            return "\n".join(render_line(problem, language) for problem in problems)
        case _:
            return "\n\n".join(_capped(problems, language))


def render_json(problems: Sequence[Problem], language: Language) -> str:
    """`{problems: [{file, line, column, rule, severity, wrong, fix, near, ground}], counts}`."""
    counts = Counter(problem.severity.value for problem in problems)
    document = {
        "problems": [
            {
                "file": problem.place.file,
                "line": problem.place.line,
                "column": problem.place.column,
                "rule": problem.rule,
                "severity": problem.severity.value,
                "wrong": problem.wrong.in_language(language),
                "fix": problem.fix.in_language(language),
                "near": list(problem.near),
                "ground": problem.ground.in_language(language),
            }
            for problem in problems
        ],
        "counts": {"errors": counts["error"], "reminders": counts["reminder"]},
    }
    return json.dumps(document, ensure_ascii=False, indent=2)


def _capped(problems: Sequence[Problem], language: Language) -> list[str]:
    """At most fifty of a rule in a file are printed; how many more there are is said."""
    seen: Counter[tuple[str, str]] = Counter()
    total = Counter((problem.place.file, problem.rule) for problem in problems)
    texts = []
    for problem in problems:
        group = (problem.place.file, problem.rule)
        seen[group] += 1
        if seen[group] <= _CAP:
            texts.append(render_text(problem, language))
        elif seen[group] == _CAP + 1:
            more = total[group] - _CAP
            zh = f"{problem.place.file}：{problem.rule} 另有 {more} 处（共 {total[group]} 处）"
            en = f"{problem.place.file}: {problem.rule} {more} more ({total[group]} in all)"
            texts.append(zh if language is Language.ZH else en)
    return texts


def _caret(problem: Problem) -> list[str]:
    if not problem.source:
        return []
    label = str(problem.place.line)
    lines = [f"  {label} | {problem.source}"]
    column = problem.caret or problem.place.column
    if column:
        before = problem.source[: column - 1]
        lines.append(f"  {' ' * len(label)} | {' ' * display_width(before)}^")
    return lines


def display_width(text: str) -> int:
    """Columns that `text` takes in a terminal; a Han character takes two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _render_github(problem: Problem, language: Language) -> str:
    level = "error" if problem.severity is Severity.ERROR else "warning"
    place = problem.place
    message = f"{problem.wrong.in_language(language)} → {problem.fix.in_language(language)}"
    fields = [f"file={_property(place.file)}", f"line={place.line or 1}"]
    if place.column:
        fields.append(f"col={place.column}")
    fields.append(f"title={_property(problem.rule)}")
    return f"::{level} {','.join(fields)}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _render_gitlab(problems: Sequence[Problem], language: Language) -> str:
    entries = []
    for problem in problems:
        line = render_line(problem, language)
        entries.append(
            {
                "description": line,
                "check_name": problem.rule,
                "fingerprint": hashlib.sha256(line.encode()).hexdigest(),
                "severity": "major" if problem.severity is Severity.ERROR else "minor",
                "location": {
                    "path": problem.place.file,
                    "lines": {"begin": problem.place.line or 1},
                },
            }
        )
    return json.dumps(entries, ensure_ascii=False, indent=2)


def closing_line(
    problems: Sequence[Problem],
    facts: tuple[int, int, int],
    language: Language,
    *,
    built: bool | None,
) -> str:
    """The last line of a run.

    Args:
        problems: all problems of the run.
        facts: how many tables, records and indicators were checked.
        built: whether a site was built; None when none was asked for.
        language: of the line.
    """
    counts = Counter(problem.severity for problem in problems)
    errors, reminders = counts[Severity.ERROR], counts[Severity.REMINDER]
    files = len({problem.place.file for problem in problems})
    tables, records, indicators = facts
    if language is Language.ZH:
        checked = f"检查了 {tables} 张表、{records} 条记录、{indicators} 项指标"
        kept = "；没有生成网站，原来的网站不变" if built is False else ""
        if not problems:
            return f"没有问题：{checked}。"
        found = f"共 {errors} 处错误、{reminders} 处提醒，涉及 {files} 个文件"
        return f"{found}{kept}。{checked}。"
    checked = f"checked {tables} tables, {records} records, {indicators} indicators"
    kept = "; no site was built, the previous one stays" if built is False else ""
    if not problems:
        return f"No problems: {checked}."
    return f"{errors} errors, {reminders} reminders in {files} files{kept}; {checked}."
