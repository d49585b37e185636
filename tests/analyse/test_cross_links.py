from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from digestgen.analyse.cross_links import related_articles, related_groups
from digestgen.model import Keyphrase, RelatedArticle
from made import keyphrases

KNOWN = {
    "a": keyphrases("Ukraine", "grain deal", "Black Sea ports"),
    "b": keyphrases("Ukraine", "grain deals", "Odesa"),
    "c": keyphrases("Ukraine", "chess", "Odesa"),
    "d": keyphrases("Ukraine", "football"),
    "e": keyphrases(
        "chess openings",
    ),
    "f": (),
}


def test_the_rarer_phrase_links_first_and_gives_the_reason() -> None:
    related = related_articles(KNOWN, KNOWN, excluded={})
    assert related["a"] == (RelatedArticle("b", ("grain deal",)),)
    assert [link.id for link in related["b"]] == ["a", "c"]
    assert related["e"] == related["f"] == ()


def test_a_phrase_of_most_articles_links_nothing() -> None:
    related = related_articles(KNOWN, KNOWN, excluded={})
    assert related["d"] == ()


def test_excluded_articles_are_not_linked() -> None:
    related = related_articles(KNOWN, KNOWN, excluded={"b": frozenset({"a"})})
    assert [link.id for link in related["b"]] == ["c"]
    assert [link.id for link in related["a"]] == ["b"]


def test_what_is_not_shown_is_not_linked_and_changes_no_other_link() -> None:
    shown = KNOWN.keys() - {"b"}
    related = related_articles(KNOWN, shown, excluded={})
    everything = related_articles(KNOWN, KNOWN, excluded={})
    assert related.keys() == shown
    assert all(links == tuple(link for link in everything[id_] if link.id != "b") for id_, links in related.items())


def test_the_limit_holds() -> None:
    ids = [f"n{number:02}" for number in range(12)]
    known = {id_: keyphrases("kelp forest", "otter") if number < 6 else () for number, id_ in enumerate(ids)}
    related = related_articles(known, known, excluded={}, limit=2)
    assert [link.id for link in related["n05"]] == ["n00", "n01"]


def test_one_phrase_links_only_if_it_is_rare() -> None:
    ids = [f"n{number:02}" for number in range(16)]
    known = {id_: keyphrases("kelp forest") if number < 5 else () for number, id_ in enumerate(ids)}
    assert related_articles(known, known, excluded={})["n00"] == ()
    rarer = known | {"n04": ()}
    assert [link.id for link in related_articles(rarer, rarer, excluded={})["n00"]] == ["n01", "n02", "n03"]


@given(
    st.dictionaries(
        st.sampled_from("abcdefgh"),
        st.lists(st.sampled_from(["one", "two", "three words here", "Four", "fours", "five"])).map(
            lambda texts: keyphrases(*texts)
        ),
    ),
)
def test_links_have_reasons_and_do_not_depend_on_order(known: dict[str, tuple[Keyphrase, ...]]) -> None:
    related = related_articles(known, known, excluded={})
    assert related_articles(dict(sorted(known.items(), reverse=True)), known, excluded={}) == related
    for id_, links in related.items():
        assert id_ not in {link.id for link in links}
        for link in links:
            assert 1 <= len(link.reasons) <= 3
            assert set(link.reasons) <= {phrase.text for phrase in known[id_]}


def test_groups_are_related_by_phrases_of_two_articles() -> None:
    groups = (("a", "b"), ("c", "d"), ("e", "f"))
    known = {
        "a": keyphrases("grain deal", "Odesa"),
        "b": keyphrases("grain deal", "chess"),
        "c": keyphrases("grain deals", "chess"),
        "d": keyphrases("grain deals", "Odesa"),
        "e": keyphrases("chess"),
        "f": keyphrases("chess"),
    }
    related = related_groups(groups, known)
    assert related[0] == ((1, ("grain deal",)),)
    assert [number for number, _ in related[1]] == [0]
    assert related[2] == ()
