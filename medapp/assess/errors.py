"""What can be wrong with a model folder or a question put to it."""

from __future__ import annotations

from medapp.errors import KnownError
from medapp.i18n import N_


class CardUnreadable(KnownError):
    code = "card_unreadable"
    message = N_("The card of the model {model} could not be read: line {line}.")
    advice = N_("The folder is damaged or not a model folder. Install it again from its publisher.")


class CardKeyMissing(KnownError):
    code = "card_key_missing"
    message = N_("The card of the model {model} lacks the key {key}.")
    advice = N_("Add the key to card.toml, then run `medapp model check`.")


class CardKeyWrong(KnownError):
    code = "card_key_wrong"
    message = N_("The card of the model {model} has a wrong value at {key}; expected: {expected}.")
    advice = N_("Correct the key in card.toml, then run `medapp model check`.")


class CardKeyUnknown(KnownError):
    code = "card_key_unknown"
    message = N_("The card of the model {model} has a key that this program does not know: {key}.")
    advice = N_("Correct its spelling, or use a program version that knows it.")


class ModelDamaged(KnownError):
    code = "model_damaged"
    message = N_("The file {file} of the model {model} is not the one that was released.")
    advice = N_("The model is switched off. Install it again; do not use its earlier numbers.")


class ModelIncomplete(KnownError):
    code = "model_incomplete"
    message = N_("The file {file} of the model {model} is missing.")
    advice = N_("The model is switched off. Install it again.")


class ModelNotIndexed(KnownError):
    code = "model_not_indexed"
    message = N_("The model {model} is not in the index of released models.")
    advice = N_("Run `make index` in a checkout, or install the model as one from outside.")


class FileNotIndexed(KnownError):
    code = "file_not_indexed"
    message = N_("The model {model} holds a file that was not released with it: {file}.")
    advice = N_("Remove the file, or run `make index` in a checkout.")


class IndexUnreadable(KnownError):
    code = "index_unreadable"
    message = N_("The index of released models could not be read.")
    advice = N_("All bundled models are switched off. Install the program again.")


class ModelMisnamed(KnownError):
    code = "model_misnamed"
    message = N_("The folder {model} holds a model of another name.")
    advice = N_("Name the folder as the id in its card.")


class SignatureWrong(KnownError):
    code = "signature_wrong"
    message = N_("The signature of the model {model} does not fit its files or its publisher.")
    advice = N_("The model is switched off. Ask its publisher for a new copy.")


class UnknownAssessor(KnownError):
    code = "unknown_assessor"
    message = N_("There is no assessor named {id}.")
    advice = N_("`medapp model list` names those installed.")


class WrongInputFile(KnownError):
    code = "wrong_input_file"
    message = N_("The inputs could not be read: {where}.")
    advice = N_("Each input is a value, or a value with unit and date, under the input's name.")
