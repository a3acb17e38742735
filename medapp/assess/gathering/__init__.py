"""From a record and given inputs to the values an assessor needs, each with its story."""
