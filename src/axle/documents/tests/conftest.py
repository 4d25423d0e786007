"""A test authority of its own for the session, papers to sign, and pictures to read."""

import io
from datetime import date

import pytest
from PIL import Image, ImageDraw

from axle.documents.signing import authorities
from axle.documents.tests.papers import contract_data


@pytest.fixture(scope="session")
def authority_folder(tmp_path_factory):
    return tmp_path_factory.mktemp("var")


@pytest.fixture(autouse=True)
def own_authority(authority_folder, settings, monkeypatch):
    """Keys are made once under a temporary folder; no test touches the installation's."""
    fonts_before = settings.AXLE_VAR
    settings.AXLE_VAR = authority_folder
    if (fonts_before / "fonts").is_dir():
        monkeypatch.setenv("AXLE_FONTS", str(fonts_before / "fonts"))
    authorities.local_authority.cache_clear()
    yield
    authorities.local_authority.cache_clear()


@pytest.fixture
def signature_png():
    """Strokes on transparent ground, as a signature pad sends them."""
    image = Image.new("RGBA", (600, 300), (0, 0, 0, 0))
    strokes = [(60, 200), (160, 60), (260, 240), (410, 80), (540, 180)]
    ImageDraw.Draw(image).line(strokes, fill=(0, 0, 0, 255), width=8)
    target = io.BytesIO()
    image.save(target, "PNG")
    return target.getvalue()


@pytest.fixture
def contract():
    return contract_data()


@pytest.fixture
def contract_pdf(contract):
    """A rendered contract of twelve instalments with its places."""
    from axle.documents.rendering.pdf import render
    from axle.documents.rendering.templates import template_named

    template = template_named("car_loan_contract")
    return render(template, template.checked(contract), dated=date(2026, 11, 22))
