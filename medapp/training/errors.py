"""What can be wrong with a recipe, a data set or the libraries that train."""

from __future__ import annotations

from medapp.errors import KnownError
from medapp.i18n import N_


class DataSetMissing(KnownError):
    """The data set of a recipe is not on this machine."""

    code = "data_set_missing"
    message = N_("The data set {file} was not found.")
    advice = N_("It comes from {origin} (sha256 {sha256}). Put it under the folder named by MEDAPP_DATA.")


class DataSetChanged(KnownError):
    """The bytes of the data set are not those the recipe was written for."""

    code = "data_set_changed"
    message = N_("The data set {file} is not the one the recipe was written for.")
    advice = N_("Its sha256 is {found}, the recipe names {sha256}. Fetch it again from {origin}.")


class DataFileUnreadable(KnownError):
    """A data file could not be read as the recipe's format."""

    code = "data_file_unreadable"
    message = N_("The data file {file} could not be read.")
    advice = N_("Give a file in the same format as the training data: {reason}")


class ColumnMissing(KnownError):
    """A column that the recipe cannot do without is not in the file."""

    code = "column_missing"
    message = N_("The data file lacks the column {column}.")
    advice = N_("Give a file in the same format as the training data.")


class ColumnEmpty(KnownError):
    """A column that should be learned from holds no value in the cohort."""

    code = "column_empty"
    message = N_("The column {column} holds no value that can be used.")
    advice = N_("Leave it out of the recipe, or give a file that has it.")


class CohortEmpty(KnownError):
    """No row, or rows of one class only, are left after the cohort rules."""

    code = "cohort_empty"
    message = N_("The data file has {rows} usable rows in {classes} classes.")
    advice = N_("At least two classes with ten rows each are needed.")


class DesignInvalid(KnownError):
    """A key of `design.toml` is absent or makes no sense."""

    code = "design_invalid"
    message = N_("The recipe of {model} is wrong at {key}.")
    advice = N_("Expected: {expected}.")


class EstimatorUnknown(KnownError):
    """The recipe names an algorithm or a reader that the engine does not have."""

    code = "estimator_unknown"
    message = N_("The recipe names {name}, which this program cannot train or read.")
    advice = N_("Known are: {known}.")


class TrainingLibraryMissing(KnownError):
    """A library of the training extra is not installed."""

    code = "training_library_missing"
    message = N_("Training needs the library {library}, which is not installed.")
    advice = N_("Install the training extra: pip install medapp[training].")


class PredictionsNeedData(KnownError):
    """Single predictions were asked for without a data file."""

    code = "predictions_need_data"
    message = N_("Predictions of single rows need a data file.")
    advice = N_("Name one with --data; without it the recipe's own out-of-fold figures are shown.")


class PredictionsUnwritable(KnownError):
    """The file of predictions could not be written."""

    code = "predictions_unwritable"
    message = N_("The predictions could not be written to {file}.")
    advice = N_("Choose a folder that exists and may be written to.")


class NotTrained(KnownError):
    """The folder holds no figures of a training."""

    code = "not_trained"
    message = N_("The model {model} holds no figures of its training.")
    advice = N_("Train it first: medapp model train {model}.")
