"""Texts as they are kept: what nobody sees, what is no text, and what is written in two ways."""

from typing import Any

import pytest
from pydantic import ValidationError

from axle.platform.inputs import DEEPEST, Input, Password, text_clean


class Part(Input):
    name: str


class Form(Input):
    name: str = "x"
    parts: list[Part] = []
    data: dict[str, Any] = {}
    password: Password = "x"


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("张三\u200b", "张三"),
        ("\ufeff张\u2060三\u00ad", "张三"),
        ("\u202e13800001234", "13800001234"),
        ("１３８００００１２３４", "13800001234"),
        ("ＬＳＶａ１", "LSVa1"),
        ("上海（集团）有限公司", "上海（集团）有限公司"),
        ("e\u0301", "é"),
        ("一行\n二行\t三", "一行\n二行\t三"),
        ("👍", "👍"),
        ("𠮷野家", "𠮷野家"),
    ],
)
def test_a_text_is_kept_in_one_way(sent: str, kept: str):
    assert text_clean(sent) == kept
    assert Form(name=sent).name == kept
    assert Form.model_validate({"parts": [{"name": sent}], "data": {"a": [{"b": sent}]}}).parts == [Part(name=kept)]
    assert Form(data={"a": [sent]}).data == {"a": [kept]}


@pytest.mark.parametrize("bad", ["a\x01", "\x1b[31m", "a\x7f", "\x85", "\ud800", "\uffff", "a\x00"])
def test_what_is_no_text_is_refused_at_its_field(bad: str):
    for data, field in (
        ({"name": bad}, "name"),
        ({"data": {"a": [bad]}}, "data"),
        ({"parts": [{"name": bad}]}, "parts"),
    ):
        with pytest.raises(ValidationError) as refused:
            Form.model_validate(data)
        (error,) = refused.value.errors()
        assert (error["loc"][0], error["msg"]) == (field, "Value error, control_character")


def test_a_text_of_nothing_visible_is_empty():
    assert Form(name=" \u200b\u3000\ufeff ").name == ""


def test_a_tree_too_deep_is_refused_and_not_followed():
    tree: dict[str, Any] = {}
    for _ in range(DEEPEST + 1):
        tree = {"a": tree}
    with pytest.raises(ValidationError, match="too_deep"):
        Form(data=tree)


def test_a_password_stays_as_it_was_typed():
    assert Form(password=" ｐ\u200b ").password == " ｐ\u200b "
