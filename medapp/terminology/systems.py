"""The code systems that records use, by their FHIR URIs."""

from __future__ import annotations

from typing import Final

LOINC: Final = "http://loinc.org"
SNOMED: Final = "http://snomed.info/sct"
RXNORM: Final = "http://www.nlm.nih.gov/research/umls/rxnorm"
UCUM: Final = "http://unitsofmeasure.org"
ICD10: Final = "http://hl7.org/fhir/sid/icd-10"
ICD10CM: Final = "http://hl7.org/fhir/sid/icd-10-cm"
ATC: Final = "http://www.whocc.no/atc"
CVX: Final = "http://hl7.org/fhir/sid/cvx"
GENDER: Final = "http://hl7.org/fhir/administrative-gender"
VARIABLE: Final = "urn:medapp:variable"
"""What has no LOINC code of its own; the code is the variable's id."""

SHORT_NAMES: Final = {
    "loinc": LOINC, "snomed": SNOMED, "rxnorm": RXNORM, "icd10": ICD10, "icd10cm": ICD10CM, "atc": ATC,
    "cvx": CVX, "gender": GENDER, "variable": VARIABLE,
}
"""How the tables of resources/knowledge and model cards may name a system."""
