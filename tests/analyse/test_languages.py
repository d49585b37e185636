from __future__ import annotations

from dataclasses import dataclass

import pytest

from digestgen.analyse.keyphrases.extraction import extract, select
from digestgen.analyse.keyphrases.surnames import full_names
from digestgen.language.detection import detect_language
from digestgen.language.phrases import normalised_phrase
from digestgen.language.stop_words import stop_words
from made import an_article


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """Three short news texts in one language: two on one subject, the third on another."""

    language: str
    one: str
    same: str
    other: str
    names: tuple[str, ...]
    """Names that stand whole among the keyphrases of the first."""


SAMPLES = (
    Sample(
        language="en",
        one=(
            "Mayor Ingrid Halvorsen opened the new ferry terminal in Port Ellery on Monday. The ferry terminal cost "
            "twice as much as planned, and dockers say its cranes cannot lift the heaviest containers. Ingrid "
            "Halvorsen promised an inquiry by the end of the year."
        ),
        same=(
            "Dockers at Port Ellery have stopped work over broken cranes. Their union wants Halvorsen to publish what "
            "the ferry terminal has cost the town. Halvorsen told reporters that auditors were at work in Port Ellery."
        ),
        other=(
            "A beekeeper from Lower Saltham has found a rare orchid in his orchard. Botanists of the Kew Society "
            "confirmed that the ghost orchid had not flowered there for forty years, and fenced the ghost orchid in."
        ),
        names=("Ingrid Halvorsen", "Port Ellery"),
    ),
    Sample(
        language="fr",
        one=(
            "La maire de Sainte-Aubrée, Claire Montferrand, a inauguré lundi la nouvelle ligne de tramway. Les "
            "commerçants du centre redoutent que les travaux de la ligne de tramway durent encore un an. Claire "
            "Montferrand leur a promis des indemnités."
        ),
        same=(
            "À Sainte-Aubrée, les commerçants ont manifesté contre les retards du tramway. Ils demandent à Montferrand "
            "de verser enfin les indemnités promises. La nouvelle ligne de tramway, disent-ils, a vidé les rues."
        ),
        other=(
            "Des pêcheurs du golfe de Varenne ont remonté une amphore romaine. Les archéologues du musée Lescot "
            "croient à une épave, et cherchent d’autres amphores romaines dans le golfe de Varenne."
        ),
        names=("Claire Montferrand",),
    ),
    Sample(
        language="de",
        one=(
            "Bürgermeisterin Hanna Osterfeld hat am Montag das neue Wasserwerk in Bad Lindenau eröffnet. Es "
            "wurde doppelt so teuer wie geplant. Hanna Osterfeld versprach, dass die Gebühren nicht steigen."
        ),
        same=(
            "In Bad Lindenau wächst der Ärger über höhere Gebühren. Eine Bürgerinitiative fordert von Osterfeld, die "
            "Kosten des Wasserwerks offenzulegen. Osterfelds Sprecher verwies auf die Prüfer des Landes."
        ),
        other=(
            "Ein Imker aus Niederwalde hat eine seltene Orchidee gefunden. Botaniker der Leibnitz-Gesellschaft "
            "bestätigten den Fund, denn die Orchidee galt in Niederwalde seit Jahrzehnten als verschwunden."
        ),
        names=("Hanna Osterfeld", "Bad Lindenau"),
    ),
    Sample(
        language="es",
        one=(
            "La alcaldesa Lucía Barrientos inauguró el lunes la planta desaladora de Puerto Salinas. La planta "
            "desaladora costó el doble de lo previsto y los agricultores temen que suba el precio del agua. Lucía "
            "Barrientos prometió una auditoría."
        ),
        same=(
            "Los agricultores de Puerto Salinas protestaron ante el ayuntamiento por el precio del agua. Reclaman a "
            "Barrientos las cuentas de las plantas desaladoras de la comarca. Barrientos respondió que la auditoría "
            "sigue su curso."
        ),
        other=(
            "Unos pescadores del golfo de Almara sacaron del mar un ánfora romana. Los arqueólogos del Museo Naval de "
            "Teruelo creen que hay un barco hundido y buscan más ánforas romanas en el golfo de Almara."
        ),
        names=("Lucía Barrientos", "Puerto Salinas"),
    ),
    Sample(
        language="uk",
        one=(
            "Мерка Ірина Гончаренко відкрила в понеділок новий водогін у Полтаві. Водогін коштував удвічі більше, ніж "
            "обіцяли, а мешканці Полтави чекали на воду два роки. Ірина Гончаренко обіцяє перевірку витрат."
        ),
        same=(
            "Мешканці Полтави вийшли на площу через високі тарифи на воду. Ірина Гончаренко має показати їм, "
            "скільки місто витратило на будівництво водогону. Аудитори вже працюють у Полтаві."
        ),
        other=(
            "Рибалки з Очакова підняли з дна моря давню амфору. Археологи Одеського музею вважають, що поблизу Очакова "
            "лежить затонулий корабель, і шукають інші амфори."
        ),
        names=("Ірина Гончаренко",),
    ),
    Sample(
        language="ru",
        one=(
            "Мэр Андрей Соколовский открыл в понедельник новый водопровод в Вологде. Водопровод обошёлся вдвое дороже, "
            "чем обещали, и жители Вологды ждали воду два года. Андрей Соколовский обещает проверку расходов."
        ),
        same=(
            "В Вологде жители вышли на площадь из-за высоких тарифов на воду. Они требуют от Соколовского показать, "
            "сколько город потратил на строительство водопровода. Аудиторы уже работают в Вологде."
        ),
        other=(
            "Рыбаки из Керчи подняли со дна моря древнюю амфору. Археологи Таврического музея считают, что рядом с "
            "Керчью лежит затонувший корабль, и ищут другие амфоры."
        ),
        names=("Андрей Соколовский",),
    ),
)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.language)
def test_texts_on_one_subject_share_keyphrases_that_can_be_printed(sample: Sample) -> None:
    texts = {"one": sample.one, "same": sample.same, "other": sample.other}
    assert {detect_language(text) for text in texts.values()} == {sample.language}
    articles = {id_: an_article(id_, text, language=sample.language) for id_, text in texts.items()}
    candidates = {id_: extract(article) for id_, article in articles.items()}
    chosen = select(candidates, articles, full_names(candidates, articles), articles)
    printed = {id_: [phrase.text for phrase in phrases] for id_, phrases in chosen.items()}
    assert set(sample.names) <= set(printed["one"])
    folded = {id_: set(map(normalised_phrase, each)) for id_, each in printed.items()}
    assert folded["one"] & folded["same"]
    assert not folded["other"] & (folded["one"] | folded["same"])
    stop = stop_words(sample.language)
    assert not any(
        {text.split()[0].lower(), text.split()[-1].lower()} & stop for each in printed.values() for text in each
    )
