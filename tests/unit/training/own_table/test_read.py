"""Tables that people send: every one is read, or refused with a sentence."""

from __future__ import annotations

import gzip
import random
from pathlib import Path

import pytest

from medapp.errors import KnownError
from medapp.training.own_table import errors
from medapp.training.own_table.read import MOST_ROWS, RawRows, read_rows
from tests.unit.training.own_table.tables import illness, lines_of, write

ROWS = ["姓名;年龄;诊断", *(f"张三{i};{20 + i};有" for i in range(30))]


def read(path: Path) -> RawRows:
    return read_rows(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_chinese_tables_are_read_in_every_usual_encoding(tmp_path: Path, encoding: str) -> None:
    lines = (
        ROWS
        if encoding != "utf-16-le" and encoding != "utf-16-be"
        else ["name;age;sick", *(f"zhang{i};{20 + i};yes" for i in range(30))]
    )
    table = read(write(tmp_path / "t.csv", lines, encoding))
    assert table.names == tuple(lines[0].split(";"))
    assert [column[3] for column in table.columns] == lines[4].split(";")


def test_western_accents_are_not_taken_for_chinese(tmp_path: Path) -> None:
    lines = ["Alter,Größe,krank", *(f"{i},Müller-Lüdenscheidt é{i},nein" for i in range(40))]
    table = read(write(tmp_path / "t.csv", lines, "cp1252"))
    assert table.form.encoding == "cp1252"
    assert table.names[1] == "Größe"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_separator_is_found(tmp_path: Path, delimiter: str) -> None:
    table = read(write(tmp_path / "t.csv", lines_of(illness(30), delimiter)))
    assert table.form.delimiter == delimiter
    assert len(table.names) == 5


def test_a_compressed_table_is_read(tmp_path: Path) -> None:
    path = tmp_path / "t.csv.gz"
    path.write_bytes(gzip.compress("\n".join(lines_of(illness(30))).encode()))
    assert read(path).total == 30


def test_a_torn_compressed_table_gets_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "t.csv.gz"
    path.write_bytes(gzip.compress("\n".join(lines_of(illness(300))).encode())[:-200])
    with pytest.raises(errors.TableTorn):
        read(path)


def test_lines_without_a_header_get_a_sentence_and_can_be_read_all_the_same(tmp_path: Path) -> None:
    path = write(tmp_path / "t.csv", lines_of(illness(30))[1:])
    with pytest.raises(errors.HeaderMissing):
        read(path)
    table = read_rows(path, has_header=False)
    assert table.names == tuple(f"column_{i}" for i in range(1, 6))
    assert table.total == 30


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", errors.TableEmpty),
        (b"a,b,c\n", errors.TableEmpty),
        (b"\n\n\n", errors.TableEmpty),
        (b"onlyone\n1\n2\n3\n", errors.OneColumn),
        (b"PK\x03\x04" + bytes(200), errors.TableIsWorkbook),
        (b"\xd0\xcf\x11\xe0" + bytes(200), errors.TableIsWorkbook),
        (bytes(range(256)) * 20, errors.TableNotText),
        (b"\x89PNG\r\n\x1a\n" + bytes(500), errors.TableNotText),
    ],
)
def test_what_is_no_table_gets_its_own_sentence(
    tmp_path: Path, content: bytes, error: type[KnownError]
) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(content)
    with pytest.raises(error):
        read(path)


def test_an_absent_file_gets_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(errors.TableMissing):
        read(tmp_path / "nowhere.csv")


def test_random_bytes_are_never_a_traceback(tmp_path: Path) -> None:
    source = random.Random(5)
    for turn in range(60):
        path = tmp_path / f"{turn}.csv"
        path.write_bytes(source.randbytes(source.randrange(1, 3000)))
        try:
            read(path)
        except KnownError:
            continue


def test_a_few_ragged_rows_are_set_aside_and_counted(tmp_path: Path) -> None:
    lines = lines_of(illness(60))
    lines[5] += ",surplus"
    lines[9] = "1,2"
    table = read(write(tmp_path / "t.csv", lines))
    assert (table.total, table.ragged, table.first_ragged) == (60, 2, 6)
    assert len(table.lines) == 58


def test_many_ragged_rows_are_refused(tmp_path: Path) -> None:
    lines = [line + ",x" * (i % 3) for i, line in enumerate(lines_of(illness(60)))]
    with pytest.raises(errors.RowsRagged):
        read(write(tmp_path / "t.csv", lines))


def test_blank_and_repeated_names_become_names_of_their_own(tmp_path: Path) -> None:
    lines = ["a,,a,b", *("1,2,3,x" for _ in range(30))]
    assert read(write(tmp_path / "t.csv", lines)).names == ("a", "column_2", "a_2", "b")


def test_separators_at_the_ends_of_lines_are_no_columns(tmp_path: Path) -> None:
    lines = ["a,b,,", *("1,x,," for _ in range(30))]
    assert read(write(tmp_path / "t.csv", lines)).names == ("a", "b")


def test_quoted_separators_and_line_ends_stay_in_their_cell(tmp_path: Path) -> None:
    lines = ["a,b", *(f'{i},"one, two\nthree"' for i in range(30))]
    table = read(write(tmp_path / "t.csv", lines))
    assert table.columns[1][0] == "one, two\nthree"


def test_of_a_long_table_a_sample_in_its_order_is_kept(tmp_path: Path) -> None:
    count = MOST_ROWS + 5000
    path = write(tmp_path / "t.csv", ["a,b", *(f"{i},x{i % 3}" for i in range(count))])
    table = read(path)
    assert (table.total, len(table.lines), table.is_sample) == (count, MOST_ROWS, True)
    assert list(table.lines) == sorted(table.lines)
    assert table.lines == read(path).lines
    assert abs(sum(table.lines) / MOST_ROWS - count / 2) < 0.02 * count


def test_a_million_rows_are_read(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    with path.open("w", encoding="utf-8") as file:
        file.write("id,age,sex,marker,ill\n")
        file.writelines(
            f"{i},{20 + i % 70},{'mf'[i % 2]},{i % 97 / 10},{i * 7 % 5 // 4}\n" for i in range(1_000_000)
        )
    assert read(path).total == 1_000_000


def test_reading_can_be_stopped(tmp_path: Path) -> None:
    path = write(tmp_path / "t.csv", ["a,b", *(f"{i},x{i % 3}" for i in range(30_000))])
    with pytest.raises(errors.TrainingCancelled):
        read_rows(path, cancelled=lambda: True)


def test_the_file_is_not_written_to(tmp_path: Path) -> None:
    path = write(tmp_path / "t.csv", lines_of(illness(30)))
    before = (path.read_bytes(), sorted(tmp_path.iterdir()))
    read(path)
    assert (path.read_bytes(), sorted(tmp_path.iterdir())) == before
