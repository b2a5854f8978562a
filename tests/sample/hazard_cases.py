"""The hazards of the sample school that were written by hand, because a reader looks for them."""

from typing import NamedTuple


class Case(NamedTuple):
    """A hazard; empty text stands for nothing. `inspection` may name a kind of round."""

    found_on: str
    inspection: str
    found_by: str
    place: str
    category: str
    severity: str
    text: str
    interim: str
    role: str
    due_on: str
    rectified_on: str = ""
    verified_on: str = ""
    verifier: str = ""
    criterion: str = ""
    reported_up_on: str = ""
    extensions: int = 0
    cost: int | None = None
    note: str = ""


CASES = (
    # Two major hazards: one closed a year ago, one open and reported.
    Case("2025-10-15", "external", "external", "LOC-DORM-1", "fire", "major",
         "二层3扇外窗装有固定铁栅栏，没有逃生口",
         "当晚拆除一扇，其余两扇旁备破拆工具，夜间值守加派一人",
         "general_affairs", "2025-10-31", "2025-10-27", "2025-10-28", "vp_safety",
         "R38 第三条（一）第9项", "2025-10-15", cost=3800),
    Case("2026-11-05", "fire_monthly", "inspection", "LOC-DORM-2", "fire", "major",
         "火灾报警主机与二层东侧烟感通信中断，该区域收不到火警",
         "该区域加装联网独立烟感，夜间每小时巡查一次，值守加派一人",
         "general_affairs", "2026-12-04", criterion="R38 第三条（一）第4项",
         reported_up_on="2026-11-06", note="厂家已到场查线，等待更换回路板"),
    # Open and overdue on the last day of the sample.
    Case("2026-09-21", "", "patrol", "LOC-B-3F", "electrical", "serious",
         "楼层配电箱箱体带电警示脱落，漏电保护器动作不可靠",
         "停用该箱插座回路，箱门加锁，每天测试一次", "electrician", "2026-10-30", extensions=1,
         note="延期一次：等待配件到货"),
    Case("2026-10-12", "", "staff", "LOC-STAIR-B", "building", "serious",
         "三层转角扶手固定件脱落，手扶有明显晃动", "拉警戒带，课间由楼层疏散岗引导走另一侧",
         "general_affairs", "2026-11-02"),
    Case("2026-10-20", "", "patrol", "LOC-PLAY-02", "equipment", "serious",
         "西侧篮球架配重箱开裂，扣篮时底座上翘", "该篮架围挡停用，挂停用牌", "general_affairs",
         "2026-11-09"),
    Case("2026-10-26", "", "parent", "LOC-GATE-S", "traffic", "minor",
         "放学时非机动车停满人行道，行人绕到车道上走", "", "guard_captain", "2026-11-13"),
    Case("2026-11-04", "", "patrol", "LOC-KITCHEN", "food", "minor",
         "洗碗间热水温度偏低，消毒柜门封条老化", "", "canteen_manager", "2026-11-17"),
    # Reported to the district, because the school cannot mend it alone; not yet due.
    Case("2026-10-14", "", "patrol", "LOC-WALL-W", "weather", "serious",
         "围墙外边坡有新的细裂缝，雨后渗水",
         "墙内五米拉警戒线，体育课不安排在这一侧，每天看一次裂缝", "general_affairs", "2026-12-31",
         reported_up_on="2026-10-16", note="边坡不在校内，已请区里现场查看"),
    # Mended and checked by the same post.
    Case("2026-09-22", "", "staff", "LOC-COR-AB", "crowd", "minor",
         "早操集合时两栋楼的队伍在连廊口对冲", "", "safety_office", "2026-09-30", "2026-09-25",
         "2026-09-28", "safety_office"),
    # Due within days, still open.
    Case("2026-11-12", "", "student", "LOC-TOI-B", "building", "minor",
         "二层卫生间隔断门合页松脱", "", "general_affairs", "2026-11-24"),
    Case("2026-11-16", "", "staff", "LOC-A-3F", "electrical", "minor",
         "教室空调插座拔插时有火花", "", "electrician", "2026-11-27"),
)  # fmt: skip
