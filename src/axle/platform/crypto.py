"""Personal data at rest: SM4-GCM by default (AES-256-GCM by setting), and a keyed hash to search by.

A stored value is ``algorithm (1 byte) · key number (1 byte) · nonce (12) · ciphertext · tag (16)``, so old
keys and algorithms stay readable after a rotation. Source: GB/T 32907 (SM4), GB/T 32905 (SM3), RFC 8998.
"""

import os
from functools import cache

from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from django.conf import settings

_ALGORITHMS = {"SM4": 1, "AES": 2}
_NONCE, _TAG = 12, 16


@cache
def _key(algorithm: int, number: int) -> bytes:
    secret = bytes.fromhex(settings.AXLE_SECRETS["data_keys"][str(number)])
    digest = hashes.Hash(hashes.SM3())
    digest.update(bytes([algorithm]) + secret)
    return digest.finalize()[: 16 if algorithm == _ALGORITHMS["SM4"] else 32]


def _cipher(algorithm: int, number: int, nonce: bytes, tag: bytes | None = None) -> Cipher[modes.GCM]:
    key = _key(algorithm, number)
    block = algorithms.SM4(key) if algorithm == _ALGORITHMS["SM4"] else algorithms.AES(key)
    return Cipher(block, modes.GCM(nonce, tag))


def encrypt(text: str) -> bytes:
    """Encrypt with the current key."""
    algorithm = _ALGORITHMS[settings.AXLE_DATA_CIPHER]
    number = max(map(int, settings.AXLE_SECRETS["data_keys"]))
    nonce = os.urandom(_NONCE)
    encryptor = _cipher(algorithm, number, nonce).encryptor()
    body = encryptor.update(text.encode()) + encryptor.finalize()
    return bytes([algorithm, number]) + nonce + body + encryptor.tag


def decrypt(stored: bytes) -> str:
    """Decrypt and authenticate. Errors: InvalidTag when the bytes were altered."""
    algorithm, number, nonce = stored[0], stored[1], stored[2 : 2 + _NONCE]
    decryptor = _cipher(algorithm, number, nonce, stored[-_TAG:]).decryptor()
    return (decryptor.update(stored[2 + _NONCE : -_TAG]) + decryptor.finalize()).decode()


def blind_index(value: str) -> str:
    """HMAC-SM3 of a value in hex: equal values give equal hashes, and nobody without the key can try ids."""
    mac = hmac.HMAC(bytes.fromhex(settings.AXLE_SECRETS["index_key"]), hashes.SM3())
    mac.update(value.strip().upper().encode())
    return mac.finalize().hex()
