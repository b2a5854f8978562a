"""The activities of the sample school: what was held, what is planned, one approved too late."""

from tests.sample.dice import between
from tests.sample.rows import AS_OF, Cell, Row, day, from_lines, numbered

_COLUMNS = (
    "kind title held_on status periods audience headcount expected_people open_to_public partner"
    " approval_required approved_on approver_role plan_ref clause_ids"
)
# kind, title, held on, audience, partner, clauses
_HELD = (
    ("training", "新学年班主任安全培训", "2025-09-03", "staff", "", "3.2.2a"),
    ("parent_meeting", "七年级新生家长会（含商业保险自愿投保说明）", "2025-09-12", "parents", "",
     "3.4.4c"),
    ("police_school", "护学岗启动和校门秩序演示", "2025-09-16", "mixed", "示例派出所",
     "3.6.1b;3.5.1a"),
    ("training", "食堂从业人员食品安全培训", "2025-09-23", "canteen", "示例区市场监管所", "3.2.2a"),
    ("legal_lesson", "法治副校长第一课：未成年人保护", "2025-09-26", "students", "示例区人民法院",
     "3.2.1e"),
    ("club", "社团招新登记", "2025-10-15", "students", "", "3.2.4b"),
    ("anti_cult", "反邪教警示教育展", "2025-10-23", "students", "", "3.1.2c"),
    ("moral", "文明班级月总结", "2025-10-30", "students", "", "3.1.1;1.2.1c"),
    ("theme_day", "消防日主题活动", "2025-11-07", "mixed", "示例消防救援站", "3.2.2c;3.7.2b"),
    ("joint_drill", "与消防站联合疏散演练", "2025-11-07", "mixed", "示例消防救援站",
     "3.3.3e;3.7.3a"),
    ("training", "保安处突和盘查培训", "2025-11-19", "guards", "示例派出所", "3.2.2a"),
    ("mental", "考前减压团体辅导", "2025-11-20", "students", "", "3.1.3c"),
    ("perimeter", "校门周边流动摊点联合整治", "2025-11-27", "mixed", "示例街道综治办",
     "3.5.1c;1.2.6a"),
    ("theme_day", "交通安全日广播宣讲", "2025-12-02", "students", "示例交巡警平台", "3.2.2c"),
    ("legal_lesson", "宪法日法治课", "2025-12-04", "students", "示例区人民法院", "3.2.1e"),
    ("publication", "校刊《青禾》第12期付印", "2025-12-16", "students", "", "3.2.4b"),
    ("moral", "诚信主题班会周", "2025-12-23", "students", "", "3.1.1"),
    ("publicity", "寒假安全提示橱窗和致家长信", "2026-01-20", "parents", "", "3.7.2b"),
    ("training", "开学前教职工安全培训", "2026-02-27", "staff", "", "3.2.2a"),
    ("moral", "学雷锋志愿服务周", "2026-03-05", "students", "", "3.1.1;1.2.1c"),
    ("mental", "八年级同伴关系团体辅导", "2026-03-19", "students", "", "3.1.3c"),
    ("safety_month", "安全宣传月", "2026-03-30", "mixed", "示例交巡警平台", "3.2.2c;3.7.2b"),
    ("police_school", "警务室开放日", "2026-04-10", "students", "示例派出所", "3.6.1b"),
    ("theme_day", "国家安全教育日主题课", "2026-04-15", "students", "", "3.2.2c"),
    ("legal_lesson", "法治副校长第二课：防治校园欺凌", "2026-04-22", "students", "示例区人民法院",
     "3.2.1e"),
    ("theme_day", "防灾减灾日避险体验", "2026-05-12", "students", "", "3.2.2c"),
    ("campaign_joint", "校车和接送车辆联合检查", "2026-05-14", "mixed", "示例交巡警平台",
     "3.5.1c;3.7.3a"),
    ("mental", "心理健康周游园", "2026-05-25", "students", "", "3.1.3c"),
    ("training", "实验教师危险化学品培训", "2026-05-27", "staff", "", "3.2.2a"),
    ("publicity", "防溺水巡讲和警示牌检查", "2026-06-05", "mixed", "示例街道综治办", "3.7.2b"),
    ("theme_day", "禁毒日知识竞赛", "2026-06-25", "students", "示例派出所", "3.2.2c"),
    ("publicity", "暑假安全致家长信", "2026-07-01", "parents", "", "3.7.2b"),
    ("training", "新学年教职工安全培训", "2026-08-28", "staff", "", "3.2.2a"),
    ("parent_meeting", "七年级新生家长会（含商业保险自愿投保说明）", "2026-09-11", "parents", "",
     "3.4.4c"),
    ("police_school", "护学岗启动和处突演示", "2026-09-15", "mixed", "示例派出所", "3.6.1b;3.5.1a"),
    ("training", "食堂从业人员食品安全培训", "2026-09-22", "canteen", "示例区市场监管所", "3.2.2a"),
    ("legal_lesson", "法治副校长第一课：网络欺凌与隐私", "2026-09-24", "students", "示例区人民法院",
     "3.2.1e"),
    ("club", "社团招新登记", "2026-10-14", "students", "", "3.2.4b"),
    ("perimeter", "校门周边经营和停车联合整治", "2026-10-22", "mixed", "示例街道综治办",
     "3.5.1c;1.2.6a"),
    ("anti_cult", "反邪教警示教育展", "2026-10-28", "students", "", "3.1.2c"),
    ("training", "保安处突和一键报警培训", "2026-11-04", "guards", "示例派出所", "3.2.2a"),
    ("theme_day", "消防日主题活动", "2026-11-09", "mixed", "示例消防救援站", "3.2.2c;3.7.2b"),
    ("joint_drill", "与消防站联合疏散演练", "2026-11-09", "mixed", "示例消防救援站",
     "3.3.3e;3.7.3a"),
    ("mental", "考前减压团体辅导", "2026-11-10", "students", "", "3.1.3c"),
    ("moral", "劳动教育成果展", "2026-11-06", "students", "", "3.1.1"),
    ("theme_day", "交通安全日广播宣讲", "2026-12-02", "students", "示例交巡警平台", "3.2.2c"),
    ("legal_lesson", "宪法日法治课", "2026-12-04", "students", "示例区人民法院", "3.2.1e"),
    ("publication", "校刊《青禾》第13期付印", "2026-12-15", "students", "", "3.2.4b"),
)  # fmt: skip
# kind, title, held on, audience, partner, expected, open to the public, approved on, by, clauses
_APPROVED = (
    ("large_event", "秋季田径运动会", "2025-10-24", "mixed", "", 1300, False, "2025-10-09",
     "principal", "3.3.1g"),
    ("large_event", "元旦文艺汇演", "2025-12-30", "mixed", "", 1250, False, "2025-12-15",
     "principal", "3.3.1g"),
    ("academic_conf", "初中理科实验教学研讨会", "2026-03-26", "staff", "示例区教师进修学校", 160,
     False,
     "2026-03-12", "principal", "3.2.4a"),
    ("large_event", "校园开放日", "2026-04-25", "mixed", "示例区公安分局（许可文号另存）", 1600,
     True,
     "2026-04-02", "principal", "3.3.1g"),
    ("offsite", "八年级研学实践", "2026-05-20", "students", "示例研学基地", 390, False,
     "2026-04-30",
     "principal", "3.3.1g"),
    ("forum", "青年教师读书论坛", "2026-06-10", "staff", "", 60, False, "2026-06-11",
     "vp_teaching", "3.2.4b"),
    ("large_event", "毕业典礼", "2026-06-26", "mixed", "", 820, False, "2026-06-12", "principal",
     "3.3.1g"),
    ("large_event", "秋季田径运动会", "2026-10-30", "mixed", "", 1300, False, "2026-10-12",
     "principal", "3.3.1g"),
    ("academic_conf", "区域综合实践课程交流会", "2026-11-13", "staff", "示例区教师进修学校", 140,
     False,
     "2026-10-29", "principal", "3.2.4a"),
    ("large_event", "元旦文艺汇演", "2026-12-30", "mixed", "", 1250, False, "", "", "3.3.1g"),
)  # fmt: skip
_PERIODS = {"legal_lesson": "2", "training": "1.5", "mental": "1"}
_CANCELLED = {"2026-06-25"}
_FORGOTTEN = {"2026-11-06"}
"""Held, but the plan was never changed to done."""
_SIZES = {
    "students": (220, 410), "staff": (70, 96), "parents": (340, 410), "guards": (9, 12),
    "canteen": (18, 22), "mixed": (260, 640),
}  # fmt: skip


def activity_rows() -> list[Row]:
    """The rows of activities."""
    lines = [_held(*line) for line in _HELD] + [_approved(*line) for line in _APPROVED]
    rows = sorted(from_lines(_COLUMNS, lines), key=lambda row: (str(row["held_on"]), str(row)))
    return numbered(rows, "activity_id", lambda row: f"ACT-{str(row['held_on'])[:4]}", 3)


def _held(*line: str) -> list[Cell]:
    kind, title, date, audience, partner, clauses = line
    count = between(*_SIZES[audience], "headcount", kind, date)
    return [
        *_first(kind, title, date, audience, count),
        "", False, partner, False, "", "", "", clauses,
    ]  # fmt: skip


def _approved(*line: Cell) -> list[Cell]:
    kind, title, date, audience, partner, expected, is_open, approved, by, clauses = line
    planned = expected if isinstance(expected, int) else 0
    count = planned - between(12, 38, "absent", kind, date)
    ref = "ZD07" if kind == "large_event" else "EP18" if kind == "offsite" else ""
    approved_on = day(str(approved)) if approved else ""
    return [
        *_first(str(kind), str(title), str(date), str(audience), count),
        planned, is_open, partner, True, approved_on, by, ref, clauses,
    ]  # fmt: skip


def _first(kind: str, title: str, date: str, audience: str, count: int) -> list[Cell]:
    held_on = day(date)
    status = "planned" if held_on > AS_OF or date in _FORGOTTEN else "done"
    status = "cancelled" if date in _CANCELLED else status
    heads = count if status == "done" else 0
    return [kind, title, held_on, status, _PERIODS.get(kind, "0"), audience, heads]
