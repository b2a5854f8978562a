"""The policies, plans and papers of the sample school: one draft, some reviews late."""

from tests.sample.rows import Cell, Row, day, from_lines

_COLUMNS = (
    "doc_id title short_title kind category owner_role approved_on review_due version page_path"
    " filed_with filed_on clause_ids"
)
_PLAN_CLAUSES = "3.3.3a;3.3.3b"
# id, what it is for, category, owner, approved, review due, version
_PLANS = (
    ("EP01", "火灾", "fire", "safety_office", "2026-09-01", "2027-08-31", "3.1"),
    ("EP02", "地震", "earthquake", "safety_office", "2026-04-20", "2027-04-19", "2.3"),
    ("EP03", "食物中毒（食源性疾病）", "food", "general_affairs",
     "2025-12-10", "2026-12-09", "2.4"),
    ("EP04", "传染病聚集", "infectious", "school_doctor", "2026-03-02", "2027-03-01", "2.1"),
    ("EP05", "校园暴力入侵", "intrusion", "safety_office", "2026-03-02", "2027-03-01", "2.2"),
    ("EP06", "拥挤踩踏", "crowd", "moral_education", "2026-03-02", "2027-03-01", "1.4"),
    ("EP07", "交通与校车事故", "traffic_bus", "safety_office", "2026-02-25", "2027-02-24", "2.0"),
    ("EP08", "溺水", "drowning", "moral_education", "2026-05-06", "2027-05-05", "1.6"),
    ("EP09", "极端天气", "weather", "general_affairs", "2026-04-08", "2027-04-07", "1.8"),
    ("EP10", "危险化学品与实验室事故", "chemical", "academic_affairs",
     "2025-11-17", "2026-11-16", "1.3"),
    ("EP11", "心理危机与自伤", "crisis", "psychologist", "2026-03-16", "2027-03-15", "1.5"),
    ("EP12", "学生失踪与离校未归", "missing", "moral_education", "", "", "0.9"),
    ("EP13", "校园欺凌", "bullying", "moral_education", "2026-09-01", "2027-08-31", "2.2"),
    ("EP14", "电梯困人与停电停水、燃气泄漏", "utility", "general_affairs",
     "2026-01-12", "2027-01-11", "1.2"),
    ("EP15", "网络安全与信息泄露", "network", "info_center", "2026-03-09", "2027-03-08", "1.4"),
    ("EP16", "侵害学生强制报告", "protection_report", "moral_education",
     "2026-03-09", "2027-03-08", "1.1"),
    ("EP17", "突发伤病与运动伤害", "illness", "school_doctor", "2026-03-09", "2027-03-08", "1.7"),
    ("EP18", "校外活动与研学事故", "offsite", "vp_teaching", "2026-04-13", "2027-04-12", "1.2"),
    ("EP19", "建筑物险情", "building", "general_affairs", "2025-10-31", "2026-10-30", "1.0"),
    ("EP20", "考试期间突发事件", "exam", "academic_affairs", "2026-05-18", "2027-05-17", "1.3"),
)  # fmt: skip
_SHORT = {
    "EP01": "火灾",
    "EP02": "地震",
    "EP03": "食物中毒",
    "EP04": "传染病",
    "EP05": "暴力入侵",
    "EP06": "踩踏",
    "EP07": "交通事故",
    "EP08": "溺水",
    "EP09": "极端天气",
    "EP10": "危化品",
    "EP11": "心理危机",
    "EP12": "学生失踪",
    "EP13": "欺凌",
    "EP14": "停电漏气",
    "EP15": "网络安全",
    "EP16": "侵害报告",
    "EP17": "突发伤病",
    "EP18": "校外事故",
    "EP19": "房屋险情",
    "EP20": "考试突发",
}
_PAGES = {
    "EP01": "content/procedures/EP01-fire.md",
    "EP02": "content/procedures/EP02-earthquake.md",
    "EP03": "content/procedures/EP03-food-poisoning.md",
    "EP04": "content/procedures/EP04-infectious.md",
    "EP05": "content/procedures/EP05-intrusion.md",
    "EP06": "content/procedures/EP06-crowd.md",
    "EP07": "content/procedures/EP07-traffic.md",
    "EP08": "content/procedures/EP08-drowning.md",
    "EP09": "content/procedures/EP09-weather.md",
    "EP10": "content/procedures/EP10-chemical.md",
    "EP11": "content/procedures/EP11-crisis.md",
    "EP12": "content/procedures/EP12-missing.md",
    "EP13": "content/procedures/EP13-bullying.md",
    "EP14": "content/procedures/EP14-utility.md",
    "EP15": "content/procedures/EP15-network.md",
    "EP16": "content/procedures/EP16-protection.md",
    "EP17": "content/procedures/EP17-illness.md",
    "EP18": "content/procedures/EP18-offsite.md",
    "EP19": "content/procedures/EP19-building.md",
    "EP20": "content/procedures/EP20-exam.md",
    "FA03": "content/policies/FA03-general-plan.md",
    "ZD01": "content/policies/ZD01-network.md",
    "ZD02": "content/policies/ZD02-gate.md",
    "ZD03": "content/policies/ZD03-dormitory.md",
    "ZD04": "content/policies/ZD04-food.md",
    "ZD05": "content/policies/ZD05-fire.md",
    "ZD06": "content/policies/ZD06-traffic.md",
    "ZD07": "content/policies/ZD07-large-events.md",
    "ZD08": "content/policies/ZD08-visitors.md",
}
_CLAUSES = {
    "EP01": "1.2.4a;3.2.2b;3.3.1e;3.3.3a;3.3.3b;3.3.3d;3.3.3e",
    "EP02": "3.2.2b;3.3.3a;3.3.3b;3.3.3d;3.4.3a",
    "EP03": "1.2.4d;3.3.1d;3.3.3a;3.3.3b;3.3.3e",
    "EP04": "1.2.4d;3.3.3a;3.3.3b;3.3.3e",
    "EP05": "1.2.4c;3.3.1b;3.3.1h;3.3.3a;3.3.3b;3.3.3e;3.4.2a;3.4.2b;3.6.1b",
    "EP06": "1.2.4a;3.2.2b;3.3.1g;3.3.3a;3.3.3b;3.3.3e",
    "EP07": "3.3.1f;3.3.3a;3.3.3b;3.3.3e;3.7.3b",
    "EP08": "1.2.4a;3.3.3a;3.3.3b;3.3.3e",
    "EP09": "1.2.4a;3.3.2a;3.3.3a;3.3.3b;3.3.3e;3.4.3b",
    "EP10": "1.2.4a;3.3.3a;3.3.3b;3.3.3e;3.7.3b",
    "EP11": "3.1.3a;3.1.3b;3.1.3c;3.3.3a;3.3.3b",
    "EP12": "1.2.6d;3.3.3a;3.3.3b;3.3.1c",
    "EP13": "3.5.1d;3.5.2e;3.3.3a;3.3.3b",
    "EP14": "1.2.4a;3.3.3a;3.3.3b;3.3.3e;3.7.3b",
    "EP15": "3.2.3a;3.2.3b;3.2.3c;3.3.1a;3.3.3a;3.3.3b;3.3.4a",
    "EP16": "1.2.6c;3.3.3a;3.3.3b;3.3.4b",
    "EP17": "1.2.4a;3.3.3a;3.3.3b;3.3.3c",
    "EP18": "1.2.4a;3.3.1g;3.3.3a;3.3.3b;3.3.3e",
    "EP19": "1.2.3a;3.3.3a;3.3.3b;3.3.3e;3.4.3a;3.7.3b",
    "EP20": "1.2.6d;3.3.3a;3.3.3b",
}
_FILED = {
    "EP01": ("fire", "2026-09-09"),
    "EP05": ("police", "2026-03-11"),
    "EP07": ("education", "2026-03-04"),
    "ZD04": ("market", "2026-03-10"),
    "ZD05": ("fire", "2026-09-09"),
    "FA01": ("education", "2026-09-10"),
    "FA03": ("education", "2026-09-10"),
}
# id, title, category, owner, approved, review due, version, clause
_POLICIES = (
    ("ZD01", "网络信息安全管理制度", "network", "info_center",
     "2026-03-02", "2027-03-01", "2.1", "3.3.1a"),
    ("ZD02", "门卫管理制度", "gate", "guard_captain",
     "2025-12-05", "2026-12-04", "3.0", "3.3.1b"),
    ("ZD03", "学生宿舍管理制度", "dormitory", "dorm_manager",
     "2026-03-02", "2027-03-01", "2.6", "3.3.1c"),
    ("ZD04", "食品卫生管理制度", "food", "canteen_manager",
     "2026-03-02", "2027-03-01", "2.3", "3.3.1d"),
    ("ZD05", "消防安全管理制度", "fire", "general_affairs",
     "2026-09-01", "2027-08-31", "3.2", "3.3.1e"),
    ("ZD06", "交通安全管理制度", "traffic", "safety_office",
     "2025-11-10", "2026-11-09", "1.9", "3.3.1f"),
    ("ZD07", "大型活动管理制度", "large_event", "safety_office",
     "2026-03-16", "2027-03-15", "1.4", "3.3.1g"),
    ("ZD08", "外来人员管理制度", "visitor", "guard_captain",
     "2026-03-16", "2027-03-15", "2.0", "3.3.1h"),
)  # fmt: skip
# id, title, kind, owner, approved, review due, version, clauses
_PAPERS = (
    ("FA01", "2026—2027学年平安校园工作计划", "plan_year", "safety_office",
     "2026-08-28", "2027-08-27", "1.0", "3.7.1b"),
    ("FA02", "平安校园建设领导小组成立文件", "appointment", "office",
     "2026-09-01", "2027-08-31", "1.1", "2.1a;2.1b"),
    ("FA03", "突发事件总体应急预案", "plan_general", "safety_office",
     "2026-09-01", "2027-08-31", "2.5", "3.3.3a;3.3.3b"),
)  # fmt: skip


def document_rows() -> list[Row]:
    """The rows of documents."""
    lines = [
        (doc, f"{event}应急处置程序", "plan_special", *rest, _CLAUSES.get(doc, _PLAN_CLAUSES))
        for doc, event, *rest in _PLANS
    ]
    lines += [(doc, title, "policy", *rest) for doc, title, *rest in _POLICIES]
    lines += [(doc, title, kind, "general", *rest) for doc, title, kind, *rest in _PAPERS]
    return from_lines(_COLUMNS, [_completed(*line) for line in lines])


def _completed(*line: str) -> list[Cell]:
    doc, title, kind, category, owner, approved, review_due, version, clauses = line
    filed_with, filed_on = _FILED.get(doc, ("none", ""))
    dates = [day(text) if text else None for text in (approved, review_due, filed_on)]
    named = [doc, title, _SHORT.get(doc), kind, category, owner, dates[0], dates[1], version]
    return [*named, _PAGES.get(doc), filed_with, dates[2], clauses]
