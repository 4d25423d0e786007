"""The part of the engine's expression language that a published strategy may use, as a syntax tree.

It is smaller than the engine's own: no assignment, no ``??`` (a missing value is never a default), no
object or template literals, no ``$root``/``$nodes``. What this parser does not know cannot be published, so
that the type checker has seen everything the engine will run.
"""

import re
from collections.abc import Callable
from decimal import Decimal

from axle.decisioning.domain.syntax_tree import (
    Binary,
    Call,
    Choice,
    Element,
    Interval,
    ListOf,
    Literal,
    Member,
    Name,
    Node,
    Subject,
    Unary,
    children,
)

MAX_LENGTH = 2000
MAX_DEPTH = 100

_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<text>'[^'\\]*'|\"[^\"\\]*\")|(?P<name>[A-Za-z_][A-Za-z0-9_]*)"
    r"|(?P<sign>\.\.|>=|<=|==|!=|[-+*/%^<>?:.,()\[\]#$]))",
    re.ASCII,
)
_COMPARISONS = (">=", "<=", "==", "!=", ">", "<")


class SyntaxFault(Exception):
    """The text is outside the publishable language; the message says what was met."""


_WORDS = {"true": True, "false": False, "null": None}


def parse_expression(text: str) -> Node:
    """The tree of an expression. Errors: SyntaxFault."""
    parser = _Parser(text)
    return _shallow(lambda: parser.whole(parser.choice))


def parse_condition(text: str) -> Node:
    """The tree of a condition cell, with ``$`` for the column's value: ``> 5`` becomes ``$ > 5``. Errors:
    SyntaxFault."""
    parser = _Parser(text)
    return _shallow(lambda: parser.whole(parser.alternatives))


def _shallow(parse: Callable[[], Node]) -> Node:
    """The parsed tree, refused when it nests deeper than a person could read."""
    try:
        node = parse()
    except RecursionError:
        raise SyntaxFault("nested too deep") from None
    level: tuple[Node, ...] = (node,)
    for _ in range(MAX_DEPTH):
        level = tuple(part for parent in level for part in children(parent))
    if level:
        raise SyntaxFault("nested too deep")
    return node


def _tokens(text: str) -> list[tuple[str, str]]:
    if len(text) > MAX_LENGTH:
        raise SyntaxFault(f"longer than {MAX_LENGTH} characters")
    tokens, position, end = [], 0, len(text.rstrip())
    while position < end:
        match = _TOKEN.match(text, position)
        if match is None:
            raise SyntaxFault(f"unexpected {text[position:].strip()[:12]!r}")
        assert match.lastgroup is not None
        tokens.append((match.lastgroup, match[match.lastgroup]))
        position = match.end()
    return [*tokens, ("end", "")]


class _Parser:
    def __init__(self, text: str) -> None:
        self._tokens = _tokens(text)
        self._at = 0

    def whole(self, rule: Callable[[], Node]) -> Node:
        node = rule()
        if self._tokens[self._at][0] != "end":
            raise SyntaxFault(f"unexpected {self._tokens[self._at][1]!r}")
        return node

    def choice(self) -> Node:
        condition = self._any()
        if not self._take("?"):
            return condition
        then = self.choice()
        self._expect(":")
        return Choice(condition, then, self.choice())

    def alternatives(self) -> Node:
        node = self._cell_any()
        while self._take(","):
            node = Binary("or", node, self._cell_any())
        return node

    def _cell_any(self) -> Node:
        return self._chain(("or",), lambda: self._chain(("and",), self._cell_term))

    def _cell_term(self) -> Node:
        sign = self._comparison()
        if sign:
            right = self._sum()
            return Binary(sign, Subject(), right)
        node = self._compared()
        if isinstance(node, ListOf | Interval):
            return Binary("in", Subject(), node)
        return node if _has_subject(node) else Binary("==", Subject(), node)

    def _any(self) -> Node:
        return self._chain(("or",), lambda: self._chain(("and",), self._compared))

    def _compared(self) -> Node:
        left = self._sum()
        sign = self._comparison()
        return Binary(sign, left, self._sum()) if sign else left

    def _comparison(self) -> str:
        if self._take("not"):
            self._expect("in")
            return "not in"
        return next((sign for sign in (*_COMPARISONS, "in") if self._take(sign)), "")

    def _sum(self) -> Node:
        return self._chain(("+", "-"), lambda: self._chain(("*", "/", "%"), self._power))

    def _power(self) -> Node:
        base = self._signed()
        return Binary("^", base, self._power()) if self._take("^") else base

    def _signed(self) -> Node:
        if self._take("-"):
            return Unary("-", self._signed())
        if self._peek() == "not" and self._tokens[self._at + 1][1] != "in":
            self._at += 1
            return Unary("not", self._signed())
        return self._members()

    def _members(self) -> Node:
        node = self._primary()
        while self._take("."):
            kind, name = self._next()
            if kind != "name":
                raise SyntaxFault(f"unexpected {name!r} after a dot")
            node = Member(node, name)
        return node

    def _primary(self) -> Node:
        kind, text = self._next()
        if kind == "number":
            return Literal(Decimal(text))
        if kind == "text":
            return Literal(text[1:-1])
        if kind == "name":
            return self._named(text)
        return self._punctuated(text)

    def _punctuated(self, text: str) -> Node:
        if text in ("(", "["):
            return self._bracketed(text)
        if text == "#":
            return Element()
        if text == "$":
            return Subject()
        raise SyntaxFault(f"unexpected {text!r}" if text else "unexpected end")

    def _named(self, name: str) -> Node:
        if name in _WORDS:
            return Literal(_WORDS[name])
        if name in ("and", "or", "in"):
            raise SyntaxFault(f"unexpected {name!r}")
        return Call(name, self._items(")")) if self._take("(") else Name(name)

    def _bracketed(self, opening: str) -> Node:
        if opening == "[" and self._take("]"):
            return ListOf(())
        first = self.choice()
        if self._take(".."):
            return self._interval(first)
        if opening == "(":
            self._expect(")")
            return first
        return ListOf((first, *self._items("]"))) if self._take(",") else self._single(first)

    def _interval(self, low: Node) -> Node:
        high = self._sum()
        if not (self._take("]") or self._take(")")):
            raise SyntaxFault("an interval ends in ] or )")
        return Interval(low, high)

    def _single(self, item: Node) -> Node:
        self._expect("]")
        return ListOf((item,))

    def _items(self, closing: str) -> tuple[Node, ...]:
        if self._take(closing):
            return ()
        items = [self.choice()]
        while self._take(","):
            items.append(self.choice())
        self._expect(closing)
        return tuple(items)

    def _chain(self, signs: tuple[str, ...], part: Callable[[], Node]) -> Node:
        node = part()
        while self._peek() in signs:
            sign = self._next()[1]
            node = Binary(sign, node, part())
        return node

    def _peek(self) -> str:
        kind, text = self._tokens[self._at]
        return "" if kind == "text" else text

    def _next(self) -> tuple[str, str]:
        token = self._tokens[self._at]
        self._at += token[0] != "end"
        return token

    def _take(self, text: str) -> bool:
        found = self._peek() == text and text != ""
        self._at += found
        return found

    def _expect(self, text: str) -> None:
        if not self._take(text):
            raise SyntaxFault(f"expected {text!r}, met {self._tokens[self._at][1]!r}")


def _has_subject(node: Node) -> bool:
    return isinstance(node, Subject) or any(_has_subject(part) for part in children(node))
