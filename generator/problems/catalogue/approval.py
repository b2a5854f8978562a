"""Faults of who approves what: the file of approvers against the posts that answer for pages."""

from generator.problems.problem import Words
from generator.problems.rule import Rule

APPROVER_MISSING = Rule(
    "approver-missing",
    Words(
        "没有写由谁批准 {path}（{title}）；负责的岗位是 {post}",
        "nobody is named to approve {path} ({title}); the post that answers for it is {post}",
    ),
    Words("加上一行：{path} @{role}", "add the line: {path} @{role}"),
)
APPROVER_DIFFERS = Rule(
    "approver-differs",
    Words(
        "{path}（{title}）写着由 {owners} 批准，负责的岗位却是 {post}",
        "{path} ({title}) is approved by {owners}, but the post that answers for it is {post}",
    ),
    Words(
        "写成 {path} @{role}；要是负责的岗位变了，就改那一页的 owner_role",
        "write {path} @{role}; if the post has changed, change owner_role of the page",
    ),
)
