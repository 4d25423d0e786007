"""One loan's life at a machine whose processes are killed at twelve named points."""

import base64
import re
from datetime import date, timedelta
from typing import Any

from tests.durability.conftest import Crew
from tests.durability.machine import Machine
from tests.durability.people import Desk
from tests.journeys import papers
from tests.journeys.car_loan import BUYER, PAYEE_ACCOUNT, PHONE

LOG = "platform_operationlog"
"""The last table that a command writes: who waits for it has done all its work and not committed."""


class Story:
    """One loan, told by people at a machine that keeps dying."""

    buyer: Desk

    def __init__(self, machine: Machine, crew: Crew) -> None:
        self.machine, self.crew = machine, crew
        self.application_id = 0
        self.contract_id = 0

    def told_twice(self, victim: str, desk: Desk, command: str, **data: Any) -> Any:
        """Send a command, kill the victim when its work is done and not committed, and send it again."""
        key = f"{command}-once"
        with self.machine.held(LOG) as wait:
            first = desk.begin(command, key=key, **data)
            wait()
            self.machine.kill(victim)
        assert first.result(60) != 200
        self.machine.start(victim)
        return desk.do(command, key=key, **data)

    def draft(self) -> dict[str, Any]:
        """The dealer enters and photographs."""
        dealer = self.crew["dealer"]
        draft: dict[str, Any] = dealer.do("application_save_draft", form=self.crew.told["form"])
        self.application_id = draft["application_id"]
        for kind, draw in (
            ("id_front", papers.id_front),
            ("id_back", papers.id_back),
            ("driver_licence", papers.driver_licence),
        ):
            self.capture("dealer", kind, draw(BUYER))
        return draft

    def capture(self, who: str, kind: str, content: bytes) -> None:
        """Photograph a paper of the application."""
        desk = self.crew[who]
        subject = {"subject_type": "application", "subject_id": self.application_id}
        desk.do("captured_document_add", **subject, kind=kind, file_id=desk.upload(content))

    def submit(self, draft: dict[str, Any]) -> None:
        """1: web dies while the dealer submits."""
        which = {"application_id": self.application_id, "version": draft["version"]}
        assert self.told_twice("web", self.crew["dealer"], "application_submit", **which)["state"] == "submitted"

    def recognise(self) -> None:
        """2: the worker dies while it reads a photo."""
        self.machine.start("worker")
        self.machine.doing("captured_document_read")
        self.machine.kill("worker")

    def decide(self) -> None:
        """3: the database dies while the decision is written."""
        with self.machine.held("decisioning_decisionrecord") as wait:
            self.machine.start("worker")
            self.machine.minutes_pass()
            wait()
            self.machine.kill("database")
        self.machine.start("database")
        self.machine.minutes_pass()
        self.machine.until(lambda: self.case()["state"] == "in_review", what="a decision")
        assert self.case()["decision"] == "refer"

    def case(self) -> Any:
        """The application as the reviewer sees it."""
        return self.crew["first_reviewer"].see(f"/applications/{self.application_id}")

    def review(self) -> None:
        """4: the database dies while the first reviewer approves; the others work in peace."""
        for who, node in (
            ("first_reviewer", "first_review"),
            ("credit_reviewer", "credit_review"),
            ("appraiser", "vehicle_appraisal"),
            ("second_reviewer", "second_review"),
        ):
            desk = self.crew[who]
            inbox = desk.see("/lists/inbox", page_size=200)["items"]
            (task,) = [row for row in inbox if row["node"] == node]
            taken = desk.do("task_claim", task_id=task["id"], version=task["version"])
            done = {"task_id": task["id"], "version": taken["version"], "action": "approve", "opinion": "同意"}
            if who == "first_reviewer":
                self.told_twice("database", desk, "task_complete", **done)
            else:
                desk.do("task_complete", **done)

    def contract(self) -> None:
        """5: web dies while the contract's PDF is made."""
        clerk = self.crew["contract_clerk"]
        case = clerk.see(f"/applications/{self.application_id}")
        which = {"application_id": self.application_id, "version": case["version"]}
        made = self.told_twice("web", self.crew["contract_clerk"], "contract_create", **which)
        self.contract_id = made["contract_id"]
        clerk.do("contract_send_for_signing", contract_id=self.contract_id, version=made["version"])
        self.machine.jobs_done()

    def texts(self) -> list[str]:
        """What the buyer's phone has received, newest first."""
        return [row["content"] for row in self.machine.sandbox.look("sms/outbox", phone=PHONE)]

    def in_text(self, pattern: str) -> str:
        """What the newest text message that fits has in it."""
        found = self.machine.until(lambda: re.findall(pattern, "\n".join(self.texts())), what=f"a text like {pattern}")
        return str(found[0])

    def sign(self) -> None:
        """6: web dies while the buyer signs and the time-stamp authority is away, which stamps when it is back."""
        self.buyer = self.crew.stranger()
        token = self.in_text(r"sign/([A-Za-z0-9_-]{20,})")
        invitation = self.buyer.open_link(token)
        assert self.buyer.read(f"/contracts/{self.contract_id}/file")[:5] == b"%PDF-"
        self.buyer.do("signing_code_send", contract_id=self.contract_id)
        self.machine.jobs_done()
        code = self.in_text(r"验证码是(\d{6})")
        act = {
            "contract_id": self.contract_id, "code": code, "is_cost_sheet_confirmed": True,
            "signature_png": base64.b64encode(papers.signature()).decode(),
            "read_seconds": invitation["min_read_seconds"],
        }  # fmt: skip
        self.machine.sandbox.kill()  # with it the time-stamp authority: nobody is half signed meanwhile
        assert self.told_twice("web", self.buyer, "contract_sign", **act)["state"] == "signing"
        assert self.machine.one("SELECT count(*) FROM documents_documentevidence") == 1
        self.machine.sandbox.start()
        stamped = "SELECT state = 'signed' FROM origination_contract"
        self.machine.until(lambda: self.machine.one(stamped), what="a contract with its time stamps")
        self.machine.jobs_done()
        self.machine.sandbox.run()  # the gateway reports its texts, so that the next call-back is the bank's

    def registered(self) -> dict[str, Any]:
        """Conditions met, the payment registered; gives what the checker sends."""
        clerk, cashier = self.crew["contract_clerk"], self.crew["cashier"]
        self.capture("contract_clerk", "vehicle_invoice", papers.vehicle_invoice(BUYER))
        self.machine.jobs_done()
        (row,) = cashier.see("/lists/disbursements")["items"]
        page = cashier.do("disbursement_check", disbursement_id=row["id"])
        for condition in page["conditions"]:
            if condition["kind"] == "manual":
                file_id = clerk.upload(papers.id_back(BUYER)) if condition["needs_document"] else None
                confirmed = {"code": condition["code"], "is_met": True, "note": "已核对", "file_id": file_id}
                clerk.do("condition_confirm", disbursement_id=page["id"], **confirmed)
        page = cashier.do("disbursement_check", disbursement_id=page["id"])
        entered = cashier.do("disbursement_register", disbursement_id=page["id"], version=page["version"])
        return {
            "disbursement_id": page["id"],
            "version": entered["version"],
            "account_tail": PAYEE_ACCOUNT[-4:],
        }

    def approve(self, which: dict[str, Any]) -> str:
        """7: worker and database die when the approval has committed and the order is not sent."""
        self.machine.kill("worker")
        approved = self.crew["checker"].do("disbursement_approve", key="approve-once", **which)
        self.machine.kill("database")
        self.machine.start("database")
        assert self.crew["checker"].do("disbursement_approve", key="approve-once", **which) == approved
        return str(approved["payout_no"])

    def pay(self, order_no: str) -> None:
        """8: the worker dies when the bank has the order and its answer is not read."""
        self.machine.start("worker")
        self.machine.until(self.payouts, what="an order at the bank")
        self.machine.kill("worker")
        assert self.order_state(order_no) == "sent"
        self.machine.start("worker")
        self.machine.minutes_pass()
        self.machine.until(lambda: self.order_state(order_no) != "sent", what="an order that is asked about")
        assert self.crew["cashier"].do("payment_order_query_now", order_no=order_no)["state"] == "accepted"

    def payouts(self) -> Any:
        """Payments as the bank holds them."""
        return self.machine.sandbox.look("bank/payouts")

    def order_state(self, order_no: str) -> str:
        """The order as we hold it."""
        return str(self.machine.one("SELECT state FROM payments_paymentorder WHERE order_no = %s", order_no))

    def call_back(self, order_no: str) -> str:
        """9: web dies while it takes the bank's call-back, which comes again; gives the loan's number.

        No worker is there that could have asked the bank meanwhile.
        """
        sandbox = self.machine.sandbox
        self.machine.kill("worker")
        with self.machine.held(LOG) as wait:
            told = self.crew.in_background(sandbox.run)
            wait()
            self.machine.kill("web")
            assert told.result(60) == {"settled": 1, "delivered": 0}
        self.machine.start("web")
        assert self.order_state(order_no) == "accepted"
        assert sandbox.run(60)["delivered"] == 1
        assert self.order_state(order_no) == "succeeded"
        self.machine.start("worker")
        self.machine.minutes_pass()
        return str(self.machine.one("SELECT loan_no FROM servicing_loan"))

    def today(self) -> date:
        """The business date."""
        on: date = self.machine.one('SELECT "on" FROM platform_businessday')
        return on

    def close_days(self, until: date) -> None:
        """Close every day before a date."""
        self.machine.run("eod", "--date", (until - timedelta(days=1)).isoformat())

    def first_day_ends(self) -> None:
        """10 and 11: the end of day dies inside a closing step, then the database between two steps after the roll."""
        today = self.today()
        with self.machine.held("ledger_journalentry") as wait:
            closing = self.machine.begin("eod")
            wait()
            closing.kill()
            closing.communicate()
        assert self.today() == today
        with self.machine.held("servicing_portfolioday") as wait:
            closing = self.machine.begin("eod")
            wait()
            self.machine.kill("database")
            closing.communicate()
        assert closing.returncode != 0
        self.machine.start("database")
        assert self.today() == today + timedelta(days=1)
        assert self.machine.one("SELECT count(*) FROM servicing_portfolioday") == 0

    def repay(self, loan_no: str, amount: str, *, victim: str = "", **more: Any) -> None:
        """12: the database dies while finance confirms the first receipt."""
        entered = self.crew["cashier"].do(
            "receipt_register", loan_no=loan_no, amount=amount, value_on=self.today().isoformat(), channel="transfer",
            payer_name=BUYER.name, **more,
        )  # fmt: skip
        if victim:
            self.told_twice(victim, self.crew["accountant"], "receipt_confirm", receipt_no=entered["receipt_no"])
        else:
            self.crew["accountant"].do("receipt_confirm", receipt_no=entered["receipt_no"])
