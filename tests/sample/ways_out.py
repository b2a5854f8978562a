"""The escape routes of the sample school: every occupied floor but one."""

from tests.sample.rows import Row, from_lines

_COLUMNS = "route_id building floor area stair alternative exit assembly_point night"
_MAIN, _SPARE = "LOC-PLAY-01", "LOC-PLAY-02"
_CLASS_NIGHT = "21:30以后东门锁闭，走西门"
_LABS = "19:00以后锁楼，楼内人员由带队教师开门带出"
_DORM = "铃响后宿舍管理组长开两端的门，点名以后再走"


def route_rows() -> list[Row]:
    """The rows of routes."""
    return from_lines(_COLUMNS, [*_classrooms(), *_laboratories(), *_houses()])


def _classrooms() -> list[tuple[str | int, ...]]:
    lines: list[tuple[str | int, ...]] = []
    for house, point in (("A", _MAIN), ("B", _SPARE)):
        building = f"{house}栋教学楼"
        lines.append(
            (f"RT-{house}-1F", building, 1, "", "走廊向西", "走廊向东", "西门", point, _CLASS_NIGHT)
        )
        lines += [
            (f"RT-{house}-{floor}F-{side}", building, floor, rooms, first, second, gate, point,
             _CLASS_NIGHT if side == "E" else "")
            for floor in (2, 3, 4)
            for side, rooms, first, second, gate in (
                ("W", "西侧三间教室", "西楼梯", "东楼梯", "西门"),
                ("E", "东侧三间教室和办公室", "东楼梯", "西楼梯", "东门"),
            )
        ]  # fmt: skip
    return lines


def _laboratories() -> list[tuple[str | int, ...]]:
    lines: list[tuple[str | int, ...]] = [
        ("RT-LAB-1F", "实验楼", 1, "", "走廊向南", "走廊向北", "南门", _SPARE, _LABS)
    ]
    lines += [
        (f"RT-LAB-{floor}F", "实验楼", floor, "", "南楼梯", "北楼梯", "南门", _SPARE, _LABS)
        for floor in (2, 3, 4)
    ]
    return lines


def _houses() -> list[tuple[str | int, ...]]:
    return [
        ("RT-ADM-1F", "行政楼", 1, "", "大厅正门", "走廊尽头的后门", "正门", _MAIN,
         "22:00以后后门锁闭，只走正门"),
        ("RT-ADM-2F", "行政楼", 2, "", "中楼梯", "西侧室外楼梯", "正门", _MAIN, ""),
        ("RT-HALL-1F", "报告厅", 1, "", "两侧安全门", "后门和舞台侧门", "东侧门", _MAIN, ""),
        ("RT-CAN-1F", "食堂", 1, "就餐区", "南侧四扇门", "北侧送餐通道", "南门", _MAIN, ""),
        ("RT-CAN-1F-K", "食堂", 1, "后厨和库房", "后厨北门", "就餐区南门", "北门", _SPARE, ""),
        *(
            (f"RT-DORM-{house}-{floor}F", f"{name}宿舍楼", floor, "",
             "走廊向东" if floor == 1 else "东楼梯", "走廊向西" if floor == 1 else "西楼梯",
             "东门", _MAIN, _DORM)
            for house, name in ((1, "第一"), (2, "第二"))
            for floor in (1, 2)
        ),
    ]  # fmt: skip
