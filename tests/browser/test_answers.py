"""What people come to ask: each answer is one search or two taps away from the home page."""

import re

import pytest

from tests.browser.conftest import PHONE, OpenPage
from tests.sample_site import sample_ledger

ANSWERS = {
    "谁分管消防": "责任人是校长，管理人是分管安全副校长",
    "校长不在谁指挥": "由分管安全副校长代",
    "外来人员怎么进校": "先预约、再核实、登记、戴证、有人带",
    "发现苗头向谁报": "改不了的报安全办公室主任",
    "食物中毒第一步做什么": "停止供餐，什么都不动",
    "这个月演练做了没有": "月度疏散演练",
    "急救箱和除颤器在哪里": "医务室、田径场和宿舍楼有 AED",
    "值班电话是多少": "023-0000-0101",
    "月报几号前交": "每月 5 日以前",
    "我们楼还有哪些隐患没销号": "按“地点”筛",
    "上次电气检查是哪天": "日期最近的一行就是",
    "家长中午来送东西怎么办": "放在门卫室的送物架上",
    "夜里起火，宿管先做什么": "打开本楼全部出口",
    "今天谁陪餐": "排班表每周贴在食堂门口",
    "灭火器哪天过期": "出厂日期和报废日期",
    "3 号车什么时候年检": "编号末位为 3 的那辆",
    "500 人的校运会要报谁": "不用公安许可",
    "请校外人员讲座要什么手续": "校长批准；先批后办",
    "网站被篡改找谁": "马上告诉信息中心主任",
    "八年级 3 班 10 月上了几节": "八年级 3 班那一行",
    "今年宣传月的主题是什么": "名称就是主题",
    "法治副校长什么时候来": "日期在后面的就是下一次",
    "心理室几点开门": "12:20 到 13:50",
    "本学期安排了哪些教育活动": "只有人数，没有名单",
    "纠纷找谁调解": "先找年级组长",
    "多少天必须答复": "书面告知和办结的天数",
    "最近一次满意度是多少": "有效份数、满意份数",
    "看监控要什么手续": "由分管安全副校长批准",
    "保安够不够": "应配多少、实配多少",
    "东楼是哪年鉴定的": "每栋楼的日期和等级都在",
    "学生摔伤怎么报险": "当天告诉总务处主任",
    "护学岗几点到几点": "7:10 到 7:50",
    "结案还差哪一步": "原因、责任人、整改、教育四项",
    "哪些情形一票否决": "当年考核和评优不予通过",
    "上学期扣分的是哪几项": "得分低于满分的行",
    "五统一指什么": "不给学校打分",
    "本站记不记录师生的言论": "不记录任何个人的思想、言论",
}
TOP = 3
"""How many results a phone shows without scrolling."""


def asked() -> list[str]:
    """Every question of the mechanisms, one by one."""
    texts = (mechanism.question for mechanism in sample_ledger().checked.plan.mechanisms)
    return [ask for text in texts for ask in re.split("[？?]", text) if ask]


def test_no_question_of_a_mechanism_is_left_out() -> None:
    assert sorted(asked()) == sorted(ANSWERS)


@pytest.mark.parametrize(("question", "phrase"), ANSWERS.items(), ids=ANSWERS)
def test_one_search_finds_the_answer(question: str, phrase: str, open_page: OpenPage) -> None:
    page = open_page("search/", PHONE)
    found = page.evaluate("query => window.safecampusSearch(query)", question)
    answers = [entry["url"] for entry in found[:TOP] if entry["kind"] == "faq"]
    assert answers, [entry["title"] for entry in found[:TOP]]
    texts = []
    for url in answers:
        page.goto(url)
        anchor = page.locator(f"#{url.partition('#')[2]}")
        texts.append(anchor.evaluate("node => node.nextElementSibling.textContent"))
    assert any(phrase in text for text in texts), texts


def test_two_taps_lead_to_every_answer(open_page: OpenPage) -> None:
    page = open_page("", PHONE)
    page.locator(".sc-quick").get_by_role("link", name="常见问题").click()
    page.wait_for_url("**/questions/")
    text = page.locator("article").inner_text()
    assert [phrase for phrase in ANSWERS.values() if phrase not in text] == []


def test_the_first_week_fits_one_sheet_to_sign(open_page: OpenPage) -> None:
    page = open_page("first-week/", PHONE)
    page.emulate_media(media="print")
    sheet = page.pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", sheet)) == 1
