"""A file as a bank statement."""

import re
from collections.abc import Sequence

from axle.documents.domain.statement import Finding, Statement
from axle.documents.domain.statement_checks import in_order
from axle.documents.domain.text_forms import half_width, squeezed
from axle.documents.errors import StatementColumnsUnknown, StatementEmpty
from axle.documents.statements.cells import Row, amount_of
from axle.documents.statements.columns import columns_of, heading_at, lines_of
from axle.kernel.money import Fen
from axle.platform.public import PDF, SHEET, TABLE

READ_TYPES = (PDF, TABLE, SHEET)
"""A photo of a statement is filed, not read."""
_HOLDER = re.compile(
    r"(?:客户姓名|客户名称|账户名称|帐户名称|开户人|户\s*名|姓\s*名)\s*[:：]?\s*(?!账|帐|卡|币|开户|起)([\u4e00-\u9fff·]{2,30})"
)
_ACCOUNT = re.compile(r"(?:卡号|账号|帐号|卡/账号|账户)\s*[:：]?\s*([0-9][0-9* ]{6,30}[0-9])")
_INFLOW = re.compile(r"(?:收入|贷方|存入|转入)(?:总金?额|合计|发生额合计|总计)[^\d\n-]{0,12}([\d,]+\.\d{2})")
_OUTFLOW = re.compile(r"(?:支出|借方|支取|转出)(?:总金?额|合计|发生额合计|总计)[^\d\n-]{0,12}([\d,]+\.\d{2})")


def statement_read(content: bytes, content_type: str) -> Statement:
    """Read a statement of any of the ``READ_TYPES``.

    Errors: StatementColumnsUnknown, StatementEmpty, StatementLineUnreadable, StatementCurrencyForeign,
    StatementTooLong; StatementBroken and StatementTextMissing for a PDF; SheetBroken.
    """
    rows = _rows(content, content_type)
    at = heading_at(rows)
    columns = columns_of(rows[at].texts) if at is not None else None
    if at is None or columns is None:
        raise StatementColumnsUnknown(field="file")
    read = lines_of(rows[at + 1 :], columns)
    if not read:
        raise StatementEmpty(field="file")
    marks: list[Finding] = []
    if content_type == PDF:
        from axle.documents.statements.pdf_marks import file_marks, font_marks

        marks = [*font_marks(read), *file_marks(content)]
    head, whole = _text(rows[:at]), _text(rows)
    return Statement(
        lines=in_order([one.line for one in read]),
        holder_name=_first(_HOLDER, head),
        account_no=squeezed(_first(_ACCOUNT, head)),
        inflow_stated=_sum(_INFLOW, whole),
        outflow_stated=_sum(_OUTFLOW, whole),
        marks=tuple(marks),
    )


def _rows(content: bytes, content_type: str) -> list[Row]:
    if content_type == PDF:
        from axle.documents.statements.pdf_rows import pdf_rows

        return pdf_rows(content)
    from axle.documents.statements.table_files import csv_rows, sheet_rows

    return sheet_rows(content) if content_type == SHEET else csv_rows(content)


def _text(rows: Sequence[Row]) -> str:
    return half_width("\n".join(" ".join(text for text in row.texts if text) for row in rows))


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found.group(1) if found else ""


def _sum(pattern: re.Pattern[str], text: str) -> Fen | None:
    """A sum that the statement states once; several are sums of pages."""
    found = pattern.findall(text)
    return amount_of(found[0]) if len(found) == 1 else None
