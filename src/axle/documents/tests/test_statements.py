"""Bank statements: the same half year read from every kind of file, and what is odd about spoilt ones."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from axle.documents import errors
from axle.documents.domain.statement import Finding, StatementFigures, StatementIncome
from axle.documents.domain.statement_checks import DepositRates
from axle.documents.domain.statement_figures import FigureRules, figures_of, months_covered
from axle.documents.statements.cells import amount_of
from axle.documents.statements.reading import statement_read
from axle.documents.tests import statement_papers as made
from axle.platform.public import PDF, SHEET, TABLE

RULES = FigureRules(DepositRates(Decimal("0.0004"), Decimal("0.005")), months_least=3, round_trip_days=3)


def figures(content, content_type):
    return figures_of(statement_read(content, content_type), RULES)


def of_lines(lines, **options):
    return figures(made.csv_file(made.signed_rows(lines), **options), TABLE)


def codes(found):
    return [(finding.code, finding.line) for finding in found.findings]


@pytest.mark.parametrize("layout", made.LAYOUTS)
@pytest.mark.parametrize("kind", made.FILES)
def test_every_layout_of_every_kind_of_file_says_the_same(kind, layout):
    write, content_type = made.FILES[kind]
    lines = made.half_a_year()
    read = statement_read(write(made.LAYOUTS[layout](lines)), content_type)
    assert [
        (line.booked_on, line.amount, line.balance, line.counterparty, line.summary.replace(" ", ""))
        for line in read.lines
    ] == [(line.on, line.amount, line.balance, line.counterparty, line.summary.replace(" ", "")) for line in lines]
    found = figures_of(read, RULES)
    assert (found.holder_name, found.account_no) == (made.HOLDER, made.ACCOUNT)
    assert (found.from_on, found.to_on, found.lines) == (made.FIRST, date(2026, 10, 25), 75)
    assert (found.check, found.findings) == ("genuine", [])
    assert (found.income_fen, found.round_trip_rate, found.gambling) == (made.SALARY, "0.0000", [])
    assert found.incomes == [StatementIncome(made.EMPLOYER, 6, 6 * made.SALARY)]


def test_a_statement_without_rules_is_read_by_where_words_stand():
    content = made.pdf_file(made.two_column_rows(made.half_a_year()), is_ruled=False)
    assert figures(content, PDF) == replace(figures(made.pdf_file(made.two_column_rows(made.half_a_year())), PDF))


def test_figures_are_the_same_after_they_were_kept():
    found = of_lines(made.changed(7, amount=-1))
    assert StatementFigures.of_json(found.as_json()) == replace(
        found,
        findings=tuple(found.findings),
        months=tuple(found.months),
        incomes=tuple(found.incomes),
        gambling=tuple(found.gambling),
    )


def test_a_changed_amount_breaks_the_balance_at_its_line():
    place = made.at(made.half_a_year(), "代发工资", 2)
    line = made.half_a_year()[place]
    found = of_lines(made.changed(place, amount=line.amount + 800_000))
    assert found.check == "suspicious"
    assert found.findings == [
        Finding("balance_breaks", place + 1, line.on, line.balance + 800_000, line.balance),
    ]


def test_a_changed_amount_and_balance_break_at_the_next_line():
    place = made.at(made.half_a_year(), "代发工资", 2)
    line = made.half_a_year()[place]
    found = of_lines(made.changed(place, amount=line.amount + 800_000, balance=line.balance + 800_000))
    assert codes(found) == [("balance_breaks", place + 2)]


def test_a_missing_line_breaks_the_balance_where_it_stood():
    place = made.at(made.half_a_year(), "转账 房租", 3)
    assert codes(of_lines(made.without(place))) == [("balance_breaks", place + 1)]


def test_interest_that_is_missing_or_impossible_is_found():
    lines = made.half_a_year()
    place = made.at(lines, "结息", 1)
    shifted = tuple(
        replace(line, balance=line.balance - (lines[place].amount if at > place else 0))
        for at, line in enumerate(lines)
    )
    found = of_lines((*shifted[:place], *shifted[place + 1 :]))
    assert [(finding.code, finding.on) for finding in found.findings] == [("interest_missing", date(2026, 9, 21))]
    raised = tuple(
        replace(line, balance=line.balance + (500_000 if at >= place else 0)) for at, line in enumerate(lines)
    )
    raised = (*raised[:place], replace(raised[place], amount=lines[place].amount + 500_000), *raised[place + 1 :])
    assert codes(of_lines(raised)) == [("interest_implausible", place + 1)]


def test_interest_on_another_day_is_odd():
    found = of_lines(made.with_lines((date(2026, 7, 15), 900, "", "结息")))
    assert [(finding.code, finding.on) for finding in found.findings] == [("interest_off_day", date(2026, 7, 15))]


def test_a_pdf_from_an_editing_tool_is_suspicious_and_with_a_break_forged():
    rows = made.signed_rows(made.half_a_year())
    edited = made.told_as(
        made.pdf_file(rows), Producer="Foxit PDF Editor", CreationDate="D:20261026100000", ModDate="D:20261027110000"
    )
    found = figures(edited, PDF)
    assert [(one.code, one.found) for one in found.findings] == [
        ("edited_by_tool", "foxit pdf editor"),
        ("modified_later", "2026-10-27T11:00:00"),
    ]
    assert found.check == "suspicious"
    place = made.at(made.half_a_year(), "代发工资", 2)
    changed = made.pdf_file(made.signed_rows(made.changed(place, amount=2_000_000)))
    assert figures(changed, PDF).check == "suspicious"
    assert figures(made.told_as(changed, Producer="Foxit PDF Editor"), PDF).check == "forged"


def test_a_figure_in_another_font_is_found_with_its_line():
    rows = made.signed_rows(made.half_a_year())
    found = figures(made.pdf_file(rows, strange=(5, 2)), PDF)
    (finding,) = found.findings
    assert (finding.code, finding.line, found.check) == ("fonts_mixed", 5, "suspicious")
    assert "DejaVu" in str(finding.found)
    assert "DejaVu" not in str(finding.expected)


def test_a_total_that_is_stated_otherwise_is_found():
    content = made.csv_file(made.signed_rows(made.half_a_year())) + '"收入合计：99,999.00"'.encode("gb18030")
    (finding,) = figures(content, TABLE).findings
    inflow = sum(line.amount for line in made.half_a_year() if line.amount > 0)
    assert finding == Finding("totals_differ", 0, None, 9_999_900, inflow)


def test_money_that_leaves_again_is_no_income():
    extra = [(date(2026, month, 3), 2_000_000, "李某", "转账") for month in range(5, 11)]
    back = [(date(2026, month, 5), -2_000_000, "李某", "转账") for month in range(5, 11)]
    found = of_lines(made.with_lines(*extra, *back))
    assert found.income_fen == made.SALARY
    inflow = sum(line.amount for line in made.half_a_year() if line.amount > 0) + 12_000_000
    assert found.round_trip_rate == str((Decimal(12_000_000) / inflow).quantize(Decimal("0.0001")))


@pytest.mark.parametrize(
    ("counterparty", "summary", "counts"),
    [
        ("样本物业", "租金", True),
        (made.HOLDER, "转账", False),
        ("某消费金融公司", "放款", False),
        ("某商店", "退款", False),
        ("某基金", "理财赎回", False),
    ],
)
def test_what_returns_every_month_counts_unless_it_is_lent_or_their_own(counterparty, summary, counts):
    found = of_lines(
        made.with_lines(*[(date(2026, month, 15), 90_000, counterparty, summary) for month in range(5, 11)])
    )
    assert found.income_fen == made.SALARY + (90_000 if counts else 0)


def test_a_single_inflow_is_no_income():
    assert of_lines(made.with_lines((date(2026, 7, 15), 9_000_000, "某人", "转账"))).income_fen == made.SALARY


def test_gambling_is_told_by_its_lines():
    found = of_lines(made.with_lines((date(2026, 4, 29), -50_000, "bet365", "快捷支付")))
    assert found.gambling == [2]


def test_a_short_statement_tells_no_income_and_none_without_balances_its_check():
    short = of_lines(made.half_a_year()[:20])
    assert (short.income_fen, short.check) == (None, "genuine")
    rows = [[*row[:3], *row[4:]] for row in made.signed_rows(made.half_a_year())]
    assert figures(made.csv_file(rows), TABLE).check is None


def test_a_statement_without_a_holder_is_not_genuine():
    assert codes(of_lines(made.half_a_year(), holder="")) == [("holder_missing", 0)]


def test_months_are_counted_to_the_nearest():
    spans = [
        (date(2026, 1, 1), date(2026, 6, 30)),
        (date(2026, 1, 1), date(2026, 1, 9)),
        (date(2025, 6, 1), date(2026, 5, 31)),
    ]
    assert [months_covered(*span) for span in spans] == [6, 1, 12]


AMOUNTS = [
    ("1,234.56", 123_456), ("-1,234.5", -123_450), ("(9.00)", -900), ("¥ 8", 800), ("1,200.00-", -120_000),
    ("＋3.00", 300), ("", None), ("--", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "fen"), AMOUNTS)
def test_amounts_are_read_as_banks_print_them(text, fen):
    assert amount_of(text) == fen


@pytest.mark.parametrize("text", ["1.234", "abc", "1e400", "NaN"])
def test_other_amounts_are_refused(text):
    with pytest.raises(ValueError, match=text):
        amount_of(text)


def rows_with(place, column, text):
    rows = made.signed_rows(made.half_a_year())
    rows[place][column] = text
    return made.csv_file(rows)


REFUSED = [
    (b"a,b\n1,2\n", TABLE, errors.StatementColumnsUnknown),
    (made.csv_file(made.signed_rows(())), TABLE, errors.StatementEmpty),
    (rows_with(3, 2, "12.3x"), TABLE, errors.StatementLineUnreadable),
    (rows_with(3, 1, "USD"), TABLE, errors.StatementCurrencyForeign),
    (b"x\n" * 20_001, TABLE, errors.StatementTooLong),
    (b"PK\x03\x04 no workbook", SHEET, errors.SheetBroken),
    (b"%PDF-1.7 broken", PDF, errors.StatementBroken),
]


@pytest.mark.parametrize(("content", "content_type", "refusal"), REFUSED, ids=lambda one: getattr(one, "code", ""))
def test_what_is_no_statement_is_refused(content, content_type, refusal):
    with pytest.raises(refusal):
        statement_read(content, content_type)


def test_the_row_that_cannot_be_read_is_named():
    with pytest.raises(errors.StatementLineUnreadable) as refused:
        statement_read(rows_with(3, 2, "12.3x"), TABLE)
    assert refused.value.params["row"] == 6


def test_a_scan_has_no_text():
    from axle.documents.tests.test_imaging import pdf

    with pytest.raises(errors.StatementTextMissing):
        statement_read(pdf(), PDF)
