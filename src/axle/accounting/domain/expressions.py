"""The language of posting rules: named amounts, sums, differences, the tax inside an amount; conditions.

Amounts: ``cash + from_suspense``, ``net(interest, loan_service)``, ``vat(interest, loan_service)``.
Conditions: ``fee > 0``, ``dim.product_code == 'NEW' and penalty > 0``. Nothing else is understood, and
nothing is run.
"""

import ast
import re
from collections.abc import Mapping
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
    root: ast.expr
    names: frozenset[str]
    rates: frozenset[str]

    def value(self, facts: Facts) -> Fen:
        """The amount in fen; an amount that the event does not carry is zero."""
        return _value(self.root, facts)


@dataclass(frozen=True)
class Condition:
    """When a line applies."""

    text: str
    tests: tuple[ast.Compare, ...]
    names: frozenset[str]

    def holds(self, facts: Facts) -> bool:
        """Whether every comparison is true."""
        return all(_holds(test, facts) for test in self.tests)


@lru_cache(maxsize=2048)
def amount_parse(text: str) -> Amount:
    """Read an amount expression. Errors: ExpressionInvalid."""
    root = _parse(text)
    names: set[str] = set()
    rates: set[str] = set()
    _check_amount(root, text, names, rates)
    return Amount(text, root, frozenset(names), frozenset(rates))


@lru_cache(maxsize=2048)
def condition_parse(text: str) -> Condition:
    """Read a condition. Errors: ExpressionInvalid."""
    root = _parse(text)
    tests = root.values if isinstance(root, ast.BoolOp) and isinstance(root.op, ast.And) else [root]
    names: set[str] = set()
    return Condition(text, tuple(_comparison(test, text, names) for test in tests), frozenset(names))


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


def _value(node: ast.expr, facts: Facts) -> Fen:
    match node:
        case ast.Name(id=name):
            return facts.amounts.get(name, Fen(0))
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return Fen(_value(left, facts) + _value(right, facts))
        case ast.BinOp(left=left, right=right):
            return Fen(_value(left, facts) - _value(right, facts))
        case ast.Call(func=ast.Name(id=function), args=[inner, ast.Name(id=rate)]):
            return _TAX[function](_value(inner, facts), facts.rates[rate])
        case _:
            raise ExpressionInvalid(text=ast.unparse(node), reason="amount")


def _holds(test: ast.Compare, facts: Facts) -> bool:
    is_equal = isinstance(test.ops[0], ast.Eq)
    match test.left, test.comparators[0]:
        case ast.Attribute(attr=name), ast.Constant(value=wanted):
            return (facts.dimensions.get(name, "") == wanted) == is_equal
        case left, _:
            amount = _value(left, facts)
            return amount == 0 if is_equal else amount > 0
