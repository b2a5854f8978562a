"""What stands where in the sample school: kinds of equipment, their places and their numbers."""

from typing import NamedTuple

from tests.sample.places import FLOORS_A, FLOORS_B


class Kind(NamedTuple):
    """One kind of equipment; each place stands with the number of units there."""

    kind: str
    code: str
    owner: str
    places: str
    quantity: tuple[int, int] = (1, 1)
    made: str = "2019-05"
    subtype: str = ""


def _at(places: tuple[str, ...], number: int) -> str:
    return " ".join(f"{place}*{number}" for place in places)


_FLOORS = (*FLOORS_A, *FLOORS_B)
_DORMS = ("LOC-DORM-1", "LOC-DORM-2")
KINDS = (
    Kind("extinguisher", "FE", "general_affairs", f"{_at(_FLOORS, 4)} {_at(_DORMS, 8)}"
         " LOC-ROOM-1*5 LOC-ROOM-2*5 LOC-STAIR-A*2 LOC-STAIR-B*2 LOC-HALL*6 LOC-LIB*3 LOC-OFFICE*4"
         " LOC-LAB-01*2 LOC-LAB-03*2 LOC-CANTEEN*4 LOC-CTRL*1 LOC-BOILER*2 LOC-PUMP*1 LOC-GYM*1"
         " LOC-BUS*4", (2, 2), subtype="powder"),
    Kind("extinguisher", "FE", "general_affairs", "LOC-KITCHEN*3 LOC-STORE*1", (2, 2), "2023-06",
         "water"),
    Kind("extinguisher", "FE", "general_affairs", "LOC-DIST*2 LOC-IT-ROOM*2 LOC-LAB-02*2", (2, 2),
         subtype="co2"),
    Kind("extinguisher", "FE", "general_affairs", "LOC-NET*2 LOC-ARCH*2 LOC-LAB-04*1", (2, 2),
         subtype="clean_gas"),
    Kind("hydrant", "HY", "general_affairs", f"{_at(_FLOORS, 2)} {_at(_DORMS, 4)}"
         " LOC-HALL*2 LOC-LIB*2 LOC-CANTEEN*2 LOC-LAB-01*1 LOC-LAB-02*1 LOC-LAB-03*1"),
    Kind("fire_alarm", "FA", "fire_controller", "LOC-CTRL*1"),
    Kind("emergency_light", "EL", "general_affairs", f"{_at(_FLOORS, 1)} {_at(_DORMS, 1)}"
         " LOC-STAIR-A*1 LOC-STAIR-B*1 LOC-HALL*1 LOC-LIB*1 LOC-CANTEEN*1", (8, 16)),
    Kind("smoke_detector", "SD", "dorm_manager", "LOC-ROOM-1*4 LOC-ROOM-2*4", (18, 24)),
    Kind("cctv_group", "CC", "guard_captain", "LOC-GATE-N*1 LOC-GATE-S*1 LOC-DORM-1*1 LOC-DORM-2*1"
         " LOC-KITCHEN*1 LOC-BUS*1", (6, 22)),
    Kind("panic_button", "PB", "guard_captain",
         "LOC-GATE-N*1 LOC-GATE-S*1 LOC-POLICE*1 LOC-OFFICE*1 LOC-CTRL*1 LOC-MED*1"),
    Kind("alarm", "AL", "guard_captain", "LOC-WALL-E*1 LOC-WALL-W*1"),
    Kind("boiler", "BL", "electrician", "LOC-BOILER*1"),
    Kind("pressure_vessel", "PV", "electrician", "LOC-BOILER*1"),
    Kind("lightning", "LP", "general_affairs", "LOC-A-4F*1 LOC-B-4F*1 LOC-LAB-04*1 LOC-LIB*1"
         " LOC-OFFICE*1 LOC-HALL*1 LOC-DORM-1*1 LOC-DORM-2*1"),
    Kind("school_bus", "BUS", "safety_office", "LOC-BUS*4", made="2020-06"),
    Kind("aed", "AED", "school_doctor", "LOC-MED*1 LOC-PLAY-01*1 LOC-DORM-1*1", made="2024-03"),
    Kind("first_aid_kit", "FK", "school_doctor", f"{_at(_FLOORS, 1)} {_at(_DORMS, 1)}"
         " LOC-GYM*1 LOC-KITCHEN*1 LOC-LAB-02*1 LOC-BUS*4", made="2025-08"),
    Kind("emergency_supply", "ES", "general_affairs", "LOC-OFFICE*3 LOC-DORM-1*2 LOC-DORM-2*2"
         " LOC-KITCHEN*1", (10, 60), "2025-06"),
    Kind("gas_detector", "GD", "canteen_manager", "LOC-KITCHEN*3 LOC-BOILER*1", made="2023-02"),
    Kind("playground_equipment", "PE", "general_affairs", "LOC-PLAY-01*7 LOC-PLAY-02*5"),
    Kind("generator", "GE", "electrician", "LOC-DIST*1"),
    Kind("building", "BD", "general_affairs", "LOC-A-1F*1 LOC-B-1F*1 LOC-LAB-01*1 LOC-LIB*1"
         " LOC-OFFICE*1 LOC-DORM-1*1 LOC-DORM-2*1 LOC-CANTEEN*1"),
)  # fmt: skip
"""In the order of their numbers; lifts are written one by one."""
