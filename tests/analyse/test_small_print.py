import pytest

from digestgen.analyse.small_print import is_notice

NOTICES = [
    "Editor's note: This article has been updated.",
    "Editors’ note – the names were changed.",
    "The interview has been edited for clarity.",
    "Correction: An earlier version misspelled a name.",
    "This article was originally published in March.",
    "Read more: How the quay was built.",
    "(READ ALSO: The quay in pictures)",
    "Sign up for our newsletter.",
    "© 2024 Some Outlet.",
    "Photo: A. Smith",
    "Suzanne Presto contributed to this report.",
    "(Reporting by A. Smith; editing by B. Jones)",
    "Lire aussi : Le quai en images",
    "Читайте также: Причал закрыт",
    "Marie Lemoine — 11 juillet 2011 à 0h00",
]
NEWS = [
    "The report was published on Monday.",
    "This story is about two brothers from Bergen.",
    "The article was about the war.",
    "Editors noted the change at once.",
    "Marie Lemoine – 11 years after Oslo – has returned.",
    "Readers see more than they did.",
    "Related companies were fined, too.",
    "Signatories of the treaty met in Vienna.",
]


@pytest.mark.parametrize("sentence", NOTICES)
def test_small_print(sentence: str) -> None:
    assert is_notice(sentence)


@pytest.mark.parametrize("sentence", NEWS)
def test_news(sentence: str) -> None:
    assert not is_notice(sentence)
