"""Golden: each file of ``samples/`` read, one test for each thing that ``expected.json`` says of it."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import pytest
from formfill.cli import run_command_line
from tests.samples import FAILURES, PARTS, ROOT, Sample, dumped, expected, merged, record, said, samples, stored
from tools.make_form_samples import make as make_forms
from tools.sample_cases import CASES as DESCRIBED

SAMPLES: Final = samples()
CASES: Final = sorted({sample.path.parent for sample in SAMPLES})
GRIDS: Final = [case for case in CASES if case.parent.name == "bts-sio-grille-bloc1"]
FORMS: Final = [case for case in CASES if case not in GRIDS]
MADE: Final = [
    sample for sample in SAMPLES if sample.path.parent in GRIDS and sample.case != "real-grid" and sample.format != "pdf"
]
FILLED: Final = [sample for sample in SAMPLES if sample.path.parent in FORMS and sample.format != "pdf"]
FIELDS: Final = [
    (sample, part, key)
    for sample in SAMPLES
    for part, value in expected(sample).items()
    for key in (value if isinstance(value, dict) else [None])
]


def _id(sample: Sample, part: str, key: str | None) -> str:
    return f"{sample.id}-{key or part}" if part != "boxes" else f"{sample.id}-box.{key}"


def _param(sample: Sample, part: str, key: str | None) -> Any:
    name = _id(sample, part, key)
    marks = [pytest.mark.xfail(reason=FAILURES[name])] if name in FAILURES else []
    return pytest.param(sample, part, key, id=name, marks=marks)


@pytest.mark.parametrize(("sample", "part", "key"), [_param(*field) for field in FIELDS])
def test_a_sample_says_what_is_expected(sample: Sample, part: str, key: str | None) -> None:
    got, wanted = said(record(sample))[part], expected(sample)[part]
    if key is None:
        assert got == wanted
    else:
        assert got[key] == wanted[key]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.id)
def test_a_sample_says_nothing_else(sample: Sample) -> None:
    got, wanted = said(record(sample)), expected(sample)
    assert {part: list(got[part]) for part in ("boxes", "answers")} == {part: list(wanted[part]) for part in ("boxes", "answers")}


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.id)
def test_the_command_line_exits_as_expected(sample: Sample, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command_line(["read", "--json", str(sample.path)]) == expected(sample)["exit"]
    assert capsys.readouterr().out.count("\n") == 1


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_an_expectation_is_as_the_tool_writes_it(case: Path) -> None:
    whole = stored(case)
    assert (case / "expected.json").read_text(encoding="utf-8") == dumped(whole)
    assert [*whole] == [*PARTS, *(["formats"] if "formats" in whole else [])]
    for name, forced in whole.get("formats", {}).items():
        assert (case / f"source.{name}").exists()
        assert forced["reason"], f"{case.name}: say why {name} differs"
        assert len(forced) > 1


@pytest.mark.parametrize("case", FORMS, ids=lambda case: f"{case.parent.name}-{case.name}")
def test_every_filled_form_has_its_place_in_the_readme(case: Path) -> None:
    assert f"`{case.parent.name}/{case.name}`" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("case", GRIDS, ids=lambda case: case.name)
def test_every_case_has_its_three_files_and_its_place_in_the_readme(case: Path) -> None:
    files = {path.name for path in case.iterdir()}
    assert files == {"expected.json", "source.txt"} | ({"source.docx", "source.pdf"} if case.name != "real-grid" else set())
    assert f"`{case.name}`" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_known_failures_are_of_fields_that_exist() -> None:
    assert set(FAILURES) <= {_id(*field) for field in FIELDS}


def test_one_expectation_serves_all_formats_but_for_what_they_force() -> None:
    base = {"form": "f", "exit": 0, "boxes": {"a": "blank"}, "answers": {"x": None, "y": "1"}, "comments": [], "findings": []}
    other = base | {"exit": 1, "answers": {"x": "2", "y": "1"}, "comments": ["c"]}
    whole = merged({"docx": base, "txt": other, "pdf": dict(base)}, {"txt": "because"})
    assert whole == base | {"formats": {"txt": {"reason": "because", "exit": 1, "answers": {"x": "2"}, "comments": ["c"]}}}


def test_the_rewriting_switch_is_off_where_the_work_is_accepted() -> None:
    assert not (os.environ.get("CI") == "true" and os.environ.get("FORMFILL_GOLDEN")), "expectations are not rewritten in CI"


def test_nothing_is_rewritten_without_the_switch() -> None:
    environment = {name: value for name, value in os.environ.items() if name != "FORMFILL_GOLDEN"}
    done = subprocess.run(
        [sys.executable, "-m", "tools.golden"], cwd=ROOT.parent, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "FORMFILL_GOLDEN=1" in done.stderr


# ------------------------------------------------------------------------------------------------------- made as committed


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("samples")
    subprocess.run([sys.executable, "-m", "tools.make_samples", "--out", str(folder)], cwd=ROOT.parent, check=True)
    return folder


def _members(data: bytes) -> list[tuple[str, tuple[int, ...], bytes]]:
    with zipfile.ZipFile(BytesIO(data)) as package:
        return [(item.filename, item.date_time, package.read(item)) for item in package.infolist()]


@pytest.mark.parametrize("sample", MADE, ids=lambda sample: sample.id)
def test_the_script_makes_what_is_committed(sample: Sample, made: Path) -> None:
    built, committed = (made / sample.case / sample.path.name).read_bytes(), sample.path.read_bytes()
    if sample.format == "docx":
        # the same members say more than the same bytes, when they differ; another zlib packs the same members otherwise
        assert _members(built) == _members(committed)
    else:
        assert built == committed


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("forms")
    make_forms(folder)
    return folder


@pytest.mark.parametrize("sample", FILLED, ids=lambda sample: sample.id)
def test_the_script_fills_what_is_committed(sample: Sample, filled: Path) -> None:
    built = filled / sample.path.relative_to(ROOT)
    assert _members(built.read_bytes()) == _members(sample.path.read_bytes())


@pytest.mark.parametrize("case", [case for case in GRIDS if case.name != "real-grid"], ids=lambda case: case.name)
def test_a_drawn_pdf_says_what_the_committed_one_says(case: Path, made: Path) -> None:
    drawn = made / case.name / "source.pdf"
    assert drawn.exists() is (case.name in {described.name for described in DESCRIBED if described.pdf == "word"})
    if drawn.exists():
        assert said(record(Sample(drawn))) == said(record(Sample(case / "source.pdf")))


def test_the_real_grid_is_the_one_that_other_tests_read() -> None:
    real = (ROOT / "bts-sio-grille-bloc1" / "real-grid" / "source.txt").read_bytes()
    assert real == (Path(__file__).parent / "writers" / "grille-bloc1-completee.txt").read_bytes()
