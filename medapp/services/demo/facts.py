"""Codes that the invented records use: problems with their usual medicines, allergies, visits.

Displays are our own wording of what the SNOMED CT and RxNorm codes mean.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from medapp.domain.datatypes import CodeableConcept, Coding

SNOMED: Final = "http://snomed.info/sct"
RXNORM: Final = "http://www.nlm.nih.gov/research/umls/rxnorm"
VERIFICATION: Final = "confirmed"


def concept(system: str, code: str, display: str) -> CodeableConcept:
    """One coding with its words."""
    return CodeableConcept((Coding(system, code, display),), display)


@dataclass(frozen=True, slots=True)
class Problem:
    """A long-term problem and the medicines that are usual for it (each with its dosage)."""

    id: str
    code: str
    display: str
    medicines: tuple[tuple[str, str, str], ...] = ()  # RxNorm code, name, dosage

    @property
    def concept(self) -> CodeableConcept:
        return concept(SNOMED, self.code, self.display)


PROBLEMS: Final = (
    Problem(
        "diabetes",
        "44054006",
        "Type 2 diabetes mellitus",
        (
            ("6809", "Metformin", "500 mg by mouth twice daily"),
            ("1545653", "Empagliflozin", "10 mg by mouth once daily"),
        ),
    ),
    Problem(
        "hypertension",
        "38341003",
        "Hypertension",
        (
            ("17767", "Amlodipine", "5 mg by mouth once daily"),
            ("29046", "Lisinopril", "10 mg by mouth once daily"),
            ("5487", "Hydrochlorothiazide", "12.5 mg by mouth once daily"),
        ),
    ),
    Problem(
        "lipids",
        "55822004",
        "Hyperlipidaemia",
        (("83367", "Atorvastatin", "20 mg by mouth at night"),),
    ),
    Problem("kidney", "709044004", "Chronic kidney disease"),
    Problem(
        "coronary",
        "53741008",
        "Coronary heart disease",
        (
            ("1191", "Aspirin", "75 mg by mouth once daily"),
            ("6918", "Metoprolol", "25 mg by mouth twice daily"),
        ),
    ),
    Problem(
        "atrial_fibrillation",
        "49436004",
        "Atrial fibrillation",
        (("1364430", "Apixaban", "5 mg by mouth twice daily"),),
    ),
    Problem(
        "heart_failure",
        "84114007",
        "Heart failure",
        (("4603", "Furosemide", "40 mg by mouth in the morning"),),
    ),
    Problem("asthma", "195967001", "Asthma", (("435", "Salbutamol", "2 puffs inhaled as needed"),)),
    Problem(
        "copd",
        "13645005",
        "Chronic obstructive lung disease",
        (("69120", "Tiotropium", "1 capsule inhaled once daily"),),
    ),
    Problem(
        "thyroid",
        "40930008",
        "Hypothyroidism",
        (("10582", "Levothyroxine", "75 micrograms by mouth in the morning"),),
    ),
    Problem(
        "depression",
        "35489007",
        "Depressive disorder",
        (("36437", "Sertraline", "50 mg by mouth once daily"),),
    ),
    Problem(
        "osteoarthritis", "396275006", "Osteoarthritis", (("161", "Paracetamol", "1 g by mouth as needed"),)
    ),
    Problem(
        "reflux",
        "235595009",
        "Gastro-oesophageal reflux disease",
        (("7646", "Omeprazole", "20 mg by mouth once daily"),),
    ),
    Problem("gout", "90560007", "Gout", (("519", "Allopurinol", "100 mg by mouth once daily"),)),
    Problem("migraine", "37796009", "Migraine"),
)
"""Long-term problems, in the order of the columns of `course.Health.problems`."""

ALLERGIES: Final = (
    ("91936005", "Allergy to penicillin", "medication", "Rash"),
    ("293586001", "Allergy to aspirin", "medication", "Wheeze"),
    ("91935009", "Allergy to peanut", "food", "Swelling of the face"),
    ("300916003", "Allergy to latex", "environment", "Hives"),
    ("418689008", "Allergy to grass pollen", "environment", "Runny nose"),
    ("232347008", "Allergy to animal dander", "environment", "Sneezing"),
)
"""SNOMED code, words, category, reaction."""

NO_KNOWN_ALLERGY: Final = concept(SNOMED, "716186003", "No known allergy")

VISITS: Final = (
    concept(SNOMED, "185349003", "Check-up"),
    concept(SNOMED, "390906007", "Follow-up visit"),
    concept(SNOMED, "185345009", "Visit for symptom"),
)
"""Kinds of visit, most frequent first."""
