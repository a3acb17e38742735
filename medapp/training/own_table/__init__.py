"""The clinic's own table: from a CSV file that nobody prepared to a draft of a model folder.

Read, understand, point out, compare, write: `read` turns bytes into rows, `kinds`
tells what a column is, `checks` and `leaks` say what is wrong with it, `plan` makes
an ordinary `Design` of it, and from there on the one engine of this package trains
it as it trains every bundled model. Nothing is guessed that a person must know: a
unit is asked for, a suspicion is told, and whatever was left out can be kept.
"""
