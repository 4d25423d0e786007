"""String to sign, signatures and the raw substring, against the published rules' vectors."""

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from axle.integrations.bank_sandbox.signing import SignatureWrong, sign, signed_part, string_to_sign, verify


@pytest.fixture(scope="module")
def key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def test_parameters_are_sorted_raw_and_empty_ones_left_out() -> None:
    parameters = {
        "timestamp": "2016-10-29 20:44:38",
        "app_id": "10000000000000000001",
        "ca": "",
        "app_auth_token": None,
        "sign": "whatever",
        "biz_content": '{"name":"张三测试"}',
        "sign_type": "RSA2",
    }
    assert string_to_sign("/api/demo/autoloan/apply/V1", parameters) == (
        '/api/demo/autoloan/apply/V1?app_id=10000000000000000001&biz_content={"name":"张三测试"}'
        "&sign_type=RSA2&timestamp=2016-10-29 20:44:38"
    )


def test_signature_fits_its_text_only(key: rsa.RSAPrivateKey) -> None:
    signature = sign("付款=1", key)
    verify("付款=1", signature, key.public_key())
    for text, other in (
        ("付款=2", signature),
        ("付款=1", base64.b64encode(b"x" * 256).decode()),
        ("付款=1", "%%"),
    ):
        with pytest.raises(SignatureWrong):
            verify(text, other, key.public_key())


@pytest.mark.parametrize(
    ("body", "part"),
    [
        ('{"response_biz_content":{"a":1},"sign":"x"}', '{"a":1}'),
        ('{"response_biz_content" :{"a":1},"sign":"x"}', None),
        ('{"response_biz_content": {"a":{"b":"}"}} ,"sign":"x"}', '{"a":{"b":"}"}}'),
        ('{"response_biz_content":{"a":"\\"}{"},"sign":"x"}', '{"a":"\\"}{"}'),
        ('{"response_biz_content":{"a":"\\\\"},"sign":"x"}', '{"a":"\\\\"}'),
        ('{"sign":"x","response_biz_content":{}}', "{}"),
        ('{"response_biz_content":{"a":1', None),
        ('{"response_biz_content":"text"}', None),
        ("", None),
    ],
)
def test_signed_part_is_the_raw_inner_object(body: str, part: str | None) -> None:
    if part is not None:
        assert signed_part(body) == part
        return
    with pytest.raises(SignatureWrong):
        signed_part(body)
