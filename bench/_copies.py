"""Making a book larger: its loans come round again, each for another person with another car.

A loan's history is copied by the database, set-based, from the loan that it was first told of; people and cars are
drawn as the demo institution draws them. Two processes work at once, each on copies of its own. Meanwhile indexes,
triggers and foreign keys rest; afterwards they are made again and every reference between copied rows is looked up.
The books are told the money of the copies by month, as for loans that are taken over.
"""

import json
import os
import random
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from time import perf_counter
from typing import Any

from django.apps import apps
from django.db import connection, transaction

from axle.accounting.public import events_import
from axle.config.cli.framework import as_owner
from axle.config.demo.identifiers import vin
from axle.config.demo.institution import BUSINESS_ON
from axle.config.demo.people import person
from axle.kernel.money import Fen
from axle.ledger.events import MoneyEvent
from axle.party.models import Customer
from axle.party.services.customers_import import ImportedCustomer
from axle.party.services.customers_import import _row as customer_row
from axle.platform.bulk import rows_copy
from axle.platform.public import Subject, acting, system_actor
from axle.servicing.services.accrual_stop import accruals_stop
from axle.servicing.services.loans_classify import loans_classify
from axle.vehicle.models import Vehicle

NUMBERS = {
    "party.Customer": {"customer_no": "{no}"},
    "party.CustomerDealer": {},
    "vehicle.Vehicle": {},
    "origination.Application": {
        "application_no": "{no}",
        "vin": "v.vin",
        "applicant_name": "c.name",
        "id_no_index": "c.id_no_index",
        "phone_index": "c.phone_index",
    },
    "origination.Contract": {"contract_no": "{no}", "vin": "v.vin"},
    "origination.Disbursement": {
        "disbursement_no": "{no}",
        "vin": "v.vin",
        "payout_no": "bench_no(split_part(t.payout_no, '-', 1), {k}) || '-1'",
        "bank_serial": "bench_no(t.bank_serial, {k})",
    },
    "payments.PaymentOrder": {
        "order_no": "{no}",
        "request_no": "{no}",
        "bank_serial": "'DEMO' || bench_no(t.order_no, {k})",
        "ref_id": "t.ref_id + {k} * {origination_application}",
    },
    "payments.PaymentStep": {},
    "servicing.Loan": {"loan_no": "{no}", "contract_no": "bench_no(t.contract_no, {k})"},
    "servicing.Instalment": {},
    "servicing.LoanEvent": {
        "event_no": "{no}",
        "payload": "t.payload || jsonb_build_object('id', bench_no(t.event_no, {k}))",
    },
    "servicing.Receipt": {"receipt_no": "{no}", "payer_name": "c.name"},
    "servicing.LoanCarrying": {"event_no": "{no}"},
    "servicing.LoanStanding": {},
    "servicing.StandingChange": {},
    "servicing.Posting": {
        "event_no": "bench_no(l.loan_no, {k}) || '/' || bench_key(t.key, {k}) || to_char(t.on, '/YYMMDD') || '/1'",
        "key": "bench_key(t.key, {k})",
        "told_in": "bench_told(t.kind, t.on, l.product_code, t.bank_account)",
    },
}
"""The models that are copied, with the columns that differ. ``{no}`` is the column's own number, moved on."""
_BY_APPLICATION = "origination_contract o ON o.application_id"
WAY = {
    "origination.Application": [f"{_BY_APPLICATION} = t.id"],
    "payments.PaymentOrder": [f"{_BY_APPLICATION} = t.ref_id"],
    "payments.PaymentStep": ["payments_paymentorder p ON p.id = t.order_id", f"{_BY_APPLICATION} = p.ref_id"],
}
LOAN_OF = {
    "party.CustomerDealer": "l.customer_id = t.customer_id",
    "origination.Application": "l.contract_id = o.id",
    "origination.Contract": "l.contract_id = t.id",
    "origination.Disbursement": "l.contract_id = t.contract_id",
    "payments.PaymentOrder": "l.contract_id = o.id",
    "payments.PaymentStep": "l.contract_id = o.id",
    "servicing.Loan": "l.id = t.id",
}
DRAWN = ("party.Customer", "vehicle.Vehicle")
FUNCTIONS = f"""
CREATE OR REPLACE FUNCTION bench_no(no text, k bigint) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT left(no, 10) || to_char(substr(no, 11)::bigint + k * {{stride}}, 'FM999999999000000') $$;
CREATE OR REPLACE FUNCTION bench_key(key text, k bigint) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN strpos(key, ':') > 0
        THEN split_part(key, ':', 1) || ':' || bench_no(split_part(key, ':', 2), k) ELSE bench_no(key, k) END $$;
CREATE OR REPLACE FUNCTION bench_month_end(day date) RETURNS date LANGUAGE sql IMMUTABLE AS $$
    SELECT least((date_trunc('month', day) + interval '1 month - 1 day')::date, DATE '{BUSINESS_ON - timedelta(1)}') $$;
CREATE OR REPLACE FUNCTION bench_told(kind text, day date, product text, account text) RETURNS text
    LANGUAGE sql IMMUTABLE AS $$
    SELECT concat_ws('/', kind, 'import/copies', to_char(bench_month_end(day), 'YYYYMMDD'), product, account) $$;
"""
SEQUENCES = "SELECT relname FROM pg_class WHERE relkind = 'S' AND relname LIKE 'axle\\_no\\_%'"
Tell = Callable[[str], None]


def copies_make(active: int, tell: Tell) -> int:
    """Copy the whole book until at least ``active`` loans are in force; gives the number of copies."""
    in_force = _value("SELECT count(*) FROM servicing_loan WHERE state = 'in_force'")
    copies = -(-(active - in_force) // in_force)
    if copies <= 0:
        return 0
    _last_night()
    with as_owner():
        strides = _strides()
        _run(FUNCTIONS.replace("{stride}", str(_numbers_stride())))
        for setting in ("max_wal_size = '4GB'", "checkpoint_timeout = '30min'"):
            _run(f"ALTER SYSTEM SET {setting}")
        _run("SELECT pg_reload_conf()")
        resting = _constraints_rest()
        tell(f"{copies} copies, without {len(resting)} indexes")
        _in_two(range(1, copies + 1), lambda mine: _copy_all(mine, strides, tell))
        tell("indexes")
        _in_two(resting, lambda mine: _constraints_back(mine))
        tell("numbers and references")
        _sequences_move(copies, strides)
        broken = list(_references_broken())
    if broken:
        raise RuntimeError(f"copied rows refer to nothing: {broken}")
    tell("books")
    with transaction.atomic(), acting(system_actor("demo"), "demo_load"):
        events_import(_events(copies))
        _run(
            f"UPDATE servicing_portfolioday SET loans = loans * {copies + 1}, "
            f"principal_balance = principal_balance * {copies + 1}"
        )
    return copies


def _last_night() -> None:
    """Bring the first loans to where the end of the last day would have left them: non-accrual, classed."""
    last = BUSINESS_ON - timedelta(1)
    with transaction.atomic(), acting(system_actor("demo"), "demo_load"):
        accruals_stop(last, 0, 1)
        loans_classify(last, 0, 1)


def _in_two(work: Sequence[Any], act: Callable[[Sequence[Any]], None]) -> None:
    """Do half of the work in a process beside this one."""
    connection.close()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            act(work[1::2])
            status = 0
        except Exception as error:  # the parent tells that it failed, this line why
            sys.stderr.write(f"{type(error).__name__}: {error}\n")
        finally:
            os._exit(status)
    act(work[::2])
    if os.waitpid(child, 0)[1]:
        raise RuntimeError("the second process failed")


def _strides() -> dict[str, int]:
    """How far apart the keys of a row and its copy are, by table."""
    tables = [apps.get_model(label)._meta.db_table for label in NUMBERS]
    return {table: int(_value(f"SELECT coalesce(max(id), 0) FROM {table}")) for table in tables}


def _numbers_stride() -> int:
    """How far apart the printed numbers are: further than any series has come."""
    return max(int(_value(f"SELECT last_value FROM {name}")) for (name,) in _rows(SEQUENCES))


def _copy_all(copies: Sequence[int], strides: Mapping[str, int], tell: Tell) -> None:
    _run("SET session_replication_role = replica")
    _run("SET synchronous_commit = off")
    templates = list(_rows("SELECT id, region_code, department_id, owner_id FROM party_customer ORDER BY id"))
    people = {row[0]: row for row in templates if row[0] <= strides["party_customer"]}
    cars = list(Vehicle.objects.filter(pk__lte=strides["vehicle_vehicle"]).order_by("pk"))
    loans = list(_rows(f"SELECT customer_id, vehicle_id FROM servicing_loan WHERE id <= {strides['servicing_loan']}"))
    who, which = {row[0] for row in loans}, {row[1] for row in loans}
    for done, k in enumerate(copies, 1):
        begun = perf_counter()
        with transaction.atomic():
            rows_copy(_people(k, [people[key] for key in sorted(who)], strides["party_customer"]))
            rows_copy(_cars(k, [car for car in cars if car.pk in which], strides["vehicle_vehicle"]))
            for label in (label for label in NUMBERS if label not in DRAWN):
                _run(_copy_sql(label, k, strides))
        if copies[0] == 1 and done % 20 == 1:
            tell(f"{2 * done} of {2 * len(copies)} copies, {perf_counter() - begun:.1f} s the last")


def _people(k: int, templates: Sequence[Sequence[Any]], stride: int) -> Iterator[Customer]:
    draw = random.Random(k)
    for key, region, department_id, owner_id in templates:
        number = f"CU{BUSINESS_ON:%Y%m%d}{key + k * stride:06d}"
        data = person(draw, key + k * stride, region).data
        yield customer_row(key + k * stride, ImportedCustomer(number, data, department_id, owner_id, None))


def _cars(k: int, templates: Sequence[Vehicle], stride: int) -> Iterator[Vehicle]:
    for car in templates:
        values = {field.attname: getattr(car, field.attname) for field in Vehicle._meta.concrete_fields}
        yield Vehicle(**values | {"id": car.pk + k * stride, "vin": vin(car.pk + k * stride)})


def _copy_sql(label: str, k: int, strides: Mapping[str, int]) -> str:
    model = apps.get_model(label)
    table, values = model._meta.db_table, []
    fields = [field for field in model._meta.concrete_fields if not field.generated]
    for field in fields:
        remote = field.remote_field.model._meta.db_table if field.remote_field else ""
        own = NUMBERS[label].get(field.attname)
        if own == "{no}":
            values.append(f"bench_no(t.{field.column}, {k})")
        elif own:
            values.append(own.format(k=k, **strides))
        elif field.primary_key or remote in strides:
            values.append(f't."{field.column}" + {k} * {strides[table if field.primary_key else remote]}')
        else:
            values.append(f't."{field.column}"')
    columns = ", ".join(f'"{field.column}"' for field in fields)
    return f"INSERT INTO {table} ({columns}) SELECT {', '.join(values)} FROM {table} t {_joins(label, k, strides)}"


def _joins(label: str, k: int, strides: Mapping[str, int]) -> str:
    """The loan behind a row of the first book, and the person and car of its copy."""
    loan = LOAN_OF.get(label, "l.id = t.loan_id")
    way = " ".join(f"JOIN {step}" for step in WAY.get(label, ()))
    loan = f"{way} JOIN servicing_loan l ON {loan}"
    people = ""
    if any("c." in value or "v." in value for value in NUMBERS[label].values()):
        people = (
            f" JOIN party_customer c ON c.id = l.customer_id + {k} * {strides['party_customer']}"
            f" JOIN vehicle_vehicle v ON v.id = l.vehicle_id + {k} * {strides['vehicle_vehicle']}"
        )
    table = apps.get_model(label)._meta.db_table
    return f"{loan}{people} WHERE t.id <= {strides[table]} AND l.id <= {strides['servicing_loan']}"


def _constraints_rest() -> list[str]:
    """Drop what is looked after row by row; gives the statements that bring it back, the slowest first."""
    tables = [apps.get_model(label)._meta.db_table for label in NUMBERS]
    unique = list(_rows(
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE contype = 'u' AND conrelid::regclass::text = ANY(%s)", [tables]))  # fmt: skip
    back = []
    for table, name, definition in unique:
        incoming = _value("SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND confrelid = %s::regclass AND"
                          " conindid = (SELECT conindid FROM pg_constraint WHERE conname = %s AND contype = 'u')",
                          [table, name])  # fmt: skip
        if not incoming:
            _run(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
            back.append((table, f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}'))
    indexes = list(_rows(
        "SELECT indrelid::regclass::text, indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index i"
        " WHERE indrelid::regclass::text = ANY(%s) AND NOT indisprimary AND NOT EXISTS"
        " (SELECT 1 FROM pg_constraint WHERE conindid = i.indexrelid)", [tables]))  # fmt: skip
    for table, name, definition in indexes:
        _run(f"DROP INDEX {name}")
        back.append((table, definition))
    rank = {table: -tables.index(table) for table in tables}
    return [statement for _table, statement in sorted(back, key=lambda one: rank[one[0]])]


def _constraints_back(statements: Sequence[str]) -> None:
    _run("SET maintenance_work_mem = '1GB'")
    _run("SET max_parallel_maintenance_workers = 0")
    for statement in statements:
        try:
            _run(statement)
        except Exception as error:
            if "deadlock" not in str(error):
                raise
            _run(statement)


def _sequences_move(copies: int, strides: Mapping[str, int]) -> None:
    for table, stride in strides.items():
        _run(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), {(copies + 1) * stride + 1})")
    last = _numbers_stride() * (copies + 1)
    for (name,) in list(_rows(SEQUENCES)):
        _run(f"SELECT setval('{name}', {last})")


def _references_broken() -> Iterator[str]:
    """Foreign keys between copied tables that lead nowhere."""
    tables = {apps.get_model(label)._meta.db_table for label in NUMBERS}
    for label in NUMBERS:
        model = apps.get_model(label)
        for field in model._meta.concrete_fields:
            if field.remote_field and field.remote_field.model._meta.db_table in tables:
                table, target = model._meta.db_table, field.remote_field.model._meta.db_table
                found = _value(
                    f"SELECT count(*) FROM {table} t LEFT JOIN {target} o ON o.id = t.{field.column}"
                    f" WHERE t.{field.column} IS NOT NULL AND o.id IS NULL"
                )
                if found:
                    yield f"{table}.{field.column}: {found}"


def _events(copies: int) -> list[MoneyEvent]:
    """What the books are told of the copies: money by month, product and bank account, interest by month."""
    entity = int(_value("SELECT min(legal_entity_id) FROM servicing_loan"))
    opened = _rows(
        "SELECT 'loan_disbursed', bench_month_end(disbursed_on), product_code, bank_account_id::text,"
        " jsonb_build_object('principal', sum(principal)) FROM servicing_loan WHERE id <= %s GROUP BY 1, 2, 3, 4",
        [_first_loans(copies)],
    )
    paid = _rows(
        "SELECT kind, day, product_code, bank_account, jsonb_object_agg(name, total) FROM ("
        " SELECT t.kind, bench_month_end(t.on) AS day, l.product_code, t.bank_account, a.key AS name,"
        " sum(a.value::bigint) AS total FROM servicing_posting t JOIN servicing_loan l ON l.id = t.loan_id,"
        " jsonb_each_text(t.amounts) a WHERE t.loan_id <= %s GROUP BY 1, 2, 3, 4, 5) AS parts GROUP BY 1, 2, 3, 4",
        [_first_loans(copies)],
    )
    told_alone = _rows(
        "SELECT e.kind, bench_month_end(e.value_on), l.product_code, '', jsonb_object_agg(a.key, a.value)"
        " FROM ledger_journalentry e JOIN servicing_loan l ON l.id = e.source_id"
        " JOIN accounting_voucher v ON v.entry_id = e.id, jsonb_each_text(v.amounts) a"
        " WHERE e.source_type = 'loan' AND e.kind <> 'loan_disbursed'"
        " AND NOT EXISTS (SELECT FROM servicing_posting p WHERE p.event_no = e.event_no) GROUP BY e.id, l.product_code"
    )
    earned = _rows(
        "SELECT e.kind, e.value_on, split_part(e.event_no, '/', 6), '', jsonb_object_agg(a.key, a.value) FROM ("
        " SELECT kind, value_on, event_no, entry.id FROM ledger_journalentry entry WHERE event_no LIKE '%%/import/%%'"
        " AND event_no NOT LIKE '%%/copies/%%') e JOIN accounting_voucher v ON v.entry_id = e.id,"
        " jsonb_each_text(v.amounts) a GROUP BY e.id, e.kind, e.value_on, e.event_no"
    )
    rows = [*opened, *paid, *told_alone, *earned]
    return sorted(_merged(entity, rows, copies), key=lambda event: event.value_on)


def _first_loans(copies: int) -> int:
    """The key of the last loan of the first book."""
    return int(_value("SELECT max(id) FROM servicing_loan")) // (copies + 1)


def _merged(entity: int, rows: Sequence[Sequence[Any]], copies: int) -> Iterator[MoneyEvent]:
    sums: dict[tuple[str, date, str, str], dict[str, int]] = {}
    for kind, day, product, account, amounts in rows:
        parts = json.loads(amounts) if isinstance(amounts, str) else amounts
        into = sums.setdefault((kind, day, product, account), {})
        for name, amount in parts.items():
            into[name] = into.get(name, 0) + int(amount) * copies
    for (kind, day, product, account), amounts in sums.items():
        yield MoneyEvent(
            kind=kind,
            event_no=f"{kind}/import/copies/{day:%Y%m%d}/{product}/{account}",
            legal_entity_id=entity,
            value_on=day,
            amounts={name: Fen(amount) for name, amount in amounts.items()},
            dimensions={"product_code": product, "bank_account": account},
            source=Subject("eod", int(f"{day:%Y%m%d}")),
        )


def _run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def _rows(sql: str, values: Sequence[Any] | None = None) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def _value(sql: str, values: Sequence[Any] | None = None) -> Any:
    return _rows(sql, values)[0][0]
