"""Files are short and named after what they do; contexts tell what they own; citations resolve."""

from pathlib import Path

import pytest

from tests.architecture import rules

FILES = rules.python_files(rules.PACKAGE, rules.ROOT / "tests", rules.ROOT / "bench")


def test_no_file_is_long():
    assert rules.long_files(FILES) == []


def test_a_long_file_is_found(tmp_path: Path):
    (tmp_path / "a.py").write_text("x = 1\n" * rules.LONGEST_FILE)

    assert rules.long_files([tmp_path / "a.py"]) == [f"{tmp_path}/a.py: 500 lines"]


def test_every_file_is_named_after_what_it_does():
    assert rules.shapeless_files(FILES) == []


@pytest.mark.parametrize("name", sorted(rules.SHAPELESS_NAMES))
def test_a_shapeless_name_is_found(name: str):
    assert rules.shapeless_files([Path("servicing") / name]) != []


def test_every_context_tells_what_it_owns():
    assert rules.undescribed_contexts(rules.PACKAGE) == []


def test_a_silent_context_is_found(tmp_path: Path):
    (tmp_path / "silent").mkdir()
    (tmp_path / "silent" / "__init__.py").write_text('"""Silent."""')

    assert rules.undescribed_contexts(tmp_path) == ["silent"]


def test_every_regulation_that_code_cites_is_in_the_register():
    known = rules.regulations_known((rules.ROOT / "docs" / "regulations.md").read_text(encoding="utf-8"))
    cited = rules.regulations_cited([path for path in FILES if "architecture" not in path.parts])

    assert {name: file for name, file in cited.items() if name not in known} == {}


def test_code_cites_nothing_that_its_reader_does_not_have():
    assert rules.private_references([path for path in FILES if "architecture" not in path.parts]) == []


def test_a_private_citation_is_found(tmp_path: Path):
    (tmp_path / "a.py").write_text("LIMIT = 30  # domain 03 C30, see spec/domain/03.md")

    assert len(rules.private_references([tmp_path / "a.py"])) == 2


def test_an_unknown_regulation_is_found(tmp_path: Path):
    (tmp_path / "a.py").write_text('"""Source: REG-CIVIL-561 and REG-NOWHERE-1."""')

    cited = rules.regulations_cited([tmp_path / "a.py"])

    assert set(cited) - rules.regulations_known("| `REG-CIVIL-561` | order of payment |") == {"REG-NOWHERE-1"}
