"""Where a place is that a text names: its territory (``prc``, ``singapore``) and, inside the PRC, its region.

A region is a division of the PRC at the level of a province, elsewhere the territory itself. Only names that
stand for one place are listed, and a name in a street's name (南京西路, Beijing Road) does not count; where nothing
listed is named, nothing is known. That keeps rules about courts silent rather than wrong.
"""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

#: A region with its own names and, after the colon, its cities; English and Chinese names side by side.
_REGIONS = """
    beijing Beijing 北京:
    tianjin Tianjin 天津:
    shanghai Shanghai 上海:
    chongqing Chongqing 重庆:
    hebei Hebei 河北: Shijiazhuang 石家庄 Tangshan 唐山 Qinhuangdao 秦皇岛 Baoding 保定 Langfang 廊坊 Handan 邯郸 Cangzhou 沧州
    shanxi Shanxi 山西: Taiyuan 太原 Datong 大同 Linfen 临汾 Yuncheng 运城
    inner_mongolia Inner_Mongolia 内蒙古: Hohhot 呼和浩特 Baotou 包头 Ordos 鄂尔多斯
    liaoning Liaoning 辽宁: Shenyang 沈阳 Dalian 大连 Anshan 鞍山 Yingkou 营口
    jilin Jilin 吉林: Changchun 长春
    heilongjiang Heilongjiang 黑龙江: Harbin 哈尔滨 Daqing 大庆 Qiqihar 齐齐哈尔
    jiangsu Jiangsu 江苏: Nanjing 南京 Suzhou 苏州 Wuxi 无锡 Changzhou 常州 Nantong 南通 Xuzhou 徐州 Yangzhou 扬州 Zhenjiang 镇江
        Yancheng 盐城 Lianyungang 连云港 Kunshan 昆山
    zhejiang Zhejiang 浙江: Hangzhou 杭州 Ningbo 宁波 Wenzhou 温州 Jiaxing 嘉兴 Huzhou 湖州 Shaoxing 绍兴 Jinhua 金华 Yiwu 义乌
        Zhoushan 舟山
    anhui Anhui 安徽: Hefei 合肥 Wuhu 芜湖 Bengbu 蚌埠 Maanshan 马鞍山
    fujian Fujian 福建: Fuzhou 福州 Xiamen 厦门 Quanzhou 泉州 Zhangzhou 漳州 Putian 莆田
    jiangxi Jiangxi 江西: Nanchang 南昌 Jiujiang 九江 Ganzhou 赣州 Jingdezhen 景德镇
    shandong Shandong 山东: Jinan 济南 Qingdao 青岛 Yantai 烟台 Weifang 潍坊 Zibo 淄博 Weihai 威海 Linyi 临沂
    henan Henan 河南: Zhengzhou 郑州 Luoyang 洛阳 Kaifeng 开封 Xinxiang 新乡
    hubei Hubei 湖北: Wuhan 武汉 Yichang 宜昌 Xiangyang 襄阳 Jingzhou 荆州
    hunan Hunan 湖南: Changsha 长沙 Zhuzhou 株洲 Xiangtan 湘潭 Yueyang 岳阳
    guangdong Guangdong 广东: Guangzhou 广州 Shenzhen 深圳 Zhuhai 珠海 Dongguan 东莞 Foshan 佛山 Zhongshan 中山 Huizhou 惠州
        Shantou 汕头 Zhanjiang 湛江
    guangxi Guangxi 广西: Nanning 南宁 Guilin 桂林 Liuzhou 柳州 Beihai 北海
    hainan Hainan 海南: Haikou 海口 Sanya 三亚
    sichuan Sichuan 四川: Chengdu 成都 Mianyang 绵阳 Yibin 宜宾 Leshan 乐山
    guizhou Guizhou 贵州: Guiyang 贵阳 Zunyi 遵义
    yunnan Yunnan 云南: Kunming 昆明 Qujing 曲靖
    tibet Tibet 西藏: Lhasa 拉萨
    shaanxi Shaanxi 陕西: Xian 西安 Xi'an 西安 Xianyang 咸阳 Baoji 宝鸡
    gansu Gansu 甘肃: Lanzhou 兰州
    qinghai Qinghai 青海: Xining 西宁
    ningxia Ningxia 宁夏: Yinchuan 银川
    xinjiang Xinjiang 新疆: Urumqi 乌鲁木齐
"""
#: Territories with the words of the vocabulary of governing law; those with the law of a part stand for the whole.
_TERRITORIES = """
    prc China PRC 中国 中华人民共和国
    hong_kong Hong_Kong 香港
    macao Macao Macau 澳门
    taiwan Taiwan Taipei 台湾 台北
    singapore Singapore 新加坡
    japan Japan Tokyo Osaka 日本 东京 大阪
    south_korea Korea Seoul 韩国 首尔
    united_kingdom United_Kingdom England London Scotland Wales 英国 英格兰 伦敦
    united_states United_States USA U.S.A. New_York California Delaware 美国 纽约 加利福尼亚 特拉华
    united_states Texas Florida Illinois Massachusetts Nevada 得克萨斯 佛罗里达 伊利诺伊 马萨诸塞 内华达
    united_states San_Francisco Los_Angeles Chicago Boston 旧金山 洛杉矶 芝加哥 波士顿
    canada Canada Ontario Toronto 加拿大 多伦多
    australia Australia Sydney 澳大利亚 悉尼
    germany Germany Frankfurt Munich Berlin Hamburg Cologne Stuttgart 德国 法兰克福 慕尼黑 柏林 汉堡 科隆 斯图加特
    france France Paris 法国 巴黎
    austria Austria Vienna 奥地利 维也纳
    belgium Belgium Brussels 比利时 布鲁塞尔
    luxembourg Luxembourg 卢森堡
    european_union European_Union 欧盟 欧洲联盟
    netherlands Netherlands Amsterdam 荷兰 阿姆斯特丹
    switzerland Switzerland Geneva Zurich 瑞士 日内瓦 苏黎世
    poland Poland Warsaw 波兰 华沙
    portugal Portugal Lisbon 葡萄牙 里斯本
    denmark Denmark Copenhagen 丹麦 哥本哈根
    finland Finland Helsinki 芬兰 赫尔辛基
    sweden Sweden Stockholm 瑞典 斯德哥尔摩
    ireland Ireland Dublin 爱尔兰 都柏林
    italy Italy Milan Rome 意大利 米兰 罗马
    spain Spain Madrid 西班牙 马德里
    india India Mumbai 印度 孟买
    malaysia Malaysia Kuala_Lumpur 马来西亚 吉隆坡
    thailand Thailand Bangkok 泰国 曼谷
    vietnam Vietnam Hanoi 越南 河内
    united_arab_emirates United_Arab_Emirates Dubai 阿联酋 阿拉伯联合酋长国 迪拜
"""
#: Words of the vocabulary of governing law that are part of a territory.
_PARTS = {
    "united_kingdom": ("england_wales", "scotland", "northern_ireland"),
    "united_states": (
        "united_states_federal", "california", "delaware", "florida", "nevada", "new_york", "texas",
        "washington", "massachusetts", "illinois",
    ),
    "canada": ("ontario",),
}  # fmt: skip
_STREET = re.compile(r"[\u4e00-\u9fff]{0,2}(?:路|街|道|巷|弄|里)")
_ENGLISH_STREET = re.compile(
    r"(?:\s+(?:East|West|North|South|Central|Middle))?\s+(?:Road|Rd|Street|St|Avenue|Ave)\b", re.IGNORECASE
)


def _is_chinese(name: str) -> bool:
    return "\u4e00" <= name[0] <= "\u9fff"


def _names() -> dict[str, tuple[str, str, bool]]:
    """Name → territory, region, and whether it is a name that also occurs inside others (a city)."""
    found: dict[str, tuple[str, str, bool]] = {}
    for entry in re.split(r"\n {4}(?! )", _REGIONS):
        head, _, cities = entry.partition(":")
        region, *names = head.split() or [""]
        for name in names:
            found[name.replace("_", " ").lower()] = ("prc", region, False)
        for name in cities.split():
            found[name.lower()] = ("prc", region, True)
    for line in _TERRITORIES.strip().splitlines():
        territory, *names = line.split()
        for name in names:
            found[name.replace("_", " ").lower()] = (territory, territory, False)
    return found


_NAMES = _names()
_ENGLISH = re.compile(
    r"(?<![A-Za-z])(?:"
    + "|".join(re.escape(n) for n in sorted(_NAMES, key=len, reverse=True) if not _is_chinese(n))
    + r")(?![A-Za-z])",
    re.IGNORECASE,
)
_CHINESE = re.compile("|".join(re.escape(n) for n in sorted(_NAMES, key=len, reverse=True) if _is_chinese(n)))
_CHOICES = {part: whole for whole, parts in _PARTS.items() for part in parts}
_CHOICES.update({territory: territory for territory, _, _ in _NAMES.values()})


def located(text: str) -> tuple[str, str | None] | None:
    """The territory and the region that a text names, or None where it names no place that is listed.

    The most exact name counts: “China” says less than “Hong Kong, China”. The region is None where only
    the country is named.
    """
    exact: tuple[str, str | None] | None = None
    for name, territory, region in _mentions(text):
        if name in ("prc", "china", "中国", "中华人民共和国"):
            exact = exact or (territory, None)
        elif exact is None or exact[1] is None:
            exact = (territory, region)
    return exact


def _mentions(text: str) -> list[tuple[str, str, str]]:
    """The places named, those that say where the rest is first: Chinese begins with the province, English
    ends with it."""
    english = [match for match in _ENGLISH.finditer(text) if not _ENGLISH_STREET.match(text, match.end())]
    chinese = []
    end = 0
    for match in _CHINESE.finditer(text):
        city = _NAMES[match[0]][2]
        marked = text[match.end() : match.end() + 1] in ("市", "省", "自") or match.start() <= end + 1
        if not _STREET.match(text, match.end()) and (marked or not city):
            chinese.append(match)
            end = match.end()
    names = [match[0].lower() for match in (*chinese, *reversed(english))]
    return [(name, _NAMES[name][0], _NAMES[name][1]) for name in names]


def territory_of(value: Any) -> str | None:
    """The territory of a text, or of a word of the vocabulary of governing law."""
    if value.type == "choice":
        return _CHOICES.get(value.id)
    place = located(value.text)
    return place[0] if place else None


def region_of(value: Any) -> str | None:
    """The region of a text; a word of the vocabulary of governing law is a region but for the PRC."""
    if value.type == "choice":
        territory = _CHOICES.get(value.id)
        return None if territory == "prc" else territory
    place = located(value.text)
    return place[1] if place else None
