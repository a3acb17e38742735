"""What F1 says of each page: what it is for, what it does not do, and keys that are no commands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from medapp.i18n import N_


class PageHelp(NamedTuple):
    """Sentences, and keys with their meanings."""

    texts: Sequence[str]
    keys: Sequence[tuple[str, str]] = ()


PAGES: Final[Mapping[str, PageHelp]] = {
    "worklist": PageHelp(
        (
            N_("Type any part of a name, pinyin, initials, a birth date, a record number or a telephone "
               "number, in any order."),
            N_("The panel at the right says who is chosen and warns of similar names; "
               "Enter opens the record."),
            N_("Below are today’s appointments, results to sign, what is due, and drafts. The keys beside "
               "the buttons act on the chosen row while the list has the focus."),
        ),
    ),
    "import": PageHelp(
        (
            N_("Choose FHIR files. What would happen to each is shown first: nothing is written until you "
               "confirm, and one undo takes a whole import back."),
        ),
    ),
    "models": PageHelp(
        (
            N_("What each model and score is for, how well it did, on whom it was tried, and on whom not."),
            N_("A draft made from the clinic’s own table is asked about nobody until it is approved here."),
        ),
    ),
    "settings": PageHelp(
        (
            N_("Everything takes effect at once. The field on top finds a setting by its name."),
            N_("Users, backups and the recovery code need an administrator."),
        ),
    ),
    "audit": PageHelp(
        (
            N_("Who read or wrote what, and when. Entries are sealed in a chain: checking the chain shows "
               "whether one was changed or taken away."),
        ),
        (("↑ ↓", N_("Choose an entry; its details stand at the right")),),
    ),
    "patient.summary": PageHelp(
        (
            N_("Problems, medicines, recent results and vital signs on one page. "
               "Every number opens its trend."),
            N_("What is not recorded is said in words: unknown is never shown as normal."),
        ),
    ),
    "patient.assess": PageHelp(
        (
            N_("Each assessor answers from the record, or says why it does not. A model's number stands with "
               "its interval, its threshold and what it was computed from."),
            N_("Agree, disagree or not relevant: nothing is chosen for you, and it can be undone."),
        ),
    ),
    "patient.results": PageHelp(
        (
            N_("Choose a test at the left; its course is drawn on the reference range, with medicines as "
               "dashed lines. Compare puts up to four tests under one another on one time axis."),
        ),
        (
            ("← →", N_("From point to point; each is read aloud")),
            ("F", N_("From the chart to its table and back")),
            ("Space", N_("In the list: compare the test, or leave it out")),
        ),
    ),
    "patient.medicines": PageHelp(
        (N_("What the patient takes and took. No interaction check is made on this page."),),
    ),
    "patient.timeline": PageHelp(
        (N_("Everything in the record by day, newest first; the chips above show one kind alone."),),
    ),
    "patient.documents": PageHelp(
        (N_("What was printed or saved here, as it went out, and texts in imported files; the chosen one is "
            "shown at the right."),),
    ),
    "patient.notes": PageHelp(
        (
            N_("One visit on one page. What you type is kept as a draft within two seconds; signing closes "
               "it, and signed text is amended, never edited."),
            N_("Words copied from an earlier visit stay marked with its date, also when they are changed."),
        ),
        (("Tab", N_("To the next passage")),),
    ),
}
