"""Names are found however they are typed."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from medapp.domain.administrative import HumanName
from medapp.terminology.names import fold, pinyin, readings, search_terms, split_han


def han(family: str, given: str = "") -> HumanName:
    return HumanName(family=family, given=(given,) if given else (), script="han")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Łukasz Ångström", "lukasz angstrom"), ("Søren", "soren"), ("Großmann", "grossmann"),
        ("Đorđević", "dordevic"), ("Æther", "aether"), ("Œuvre", "oeuvre"), ("O'Keefe", "okeefe"),
        ("O’Keefe", "okeefe"), ("José", "jose"), ("Þór", "thor"), ("Treviño", "trevino"),
        ("İstanbul", "istanbul"), ("NGUYỄN", "nguyen"), ("a\u200bb", "ab"), ("王", "王"),
    ],
)
def test_letters_fold_to_what_a_keyboard_has(text: str, expected: str) -> None:
    assert fold(text) == expected


@example("𝕬")
@given(st.text(max_size=40))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("family", "reading"),
    [
        ("曾", "zeng"), ("单", "shan"), ("解", "xie"), ("仇", "qiu"), ("区", "ou"), ("查", "zha"),
        ("朴", "piao"), ("任", "ren"), ("翟", "zhai"), ("覃", "qin"), ("牟", "mu"), ("隗", "wei"),
        ("乐", "yue"), ("缪", "miao"), ("尉迟", "yuchi"), ("万俟", "moqi"), ("长孙", "zhangsun"),
        ("单于", "chanyu"), ("闾丘", "lvqiu"), ("澹台", "tantai"), ("欧阳", "ouyang"), ("王", "wang"),
        ("吕", "lv"), ("万", "wan"), ("叶", "ye"),
    ],
)
def test_surnames_are_read_as_surnames(family: str, reading: str) -> None:
    assert pinyin(han(family, "明")) == f"{reading} ming"


def test_a_chinese_name_is_found_by_ideograph_syllable_whole_and_initials() -> None:
    terms = search_terms((han("王", "小明"),))
    assert terms.sort_key == "wang xiaoming"
    assert terms.words == ("王", "小", "明")
    assert {"wang", "xiao", "ming"} <= set(terms.syllables)
    assert {"wangxiaoming", "xiaoming"} <= set(terms.joined)
    assert "wxm" in terms.initials


def test_every_alternative_reading_is_found_and_the_usual_one_sorts() -> None:
    terms = search_terms((han("翟", "乐"),))
    assert terms.sort_key.startswith("zhai ")
    assert {"zhai", "di", "le", "yue"} <= set(terms.syllables)
    assert {"zhaile", "dile", "zhaiyue"} <= set(terms.joined)


@pytest.mark.parametrize("typed", ["lv", "lu", "lyu"])
def test_u_umlaut_is_found_as_people_type_it(typed: str) -> None:
    terms = search_terms((han("吕", "布"),))
    assert typed in terms.syllables and f"{typed}bu" in terms.joined


def test_a_whole_chinese_name_in_one_text_is_split() -> None:
    assert split_han("欧阳修") == ("欧阳", "修")
    assert split_han("王小明") == ("王", "小明")
    assert split_han("欧阳") == ("欧", "阳")
    assert search_terms((HumanName(text="欧阳修", script="han"),)).sort_key == "ouyang xiu"


def test_a_latin_name_is_found_by_words_and_initials_in_either_order() -> None:
    terms = search_terms((HumanName(family="van der Berg", given=("José", "Ana")),))
    assert terms.sort_key == "van der berg jose ana"
    assert terms.words == ("van", "der", "berg", "jose", "ana")
    assert {"vanderberg", "joseana"} <= set(terms.joined)
    assert terms.initials == ("javdb", "vdbja")


def test_an_apostrophe_hides_neither_half() -> None:
    terms = search_terms((HumanName(family="O'Keefe54", given=("Clarine",)),))
    assert "okeefe54" in terms.words and "keefe54" in terms.joined


def test_names_in_two_scripts_sort_by_the_latin_one() -> None:
    terms = search_terms((han("曾", "明"), HumanName(family="Tsang", given=("Ming",))))
    assert terms.sort_key == "tsang ming"
    assert {"曾", "tsang"} <= set(terms.words) and "zeng" in terms.syllables


def test_a_patient_without_a_name_has_no_terms() -> None:
    terms = search_terms(())
    assert (terms.sort_key, terms.words, terms.joined) == ("", (), ())
    assert search_terms((HumanName(),)).sort_key == ""


@pytest.mark.parametrize("name", ["王*", "A·B", "阿依古丽·买买提", "李 明", "𠮷野", "J.", "-"])
def test_odd_names_do_no_harm(name: str) -> None:
    for script in ("han", "latin"):
        terms = search_terms((HumanName(text=name, script=script),))
        assert all(word and " " not in word for word in (*terms.words, *terms.syllables, *terms.joined))


def test_no_name_makes_a_flood_of_terms() -> None:
    assert len(search_terms((han("重", "长乐行单朝"),)).joined) <= 48


def test_every_reading_is_plain_ascii_letters() -> None:
    for character in "曾单女吕绿略嗯王龘䶮":
        assert readings(character) and all(word.isascii() and word.isalpha() for word in readings(character))
    assert readings("A") == ()


def test_pypinyin_is_never_imported() -> None:
    code = (
        "import sys; from medapp.domain.administrative import HumanName as H\n"
        "from medapp.terminology.names import search_terms as s\n"
        "s((H(family='曾', given=('明',), script='han'),)); assert 'pypinyin' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
