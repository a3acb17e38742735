"""What can be wrong with a clinic's own table, each as one sentence with its advice."""

from __future__ import annotations

from medapp.errors import KnownError
from medapp.i18n import N_


class TableMissing(KnownError):
    """The path names no readable file."""

    code = "table_missing"
    message = N_("The table {file} cannot be opened.")
    advice = N_("Check the path, and that you may read the file.")


class TableNotText(KnownError):
    """The bytes are no text: a picture, a program, an encrypted or torn file."""

    code = "table_not_text"
    message = N_("{file} is not a table in text form.")
    advice = N_("Save the table as CSV (UTF-8) and give that file.")


class TableIsWorkbook(KnownError):
    """An office workbook or an archive."""

    code = "table_is_workbook"
    message = N_("{file} is a workbook or an archive, not a CSV file.")
    advice = N_("Open it and save the sheet as CSV (UTF-8), then give that file.")


class TableTorn(KnownError):
    """The compressed file ends too early or is damaged."""

    code = "table_torn"
    message = N_("The compressed table {file} is damaged or cut short.")
    advice = N_("Copy or download it again.")


class EncodingUnknown(KnownError):
    """No encoding that is known fits all bytes."""

    code = "encoding_unknown"
    message = N_("The characters of {file} cannot be read: line {line} fits no known encoding.")
    advice = N_("Save the table as CSV in UTF-8.")


class TableEmpty(KnownError):
    """No line, or a header and nothing else."""

    code = "table_empty"
    message = N_("The table {file} holds no rows.")
    advice = N_("A header line and at least {needed} rows are needed.")


class HeaderMissing(KnownError):
    """The first line looks like the others."""

    code = "header_missing"
    message = N_("The first line of {file} looks like data: the names of the columns are missing.")
    advice = N_(
        "Add a first line with the names, or say --no-header: the columns are then column_1, column_2 ..."
    )


class RowsRagged(KnownError):
    """Too many rows have another number of fields than the header."""

    code = "rows_ragged"
    message = N_(
        "{count} of {rows} rows have another number of fields than the header, the first in line {line}."
    )
    advice = N_("Look for a separator inside a text without quotation marks, and for lines cut in two.")


class OneColumn(KnownError):
    """Only one column was found, so nothing can be learned."""

    code = "one_column"
    message = N_("Only one column was found in {file}.")
    advice = N_("Separate the columns by comma, semicolon or tab.")


class TargetMissing(KnownError):
    """The column to be predicted is not in the table."""

    code = "target_missing"
    message = N_("The table has no column named {column}.")
    advice = N_("Its columns are: {columns}.")


class TargetEmpty(KnownError):
    """The column to be predicted holds no answer."""

    code = "target_empty"
    message = N_("The column {column}, which is to be predicted, holds no value.")
    advice = N_("Name another column with --target.")


class TargetOneClass(KnownError):
    """Every row has the same answer."""

    code = "target_one_class"
    message = N_("Every row has the same answer in {column}: there is nothing to tell apart.")
    advice = N_("Give a table that holds both those with and those without the outcome.")


class TooFewEvents(KnownError):
    """A class has too few rows for any honest figure."""

    code = "too_few_events"
    message = N_("Only {count} rows have the answer {label} in {column}.")
    advice = N_("At least {needed} rows of each answer are needed before anything can be measured.")


class TooFewRows(KnownError):
    """Too few rows with an answer."""

    code = "too_few_rows"
    message = N_("Only {count} rows of the table can be used.")
    advice = N_("At least {needed} rows with an answer in {column} are needed.")


class TargetUnfit(KnownError):
    """The column to be predicted is a date, a free text or an identifier."""

    code = "target_unfit"
    message = N_("The column {column} cannot be predicted: it holds dates, names or free text.")
    advice = N_("Name a column with a few different answers, or with a measured number.")


class NothingToLearnFrom(KnownError):
    """No column is left that could be an input."""

    code = "nothing_to_learn_from"
    message = N_("No column of the table is left as an input.")
    advice = N_("The report says why each was left out; --keep COLUMN keeps one.")


class TooManyColumns(KnownError):
    """More inputs than anybody fills in."""

    code = "too_many_columns"
    message = N_("The table has {count} columns that could be inputs; at most {most} can be used.")
    advice = N_("Leave columns out with --drop COLUMN, or prepare a smaller table.")


class UnitUnfit(KnownError):
    """A stated unit does not belong to the variable, or to no column."""

    code = "table_unit_unfit"
    message = N_("The unit {unit} does not fit the column {column}.")
    advice = N_("Units of this quantity are: {accepted}.")


class OptionUnreadable(KnownError):
    """An option of the form COLUMN=VALUE was not."""

    code = "option_unreadable"
    message = N_("{option} {given} was not understood.")
    advice = N_("Write it as COLUMN=VALUE with a column of the table: {columns}.")


class AlgorithmUnfit(KnownError):
    """The algorithm is unknown, or does not fit this kind of outcome."""

    code = "algorithm_unfit"
    message = N_("{name} cannot be used for this outcome.")
    advice = N_("Those that can: {known}.")


class ModelIdUnfit(KnownError):
    """The id cannot be a folder's name."""

    code = "model_id_unfit"
    message = N_("{id} cannot be the id of a model.")
    advice = N_("Use small letters a to z, digits and underscores, beginning with a letter.")


class TrainingCancelled(KnownError):
    """Somebody stopped it; nothing was kept."""

    code = "training_cancelled"
    message = N_("The training was stopped; nothing was kept.")
    advice = N_("Start it again when there is time.")
