"""In the tables of sentences, a bar separates the sentences of a paragraph."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digestgen.language.text import (
    clean_line,
    fold,
    frozen_form,
    frozen_words,
    is_terminated,
    sentences,
    straighten,
    words,
)

NEWS = [
    ("en", "U.S. officials said on Oct. 24 that talks failed. | They gave no reason."),
    ("en", "Gen. Kirillov died on Dec. 17. | His aide was killed too."),
    ("en", "He left at 9 a.m. and came back at 5 p.m. | The office was shut."),
    ("en", "The meeting starts at 9 a.m. Eastern time. | It ends at 6 p.m. Monday."),
    ("en", "The coalition struck at 5:30 a.m. local time. | It was dark."),
    ("en", "No. 10 declined to comment. | It is the No. 1 song."),
    ("en", "He moved to the U.S. in 1999. | She stayed in the U.K. until 2004."),
    ("en", "He moved to the U.S. | She stayed."),
    ("en", "The U.S. Senate and the U.N. Security Council backed it. | It passed."),
    ("en", "“We will go,” he said. | “We must.”"),
    ("en", '"Is it true?" he asked. | "No!" she said.'),
    ("en", "He said “It is over.” | The crowd cheered."),
    ("en", '"If I did, it’s a smart thing." | Trump left.'),
    ("en", "“It is over. | We lost,” said Smith. | Nobody cried."),
    ("en", "“Never!” Angela Merkel said. | “Who?” | He said: ‘Fine.’ | They left."),
    ("en", "“An open mark. | It is never closed. | So it goes."),
    ("en", "'Tis the workers' day. | Don't stop. | The '90s are over."),
    ("en", "The U.S. does not listen to the Baltics. | “In Europe, they listen"),
    ("en", "George W. Bush met J. K. Rowling and J.R.R. Tolkien. | They talked."),
    ("en", "Apple Inc. shares fell 3.5% to $1.2 a share. | Analysts were calm."),
    ("en", "Shares of Apple Inc. fell. | Yahoo! Inc. rose."),
    ("en", "Wait… what? | Nothing."),
    ("en", "... and so it ended. | Nobody cried."),
    ("en", "Dr. Martin Luther King Jr. was shot. | Sen. John McCain (R-Ariz.) wept."),
    ("en", "He spoke in Washington, D.C., in 1963. | Rep. Smith, D-R.I., left."),
    ("en", "The court cited Roe v. Wade. | The case was heard."),
    ("en", "He was born on Jan. 5, 1950, in St. Petersburg. | He died in Ft. Worth."),
    ("en", "Lt. Col. Tom Davis, of Col. Sanders fame, spoke. | Sgt. Bilko listened."),
    ("en", '"Stop!" cried the officer (who was armed). | (He was later fired.) | The case goes on.'),
    ("en", "He said that Vol. 2 would come. | It did."),
    ("en", "The fire burned 1,000 sq. miles. | Gov. Newsom came."),
    ("en", "Trump said, “You’re fired!” and left. | It was loud."),
    ("en", "He got an A. | She got a B."),
    ("en", "The EU is united, said J. Borrell. | NATO agreed."),
    ("en", "It is Roe v. The State. | He cited Doe v. This County, he told Mr. | They left."),
    ("en", "Atty. Gen. Ortega sued. | Amb. Rice left with Dep. Smith."),
    ("en", "See ch. 5, vol. 3 and para. 4. | The fee was approx. 300 dollars."),
    ("fr", "Le no. 5 du bd. Voltaire. | Mgr. Dupont vit à St. Denis."),
    ("de", "Die Fa. Siemens zahlt inkl. Steuer fünf Euro. | Anna Weiß, geb. Huber, kam."),
    ("es", "Dña. Ana llegó. | Eran aprox. Treinta."),
    ("it", "Si legge a pag. 4 del libro. | Basta."),
    ("ru", "Завод им. Пушкина и ген. Власов. | См. рис. 3 там же."),
    ("uk", "Він жив на просп. Перемоги. | Це театр ім. Шевченка."),
    ("fr", "M. Macron a rencontré Mme. Le Pen. | Ils ont parlé de l'art. 49.3."),
    ("fr", "M. E. Macron est arrivé à 20 h. 30. | Il est reparti."),
    ("fr", "« C'est fini ! » a-t-il dit. | Selon J.-L. Mélenchon, c'est non."),
    ("de", "Das gilt z. B. für Berlin. | Am 3. Oktober wird gefeiert."),
    ("de", "Das gilt z.B. für den 1. FC Köln. | Dr. Müller kam am 24. Dezember."),
    ("de", "Er sagte: „Es ist vorbei.“ | Die Menge jubelte."),
    ("de", "Rund 5 Mio. Euro wurden gezahlt. | Das sind ca. 3 Prozent."),
    ("ru", "В. В. Путин прибыл в Пекин. | Его встретил Си Цзиньпин."),
    ("ru", "Президент В.В. Путин прибыл. | С. Лавров тоже."),
    ("ru", "Это случилось в 2022 г. в Москве. | Погибли 5 тыс. человек."),
    ("ru", "«Всё кончено!» — сказал он. | Толпа ушла."),
    ("uk", "В. О. Зеленський прибув до Києва. | Його зустріли."),
    ("uk", "Це сталося у 2022 р. у м. Києві. | Загинули 5 тис. осіб."),
    ("es", "El Sr. Sánchez llegó a EE. UU. el lunes. | Habló con la Sra. López."),
    ("es", "¿Qué pasó? | ¡Nada! | El pdte. Sánchez calló."),
    ("it", "Il dott. Rossi è arrivato. | Il sig. Bianchi no."),
    ("hi", "पुल शुक्रवार को खुला। | क्या वह सुरक्षित है? | मेयर चुप रहे।"),
    ("bn", "সেতু খুলেছে। | কে জানে? | মেয়র নীরব।"),
    ("ta", "பாலம் திறக்கப்பட்டது. | மேயர் பேசவில்லை."),
    ("ar", "هل افتتح الجسر؟ | نعم! | قال العمدة ذلك."),
    ("ur", "پل کھل گیا۔ | میئر خاموش رہے۔"),
    ("he", "הגשר נפתח ביום שישי. | ראש העיר שתק."),
    ("am", "ድልድዩ ተከፈተ። | ከንቲባው ዝም አሉ።"),
    ("km", "ស្ពានបានបើក។ | អភិបាលក្រុងនៅស្ងៀម។"),
    ("my", "တံတားဖွင့်ခဲ့သည်။ | မြို့တော်ဝန်က တိတ်ဆိတ်နေခဲ့သည်။"),
    ("th", "สะพานเปิดเมื่อวันศุกร์หลังจากปิดซ่อมแซมมานานกว่าสามปีเต็มโดยไม่มีกำหนด | นายกเทศมนตรีไม่พูด"),
]


@pytest.mark.parametrize(("language", "text"), NEWS, ids=[text[:30] for _, text in NEWS])
def test_sentences_of_news(language: str, text: str) -> None:
    assert sentences(text.replace(" | ", " "), language) == tuple(text.split(" | "))


UNSPACED = [
    ("zh", "大桥星期五开放。|他问：“安全吗？”|市长没有回答！|真的吗？|是的。"),
    ("ja", "橋は金曜日に開通した。|「安全ですか。」と記者は聞いた。|市長は黙っていた。"),
]


@pytest.mark.parametrize(("language", "text"), UNSPACED, ids=["Chinese", "Japanese"])
def test_sentences_without_spaces(language: str, text: str) -> None:
    assert sentences(text.replace("|", ""), language) == tuple(text.split("|"))


@pytest.mark.parametrize("paragraph", ["", "   ", "\u00a0"], ids=["empty", "blank", "no-break space"])
def test_no_sentence(paragraph: str) -> None:
    assert sentences(paragraph, "en") == ()


@pytest.mark.parametrize(
    "unit", ["“", '"', "(", "A. ", "Mr. ", "He left. ", "a", ".", " ", "a.m. ", "3. ", "(Yes.) "], ids=repr
)
def test_a_huge_paragraph_loses_nothing(unit: str) -> None:
    paragraph = unit * (50_000 // len(unit))
    assert "".join("".join(sentences(paragraph, "de")).split()) == "".join(paragraph.split())


def test_a_sentence_longer_than_a_window_stays_whole() -> None:
    first, last = "The list " + "and the list " * 700 + "ends.", "Then it is over."
    assert sentences(f"{first} {last}", "en") == (first, last)


paragraphs = st.text(
    alphabet=st.sampled_from("aA .!?…\"“”'’«»()[]—1é Ж\u00a0\u200d") | st.characters(exclude_categories=["Cs"]),
    max_size=120,
)


@given(paragraphs, st.sampled_from(["en", "fr", "de", "uk", "ja", "xx", ""]))
def test_sentences_are_slices_in_order_and_leave_nothing_out(paragraph: str, language: str) -> None:
    at = 0
    for sentence in sentences(paragraph, language):
        found = paragraph.index(sentence, at)
        assert not paragraph[at:found].strip()
        assert sentence == sentence.strip() != ""
        at = found + len(sentence)
    assert not paragraph[at:].strip()


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("  two\t words\n", "two words"),
        ("nul\x00 and bell\x07", "nul and bell"),
        ("right\u202eto left", "rightto left"),
        ("zero\u200bwidth \ufeffmark", "zerowidth mark"),
        ("👩\u200d🚀 stays", "👩\u200d🚀 stays"),
        ("no-break\u00a0space", "no-break space"),
        ("Zu\u0308rich", "Zürich"),
        ("می\u200cرود", "می\u200cرود"),
    ],
)
def test_clean_line(raw: str, clean: str) -> None:
    assert clean_line(raw) == clean


@given(st.text())
def test_straightening_keeps_the_length(text: str) -> None:
    assert len(straighten(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("It ended.", True),
        ("“It ended.”", True),
        ("(It ended!)", True),
        ("It goes on…", True),
        ("वह समाप्त हुआ।", True),
        ("结束了。」", True),
        ("真的吗？", True),
        ("ختم ہوا۔", True),
        ("A heading", False),
        ("橋の開通", False),
        ("สะพานเปิดแล้ว", False),
        ("สะพานเปิดเมื่อวันศุกร์หลังจากปิดซ่อมแซมมานานกว่าสามปี", True),
        ("A heading:", False),
        ("", False),
    ],
)
def test_is_terminated(text: str, ends: bool) -> None:  # noqa: FBT001 -- a column of the table
    assert is_terminated(text) is ends


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("call hold_sig(now)", ["call", "hold_sig", "now"], id="an identifier"),
        pytest.param("by @tom_d and #no_war", ["by", "tom_d", "and", "no_war"], id="a user and a hashtag"),
        pytest.param("see __init__ and _get_all_", ["see", "init", "and", "get_all"], id="underscores around it"),
        pytest.param("_Weekly Review_ is _not_ read", ["Weekly", "Review", "is", "not", "read"], id="stressed"),
        pytest.param("sign here: ____ or a__ _b", ["sign", "here", "or", "a", "b"], id="a gap to fill in"),
        pytest.param("x_y-z_w.html", ["x_y-z_w.html"], id="with a hyphen"),
    ],
)
def test_a_word_joined_by_underscores_is_one_word(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_many_underscores_cost_no_more_than_their_number() -> None:
    assert len(words("_" * 200_000 + "a" + "_a_" * 50_000 + "a_" * 50_000)) == 1


def test_words() -> None:
    assert words("The U.S. and AT&T’s state-of-the-art “5G” net_work…") == [
        "The",
        "U.S",
        "and",
        "AT&T’s",
        "state-of-the-art",
        "5G",
        "net_work",
    ]


@pytest.mark.parametrize(
    ("word", "folded"),
    [
        ("المنارة", "مناره"),
        ("والمنارة", "مناره"),
        ("للمَنارة", "مناره"),
        ("وزارة", "وزاره"),
        ("등대를", "등대"),
        ("회의", "회의"),
        ("গ্রন্থাগারের", "গ্রন্থাগার"),
        ("ﬁre", "fire"),
        ("Russia’s", "russia"),
        ("U.S.", "us"),
        ("talks", "talk"),
        ("countries", "country"),
        ("crisis", "crisis"),
    ],
)
def test_fold(word: str, folded: str) -> None:
    assert fold(word) == folded


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("नगर परिषद की बैठक", "नगर परिषद की बैठक", id="Hindi"),
        pytest.param("قَرَّرَ المَجْلِسُ", "قَرَّرَ المَجْلِسُ", id="Arabic with vowels"),
        pytest.param('צה״ל וצה"ל, שָׁלוֹם', 'צה״ל וצה"ל שָׁלוֹם', id="Hebrew"),
        pytest.param("سه‌شنبه می‌رود", "سه‌شنبه می‌رود", id="Persian"),
        pytest.param("la col·lecció F‑35 👩‍🚀", "la col·lecció F‑35", id="marks inside words, and none of a picture"),
        pytest.param("图书馆开放，5G手机", "图书馆 开放 5G 手机", id="Chinese"),
    ],
)
def test_words_of_every_script(text: str, expected: str) -> None:
    assert words(text) == expected.split()


def test_ids_and_fingerprints_are_made_of_words_that_never_change() -> None:
    assert frozen_words("The U.S. and नगर परिषद café") == ["The", "U.S", "and", "नगर", "पर", "षद", "café"]
    assert [frozen_form(word) for word in ("U.S.", "Countries", "Москве", "والمنارة")] == [
        "us",
        "country",
        "москв",
        "والمنارة",
    ]
