"""Rules told by one signal: a field, how it is tested, and the policy value, or the choices, that it is tested against.

``over`` and ``under`` leave the limit itself alone, ``at_least`` includes it; ``upto`` is where a graver rule of the
same signal takes over. ``is`` and ``is_not`` test yes and no, ``among`` choices. A signal that nobody brought
fires nothing: its contract says whether that is "not asked" or sends the case to a person.
"""

Row = dict[str, str]
_SIGNS = {"over": (">", "<="), "at_least": (">=", "<"), "under": ("<", ">=")}
_UNITS = {"money": "yuan", "rate": "percent", "integer": "number", "enum": "choice", "bool": "none"}
_MEASURES = {"day": ("天", " days"), "month": ("个月", " months"), "km": ("公里", " km"), "second": ("秒", " s")}
_ZH = {"over": "{label} {actual}，超过 {limit}", "under": "{label} {actual}，不足 {limit}"}
_ZH |= {"at_least": "{label} {actual}，达到 {limit}"}
_EN = {
    "over": "{label}: {actual}; up to {limit} is accepted",
    "under": "{label}: {actual}; at least {limit} is expected",
}
_EN |= {"at_least": "{label}: {actual}; from {limit} on it counts"}


def signal_rule(row: Row, field: Row) -> Row:
    """A signal in the columns of ``rules``; ``field`` is its input's row."""
    rule = {key: row[key] for key in ("code", "severity", "reason", "owner", "check", "scenario", "name_zh", "name_en")}
    is_measured = row["test"] in _SIGNS
    zh, en = _wording(row, field)
    return rule | {
        "stage": "entry",
        "condition": f"{row['field']} != null and {_test(row)}",
        "actual": row["field"],
        "limit": f"policy.{row['limit']}" if is_measured else "null",
        "unit": _UNITS[field["type"]],
        "field": row["field"],
        "zh": zh,
        "en": en,
    }


def _test(row: Row) -> str:
    name, limit = row["field"], row["limit"]
    if row["test"] in ("is", "is_not"):
        return f"{name} == {'true' if row['test'] == 'is' else 'false'}"
    if row["test"] == "among":
        return f"{name} in [{', '.join(repr(choice) for choice in limit.split(','))}]"
    sign, beyond = _SIGNS[row["test"]]
    graver = f" and {name} {beyond} policy.{row['upto']}" if row["upto"] else ""
    return f"{name} {sign} policy.{limit}{graver}"


def _wording(row: Row, field: Row) -> tuple[str, str]:
    if row["test"] in ("is", "is_not"):
        return row["name_zh"], row["name_en"]
    if row["test"] == "among":
        return f"{field['zh']}：{{actual}}", f"{field['en']}: {{actual}}"
    zh, en = _measured(field)
    return _filled(_ZH[row["test"]], field["zh"], zh), _filled(_EN[row["test"]], field["en"], en)


def _measured(field: Row) -> tuple[str, str]:
    return ("元", " yuan") if field["type"] == "money" else _MEASURES.get(field["unit"], ("", ""))


def _filled(sentence: str, label: str, measure: str) -> str:
    gap = " " if measure and not measure.startswith(" ") else ""
    return sentence.format(label=label, actual=f"{{actual}}{gap}{measure}", limit=f"{{limit}}{gap}{measure}")
