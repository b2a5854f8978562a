"""The posts of the sample school. Posts only; nobody is named."""

from tests.sample.rows import Row, day

_HEAD, _VICE, _MEMBER, _FULL, _PART, _OUTSIDE = ("组长", "副组长", "成员", "专职", "兼职", "外聘")
# id, title, level, department, superior, deputy, day on which the duty letter was signed, duties
_POSTS = (
    ("principal", "校长", _HEAD, "校级", "", "vp_safety", "2026-09-07",
     "学校安全第一责任人，主持领导小组，突发事件时任总指挥，批准预案、制度和年度计划。"),
    ("vp_safety", "分管安全副校长", _VICE, "校级", "principal", "safety_office", "2026-09-07",
     "具体抓安全工作，校长不在时任总指挥；每月主持安全研判，督办隐患整改。"),
    ("vp_teaching", "分管教学副校长", _VICE, "校级", "principal", "academic_affairs", "2026-09-07",
     "分管教学和实验、考试、研学中的安全，督促安全教育课开足。"),
    ("safety_office", "安全办公室主任", _MEMBER, "安全办公室", "vp_safety", "general_affairs",
     "2026-09-08", "组织检查、演练和培训，管理隐患台账并复查销号，起草预案，汇总上报。"),
    ("academic_affairs", "教务处主任", _MEMBER, "教务处", "vp_teaching", "moral_education",
     "2026-09-08", "安排安全教育课的计划、课时和教材，管理实验教学和考试安全。"),
    ("moral_education", "德育处主任", _MEMBER, "德育处", "vp_safety", "youth_league",
     "2026-09-08", "组织主题教育和宣传月，处置学生欺凌，联系家长。"),
    ("general_affairs", "总务处主任", _MEMBER, "总务处", "vp_safety", "safety_office",
     "2026-09-08", "管理校舍、消防设施、水电气和应急物资，落实整改经费。"),
    ("office", "办公室主任", _MEMBER, "办公室", "principal", "info_officer", "2026-09-08",
     "对外联络和信息报送，安排值班，接待来访。"),
    ("youth_league", "团委书记", _MEMBER, "团委", "moral_education", "moral_education",
     "2026-09-09", "管理社团、校内讲坛和志愿服务中的安全。"),
    ("guard_captain", "保安队长", _FULL, "安全办公室", "safety_office", "safety_office",
     "2026-09-09", "管理门卫、巡逻、监控值守和校门秩序，突发入侵时先行处置。"),
    ("dorm_manager", "宿舍管理组长", _FULL, "总务处", "general_affairs", "general_affairs",
     "2026-09-09", "管理宿舍夜间值守、点名和夜间疏散，查禁违规电器。"),
    ("canteen_manager", "食堂负责人", _FULL, "总务处", "general_affairs", "general_affairs",
     "2026-09-09", "管理食材采购、加工、留样和食堂用火用电用气。"),
    ("school_doctor", "校医", _FULL, "总务处", "general_affairs", "safety_office", "2026-09-09",
     "现场急救，晨午检和疫情报告，管理医务室和急救箱。"),
    ("psychologist", "心理教师", _FULL, "德育处", "moral_education", "school_doctor",
     "2026-09-10", "开放心理咨询室，上心理健康课，参加心理危机处置。"),
    ("info_center", "信息中心主任", _MEMBER, "信息中心", "vp_teaching", "info_officer",
     "2026-09-10", "管理校园网和信息系统的安全，处置网络安全事件。"),
    ("info_officer", "信息专员", _PART, "办公室", "office", "office", "2026-09-10",
     "收集、核对和报送安全信息，做到专人专管。"),
    ("legal_vp", "法治副校长", _OUTSIDE, "外聘", "principal", "", "",
     "由政法单位派员担任，上法治课，参与周边治理和纠纷化解。"),
    ("legal_counsel", "法律顾问", _OUTSIDE, "外聘", "principal", "", "",
     "为合同、纠纷和事故处理提供法律意见。"),
    ("grade_leader_7", "七年级组长", _PART, "七年级组", "moral_education", "grade_leader_8",
     "2026-09-10", "组织本年级的疏散、点名和放学秩序。"),
    ("grade_leader_8", "八年级组长", _PART, "八年级组", "moral_education", "grade_leader_9",
     "2026-09-10", "组织本年级的疏散、点名和放学秩序。"),
    ("grade_leader_9", "九年级组长", _PART, "九年级组", "moral_education", "grade_leader_7",
     "2026-09-11", "组织本年级的疏散、点名和放学秩序。"),
    ("duty_leader", "值班领导", _PART, "校级", "principal", "vp_safety", "2026-09-07",
     "夜间、周末和节假日在校值守，总指挥到场前行使指挥权。"),
    ("class_teacher", "班主任", _PART, "各年级组", "moral_education", "", "2026-09-11",
     "上好本班安全教育课，带队疏散并清点人数，第一时间联系家长。"),
    ("floor_post", "楼层疏散岗", _PART, "各年级组", "safety_office", "", "2026-09-11",
     "守住楼梯口，指引方向，清查教室和卫生间，最后撤离。"),
    ("electrician", "水电工", _FULL, "总务处", "general_affairs", "general_affairs",
     "2026-09-11", "巡查配电房、水泵房和用电线路，紧急时切断水电气。"),
    ("recorder", "记录员", _PART, "办公室", "office", "info_officer", "2026-09-11",
     "处置和演练时按时间记录每一个决定。"),
    ("fire_controller", "消防控制室值班员", _FULL, "安全办公室", "safety_office",
     "guard_captain", "2026-09-11", "双人值守消防控制室，核实火警，启动消防设施。"),
    ("spokesperson", "信息发布岗", _PART, "办公室", "office", "office", "2026-09-10",
     "统一对外发布信息，通知家长，其他岗位不单独发布。"),
)  # fmt: skip
_VACANT = {"legal_counsel"}
_ADDED = {"fire_controller": "2025-11-03", "spokesperson": "2026-03-02"}


def role_rows() -> list[Row]:
    """The rows of roles."""
    return [_row(*post) for post in _POSTS]


def _row(role: str, title: str, level: str, *rest: str) -> Row:
    department, superior, deputy, signed, duties = rest
    return {
        "role_id": role,
        "title": title,
        "level": level,
        "department": department,
        "duties": duties,
        "reports_to_role": superior or None,
        "deputy_role": deputy or None,
        "duty_signed_on": day(signed) if signed else None,
        "duty_year": int(signed[:4]) if signed else None,
        "filled": role not in _VACANT,
        "valid_from": day(_ADDED.get(role, "2019-09-01")),
        "valid_to": None,
    }
