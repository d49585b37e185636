"""Keyphrases in scripts of every kind: whole words of their text, and the same ones for the same thing."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from digestgen.analyse.keyphrases.extraction import extract, select
from digestgen.analyse.keyphrases.surnames import full_names
from digestgen.language.detection import detect_language
from digestgen.language.letters import join_words
from digestgen.language.phrases import contains, normalised_phrase
from digestgen.language.stop_words import stop_words
from digestgen.language.text import clean_line, fold, words
from made import an_article


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """Two short news texts on one thing, and phrases that both must be found under."""

    language: str
    one: str
    two: str
    shared: tuple[str, ...]


SAMPLES = {
    "Hindi": Sample(
        language="hi",
        one=(
            "नगर परिषद ने पुराने पुस्तकालय को बेचने का प्रस्ताव रखा। पुस्तकालय में दो लाख किताबें हैं। मेयर सुनीता वर्मा ने "
            "कहा कि पुस्तकालय की छत से पानी टपकता है।"
        ),
        two=(
            "पाठकों ने पुस्तकालय के सामने धरना दिया। मेयर सुनीता वर्मा से उनकी मुलाकात हुई। नगर परिषद की बैठक में पुस्तकालय का "
            "भविष्य तय होगा।"
        ),
        shared=("पुस्तकालय", "मेयर सुनीता वर्मा"),
    ),
    "Bengali": Sample(
        language="bn",
        one="পৌরসভা পুরোনো গ্রন্থাগার বিক্রি করতে চায়। গ্রন্থাগারে দুই লাখ বই আছে। মেয়র বলেন, গ্রন্থাগারের ছাদ দিয়ে পানি পড়ে।",
        two="পাঠকেরা গ্রন্থাগারের সামনে জড়ো হন। তাঁরা চান, গ্রন্থাগার খোলা থাকুক। মেয়র গ্রন্থাগার নিয়ে কথা বলবেন।",
        shared=("গ্রন্থাগার",),
    ),
    "Tamil": Sample(
        language="ta",
        one=(
            "நகராட்சி பழைய நூலகம் விற்பனைக்கு என்று அறிவித்தது. நூலகம் இரண்டு லட்சம் புத்தகங்களைக் கொண்டுள்ளது. "
            "நூலகம் மழையில் ஒழுகுகிறது."
        ),
        two="வாசகர்கள் நூலகம் முன்பு கூடினர். நூலகம் திறந்திருக்க வேண்டும் என்று அவர்கள் கோரினர்.",
        shared=("நூலகம்",),
    ),
    "Thai": Sample(
        language="th",
        one="เทศบาลจะขายพิพิธภัณฑ์เก่าในเดือนหน้า พิพิธภัณฑ์มีภาพวาดสองแสนภาพ นายกเทศมนตรีกล่าวว่าหลังคาของพิพิธภัณฑ์รั่ว",
        two="ชาวเมืองประท้วงหน้าพิพิธภัณฑ์เมื่อวานนี้ พวกเขาต้องการให้พิพิธภัณฑ์เปิดต่อไป เทศบาลจะประชุมเรื่องพิพิธภัณฑ์",
        shared=("พิพิธภัณฑ์",),
    ),
    "Arabic": Sample(
        language="ar",
        one=(
            "تعتزم بلدية المدينة بيع المكتبة القديمة في الشهر المقبل. تضم المكتبة القديمة مئتي ألف كتاب. "
            "وقال رئيس البلدية إن سقف المكتبة يسرب الماء."
        ),
        two="تجمع القراء أمام المكتبة القديمة يوم الجمعة. ويطالب القراء رئيس البلدية بأن تبقى المكتبة مفتوحة.",
        shared=("المكتبة القديمة", "المكتبة"),
    ),
    "Arabic with vowels": Sample(
        language="ar",
        one="تَعْتَزِمُ البَلَدِيَّةُ بَيْعَ المَكْتَبَةِ القَدِيمَةِ فِي الشَّهْرِ المُقْبِلِ. تَضُمُّ المَكْتَبَةُ القَدِيمَةُ كُتُبًا كَثِيرَةً.",
        two="تجمع القراء أمام المكتبة القديمة يوم الجمعة. ويطالب القراء رئيس البلدية بأن تبقى المكتبة مفتوحة.",
        shared=("المكتبة القديمة", "المكتبة"),
    ),
    "Hebrew": Sample(
        language="he",
        one=(
            "העירייה מבקשת למכור את הספרייה הישנה בחודש הבא. בספרייה הישנה יש מאתיים אלף ספרים. דוברת העירייה אמרה כי "
            "גג הספרייה דולף."
        ),
        two="קוראים הפגינו מול הספרייה הישנה ביום שישי. הם דורשים כי הספרייה תישאר פתוחה, והעירייה תדון על כך.",
        shared=("הספרייה",),
    ),
    "Chinese": Sample(
        language="zh",
        one="市政府计划下个月出售老图书馆。图书馆有二十万本书。市长李娜说，图书馆的屋顶漏水。",
        two="读者在图书馆门前抗议。他们要求图书馆继续开放。市长李娜将和他们见面。",
        shared=("图书馆", "市长李娜"),
    ),
    "Chinese in traditional characters": Sample(
        language="zh",
        one="市政府計劃下個月出售舊圖書館。圖書館有二十萬本書。市長說，圖書館的屋頂漏水。",
        two="讀者在圖書館門前抗議。他們要求圖書館繼續開放。",
        shared=("圖書館",),
    ),
    "Japanese": Sample(
        language="ja",
        one="市役所は来月、古い図書館を売る。図書館には二十万冊の本がある。高橋市長は図書館の屋根から雨が漏ると話した。",
        two="市民が図書館の前で抗議した。図書館を閉じないよう高橋市長に求めている。",
        shared=("図書館", "高橋市長"),
    ),
    "Korean": Sample(
        language="ko",
        one=(
            "시청이 다음 달 시립 도서관을 팔기로 했다. 시립 도서관에는 책이 이십만 권 있다. "
            "박지훈 시장은 도서관의 지붕이 샌다고 말했다."
        ),
        two="시민들이 시립 도서관 앞에서 항의했다. 이들은 박지훈 시장을 만나 도서관을 지켜 달라고 요구했다.",
        shared=("박지훈 시장", "도서관"),
    ),
    "Persian": Sample(
        language="fa",
        one="شهرداری می‌خواهد کتابخانه قدیمی را بفروشد. کتابخانه قدیمی دویست هزار کتاب دارد. سقف کتابخانه چکه می‌کند.",
        two="خوانندگان جلوی کتابخانه قدیمی جمع شدند. آنها می‌خواهند کتابخانه باز بماند.",
        shared=("کتابخانه",),
    ),
    "Georgian, without function words": Sample(
        language="ka",
        one="მერია ძველ ბიბლიოთეკას ყიდის. ბიბლიოთეკა ქალაქის ცენტრშია. ბიბლიოთეკა დიდი ხანია დაკეტილია.",
        two="მკითხველები შეიკრიბნენ. ბიბლიოთეკა, ამბობენ ისინი, ღია უნდა დარჩეს. ბიბლიოთეკა მათია.",
        shared=("ბიბლიოთეკა",),
    ),
}
CASES = pytest.mark.parametrize("sample", SAMPLES.values(), ids=SAMPLES)


def digested(*texts: str, language: str) -> list[list[str]]:
    articles = {f"{number}": an_article(f"{number}", text, language=language) for number, text in enumerate(texts)}
    candidates = {id_: extract(article) for id_, article in articles.items()}
    chosen = select(candidates, articles, full_names(candidates, articles), articles)
    return [[phrase.text for phrase in chosen[id_]] for id_ in articles]


def stands_whole_in(phrase: str, text: str) -> bool:
    """Whether a phrase stands in a text as it is, and no word of it is cut."""
    said, sought = words(text), words(phrase)
    return phrase in text and any(said[at : at + len(sought)] == sought for at in range(len(said)))


@CASES
def test_the_language_is_told(sample: Sample) -> None:
    assert detect_language(sample.one) == sample.language
    assert detect_language(sample.two, "en") == sample.language


@CASES
def test_keyphrases_are_whole_words_of_their_text(sample: Sample) -> None:
    for text in (sample.one, sample.two):
        found = [phrase.text for phrase in extract(an_article("a", text, language=sample.language))]
        assert found
        assert [phrase for phrase in found if not stands_whole_in(phrase, text)] == []
        stop = stop_words(sample.language)
        assert [phrase for phrase in found if {words(phrase)[0], words(phrase)[-1]} & stop] == []
        assert max(len(words(phrase)) for phrase in found) <= 4


@CASES
def test_two_texts_on_one_thing_share_it(sample: Sample) -> None:
    one, two = (
        set(map(normalised_phrase, phrases)) for phrases in digested(sample.one, sample.two, language=sample.language)
    )
    both = one & two
    for phrase in sample.shared:
        assert any(contains(found, normalised_phrase(phrase)) for found in both), (phrase, one, two)


@CASES
def test_letters_in_parts_give_the_same(sample: Sample) -> None:
    composed, parted = (unicodedata.normalize(form, sample.one) for form in ("NFC", "NFD"))
    texts = [clean_line(text) for text in (composed, parted)]
    assert texts[0] == texts[1]
    assert digested(texts[1], clean_line(sample.two), language=sample.language) == digested(
        texts[0], clean_line(sample.two), language=sample.language
    )


MIXTURE = st.lists(
    st.sampled_from(
        [word for sample in SAMPLES.values() for word in words(sample.one)[:12]]
        + [
            "Zürich",
            "COVID-19",
            "U.S.",
            "Björn",
            "Москва",
            "Αθήνα",
            "l'eau",
            "AT&T",
            "5G",
            "क्‍ष",
            "می‌رود",
            "ﬁnance",
            "ＮＡＴＯ",
        ]
    )
    | st.sampled_from(list(" .。،।,!?ー・\n\u200d\u0301'")),
    max_size=60,
)


@example(["ने", ".", "नगर"], "ar", False)  # noqa: FBT003 -- not spaced
@example(["J", ".", "Edgar"], "en", False)  # noqa: FBT003
@given(
    MIXTURE, st.sampled_from([*sorted({sample.language for sample in SAMPLES.values()}), "en", "und"]), st.booleans()
)
def test_no_mixture_of_scripts_gives_a_cut_word(
    pieces: list[str],
    language: str,
    spaced: bool,  # noqa: FBT001 -- drawn
) -> None:
    text = clean_line((" " if spaced else "").join(pieces))
    said = [fold(word) for word in words(text)]
    for phrase in extract(an_article("a", text, language=language)):
        folded = [fold(word) for word in words(phrase.text)]
        assert any(said[at : at + len(folded)] == folded for at in range(len(said))), (phrase.text, text)
        assert join_words(words(phrase.text)).count(" ") <= 4
