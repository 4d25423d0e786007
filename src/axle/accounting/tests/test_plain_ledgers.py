"""The standard chart and rules, against ledgers written by hand (``ledgers/*.txt``)."""

from datetime import date

import pytest

from axle.accounting.domain.rules import Posting
from axle.accounting.handlers import money_event_post
from axle.accounting.tests.factories import DIMENSIONS
from axle.accounting.tests.plain_ledger import FOLDER, Balances, Fact, ledger, shown
from axle.kernel.money import yuan
from axle.ledger.events import MoneyEvent
from axle.ledger.public import account_balance, entry_get, entry_of_event, trial_balance
from axle.platform.public import Subject

pytestmark = pytest.mark.usefixtures("verified")
NAMES = sorted(path.name for path in FOLDER.glob("*.txt"))


def _tell(entity_id: int, fact: Fact, event_nos: dict[str, str]) -> None:
    event_nos[fact.label] = fact.event_no
    money_event_post(
        MoneyEvent(
            kind=fact.kind,
            event_no=fact.event_no,
            legal_entity_id=entity_id,
            value_on=fact.on,
            amounts=fact.amounts,
            dimensions=DIMENSIONS,
            source=Subject("loan", 7),
            reverses=event_nos[fact.reverses] if fact.reverses else None,
        )
    )


def _posted(fact: Fact) -> list[str]:
    posted = entry_of_event(event_no=fact.event_no, kind=fact.kind)
    assert posted is not None, f"line {fact.line} was not posted"
    return [shown(Posting(line.account, line.debit, line.credit)) for line in entry_get(posted.entry_no).lines]


def _nets(entity_id: int, balances: Balances) -> dict[str, str]:
    return {
        code: yuan(account_balance(legal_entity_id=entity_id, codes=[code], on=balances.on)) for code in balances.nets
    }


@pytest.mark.parametrize("name", NAMES)
def test_the_books_are_those_of_the_accountant(entity_id, name):
    event_nos: dict[str, str] = {}
    for block in ledger(name):
        if isinstance(block, Balances):
            expected = {code: yuan(net) for code, net in block.nets.items()}
            assert _nets(entity_id, block) == expected, f"{name}:{block.line}"
        else:
            _tell(entity_id, block, event_nos)
            assert _posted(block) == [shown(line) for line in block.lines], f"{name}:{block.line}"
    rows = trial_balance(legal_entity_id=entity_id, start_on=date(2026, 1, 1), end_on=date(2027, 12, 31))
    leaves = [row for row in rows if row.is_postable]
    assert sum(row.closing_debit for row in leaves) == sum(row.closing_credit for row in leaves) > 0
