"""The nouns of the record, after FHIR R4: frozen, slotted, standard library only."""
