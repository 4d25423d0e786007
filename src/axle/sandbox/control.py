"""The puppeteer's side: choose behaviours, look into outboxes, move time on. No real party has it."""

import time
from collections.abc import Callable, Mapping
from typing import Any

from axle.sandbox.bank.behaviours import Behaviour
from axle.sandbox.bank.statements import Entry, balance_fen, entry_add
from axle.sandbox.sms.gateway import outbox
from axle.sandbox.store import Store
from axle.sandbox.web import BadRequest, Handler, Request, Response, json_response

Advance = Callable[[float], dict[str, int]]


class Control:
    """Handlers under ``/control``; ``advance(now)`` settles and delivers everything due at that time."""

    def __init__(self, store: Store, advance: Advance) -> None:
        self._store = store
        self._advance = advance

    @property
    def routes(self) -> dict[tuple[str, str], Handler]:
        """What is offered, by method and path."""
        return {
            ("GET", "/control/health"): lambda request: json_response({"status": "ok"}),
            ("POST", "/control/bank"): self.bank_rule_add,
            ("POST", "/control/bank/reset"): self.bank_rules_clear,
            ("POST", "/control/bank/credit"): self.bank_credit,
            ("GET", "/control/bank/payouts"): self.bank_payouts,
            ("POST", "/control/run"): self.run,
            ("GET", "/control/callbacks"): self.callbacks,
            ("GET", "/control/sms/outbox"): self.sms_outbox,
            ("POST", "/control/sms/block"): self.sms_block,
        }

    def bank_rule_add(self, request: Request) -> Response:
        """Treat matching payouts by a behaviour.

        ``{behaviour, out_trade_no?, payee_account?, amount?, times?, delay_seconds?}``, amount in fen.
        """
        content = request.json()
        if content.get("behaviour") not in set(Behaviour):
            raise BadRequest(f"behaviour is one of {', '.join(Behaviour)}")
        names = ("behaviour", "out_trade_no", "payee_account", "amount", "delay_seconds", "times")
        with self._store.transaction() as connection:
            connection.execute(
                "INSERT INTO bank_rule (behaviour, out_trade_no, payee_account, amount_fen, delay_seconds,"
                " times_left) VALUES (?, ?, ?, ?, ?, ?)",
                tuple(content.get(name) for name in names),
            )
        return json_response({"status": "ok"})

    def bank_rules_clear(self, request: Request) -> Response:
        """Forget all rules; what was already taken stays as it is."""
        with self._store.transaction() as connection:
            connection.execute("DELETE FROM bank_rule")
        return json_response({"status": "ok"})

    def bank_credit(self, request: Request) -> Response:
        """Let money arrive on (or leave) an account without an order of ours, as a statement entry."""
        entry = _entry(request.json())
        with self._store.transaction() as connection:
            entry_add(connection, entry)
            balance = balance_fen(connection, entry.account_no)
        return json_response({"bank_serial": entry.bank_serial, "balance": str(balance)})

    def bank_payouts(self, request: Request) -> Response:
        """Payouts as the bank holds them, newest first, and the entries that they made."""
        rows = self._store.rows(
            "SELECT p.out_trade_no, p.status, p.amount_fen, p.behaviour, p.payee_account,"
            " (SELECT COUNT(*) FROM bank_entry e WHERE e.out_trade_no = p.out_trade_no) AS entries"
            " FROM bank_payout p ORDER BY p.rowid DESC LIMIT 500"
        )
        wanted = request.query.get("out_trade_no")
        return json_response([dict(row) for row in rows if wanted in (None, row["out_trade_no"])])

    def run(self, request: Request) -> Response:
        """Settle and deliver now, as if ``seconds`` had passed (default 0)."""
        seconds = request.json().get("seconds", 0)
        if not isinstance(seconds, int | float):
            raise BadRequest("seconds is not a number")
        return json_response(self._advance(time.time() + seconds))

    def callbacks(self, request: Request) -> Response:
        """Call-backs, newest first."""
        rows = self._store.rows(
            "SELECT callback_id, party, url, copies, attempts, state FROM callback ORDER BY callback_id DESC LIMIT 500"
        )
        return json_response([dict(row) for row in rows])

    def sms_outbox(self, request: Request) -> Response:
        """Messages to ``?phone=``, newest first."""
        return json_response(outbox(self._store, request.query.get("phone", "")))

    def sms_block(self, request: Request) -> Response:
        """Put a phone on the gateway's blacklist, or take it off with ``is_blocked: false``."""
        content = request.json()
        phone = str(content.get("phone", ""))
        with self._store.transaction() as connection:
            connection.execute("DELETE FROM sms_blocked WHERE phone = ?", (phone,))
            if content.get("is_blocked", True):
                connection.execute("INSERT INTO sms_blocked VALUES (?)", (phone,))
        return json_response({"status": "ok"})


def _entry(content: Mapping[str, Any]) -> Entry:
    try:
        return Entry(
            account_no=str(content["account_no"]),
            bank_serial=str(content["bank_serial"]),
            direction=str(content.get("direction", "IN")),
            amount_fen=int(content["amount"]),
            value_on=str(content["value_date"]),
            out_trade_no="",
            counterparty_name=str(content.get("counterparty_name", "")),
            counterparty_account=str(content.get("counterparty_account", "")),
            remark=str(content.get("remark", "")),
        )
    except (KeyError, ValueError, TypeError) as error:
        raise BadRequest("account_no, bank_serial, amount and value_date are needed") from error
