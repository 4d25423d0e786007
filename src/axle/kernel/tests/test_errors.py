"""An error carries its code, the input that broke it, and the parameters of its sentence."""

from axle.kernel.errors import AxleError, InvalidAmount


def test_an_error_reads_as_code_and_parameters():
    error = InvalidAmount(field="price", value="abc")
    assert isinstance(error, AxleError)
    assert (error.code, error.http_status, error.field, error.params) == (
        "invalid_amount",
        422,
        "price",
        {"value": "abc"},
    )
    assert str(error) == "invalid_amount(value=abc)"
