"""Where the places are that a text names: rather unknown than wrong."""

from __future__ import annotations

import pytest

from nda_lint.rulebook.gazetteer import located
from nda_lint.schema.choices import Law


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("上海市黄浦区南京西路 100 号", ("prc", "shanghai")),
        ("江苏省苏州市中级人民法院", ("prc", "jiangsu")),
        ("深圳前海合作区人民法院", ("prc", "guangdong")),
        ("中国", ("prc", None)),
        ("中国香港", ("hong_kong", "hong_kong")),
        ("德国慕尼黑", ("germany", "germany")),
        ("Hong Kong, China", ("hong_kong", "hong_kong")),
        ("Beijing Haidian District People's Court", ("prc", "beijing")),
        ("2 Nanjing West Road, Jing'an District, Shanghai, China", ("prc", "shanghai")),
        ("1 Beijing Road, Guangzhou", ("prc", "guangdong")),
        ("High Court of Singapore", ("singapore", "singapore")),
        # a name within another
        ("the laws of Northern Ireland", ("united_kingdom", "northern ireland")),
        ("北爱尔兰法律", ("united_kingdom", "northern ireland")),
        ("New South Wales", ("australia", "australia")),
        ("罗马尼亚布加勒斯特", ("romania", "romania")),
        # what is left out is not what is meant
        ("laws of the PRC (excluding Hong Kong, Macao and Taiwan)", ("prc", None)),
        ("中华人民共和国法律（不含港澳台地区法律，特别是香港法律）", ("prc", None)),
        # a street is no city, a district alone may be anywhere
        ("南京西路 100 号", None),
        ("海淀区人民法院", None),
        ("1 Beijing Road", None),
        ("最高人民法院", None),
        ("甲方所在地", None),
        ("District Court of Utrecht", None),
        ("", None),
    ],
)
def test_places(text: str, expected: tuple[str, str | None] | None) -> None:
    assert located(text) == expected


def test_words_of_governing_law_are_listed_by_their_own_names() -> None:
    """Apart from those that are no territory."""
    from nda_lint.tables import tables

    unlisted = {word.value for word in Law} - set(tables()["places"]["choices"])
    assert unlisted == {
        "domicile_of_discloser", "common_law", "civil_law", "industry_custom", "international_custom",
        "general_principles",
    }  # fmt: skip
