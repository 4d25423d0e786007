"""Templates: schema, glyphs, determinism, what stands on the paper, where to sign."""

import io
import os
from datetime import date

import pytest
from pypdf import PdfReader

from axle.documents.errors import FontsMissing, MissingGlyph, TemplateDataInvalid, TemplateUnknown
from axle.documents.rendering import fonts as fonts_module
from axle.documents.rendering.fonts import check_glyphs, fonts
from axle.documents.rendering.pdf import render
from axle.documents.rendering.templates import template_named
from axle.documents.tests.papers import change_notice_data, contract_data, disclosure_data, payoff_data, receipt_data

ON = date(2026, 11, 22)


def text_of(pdf):
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).replace("\n", "")


def rendered(code, data):
    template = template_named(code)
    return render(template, template.checked(data), dated=ON)


CONTRACT_WORDS = (
    *("汽车消费贷款合同", "HT20261122000001", "王样本", "999902196907211161", "LHGT7Z7R2KB972374", "¥120,000.00"),
    *("人民币壹拾贰万元整", "等额本金", "6.17%", "新车", "2026年12月22日", "附件一", "综合融资成本明示表", "附件二"),
    *("还款计划表", "123,900.00", "3,900.00", "正常履约年化综合融资成本", "不向借款人收取其他任何息费"),
)


def test_contract_says_what_was_agreed(contract_pdf):
    text = text_of(contract_pdf.content)
    for words in CONTRACT_WORDS:
        assert words in text.replace(" ", ""), words


def test_contract_has_a_place_for_each_party(contract_pdf):
    lender, borrower = contract_pdf.places
    assert (lender.role, borrower.role) == ("lender", "borrower")
    assert (lender.page, lender.y) == (borrower.page, borrower.y)
    assert all(0 < place.x < 595 and 0 < place.y < 842 - place.height for place in contract_pdf.places)


def test_co_borrowers_get_their_own_places():
    second = {"name": "李样本", "id_no": "99990219690721117X", "phone": "13900000000"}
    paper = rendered("car_loan_contract", contract_data(co_borrowers=[second]))
    assert [place.role for place in paper.places] == ["lender", "borrower", "co_borrower_1"]


def test_same_data_same_bytes(contract, contract_pdf):
    assert rendered("car_loan_contract", contract).content == contract_pdf.content


def test_a_change_of_one_fen_changes_the_bytes(contract, contract_pdf):
    contract["vehicle"]["price"] += 1
    assert rendered("car_loan_contract", contract).content != contract_pdf.content


PAPERS = [
    ("payoff_letter", payoff_data(), ["lender"], ["贷款结清证明", "壹拾贰万元整", "已全部结清"]),
    ("loan_change_notice", change_notice_data(), ["lender"], ["还款计划变更通知书", "办理展期", "8.99%", "6,089.88"]),
    ("receipt", receipt_data(), ["lender"], ["收款收据", "壹仟零陆拾元零伍角叁分", "1,060.53"]),
    ("cost_disclosure", disclosure_data(), ["borrower"], ["综合融资成本明示表", "6.17%"]),
]


@pytest.mark.parametrize(("code", "data", "roles", "words"), PAPERS)
def test_other_papers(code, data, roles, words):
    paper = rendered(code, data)
    text = text_of(paper.content).replace(" ", "")
    assert [place.role for place in paper.places] == roles
    assert all(word in text for word in words)


def refused(code, data):
    with pytest.raises(TemplateDataInvalid) as caught:
        template_named(code).checked(data)
    return caught.value


def test_missing_key_is_named(contract):
    del contract["vehicle"]["vin"]
    assert refused("car_loan_contract", contract).field == "vehicle.vin"


def test_unknown_key_is_named(contract):
    assert refused("car_loan_contract", contract | {"bonus": "1"}).field == "bonus"


def test_a_float_is_no_amount(contract):
    contract["loan"]["principal"] = 120000.0
    assert refused("car_loan_contract", contract).field == "loan.principal"


FIGURES = [
    ("schedule_differs_from_principal", lambda data: data["schedule"][3].update(principal=999999)),
    ("schedule_differs_from_periods", lambda data: data["loan"].update(periods=13)),
    ("cost_sheet_differs_from_contract", lambda data: data["cost"].update(principal=11999999)),
]


@pytest.mark.parametrize(("reason", "spoil"), FIGURES)
def test_figures_that_disagree_are_refused(contract, reason, spoil):
    spoil(contract)
    assert reason in refused("car_loan_contract", contract).params["reason"]


def test_unknown_template():
    with pytest.raises(TemplateUnknown):
        template_named("poem")


def test_rare_names_can_be_printed():
    check_glyphs({"names": ["王䶮", "李㛃", "张喆", "刘玥", "陈龘", "阿卜杜拉·买买提"]})


def test_a_glyph_that_the_font_lacks_is_named(contract):
    contract["borrower"]["name"] = "王\U0001f697"
    with pytest.raises(MissingGlyph) as caught:
        rendered("car_loan_contract", contract)
    assert caught.value.field == "borrower.name"
    assert caught.value.params["code_point"] == "U+1F697"


def test_missing_fonts_are_told_with_the_places(monkeypatch, tmp_path):
    monkeypatch.setattr(fonts_module, "font_places", lambda: [tmp_path, tmp_path / "none"])
    fonts.cache_clear()
    try:
        with pytest.raises(FontsMissing) as caught:
            fonts()
    finally:
        fonts.cache_clear()
    assert str(tmp_path) in caught.value.params["places"]


def test_chosen_folder_comes_first(monkeypatch, tmp_path):
    monkeypatch.setenv("AXLE_FONTS", str(tmp_path))
    assert fonts_module.font_places()[0] == tmp_path
    assert os.environ["AXLE_FONTS"]
