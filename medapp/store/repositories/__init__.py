"""One module per kind of row: functions over a `Reader` (to read) or a `Transaction` (to write).

Common rules, which importers build on:

* `insert_many(tx, rows)` takes tuples in the module's `COLUMNS` order, WITHOUT the
  id: ids come from the table `sequence` and are returned as `Inserted(ids, count)`,
  one id per row in order. A row whose (source, source_id) is stored already adds
  nothing (its id in `ids` is then not used; ask `existing` first where ids matter).
* `source` is an int of `sources.intern(tx, name)`; `source_id` and `panel` are given as text and
  packed by the repository (a UUID takes 16 bytes, `uuid#part` 16 and the part).
* codes are ints of `codes.intern(tx, [(system, code, display, variable), ...])`.
* a concept is stored as its first coding's int and, where it says more than that, as
  JSON made by `concepts.pack(concept)`.
* moments are two columns, `moment.seconds` and `moment.packed` (None, None when unknown).
* every row carries its `import_id`, or None.
"""
