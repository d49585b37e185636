"""What the editor says of editions, from ``curation.yml`` to the digest and the ledger."""

from __future__ import annotations

from datetime import date

from compose.editions import FIRST, FOUR, SECOND, THIRD, edition, of_seed, seed

EARLIER, LATER = seed("harbour", 0), seed("harbour", 1)
FIRST_SLUG = of_seed(edition([EARLIER]).digest, "harbour-0").slug


def test_a_letter_written_ahead_goes_to_the_next_edition_and_stays_there() -> None:
    rulings = "editions:\n  2026-11-02: {title: The harbour, letter: Hello.}\n"
    first = edition([*FOUR], rulings, day=FIRST)
    assert first.digest.edition_words == {}
    assert "curation.yml:2: waits for the first edition from 2026-11-02 on" in first.notices
    # The day comes, and brings nothing.
    assert edition([*FOUR], rulings, first.ledger, day=SECOND).digest.edition_words == {}
    third = edition([*FOUR, EARLIER], rulings, first.ledger, day=THIRD)
    (word,) = third.digest.edition_words.values()
    assert (list(third.digest.edition_words), word.title, word.letter) == ([THIRD], "The harbour", "Hello.")
    assert list(third.ledger.editors) == [str(THIRD)]
    fourth = edition([*FOUR, EARLIER, LATER], rulings, third.ledger, day=date(2026, 11, 9))
    assert list(fourth.digest.edition_words) == [THIRD]
    assert fourth.ledger.editors == third.ledger.editors


def test_leads_are_known_by_address_or_id_and_must_have_come_with_the_edition() -> None:
    first = edition([*FOUR], day=FIRST)
    known = first.digest.entries[0]
    second = edition([*FOUR, EARLIER], "editions:\n  2026-11-02: {lead: " + FIRST_SLUG + "}", first.ledger, day=SECOND)
    (id_,) = second.digest.edition_words[SECOND].lead
    assert id_ == of_seed(second.digest, "harbour-0").article.id
    by_id = edition([*FOUR, EARLIER], f"editions:\n  2026-11-02: {{lead: [{id_}]}}", first.ledger, day=SECOND)
    assert by_id.digest.edition_words == second.digest.edition_words
    wrong = edition(
        [*FOUR, EARLIER], f"editions:\n  2026-11-02: {{lead: {known.slug}}}", first.ledger, day=SECOND, problems=1
    )
    message = f"lead: “{known.slug[:60]}"
    assert wrong.problems[0].message.startswith(message)
    assert "came with the edition of 2026-11-01, and not with that of 2026-11-02" in wrong.problems[0].message
    assert wrong.digest.edition_words[SECOND].lead == ()


def test_no_word_of_a_draft_is_in_the_digest_or_the_ledger() -> None:
    made = edition([*FOUR], "editions:\n  2026-11-01: {letter: Hello., draft: true}\n", day=FIRST)
    assert made.digest.edition_words == {}
    assert made.ledger.editors == {}
