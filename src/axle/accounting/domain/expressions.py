"""The language of posting rules: named amounts, sums, differences, the tax inside an amount; conditions.

Amounts: ``cash + from_suspense``, ``net(interest, loan_service)``, ``vat(interest, loan_service)``.
Conditions: ``fee > 0``, ``dim.product_code == 'NEW' and penalty > 0``. Nothing else is understood, and
nothing is run.
"""

import ast
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from axle.accounting.domain.tax import net_inside, vat_inside
from axle.accounting.errors import ExpressionInvalid
from axle.kernel.money import Fen

_ALPHABET = re.compile(r"[A-Za-z0-9_ .,+\-()<>=!']{1,200}", re.ASCII)
_TAX = {"net": net_inside, "vat": vat_inside}


@dataclass(frozen=True)
class Facts:
    """What an event offers to a rule: amounts in fen, dimensions, and tax rates by name."""

    amounts: Mapping[str, Fen]
    dimensions: Mapping[str, str]
    rates: Mapping[str, Decimal]


@dataclass(frozen=True)
class Amount:
    """An amount expression, with the names of the amounts and tax rates that it uses."""

    text: str
    value: Callable[[Facts], Fen]
    """The amount of an event in fen; an amount that the event does not carry is zero."""
    names: frozenset[str]
    rates: frozenset[str]


@dataclass(frozen=True)
class Condition:
    """When a line applies."""

    text: str
    tests: tuple[Callable[[Facts], bool], ...]
    names: frozenset[str]

    def holds(self, facts: Facts) -> bool:
        """Whether every comparison is true."""
        return all(test(facts) for test in self.tests)


@lru_cache(maxsize=2048)
def amount_parse(text: str) -> Amount:
    """Read an amount expression. Errors: ExpressionInvalid."""
    root = _parse(text)
    names: set[str] = set()
    rates: set[str] = set()
    _check_amount(root, text, names, rates)
    return Amount(text, _amount_reader(root), frozenset(names), frozenset(rates))


@lru_cache(maxsize=2048)
def condition_parse(text: str) -> Condition:
    """Read a condition. Errors: ExpressionInvalid."""
    root = _parse(text)
    tests = root.values if isinstance(root, ast.BoolOp) and isinstance(root.op, ast.And) else [root]
    names: set[str] = set()
    compared = [_comparison(test, text, names) for test in tests]
    return Condition(text, tuple(map(_comparison_reader, compared)), frozenset(names))


def _parse(text: str) -> ast.expr:
    if not _ALPHABET.fullmatch(text):
        raise ExpressionInvalid(text=text[:200], reason="characters")
    try:
        return ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError) as error:
        raise ExpressionInvalid(text=text, reason="syntax") from error


def _check_amount(node: ast.expr, text: str, names: set[str], rates: set[str]) -> None:
    match node:
        case ast.Name(id=name):
            names.add(name)
        case ast.BinOp(left=left, op=ast.Add() | ast.Sub(), right=right):
            _check_amount(left, text, names, rates)
            _check_amount(right, text, names, rates)
        case ast.Call(func=ast.Name(id="net" | "vat"), args=[inner, ast.Name(id=rate)], keywords=[]):
            rates.add(rate)
            _check_amount(inner, text, names, rates)
        case _:
            raise ExpressionInvalid(text=text, reason="amount")


def _comparison(node: ast.expr, text: str, names: set[str]) -> ast.Compare:
    match node:
        case ast.Compare(
            left=ast.Attribute(value=ast.Name(id="dim")),
            ops=[ast.Eq() | ast.NotEq()],
            comparators=[ast.Constant(value=str())],
        ):
            return node
        case ast.Compare(left=left, ops=[ast.Gt() | ast.Eq()], comparators=[ast.Constant(value=0)]):
            _check_amount(left, text, names, set())
            return node
        case _:
            raise ExpressionInvalid(text=text, reason="condition")


_NOTHING = Fen(0)


def _amount_reader(node: ast.expr) -> Callable[[Facts], Fen]:
    """What a checked expression reads of an event, put together once: every receipt asks."""
    match node:
        case ast.Name(id=name):
            return lambda facts: facts.amounts.get(name, _NOTHING)
        case ast.BinOp(left=one, op=ast.Add(), right=other):
            left, right = _amount_reader(one), _amount_reader(other)
            return lambda facts: Fen(left(facts) + right(facts))
        case ast.BinOp(left=one, right=other):
            left, right = _amount_reader(one), _amount_reader(other)
            return lambda facts: Fen(left(facts) - right(facts))
        case ast.Call(func=ast.Name(id=function), args=[taxed, ast.Name(id=rate)]):
            inner, of = _amount_reader(taxed), _TAX[function]
            return lambda facts: of(amount, facts.rates[rate]) if (amount := inner(facts)) else _NOTHING
        case _:
            raise ExpressionInvalid(text=ast.unparse(node), reason="amount")


def _comparison_reader(test: ast.Compare) -> Callable[[Facts], bool]:
    is_equal = isinstance(test.ops[0], ast.Eq)
    match test.left, test.comparators[0]:
        case ast.Attribute(attr=name), ast.Constant(value=wanted):
            return lambda facts: (facts.dimensions.get(name, "") == wanted) == is_equal
        case left, _:
            amount = _amount_reader(left)
            return (lambda facts: amount(facts) == 0) if is_equal else (lambda facts: amount(facts) > 0)
