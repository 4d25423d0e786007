"""Bank statements made here: half a year of a salaried person's account, as PDF, CSV and XLSX, and spoilt ones."""

import csv
import io
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

import typst
from openpyxl import Workbook
from pypdf import PdfReader, PdfWriter

from axle.documents.rendering.fonts import fonts
from axle.kernel.money import yuan
from axle.platform.public import PDF, SHEET, TABLE

HOLDER, ACCOUNT, EMPLOYER = "钱样例", "6222020009903105352", "样本精密机械有限公司"
OPENED, SALARY, RATE_BPS = 500_000, 1_200_000, 5
"""Fen; deposits earn 0.05 per cent a year."""
FIRST, LAST = date(2026, 4, 28), date(2026, 10, 25)


@dataclass(frozen=True)
class Made:
    """A line as the bank books it."""

    on: date
    amount: int
    balance: int
    counterparty: str
    account: str
    summary: str


@cache
def half_a_year() -> tuple[Made, ...]:
    """181 days: a salary on the 10th, rent on the 12th, shopping every third day, interest on the 21st of the quarter's
    last month."""
    lines: list[Made] = []
    balance, earned, day = OPENED, 0, FIRST

    def book(amount: int, counterparty: str, account: str, summary: str) -> None:
        nonlocal balance
        balance += amount
        lines.append(Made(day, amount, balance, counterparty, account, summary))

    while day <= LAST:
        if day.day == 10:
            book(SALARY, EMPLOYER, "33050161", "代发工资")
        if day.day == 12:
            book(-350_000, "房东王某", "6217001", "转账 房租")
        if day.toordinal() % 3 == 0:
            book(-(8_000 + day.day * 37), "财付通-便利店", "", "快捷支付")
        if (day.month, day.day) in {(6, 21), (9, 21)}:
            book(earned * RATE_BPS // 3_600_000, "", "", "结息")
            earned = 0
        earned += balance
        day += timedelta(days=1)
    return tuple(lines)


def at(lines: tuple[Made, ...], summary: str, nth: int = 0) -> int:
    """The place of the n-th line with a summary."""
    return [place for place, line in enumerate(lines) if line.summary == summary][nth]


def changed(place: int, **parts: object) -> tuple[Made, ...]:
    """The half year with one line altered."""
    lines = half_a_year()
    return (*lines[:place], replace(lines[place], **parts), *lines[place + 1 :])


def without(place: int) -> tuple[Made, ...]:
    lines = half_a_year()
    return (*lines[:place], *lines[place + 1 :])


def with_lines(*extra: tuple[date, int, str, str]) -> tuple[Made, ...]:
    """The half year with more movements (day, amount, counterparty, summary), its balances carried on."""
    booked = [(line.on, line.amount, line.counterparty, line.account, line.summary) for line in half_a_year()]
    booked += [(on, amount, counterparty, "", summary) for on, amount, counterparty, summary in extra]
    balance, lines = OPENED, []
    for on, amount, counterparty, account, summary in sorted(booked, key=lambda one: one[0]):
        balance += amount
        lines.append(Made(on, amount, balance, counterparty, account, summary))
    return tuple(lines)


def signed_rows(lines: tuple[Made, ...]) -> list[list[str]]:
    """Date, currency, signed amount, balance, summary, counterparty: as 招商银行 and others print it."""
    head = ["记账日期", "货币", "交易金额", "联机余额", "交易摘要", "对手信息"]
    rows = [
        [f"{one.on}", "CNY", f"{one.amount / 100:,.2f}", f"{one.balance / 100:,.2f}", one.summary, one.counterparty]
        for one in lines
    ]
    return [head, *rows]


def two_column_rows(lines: tuple[Made, ...]) -> list[list[str]]:
    """In and out in columns of their own, newest first, date with time, as exports of e-banking have it."""
    head = ["交易时间", "收入金额(元)", "支出金额(元)", "账户余额", "对方户名", "对方账号", "摘要", "备注"]
    rows = [
        [f"{one.on:%Y%m%d} 10:30:00", yuan(one.amount) if one.amount > 0 else "",
         yuan(-one.amount) if one.amount < 0 else "", yuan(one.balance), one.counterparty, one.account, one.summary, ""]
        for one in reversed(lines)
    ]  # fmt: skip
    return [head, *rows]


def marked_rows(lines: tuple[Made, ...]) -> list[list[str]]:
    """Amounts without a sign beside a mark of their direction, as 工商银行 and others have it."""
    head = ["交易日期", "收/支", "交易额", "余额", "对方名称", "摘要"]
    rows = [
        [f"{one.on:%Y/%m/%d}", "贷" if one.amount > 0 else "借", yuan(abs(one.amount)), yuan(one.balance),
         one.counterparty, one.summary]
        for one in lines
    ]  # fmt: skip
    return [head, *rows]


LAYOUTS = {"signed": signed_rows, "two_columns": two_column_rows, "marked": marked_rows}


def csv_file(rows: list[list[str]], *, holder: str = HOLDER, encoding: str = "gb18030", delimiter: str = ",") -> bytes:
    target = io.StringIO()
    writer = csv.writer(target, delimiter=delimiter)
    writer.writerow(["个人账户交易明细"])
    writer.writerow(["户名", holder, "账号", ACCOUNT])
    writer.writerows(rows)
    writer.writerow(["合计", f"共{len(rows) - 1}笔"])
    return target.getvalue().encode(encoding)


def sheet_file(rows: list[list[str]], *, holder: str = HOLDER) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([f"户名：{holder}", "", f"账号：{ACCOUNT}"])
    for row in rows:
        sheet.append([float(cell.replace(",", "")) if cell.replace(",", "")[-3:-2] == "." else cell for cell in row])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def pdf_file(
    rows: list[list[str]], *, is_ruled: bool = True, holder: str = HOLDER, strange: tuple[int, int] = (0, 0)
) -> bytes:
    """A statement of several pages; the cell at ``strange`` (row, column) is set in another font."""
    chosen = fonts()
    cells = [
        f'text(font: "DejaVu Sans Mono", "{cell}")' if (place, column) == strange else f'"{cell}"'
        for place, row in enumerate(rows)
        if place
        for column, cell in enumerate(row)
    ]
    heads = ", ".join(f'"{cell}"' for cell in rows[0])
    source = f"""
#set page(width: 297mm, height: 210mm, margin: 15mm)
#set text(font: "{chosen.family}", size: 8pt)
#align(center)[个人账户交易明细]
户名：{holder} #h(2em) 账号：{ACCOUNT}

#table(columns: {len(rows[0])} * (1fr,), stroke: {"0.5pt" if is_ruled else "none"},
  table.header({heads}), {", ".join(cells)})
"""
    own = typst.Fonts(include_system_fonts=False, font_paths=[str(folder) for folder in chosen.folders])
    return typst.compile(source.encode(), font_paths=own, format="pdf")


def told_as(content: bytes, **metadata: str) -> bytes:
    """A PDF with other metadata: ``Producer``, ``ModDate`` …"""
    writer = PdfWriter()
    writer.append(PdfReader(io.BytesIO(content)))
    writer.add_metadata({f"/{name}": value for name, value in metadata.items()})
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


FILES = {"csv": (csv_file, TABLE), "xlsx": (sheet_file, SHEET), "pdf": (pdf_file, PDF)}
