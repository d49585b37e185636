import pytest

from digestgen.ingest.language import FALLBACK, language_of

TEXTS = {
    "en": "Russia and North Korea deepen their military ties, Western diplomats and experts say, and it worries Kyiv.",
    "fr": "Le ministre des Affaires étrangères a déclaré que les négociations reprendraient lundi à Paris.",
    "de": "Der Bundeskanzler hat am Montag erklärt, dass die Verhandlungen in der kommenden Woche fortgesetzt werden.",
    "es": "El presidente del Gobierno anunció el lunes que las negociaciones continuarán la próxima semana en Madrid.",
    "uk": "Президент України заявив у понеділок, що переговори продовжаться наступного тижня в Києві.",
    "ru": "Министр иностранных дел заявил в понедельник, что переговоры продолжатся на следующей неделе в Москве.",
}


@pytest.mark.parametrize("language", sorted(TEXTS))
def test_languages_are_told_apart(language: str) -> None:
    assert language_of(TEXTS[language]) == language


@pytest.mark.parametrize("text", ["", "…", "123 — 456"], ids=["empty", "dots", "digits"])
def test_a_text_without_letters_is_in_the_language_around_it(text: str) -> None:
    assert language_of(text) == FALLBACK
    assert language_of(text, "fr") == "fr"


def test_a_short_text_is_in_the_language_around_it() -> None:
    assert language_of("Levy tipped for Whitbread prize", "de") == "de"
    assert language_of(TEXTS["fr"], "de") == "fr"
