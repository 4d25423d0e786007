"""Field accuracy and speed of document recognition on synthetic specimens with ground truth.

``size`` is the number of documents per kind, each in three variants: clean, camera (perspective, light, blur) and
hard (half size, glare, motion blur, noise, any quarter turn). The folder ``AXLE_OCR_SPECIMENS`` holds the pictures
and ``ground_truth.jsonl`` (default: ``../shared/data/ocr_synth/images``). A field counts only when its value is
exactly right. Floor: the share of fields whose text a plain run of the engine contains anywhere on the page.
"""

import json
import os
import re
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from PIL import Image

from axle.documents.domain.text_forms import read_date, squeezed
from axle.documents.ocr.recognition import read_picture

FOLDER = Path(os.environ.get("AXLE_OCR_SPECIMENS", Path(__file__).parents[1] / "../shared/data/ocr_synth/images"))
SURE_FROM = 0.85
FLOORS = {"clean": 0.997, "camera": 0.999, "hard": 0.577}
_COMMON = {"sex": "gender", "birth": "born_on"}
_NAMES: dict[str, dict[str, str]] = {
    "id_front": _COMMON,
    "vehicle_licence_main": {"owner": "owner_name", "register_date": "registered_on", "issue_date": "issued_on"},
    "vehicle_licence_sub": {
        "gross_mass": "gross_mass_kg",
        "curb_mass": "curb_mass_kg",
        "dimensions": "dimensions_mm",
        "inspection": "inspected_until",
    },
    "driver_licence": {**_COMMON, "first_issue": "first_issued_on", "class": "vehicle_class"},
    "business_licence": {
        "name": "company_name",
        "type": "company_type",
        "legal_rep": "legal_representative",
        "capital": "registered_capital",
        "founded": "founded_on",
    },
    "bank_card": {"bank": "bank_name"},
    "vin_plate": {
        "engine": "engine_model",
        "displacement": "displacement_ml",
        "power": "power_kw",
        "gross": "gross_mass_kg",
        "made": "made_in",
    },
    "vehicle_invoice": {
        "date": "invoiced_on",
        "buyer": "buyer_name",
        "price": "price_fen",
        "net_price": "net_price_fen",
        "tax": "tax_fen",
        "seller": "seller_name",
    },
}


@dataclass
class Tally:
    """Counts of one variant. ``sure`` fields are those that no person would look at."""

    fields: int = 0
    right: int = 0
    sure: int = 0
    sure_right: int = 0
    pictures: int = 0
    cpu_seconds: float = 0.0
    misses: Counter[str] = field(default_factory=Counter)


def expected(name: str, text: str) -> str | int:
    """A ground-truth text in the form that the recogniser gives."""
    if name == "gender":
        return {"男": "male", "女": "female"}[text]
    if name.endswith("_fen"):
        return int(text.replace(".", ""))
    if name == "seats" or name.endswith(("_kg", "_ml", "_kw")):
        return int(re.sub(r"\D", "", text))
    if name in {"inspected_until", "made_in"}:
        return "-".join(re.findall(r"\d+", text))
    if name == "founded_on":
        return str(read_date(text))
    return {"dimensions_mm": text.removesuffix("mm"), "tax_rate": "0.13"}.get(name, squeezed(text))


def _judge(truth: dict[str, Any], tally: Tally) -> None:
    started = process_time()
    found = read_picture(truth["type"], Image.open(FOLDER / truth["file"]), sure_from=SURE_FROM)
    tally.cpu_seconds += process_time() - started
    tally.pictures += 1
    for printed, text in truth["fields"].items():
        name = _NAMES.get(truth["type"], {}).get(printed, printed)
        reading = found.fields.get(name)
        is_right = reading is not None and reading.value == expected(name, text)
        is_sure = reading is not None and reading.is_valid and reading.confidence >= SURE_FROM
        tally.fields += 1
        tally.right += is_right
        tally.sure += is_sure
        tally.sure_right += is_sure and is_right
        if not is_right:
            tally.misses[truth["type"]] += 1


def run(size: int = 4) -> dict[str, Any]:
    """Figures by variant; shares are of fields, seconds are of CPU per picture on one core."""
    rows = [json.loads(line) for line in (FOLDER / "ground_truth.jsonl").read_text(encoding="utf-8").splitlines()]
    chosen = [row for row in rows if int(re.findall(r"_(\d{3})", row["file"])[0]) < size]
    tallies: dict[str, Tally] = {variant: Tally() for variant in FLOORS}
    started = perf_counter()
    for row in chosen:
        _judge(row, tallies[row["variant"]])
    figures: dict[str, Any] = {}
    for variant, tally in tallies.items():
        figures |= _figures(variant, tally)
    return figures | {"wall seconds": round(perf_counter() - started, 1)}


def _figures(variant: str, tally: Tally) -> dict[str, Any]:
    return {
        f"{variant}: fields exactly right": f"{tally.right}/{tally.fields} = {tally.right / tally.fields:.1%}",
        f"{variant}: floor (text anywhere)": f"{FLOORS[variant]:.1%}",
        f"{variant}: fields needing no eye": f"{tally.sure / tally.fields:.1%}",
        f"{variant}: of those right": f"{tally.sure_right / max(tally.sure, 1):.1%}",
        f"{variant}: CPU seconds per picture": round(tally.cpu_seconds / tally.pictures, 2),
        f"{variant}: wrong fields by kind": dict(tally.misses.most_common()),
    }


if __name__ == "__main__":
    for name, figure in run(int(sys.argv[1]) if len(sys.argv) > 1 else 4).items():
        sys.stdout.write(f"{name:40} {figure}\n")
