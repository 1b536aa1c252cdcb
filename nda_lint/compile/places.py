"""Names of places → what the gazetteer of the rules looks up (see :mod:`nda_lint.rulebook.gazetteer`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

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
    japan Japan Tokyo Osaka Japanese_law 日本 东京 大阪
    south_korea Korea Seoul Korean_law 韩国 首尔
    united_kingdom United_Kingdom UK U.K. Great_Britain England London Wales Scotland Northern_Ireland 英国 英格兰 威尔士 伦敦
    united_kingdom English_law Scots_law Scottish_law Northern_Irish_law British_law 苏格兰 北爱尔兰
    united_states United_States USA U.S.A. California New_York Delaware Texas Florida Illinois Massachusetts Nevada Washington
    united_states Alabama Alaska Arizona Arkansas Colorado Connecticut Hawaii Idaho Indiana Iowa Kansas Kentucky Louisiana
    united_states Maryland Michigan Minnesota Mississippi Missouri Montana Nebraska New_Hampshire New_Jersey New_Mexico
    united_states North_Carolina North_Dakota Ohio Oklahoma Oregon Pennsylvania Rhode_Island South_Carolina South_Dakota
    united_states Tennessee Utah Vermont Virginia West_Virginia Wisconsin Wyoming State_of_Georgia State_of_Maine
    united_states District_of_Columbia San_Francisco Los_Angeles Chicago Boston 旧金山 洛杉矶 芝加哥 波士顿
    united_states 美国 纽约 加利福尼亚 加州 特拉华 得克萨斯 德克萨斯 佛罗里达 伊利诺伊 马萨诸塞 内华达 华盛顿 新泽西 俄亥俄 宾夕法尼亚
    united_states 密歇根 弗吉尼亚 科罗拉多 亚利桑那 明尼苏达 犹他 俄勒冈 康涅狄格 马里兰 印第安纳 密苏里 威斯康星 田纳西 佐治亚 北卡罗来纳
    canada Canada Ontario Toronto British_Columbia Quebec Canadian_law 加拿大 多伦多 安大略
    australia Australia Sydney New_South_Wales Australian_law 澳大利亚 悉尼 新南威尔士
    new_zealand New_Zealand 新西兰
    germany Germany Frankfurt Munich Berlin Hamburg Cologne Stuttgart German_law 德国 法兰克福 慕尼黑 柏林 汉堡 科隆 斯图加特
    france France Paris French_law 法国 巴黎
    austria Austria Vienna Austrian_law 奥地利 维也纳
    belgium Belgium Brussels Belgian_law 比利时 布鲁塞尔
    bulgaria Bulgaria 保加利亚
    croatia Croatia 克罗地亚
    cyprus Cyprus 塞浦路斯
    czechia Czechia Czech_Republic Prague Czech_law 捷克 布拉格
    luxembourg Luxembourg 卢森堡
    european_union European_Union EU EU_law 欧盟 欧洲联盟
    estonia Estonia 爱沙尼亚
    greece Greece Greek_law 希腊
    hungary Hungary Budapest Hungarian_law 匈牙利 布达佩斯
    latvia Latvia 拉脱维亚
    lithuania Lithuania 立陶宛
    malta Malta 马耳他
    netherlands Netherlands Amsterdam Rotterdam Dutch_law 荷兰 阿姆斯特丹 鹿特丹
    romania Romania Bucharest 罗马尼亚
    slovakia Slovakia 斯洛伐克
    slovenia Slovenia 斯洛文尼亚
    switzerland Switzerland Geneva Zurich Swiss_law 瑞士 日内瓦 苏黎世
    norway Norway 挪威
    poland Poland Warsaw Polish_law 波兰 华沙
    portugal Portugal Lisbon Portuguese_law 葡萄牙 里斯本
    denmark Denmark Copenhagen Danish_law 丹麦 哥本哈根
    finland Finland Helsinki Finnish_law 芬兰 赫尔辛基
    sweden Sweden Stockholm Swedish_law 瑞典 斯德哥尔摩
    ireland Ireland Dublin Irish_law 爱尔兰 都柏林
    italy Italy Milan Rome Italian_law 意大利 米兰 罗马
    spain Spain Madrid Barcelona Spanish_law 西班牙 马德里 巴塞罗那
    india India Mumbai Indian_law 印度 孟买
    malaysia Malaysia Kuala_Lumpur 马来西亚 吉隆坡
    thailand Thailand Bangkok Thai_law 泰国 曼谷
    vietnam Vietnam Hanoi 越南 河内
    united_arab_emirates United_Arab_Emirates UAE Dubai 阿联酋 阿拉伯联合酋长国 迪拜
    indonesia Indonesia Jakarta 印度尼西亚 雅加达
    philippines Philippines Manila 菲律宾 马尼拉
    israel Israel Tel_Aviv 以色列
    turkey Turkey Istanbul 土耳其 伊斯坦布尔
    russia Russia Moscow 俄罗斯 莫斯科
    brazil Brazil 巴西
    mexico Mexico 墨西哥
    saudi_arabia Saudi_Arabia 沙特阿拉伯
    south_africa South_Africa 南非
    british_virgin_islands British_Virgin_Islands BVI 英属维尔京群岛
    cayman_islands Cayman 开曼
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
#: Territories whose parts have courts of their own, the names of the whole, and those of the same part as another.
_OF_PARTS = ("united_kingdom", "united_states")
_WHOLES = frozenset((
    "united kingdom", "uk", "u.k.", "great britain", "british law", "英国", "united states", "usa", "u.s.a.", "美国",
))  # fmt: skip
_SAME_PART = {
    name: part
    for part, names in {
        "england": "london,wales,english law,英格兰,威尔士,伦敦",
        "scotland": "scots law,scottish law,苏格兰",
        "northern ireland": "northern irish law,北爱尔兰",
        "california": "san francisco,los angeles,加利福尼亚,加州,旧金山,洛杉矶",
        "illinois": "chicago,伊利诺伊,芝加哥",
        "massachusetts": "boston,马萨诸塞,波士顿",
        "new york": "纽约",
        "delaware": "特拉华",
        "texas": "得克萨斯,德克萨斯",
        "florida": "佛罗里达",
        "washington": "华盛顿",
    }.items()
    for name in names.split(",")
}


def place_tables() -> dict[str, Any]:
    """``names`` (see below), ``letters`` (first letter → names, because a pattern of all names takes longer to compile than
    a contract to check), ``choices`` (word of the vocabulary of governing law → territory)."""
    names = _names()
    choices = {part: whole for whole, parts in _PARTS.items() for part in parts}
    choices.update({territory: territory for territory, _, _ in names.values()})
    return {"names": names, "letters": _by_first_letter(names), "choices": choices}


def _names() -> dict[str, tuple[str, str, bool]]:
    """Name → territory, region, and whether it is a name that also occurs inside others (a city)."""
    found: dict[str, tuple[str, str, bool]] = {}
    region = ""
    for line in _REGIONS.splitlines():
        cities = line
        if ":" in line:
            head, _, cities = line.partition(":")
            region, *names = head.split()
            for name in names:
                found[name.replace("_", " ").lower()] = ("prc", region, False)
        for name in cities.split():
            found[name.lower()] = ("prc", region, True)
    for line in _TERRITORIES.strip().splitlines():
        territory, *names = line.split()
        for name in names:
            plain = name.replace("_", " ").lower()
            part = (
                _SAME_PART.get(plain, plain) if territory in _OF_PARTS and plain not in _WHOLES else territory
            )
            found[plain] = (territory, part, False)
    return found


def _by_first_letter(names: Iterable[str]) -> dict[str, list[str]]:
    """The names by their first letter, the longest first."""
    found: dict[str, list[str]] = {}
    for name in sorted(names, key=len, reverse=True):
        found.setdefault(name[0], []).append(name)
    return found
