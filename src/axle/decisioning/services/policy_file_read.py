"""Reading files of policy values and of prices: CSV in UTF-8 or GB18030 with a head in either language."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation

from axle.decisioning.domain.policy import DIMENSIONS
from axle.decisioning.errors import PolicyFileUnreadable
from axle.decisioning.services.calibration_draft import MAX_CHANGES, Change
from axle.decisioning.services.market_feed_take import ObservedPrice
from axle.platform.public import TABLE, Actor, file_read, file_uploaded, spreadsheet_text

_HEADS = {
    "参数": "parameter",
    "公司代码": "legal_entity",
    "产品代码": "product",
    "业务场景": "scenario",
    "地区": "region",
    "经销商等级": "dealer_grade",
    "车辆类别": "vehicle_class",
    "品牌车系": "vehicle_series",
    "取值": "value",
    "开始日": "since",
    "结束日": "until",
    "价格指数": "price_index",
}
_REMOVES = {"", "-", "删除", "remove"}


def changes_in_file(*, actor: Actor, file_id: int) -> list[Change]:
    """The changes of a file of values; an empty value takes one away. Errors: UploadRefused, PolicyFileUnreadable."""
    rows = _rows(actor, file_id, ("parameter", "value"))
    return [_change(number, row) for number, row in enumerate(rows, 2)]


def prices_in_file(*, actor: Actor, file_id: int) -> list[ObservedPrice]:
    """The prices of a file. Errors: UploadRefused, PolicyFileUnreadable."""
    rows = _rows(actor, file_id, ("vehicle_series", "price_index"))
    return [_price(number, row) for number, row in enumerate(rows, 2)]


def _rows(actor: Actor, file_id: int, needed: Sequence[str]) -> list[dict[str, str]]:
    file_uploaded(actor=actor, file_id=file_id, allowed=(TABLE,))
    try:
        rows = list(_read(spreadsheet_text(file_read(file_id)[1]), needed))
    except (UnicodeDecodeError, csv.Error) as error:
        raise PolicyFileUnreadable(field="file_id", reason=str(error)[:120]) from error
    if len(rows) > MAX_CHANGES:
        raise PolicyFileUnreadable(field="file_id", reason=f"> {MAX_CHANGES}")
    return rows


def _read(text: str, needed: Sequence[str]) -> Iterator[dict[str, str]]:
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    heads = [_HEADS.get((head or "").strip(), (head or "").strip()) for head in reader.fieldnames or ()]
    missing = [name for name in needed if name not in heads]
    if missing:
        raise PolicyFileUnreadable(field="file_id", reason=", ".join(missing))
    reader.fieldnames = heads
    for row in reader:
        yield {name: (value or "").strip() for name, value in row.items() if name in _HEADS.values()}


def _change(number: int, row: Mapping[str, str]) -> Change:
    value = row.get("value", "")
    return Change(
        parameter=row.get("parameter", ""),
        scope={name: row.get(name, "") for name in DIMENSIONS},
        value=None if value in _REMOVES else value,
        since=_day(number, row.get("since", "")),
        until=_day(number, row.get("until", "")),
    )


def _day(number: int, text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise PolicyFileUnreadable(field="file_id", reason=f"{number}: {text[:20]}") from error


def _price(number: int, row: Mapping[str, str]) -> ObservedPrice:
    try:
        index = Decimal(row.get("price_index", ""))
    except InvalidOperation as error:
        raise PolicyFileUnreadable(field="file_id", reason=f"{number}: {row.get('price_index', '')[:20]}") from error
    if not index.is_finite() or index <= 0 or index >= 10**8:
        raise PolicyFileUnreadable(field="file_id", reason=f"{number}: {index}")
    return ObservedPrice(row.get("vehicle_series", ""), row.get("region", ""), index)
