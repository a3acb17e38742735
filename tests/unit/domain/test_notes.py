"""Words copied from an earlier visit keep their origin through every edit."""

from __future__ import annotations

import random

from medapp.domain.notes import Copied, Passage, Source, edited, origins, recognised

TEXT = "today: cough for three days, no fever"
SPAN = Copied(7, 12, 5, "2026-01-02", "cough")


def after(at: int, removed: int, added: str) -> tuple[str, list[str]]:
    """The text after an edit, and what its copied parts cover then."""
    text = TEXT[:at] + added + TEXT[at + removed :]
    return text, [text[one.start : one.end] for one in edited([SPAN], at, removed, len(added))]


def test_writing_before_or_after_copied_words_leaves_them_as_they_are() -> None:
    for at in (0, 3, 7, 12, 20, len(TEXT)):
        assert after(at, 0, "xx ")[1] == ["cough"], at


def test_writing_inside_copied_words_belongs_to_them_and_changes_them() -> None:
    text, covered = after(9, 0, "XX")
    assert covered == ["coXXugh"]
    (span,) = edited([SPAN], 9, 0, 2)
    assert span.is_changed(text)


def test_removing_a_part_leaves_the_rest_marked() -> None:
    assert after(5, 4, "")[1] == ["ugh"]
    assert after(9, 6, "")[1] == ["co"]
    assert after(9, 2, "-")[1] == ["co-h"]


def test_removing_all_copied_words_removes_the_mark() -> None:
    assert after(7, 5, "")[1] == []
    assert after(0, len(TEXT), "other text")[1] == []


def test_marks_never_leave_the_text_or_cover_new_words_at_their_edges() -> None:
    random_ = random.Random(7)
    for _ in range(5000):
        at = random_.randrange(len(TEXT) + 1)
        removed = random_.randrange(len(TEXT) - at + 1)
        added = random_.choice(("", "Z", "ZZZ"))
        _, covered = after(at, removed, added)
        for part in covered:
            assert part
            inside = at > SPAN.start and at + removed < SPAN.end
            assert "Z" not in part or inside, (at, removed, added)
        survivors = sum(not at <= i < at + removed for i in range(SPAN.start, SPAN.end))
        shown = sum(len(part) for part in covered)
        assert shown == survivors + (len(added) if survivors and "Z" in "".join(covered) else 0)


def test_a_text_that_arrives_whole_is_known_by_the_visit_it_stands_in() -> None:
    sources = [Source(5, "2026-01-02", "Cough for three days, dry, worse at night.")]
    found = recognised("  dry, worse at night.\n", 10, sources)
    assert found is not None
    assert (found.start, found.end, found.note, found.day) == (12, 32, 5, "2026-01-02")
    assert recognised("d", 0, sources) is None
    assert recognised("wet, worse at noon.", 0, sources) is None


def test_origins_say_whether_anything_was_changed() -> None:
    kept = Passage(TEXT, (SPAN,))
    changed = Passage(TEXT.replace("cough", "cold!"), (SPAN,))
    assert origins(kept) == (("2026-01-02", False),)
    assert origins(changed) == (("2026-01-02", True),)
