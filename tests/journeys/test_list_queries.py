"""Every list asks the database as many questions for many rows as for one, and so do the pages behind them."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import axle.config.api  # noqa: F401 — declares the lists
from axle.config.demo.accounts import ACCOUNTS
from axle.platform.http.contextapi import LISTINGS
from axle.platform.models import User
from axle.platform.public import actor_named
from axle.platform.testing import ApiClient, client_for
from tests.journeys.book import Book

pytestmark = pytest.mark.django_db
MOST_QUERIES = 13
"""Session and user, grants, the keys of the page, its rows, the count, the totals; and twice the business date and the
parameters that rows are judged by."""


def reader_of(permission: str) -> ApiClient:
    """A demo account that may see something."""
    username = next(account.username for account in ACCOUNTS if actor_named(account.username).may(permission))
    return client_for(User.objects.get(username=username))


def asked(client: ApiClient, path: str, **params: Any) -> tuple[int, Any]:
    """How many queries an answer took, and the answer."""
    with CaptureQueriesContext(connection) as queries:
        status, body = client.get(path, **params)
    assert status == 200, (path, params, body)
    return len(queries), body


@pytest.mark.parametrize("name", sorted(LISTINGS))
def test_a_list_asks_the_same_for_many_rows_as_for_two(book: Book, name: str) -> None:
    client = reader_of(LISTINGS[name].permission)
    few, _page = asked(client, f"/lists/{name}", page_size=2)
    many, page = asked(client, f"/lists/{name}", page_size=200)
    assert max(few, many) <= MOST_QUERIES
    if page["total"] > 2:
        assert many <= few


@pytest.mark.parametrize("name", sorted(name for name, listing in LISTINGS.items() if listing.search))
def test_a_search_asks_one_question_more(book: Book, name: str) -> None:
    client = reader_of(LISTINGS[name].permission)
    count, _page = asked(client, f"/lists/{name}", q="1")
    assert count <= MOST_QUERIES + 1


def test_the_workbench_asks_the_same_for_a_larger_book(book: Book) -> None:
    client = reader_of("servicing.portfolio.view")
    count, _board = asked(client, "/workbench")
    assert count <= 18


def test_a_loan_is_shown_from_its_own_rows(book: Book) -> None:
    client = reader_of("servicing.loan.view")
    with CaptureQueriesContext(connection) as queries:
        status, _body = client.get(f"/loans/{book.loan.loan_no}")
    assert status == 200
    assert len(queries) <= 9
    assert not [query["sql"] for query in queries if "ledger_" in query["sql"]]
