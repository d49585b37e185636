import pytest

from digestgen.language.detection import FALLBACK, detect_language

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
    assert detect_language(TEXTS[language]) == language


ENGLISH = "The harbour master said that the old crane was to go in the spring, and that the work has been paid for."
DUTCH = "De havenmeester zei dat de oude kraan in de haven was en dat het werk op tijd is, of in elk geval bijna klaar."


def test_english_prose_needs_no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("digestgen.language.detection._identifier", lambda: pytest.fail("the model was loaded"))
    assert detect_language(ENGLISH) == "en"
    assert detect_language(ENGLISH, "nl") == "en"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(DUTCH, id="a language with some of its words"),
        pytest.param(f"The Who, The Cure. {DUTCH}", id="with English names"),
        pytest.param(f"{DUTCH} {DUTCH} They said that this has been paid with money.", id="with a sentence in English"),
    ],
)
def test_a_few_english_words_make_no_english(text: str) -> None:
    assert detect_language(text) == "nl"


@pytest.mark.parametrize("text", ["", "…", "123 — 456"], ids=["empty", "dots", "digits"])
def test_a_text_without_letters_is_in_the_language_around_it(text: str) -> None:
    assert detect_language(text) == FALLBACK
    assert detect_language(text, "fr") == "fr"


def test_a_short_text_is_in_the_language_around_it() -> None:
    assert detect_language("Levy tipped for Whitbread prize", "de") == "de"
    assert detect_language(TEXTS["fr"], "de") == "fr"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        pytest.param("ประภาคาร", "th", id="Thai"),
        pytest.param("ປະພາຄານ", "lo", id="Lao"),
        pytest.param("ប៉មភ្លើង", "km", id="Khmer"),
        pytest.param("မီးပြတိုက်", "my", id="Burmese"),
        pytest.param("灯塔", "zh", id="Chinese"),
        pytest.param("灯台の修復", "ja", id="Japanese"),
        pytest.param("등대", "ko", id="Korean"),
        pytest.param("מגדלור", "he", id="Hebrew"),
        pytest.param("المنارة", "ar", id="Arabic"),
        pytest.param("মেয়র", "bn", id="Bengali"),
        pytest.param("शहर", "hi", id="Hindi"),
        pytest.param("மேயர்", "ta", id="Tamil"),
        pytest.param("შენობა", "ka", id="Georgian"),
        pytest.param("Фара", "ru", id="Cyrillic"),
        pytest.param("ⵜⴰⴷⴷⴰⵔⵜ", "und", id="a script that we know no language of"),
        pytest.param("ＢＢＣ", "en", id="wide letters are Latin"),
        pytest.param("OpenAI发布新的手机", "zh", id="a foreign name in Chinese"),
        pytest.param("The poet 李白 is read by all", "en", id="a Chinese name in English"),
    ],
)
def test_a_script_tells_the_language_of_the_shortest_text(text: str, language: str) -> None:
    assert detect_language(text, "en") == language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        pytest.param(
            "Rais wa nchi alisema jana kwamba serikali itajenga barabara mpya kati ya miji hiyo miwili kabla ya "
            "mwisho wa mwaka ujao.",
            "sw",
            id="a language without a word list",
        ),
        pytest.param(
            "Ua hoʻoholo ka ʻaha kūkā awa i ka Pōʻalua e hoʻoponopono i ka hale kukui kahiko ma mua o ka hoʻoilo, "
            "wahi a ka meia.",
            "und",
            id="a language that nobody here knows",
        ),
        pytest.param(
            "Zorblat kivenu drashti molvek tuniko wexlar pobrinat. Quezil vornak lumetri gasholt piveku zandrel "
            "mokritu baslen. Trovik nuplash gerolin wexlar quint drambo felix norgal.",
            "und",
            id="no language at all",
        ),
    ],
)
def test_what_is_like_nothing_that_we_know_is_called_so(text: str, language: str) -> None:
    assert detect_language(text) == language


def test_kanji_alone_are_japanese_among_japanese() -> None:
    assert detect_language("高橋市長", "ja") == "ja"
