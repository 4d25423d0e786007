"""How the bank signs and verifies; written from the protocol, not shared with the product's adapter."""

import base64
import json
from collections.abc import Mapping
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa


def string_to_sign(path: str, parameters: Mapping[str, str]) -> str:
    """``path?k=v&…`` over the sorted non-empty parameters without ``sign``; values are not URL-encoded."""
    pairs = sorted((name, value) for name, value in parameters.items() if value and name != "sign")
    return f"{path}?" + "&".join(f"{name}={value}" for name, value in pairs)


def signature(text: str, key: rsa.RSAPrivateKey) -> str:
    """SHA256withRSA in base64."""
    return base64.b64encode(key.sign(text.encode(), padding.PKCS1v15(), hashes.SHA256())).decode()


def is_signed(text: str, sign: str, key: rsa.RSAPublicKey) -> bool:
    """Whether ``sign`` is the key owner's signature over ``text``."""
    try:
        key.verify(base64.b64decode(sign, validate=True), text.encode(), padding.PKCS1v15(), hashes.SHA256())
    except (InvalidSignature, ValueError):
        return False
    return True


def signed_reply(content: Mapping[str, Any], key: rsa.RSAPrivateKey, *, is_forged: bool = False) -> bytes:
    """The reply body; a forged one carries a signature over something else."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    sign = signature(f"{text}forged" if is_forged else text, key)
    return f'{{"response_biz_content":{text},"sign":"{sign}"}}'.encode()
