"""What kinds of hazards are found in the sample school, where, and who mends them.

`{n}` stands for a small number and `{side}` for a side of the building.
"""

from typing import NamedTuple

from tests.sample.places import FLOORS_A, FLOORS_B

_FLOORS = " ".join((*FLOORS_A, *FLOORS_B))
_STAIRS = "LOC-STAIR-A LOC-STAIR-B"
_LABS = "LOC-LAB-01 LOC-LAB-02 LOC-LAB-03"
_DORMS = "LOC-DORM-1 LOC-DORM-2"
_ROOMS = "LOC-ROOM-1 LOC-ROOM-2"
_GATES = "LOC-GATE-N LOC-GATE-S"
_FIELDS = "LOC-PLAY-01 LOC-PLAY-02"
_HALLS = "LOC-HALL LOC-LIB"
_TOILETS = "LOC-TOI-A LOC-TOI-B"
_WALLS = "LOC-WALL-E LOC-WALL-W"


class Kind(NamedTuple):
    """One kind of hazard; the interim measure makes it a serious one."""

    category: str
    role: str
    places: str
    cost: int
    text: str
    interim: str = ""


KINDS = (
    Kind("fire", "general_affairs", f"{_FLOORS} {_HALLS}", 320, "{n}具干粉灭火器压力指针在红区"),
    Kind("fire", "general_affairs", _FLOORS, 240, "断电试验时{n}盏应急照明灯不亮"),
    Kind("fire", "general_affairs", f"{_FLOORS} {_HALLS} {_DORMS}", 180, "{n}处安全出口指示牌不亮"),
    Kind("fire", "safety_office", f"{_STAIRS} LOC-COR-AB {_DORMS}", 0,
         "疏散通道堆放旧课桌和纸箱，通行宽度不足一半", "当天先清出通道，派楼层疏散岗看守到清完"),
    Kind("fire", "general_affairs", f"{_FLOORS} {_DORMS}", 260,
         "消火栓箱内水带接口脱扣，缺水枪{n}支"),
    Kind("fire", "fire_controller", "LOC-CTRL", 0, "消防主机有{n}个点位屏蔽后没有恢复",
         "屏蔽点位所在楼层每两小时巡查一次"),
    Kind("fire", "general_affairs", f"{_HALLS} {_DORMS}", 450, "{side}防火门闭门器失效，关不严"),
    Kind("fire", "canteen_manager", "LOC-KITCHEN", 0, "灶台旁灭火毯没有挂在顺手的位置"),
    Kind("fire", "electrician", "LOC-PUMP", 0, "消防水泵控制柜停在手动档",
         "水泵房派人值守，每两小时试启动一次"),
    Kind("fire", "dorm_manager", f"{_ROOMS} {_DORMS}", 90, "{n}只独立烟感电量不足，间歇鸣叫"),
    Kind("fire", "office", "LOC-ARCH LOC-LIB", 0, "纸质资料码放过高，离照明灯具不足半米"),
    Kind("fire", "general_affairs", _FLOORS, 0, "{side}楼梯口的疏散示意图被展板遮住"),
    Kind("electrical", "electrician", f"{_FLOORS} LOC-IT-ROOM LOC-OFFICE", 120,
         "{n}个插座面板松动，其中一个有烧灼痕迹"),
    Kind("electrical", "electrician", "LOC-DIST", 2600, "{n}号回路电缆接头发热，测温偏高",
         "该回路减负荷运行，每天早晚各测温一次"),
    Kind("electrical", "electrician", f"LOC-OFFICE {_LABS}", 60,
         "接线板一个接一个串用，电线拖在地上"),
    Kind("electrical", "electrician", "LOC-KITCHEN", 80, "和面机外壳接地线脱落"),
    Kind("electrical", "electrician", "LOC-DIST", 380, "绝缘垫老化开裂，绝缘手套超过检验期"),
    Kind("electrical", "electrician", _FLOORS, 220, "楼层配电箱漏电保护器按试验钮不跳闸",
         "停用该回路插座，照明改接备用回路"),
    Kind("electrical", "electrician", _FIELDS, 150, "{side}灯杆接线盒盖缺失，线头露在外面"),
    Kind("electrical", "info_center", "LOC-NET LOC-IT-ROOM", 0,
         "机柜背后电源线与网线缠在一起，散热差"),
    Kind("building", "general_affairs", _FLOORS, 160, "{side}{n}扇窗的限位器松脱，开启过大"),
    Kind("building", "general_affairs", _STAIRS, 90, "{n}级踏步防滑条脱落"),
    Kind("building", "general_affairs", f"{_STAIRS} LOC-COR-AB", 1800,
         "{side}栏杆立柱焊缝开裂，手推有晃动", "拉警戒带封住这一段，课间设岗提醒绕行"),
    Kind("building", "general_affairs", f"{_HALLS} LOC-OFFICE", 5200,
         "{side}外墙面砖空鼓约{n}平方米", "下方围出警戒区，人员绕行另一侧"),
    Kind("building", "general_affairs", f"{_HALLS} LOC-CANTEEN LOC-OFFICE", 300,
         "{n}块吊顶扣板下坠"),
    Kind("building", "general_affairs", _TOILETS, 110, "地漏堵塞，地面积水打滑"),
    Kind("building", "general_affairs", _FLOORS, 90, "{n}间教室的门锁舌损坏，从里面难以打开"),
    Kind("building", "general_affairs", "LOC-COR-AB", 260, "伸缩缝盖板翘起，容易绊倒"),
    Kind("equipment", "general_affairs", "LOC-PLAY-02", 140, "篮球架地脚螺栓松动{n}颗"),
    Kind("equipment", "general_affairs", "LOC-PLAY-01", 900, "单杠立柱根部锈蚀，晃动明显",
         "围挡停用并挂停用牌，体育课改练其他项目"),
    Kind("equipment", "general_affairs", "LOC-GYM", 680, "{n}块体操垫破损，铁架露出"),
    Kind("equipment", "general_affairs", _FIELDS, 2400, "塑胶面层鼓包{n}处"),
    Kind("equipment", "general_affairs", _FLOORS, 130, "{n}台吊扇固定螺丝松动，转动有异响"),
    Kind("equipment", "info_center", f"{_FLOORS} LOC-HALL", 80, "投影幕布支架螺丝松动"),
    Kind("equipment", "canteen_manager", "LOC-KITCHEN", 350, "燃气报警探头积油，反应迟缓"),
    Kind("food", "canteen_manager", "LOC-KITCHEN", 0, "留样柜里{n}份样品的标签没有写时间"),
    Kind("food", "canteen_manager", "LOC-STORE", 0, "米面靠墙着地堆放，没有离地离墙"),
    Kind("food", "canteen_manager", "LOC-KITCHEN", 420, "冷藏柜显示温度高于标示上限",
         "食材转到备用冷柜，已受影响的当天销毁"),
    Kind("food", "canteen_manager", "LOC-KITCHEN", 120, "生熟砧板混放，颜色标识磨损"),
    Kind("food", "canteen_manager", "LOC-CANTEEN LOC-STORE", 90, "防蝇帘缺{n}条，纱窗有破洞"),
    Kind("food", "canteen_manager", "LOC-STORE", 0, "{n}件临近保质期的调料没有单独存放"),
    Kind("food", "canteen_manager", "LOC-KITCHEN", 0, "{n}天的晨检记录漏填"),
    Kind("traffic", "guard_captain", _GATES, 1500, "放学时人车混行，隔离护栏缺{n}段",
         "放学时段用锥桶隔开，加派两名保安"),
    Kind("traffic", "safety_office", "LOC-BUS", 400, "停靠点地面标线磨损，候车区看不清"),
    Kind("traffic", "safety_office", "LOC-BUS", 60, "{n}号车灭火器固定卡扣损坏"),
    Kind("traffic", "safety_office", "LOC-BUS", 50, "{n}号车安全锤少一把"),
    Kind("traffic", "general_affairs", f"LOC-PARK {_GATES}", 160, "减速带松动，螺栓露出"),
    Kind("traffic", "general_affairs", _GATES, 0, "{side}限速标志被树枝遮挡"),
    Kind("chemical", "academic_affairs", "LOC-LAB-04", 0, "药品柜的两把钥匙由同一岗位保管",
         "当天分开保管，取用须两个岗位到场"),
    Kind("chemical", "academic_affairs", "LOC-LAB-02 LOC-LAB-04", 0, "{n}个废液桶标签脱落"),
    Kind("chemical", "academic_affairs", _LABS, 90, "洗眼器出水浑浊，水压不足"),
    Kind("chemical", "academic_affairs", "LOC-LAB-04", 0, "登记数量比实物多{n}瓶",
         "封存药品柜，两个岗位一起清点核对"),
    Kind("chemical", "academic_affairs", _LABS, 110, "急救箱里的敷料超过有效期"),
    Kind("dormitory", "dorm_manager", _ROOMS, 0, "查出违规电热器具{n}件"),
    Kind("dormitory", "dorm_manager", _ROOMS, 120, "{n}张床的上铺护栏松动"),
    Kind("dormitory", "dorm_manager", _DORMS, 0, "夜间{side}安全出口上锁，钥匙不在值班室",
         "当晚解锁，值班员带钥匙守在门边"),
    Kind("dormitory", "dorm_manager", _DORMS, 60, "{n}张楼层疏散示意图褪色"),
    Kind("dormitory", "dorm_manager", _ROOMS, 0, "床头私拉充电线{n}处"),
    Kind("dormitory", "dorm_manager", _DORMS, 80, "值班室应急手电{n}支没有电"),
    Kind("perimeter", "guard_captain", _WALLS, 480, "防攀爬刺网断开约{n}米"),
    Kind("perimeter", "guard_captain", _WALLS, 0, "墙外土坡堆高，踩着就能翻进来",
         "这一段加密巡查，临时拉起围网"),
    Kind("perimeter", "guard_captain", _GATES, 360, "防撞桩升降不到位"),
    Kind("perimeter", "guard_captain", f"{_GATES} LOC-POLICE", 300, "{n}件防暴器材锈蚀或绑带老化"),
    Kind("perimeter", "guard_captain", _GATES, 0, "访客登记设备故障，改用手写登记"),
    Kind("network", "info_center", "LOC-NET", 300, "机房空调故障，室温偏高"),
    Kind("network", "info_center", "LOC-NET LOC-IT-ROOM", 0, "{n}项系统补丁没有按期安装"),
    Kind("network", "info_center", "LOC-NET", 0, "备份介质与服务器放在同一间房"),
    Kind("crowd", "moral_education", _STAIRS, 0, "放学时两个年级走同一侧楼梯，转角拥堵",
         "两个年级错开三分钟放学，转角设岗"),
    Kind("crowd", "moral_education", "LOC-HALL", 0, "集会临时加座，过道变窄"),
    Kind("crowd", "canteen_manager", "LOC-CANTEEN", 0, "午餐高峰进出两股人流交叉"),
    Kind("special_equipment", "general_affairs", "LOC-ELEV", 150, "轿厢紧急通话接通过慢"),
    Kind("special_equipment", "electrician", "LOC-BOILER", 200, "一块压力表超过校验期",
         "停用该台设备，改用备用设备供热水"),
    Kind("special_equipment", "general_affairs", "LOC-ELEV", 0, "检验合格标志没有贴在轿厢里"),
    Kind("hygiene", "general_affairs", _TOILETS, 90, "{n}个水龙头损坏，洗手液缺失"),
    Kind("hygiene", "school_doctor", "LOC-MED", 80, "急救箱里{n}件耗材过期"),
    Kind("hygiene", "general_affairs", _FLOORS, 260, "直饮水机滤芯超期没有更换"),
    Kind("weather", "general_affairs", f"{_FIELDS} LOC-BUS", 0, "排水沟淤堵约{n}米"),
    Kind("weather", "general_affairs", "LOC-WALL-E", 3600, "挡土墙泄水孔堵塞，墙面渗水",
         "雨天在墙脚拉警戒线，每天看一次裂缝"),
    Kind("weather", "general_affairs", "LOC-A-4F LOC-B-4F LOC-LIB", 0, "屋面落水口被树叶堵住"),
    Kind("weather", "general_affairs", f"{_FIELDS} {_GATES}", 200, "{side}大树枯枝没有修剪"),
    Kind("weather", "general_affairs", f"{_HALLS} {_DORMS}", 500, "避雷带焊点锈蚀{n}处"),
)  # fmt: skip
