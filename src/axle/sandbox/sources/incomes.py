"""What is known of people's wages: by the social insurance agency and by the tax office. An ordinary person is paid
well enough for whatever they state, by the employer that they state."""

import json
from collections.abc import Set
from datetime import date

from axle.sandbox.sources.desk import Asked
from axle.sandbox.sources.people import Trait, draw_for

_LAST = (2026, 10)
_AVERAGE_YUAN = 12_307
"""Of the place where everybody is insured; the base lies between 60 % and 300 % of it. Source: Shanghai, 2024."""
BASE_LEAST, BASE_MOST = f"{_AVERAGE_YUAN * 0.6:.2f}", f"{_AVERAGE_YUAN * 3:.2f}"
_POOR_YUAN = 4_800


def wage_yuan(id_no: str, traits: Set[Trait]) -> int:
    """What a person is paid in a month; the same for both offices."""
    return _POOR_YUAN if Trait.WAGE_LOW in traits else draw_for("wage", id_no).randint(320, 420) * 100


def social_tell(asked: Asked, traits: Set[Trait]) -> str | None:
    """The agency: the last two years month by month, and the bounds of a base."""
    if Trait.SOCIAL_NONE in traits:
        return None
    is_alone = Trait.SOCIAL_ALONE in traits
    base = min(max(float(wage_yuan(asked["aac002"], traits)), float(BASE_LEAST)), float(BASE_MOST))
    ago = 8 if Trait.SOCIAL_LAPSED in traits else 0
    paid = [{"aae003": _month(back), "jfjs": f"{base:.2f}"} for back in range(ago, ago + 24)]
    return json.dumps(
        {
            "aac002": asked["aac002"],
            "cbzt": "2" if ago else "1",
            "cbsf": "2" if is_alone else "1",
            "aab004": "" if is_alone else _payer(asked["aab004"], traits),
            "ljys": draw_for("social", asked["aac002"]).randint(30, 140),
            "jsxx": BASE_LEAST,
            "jssx": BASE_MOST,
            "jfmx": paid,
        },
        ensure_ascii=False,
    )


SOCIAL_NOTHING = json.dumps({"cbzt": "0"})


def income_tax_tell(asked: Asked, traits: Set[Trait]) -> str | None:
    """The tax office: what was declared within twelve months, and a bonus at the end of the year."""
    if Trait.TAX_NONE in traits:
        return None
    payer, wage = _payer(asked["dwmc"], traits), wage_yuan(asked["zjhm"], traits)
    rows = [_row(_month(back), "0101", payer, wage) for back in range(12)]
    if not traits & {Trait.WAGE_LOW}:
        rows.append(_row(f"{_LAST[0]}01", "0103", payer, wage))
    return json.dumps({"zjhm": asked["zjhm"], "mx": rows}, ensure_ascii=False)


INCOME_TAX_NOTHING = json.dumps({"mx": []})


def _row(month: str, kind: str, payer: str, income: int) -> dict[str, str]:
    return {"skssq": month, "sdxm": kind, "kjywr": payer, "sre": f"{income}.00"}


def _payer(stated: str, traits: Set[Trait]) -> str:
    return "演示人力资源有限公司" if Trait.PAID_BY_ANOTHER in traits else stated


def _month(back: int) -> str:
    count = _LAST[0] * 12 + _LAST[1] - 1 - back
    return f"{date(count // 12, count % 12 + 1, 1):%Y%m}"
