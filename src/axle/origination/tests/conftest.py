"""The tested institution."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from axle.documents.signing.authorities import local_authority
from axle.origination import ports
from axle.origination.events import ContractDisbursed
from axle.origination.ports import EmptyLoanBook, loan_book_install
from axle.origination.tests import papers
from axle.origination.tests.world import World, make_world
from axle.payments.ports import bank_gateway_install
from axle.payments.public import bank_account_create
from axle.platform.public import system_actor
from axle.platform.testing import act, captured, kept_rows


@pytest.fixture(autouse=True)
def book() -> Iterator[None]:
    """Nobody owes anything, unless a test says so."""
    connected = list(ports._installed)
    loan_book_install(EmptyLoanBook())
    yield
    ports._installed[:] = connected


@pytest.fixture
def world(db: None) -> World:
    """The institution with its products, strategy, processes and dealer."""
    made = kept_rows("the institution of origination", make_world)
    return replace(made, people=dict(made.people))


@pytest.fixture
def disbursed() -> Iterator[list[ContractDisbursed]]:
    """Loans that would begin, told to nobody else."""
    with captured(ContractDisbursed) as told:
        yield told


@pytest.fixture(scope="session")
def authority_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Keys of the test authority, made once."""
    return tmp_path_factory.mktemp("var")


@pytest.fixture
def signing(authority_folder: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Contracts are signed under a test authority of their own."""
    monkeypatch.setenv("AXLE_FONTS", str(Path(settings.AXLE_VAR) / "fonts"))
    settings.AXLE_VAR = authority_folder
    local_authority.cache_clear()
    yield
    local_authority.cache_clear()


@pytest.fixture
def bank(world: World) -> papers.SilentBank:
    """The account that the institution pays from."""
    silent = papers.SilentBank()
    bank_gateway_install("silent", silent)
    with act(system_actor()) as admin:
        bank_account_create(
            actor=admin, legal_entity_id=world.entity_id, name="放款户", bank_name="中国工商银行",
            account_no="100100001234", channel="silent", ledger_account_code="1002.01",
        )  # fmt: skip
    return silent
