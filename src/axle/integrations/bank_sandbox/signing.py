"""Signing in the manner of Chinese bank open platforms: SHA256withRSA (``RSA2``) over sorted parameters.

The string to sign is ``path?k=v&…`` over the non-empty parameters in order of name, ``sign`` left out,
values raw. A reply's signature covers the raw text of ``response_biz_content``.
"""

import base64
import binascii
from collections.abc import Mapping

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

REPLY_KEY = '"response_biz_content":'


class SignatureWrong(Exception):
    """The text is not what the key's owner signed."""


def string_to_sign(path: str, parameters: Mapping[str, str | None]) -> str:
    """The text that a request's signature covers."""
    pairs = sorted((name, value) for name, value in parameters.items() if value and name != "sign")
    return f"{path}?" + "&".join(f"{name}={value}" for name, value in pairs)


def sign(text: str, key: rsa.RSAPrivateKey) -> str:
    """SHA256withRSA in base64."""
    return base64.b64encode(key.sign(text.encode(), padding.PKCS1v15(), hashes.SHA256())).decode()


def verify(text: str, signature: str, key: rsa.RSAPublicKey) -> None:
    """Errors: SignatureWrong."""
    try:
        key.verify(base64.b64decode(signature, validate=True), text.encode(), padding.PKCS1v15(), hashes.SHA256())
    except (InvalidSignature, binascii.Error) as error:
        raise SignatureWrong(signature[:16]) from error


def signed_part(body: str) -> str:
    """The raw text of ``response_biz_content``: from its opening brace to the one that closes it.

    Errors: SignatureWrong when there is no such object.
    """
    start = body.find(REPLY_KEY)
    if start < 0:
        raise SignatureWrong("no response_biz_content")
    start = body.find("{", start + len(REPLY_KEY))
    end = _closing_brace(body, start) if start >= 0 else -1
    if end < 0:
        raise SignatureWrong("response_biz_content is not an object")
    return body[start : end + 1]


def _closing_brace(body: str, start: int) -> int:
    depth, is_text, is_escaped = 0, False, False
    for position in range(start, len(body)):
        char = body[position]
        if is_text:
            is_text = is_escaped or char != '"'
            is_escaped = char == "\\" and not is_escaped
            continue
        is_text = char == '"'
        depth += (char == "{") - (char == "}")
        if depth == 0:
            return position
    return -1
