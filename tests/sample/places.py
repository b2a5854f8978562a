"""The places of the sample school."""

from typing import NamedTuple

from tests.sample.rows import Row, day


class _Place(NamedTuple):
    location_id: str
    name: str
    building: str
    floor: int | None
    kind: str
    owner: str
    watched: str = ""
    """k key place, c camera, a alarm."""


_PLACES = (
    _Place("LOC-A-1F", "A栋教学楼1层", "A栋教学楼", 1, "classroom", "grade_leader_7", "c"),
    _Place("LOC-A-2F", "A栋教学楼2层", "A栋教学楼", 2, "classroom", "grade_leader_7", "c"),
    _Place("LOC-A-3F", "A栋教学楼3层", "A栋教学楼", 3, "classroom", "grade_leader_8", "c"),
    _Place("LOC-A-4F", "A栋教学楼4层", "A栋教学楼", 4, "classroom", "grade_leader_8", "c"),
    _Place("LOC-STAIR-A", "A栋楼梯间", "A栋教学楼", 1, "stair", "floor_post", "c"),
    _Place("LOC-TOI-A", "A栋卫生间", "A栋教学楼", 1, "toilet", "general_affairs"),
    _Place("LOC-B-1F", "B栋教学楼1层", "B栋教学楼", 1, "classroom", "grade_leader_8", "c"),
    _Place("LOC-B-2F", "B栋教学楼2层", "B栋教学楼", 2, "classroom", "grade_leader_9", "c"),
    _Place("LOC-B-3F", "B栋教学楼3层", "B栋教学楼", 3, "classroom", "grade_leader_9", "c"),
    _Place("LOC-B-4F", "B栋教学楼4层", "B栋教学楼", 4, "classroom", "grade_leader_9", "c"),
    _Place("LOC-STAIR-B", "B栋楼梯间", "B栋教学楼", 1, "stair", "floor_post", "c"),
    _Place("LOC-TOI-B", "B栋卫生间", "B栋教学楼", 1, "toilet", "general_affairs"),
    _Place("LOC-COR-AB", "A、B栋连廊", "", None, "corridor", "floor_post", "c"),
    _Place("LOC-LAB-01", "物理实验室", "实验楼", 1, "lab", "academic_affairs", "c"),
    _Place("LOC-LAB-02", "化学实验室", "实验楼", 2, "lab", "academic_affairs", "c"),
    _Place("LOC-LAB-03", "生物实验室", "实验楼", 3, "lab", "academic_affairs", "c"),
    _Place("LOC-LAB-04", "药品储存室", "实验楼", 2, "lab", "academic_affairs", "kca"),
    _Place("LOC-IT-ROOM", "计算机教室", "实验楼", 4, "classroom", "info_center", "c"),
    _Place("LOC-NET", "网络机房", "实验楼", 4, "other", "info_center", "kca"),
    _Place("LOC-ELEV", "实验楼电梯", "实验楼", 1, "other", "general_affairs", "c"),
    _Place("LOC-LIB", "图书馆", "图书馆", 1, "hall", "academic_affairs", "kc"),
    _Place("LOC-ARCH", "档案室", "行政楼", 2, "archive", "office", "kca"),
    _Place("LOC-OFFICE", "行政楼办公区", "行政楼", 1, "office", "office", "c"),
    _Place("LOC-COUN", "心理咨询室", "行政楼", 1, "counselling", "psychologist"),
    _Place("LOC-MED", "医务室", "行政楼", 1, "medical", "school_doctor", "c"),
    _Place("LOC-CTRL", "消防控制室", "行政楼", 1, "other", "fire_controller", "kca"),
    _Place("LOC-HALL", "报告厅", "报告厅", 1, "hall", "moral_education", "kca"),
    _Place("LOC-DORM-1", "第一宿舍楼", "第一宿舍楼", 1, "dormitory_public", "dorm_manager", "kca"),
    _Place("LOC-DORM-2", "第二宿舍楼", "第二宿舍楼", 1, "dormitory_public", "dorm_manager", "kca"),
    _Place("LOC-ROOM-1", "第一宿舍楼寝室", "第一宿舍楼", 2, "dormitory_room", "dorm_manager"),
    _Place("LOC-ROOM-2", "第二宿舍楼寝室", "第二宿舍楼", 2, "dormitory_room", "dorm_manager"),
    _Place("LOC-CANTEEN", "食堂就餐区", "食堂", 1, "canteen", "canteen_manager", "kc"),
    _Place("LOC-KITCHEN", "食堂后厨", "食堂", 1, "canteen", "canteen_manager", "kca"),
    _Place("LOC-STORE", "食堂库房", "食堂", 1, "canteen", "canteen_manager", "kc"),
    _Place("LOC-GATE-N", "北门", "", None, "gate", "guard_captain", "kca"),
    _Place("LOC-GATE-S", "南门", "", None, "gate", "guard_captain", "kca"),
    _Place("LOC-POLICE", "警务室", "", 1, "police_room", "guard_captain", "kca"),
    _Place("LOC-PLAY-01", "田径场（主集合点）", "", None, "playground", "general_affairs", "c"),
    _Place("LOC-PLAY-02", "篮球场（备用集合点）", "", None, "playground", "general_affairs", "c"),
    _Place("LOC-GYM", "体育器材室", "", 1, "other", "general_affairs"),
    _Place("LOC-CHANGE", "更衣室", "", 1, "changing_room", "general_affairs"),
    _Place("LOC-BOILER", "锅炉房", "后勤楼", 1, "boiler", "electrician", "kca"),
    _Place("LOC-DIST", "配电房", "后勤楼", 1, "distribution_room", "electrician", "kca"),
    _Place("LOC-PUMP", "水泵房", "后勤楼", -1, "other", "electrician", "kc"),
    _Place("LOC-BUS", "校车停靠点", "", None, "parking", "safety_office", "c"),
    _Place("LOC-PARK", "教职工停车场", "", None, "parking", "general_affairs", "c"),
    _Place("LOC-WALL-E", "东侧围墙", "", None, "perimeter", "guard_captain", "c"),
    _Place("LOC-WALL-W", "西侧围墙", "", None, "perimeter", "guard_captain", "c"),
    _Place("LOC-BIKE", "旧自行车棚", "", None, "parking", "general_affairs"),
)
LOCATION_SINCE = {"LOC-ELEV": "2021-08-20", "LOC-POLICE": "2020-03-01", "LOC-CHANGE": "2022-09-01"}
_UNTIL = {"LOC-BIKE": "2026-07-15"}
FLOORS_A = ("LOC-A-1F", "LOC-A-2F", "LOC-A-3F", "LOC-A-4F")
FLOORS_B = ("LOC-B-1F", "LOC-B-2F", "LOC-B-3F", "LOC-B-4F")


def location_rows() -> list[Row]:
    """The rows of locations."""
    return [
        {
            "location_id": place.location_id,
            "name": place.name,
            "building": place.building or None,
            "floor": place.floor,
            "kind": place.kind,
            "is_key": "k" in place.watched,
            "has_cctv": "c" in place.watched,
            "has_alarm": "a" in place.watched,
            "owner_role": place.owner,
            "valid_from": day(LOCATION_SINCE.get(place.location_id, "2019-09-01")),
            "valid_to": day(_UNTIL[place.location_id]) if place.location_id in _UNTIL else None,
        }
        for place in _PLACES
    ]
