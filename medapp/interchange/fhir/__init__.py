"""FHIR R4 in JSON: bundles, single resources and NDJSON (HL7 FHIR 4.0.1)."""
