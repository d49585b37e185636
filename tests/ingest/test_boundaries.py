import json
from importlib.resources import files

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digestgen.ingest.splitting.boundary_features import (
    CONTEXT_FEATURES,
    PARAGRAPH_FEATURES,
    TEXT_FEATURES,
    context_features,
    paragraph_features,
    text_features,
)
from digestgen.ingest.splitting.boundary_model import KINDS, WEIGHTS, KindLayer, Layer, Model, predict
from effort import costly
from made import BRIDGE, FOX


def test_there_are_31_features_and_the_weights_know_them_all() -> None:
    assert len(PARAGRAPH_FEATURES) + len(CONTEXT_FEATURES) + len(TEXT_FEATURES) + 1 == 31
    table = json.loads((files("digestgen.ingest.splitting") / WEIGHTS).read_text(encoding="utf-8"))
    for shape in ("terminated", "unterminated"):
        assert set(table["first"][shape]) == {"bias", *PARAGRAPH_FEATURES}
        assert set(table["second"][shape]) == {"bias", *PARAGRAPH_FEATURES, *CONTEXT_FEATURES}
    for kind in KINDS:
        assert set(table["kinds"][kind]) == {"bias", *TEXT_FEATURES}


def test_each_feature_measures_what_it_says() -> None:
    table, unterminated = paragraph_features([*FOX, *BRIDGE], "en")
    column = {name: table[:, index] for index, name in enumerate(PARAGRAPH_FEATURES)}
    assert unterminated.tolist() == [True, False, False, False, True, False, False, False]
    assert int(np.argmin(column["near_cohesion"][1:])) + 1 == 4
    assert int(np.argmin(column["general_cohesion"][1:])) + 1 == 4
    assert column["looks_ahead"][4] > 0
    assert column["after_unterminated"].tolist() == [0, 1, 0, 0, 0, 1, 0, 0]
    assert column["before_unterminated"].tolist() == [0, 0, 0, 1, 0, 0, 0, 0]
    assert column["next_is_longer"][4] > 0
    assert column["size"][0] == pytest.approx(np.log(6))
    assert column["below_heading_size"][0] > 0
    assert column["heading_habit"].tolist() == [0.125] * 8


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("But he said that it was late.", "refers_back"),
        ("“It was late,” she said.", "begins_with_quote"),
        ("Australia: A Pacific power", "label_before_colon"),
    ],
)
def test_openings_are_seen(text: str, name: str) -> None:
    table, _ = paragraph_features(["A bridge opened.", text], "en")
    assert table[:, list(PARAGRAPH_FEATURES).index(name)].tolist() == [0, 1]


@pytest.mark.parametrize(
    "quoted", ["“We have waited long enough,” said the mayor.", "The mayor said: “We have waited.”"]
)
def test_what_stands_under_a_quotation_is_seen(quoted: str) -> None:
    table, _ = paragraph_features(["A bridge opened.", quoted, "The bridge is long."], "en")
    assert table[:, list(PARAGRAPH_FEATURES).index("after_quote")].tolist() == [0, 0, 1]


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        pytest.param("Who pays for the harbour of Halvik?", True, id="one question"),
        pytest.param("Halvik is deep in debt. Who pays for its harbour?", False, id="a question behind a statement"),
        pytest.param("“Who pays for the harbour?”", False, id="a question that somebody asks"),
    ],
)
def test_a_question_may_be_a_heading(text: str, *, heading: bool) -> None:
    _, unterminated = paragraph_features(["A bridge opened.", text], "en")
    assert unterminated.tolist() == [False, heading]


def test_a_paragraph_that_stands_there_twice_is_looked_at_once() -> None:
    notice = "We use your address to send you the newsletters that you have asked for."
    doubled = predict([*FOX, notice, notice.upper()], "en")
    assert doubled.repeats.tolist() == [False] * 5 + [True]
    assert doubled.starts[:5].tolist() == predict([*FOX, notice], "en").starts.tolist()
    assert doubled.starts[5] == 0
    assert predict([notice, notice], "en").single == 1


def test_the_context_features_see_the_habits_of_the_dump() -> None:
    table, unterminated = paragraph_features([*FOX, *BRIDGE], "en")
    chance = np.array([1.0, 0.1, 0.1, 0.1, 0.9, 0.1, 0.1, 0.1])
    column = dict(zip(CONTEXT_FEATURES, context_features(table, unterminated, chance).T, strict=True))
    assert column["odds_of_shape"][4] > column["odds_of_shape"][3]
    assert column["rival"][3] == pytest.approx(0.9)
    assert column["rival"][4] == pytest.approx(0.1)
    assert column["headed_share"][0] > 0.5


def test_general_cohesion_counts_the_words_that_stand_in_every_paragraph() -> None:
    texts = [f"The lighthouse {verb} before winter." for verb in ("cracked", "leaned", "burned", "fell")]
    table, _ = paragraph_features(texts, "en")
    column = {name: table[:, index] for index, name in enumerate(PARAGRAPH_FEATURES)}
    assert column["general_cohesion"][2] > 2 * column["near_cohesion"][2]


def test_the_text_features_see_the_whole() -> None:
    items = ["Ferry captain freed by court in Halvik", "Bakers fear a dearer loaf before winter"]

    def look(texts: list[str], chance: list[float], repeated: int = 0) -> dict[str, float]:
        return dict(
            zip(
                TEXT_FEATURES,
                text_features(paragraph_features(texts, "en")[0], np.array(chance), repeated),
                strict=True,
            )
        )

    listed, article = look(items, [1.0, 0.2], 1), look(FOX, [1.0, 0.01, 0.5, 0.01])
    assert listed["size_spread"] < article["size_spread"]
    assert listed["doubled"] == pytest.approx(np.log(2))
    assert article["doubled"] == 0
    assert article["surest"] == pytest.approx(0.0)
    assert article["surest"] > article["second_surest"] == article["median"]


def test_the_boundary_of_two_articles_is_found() -> None:
    judged = predict([*FOX, *BRIDGE], "en")
    chance = judged.starts
    assert chance[0] == 1
    assert int(np.argmax(chance[1:])) + 1 == 4
    assert chance[4] > 0.8
    assert judged.several > 0.5


def test_one_article_is_one() -> None:
    assert predict(FOX, "en").single > 0.9


@pytest.mark.parametrize("language", ["en", "uk", "xx"])
def test_texts_without_stop_words_or_words_get_probabilities(language: str) -> None:
    chance = predict(["…", "。", "日本の首相は東京で会見した。", "a" * 10_000, "— — —x", "1 2 3"], language).starts
    assert np.isfinite(chance).all()


@costly(0.3)
@given(st.lists(st.text(max_size=60), min_size=1, max_size=12))
def test_probabilities_are_probabilities(texts: list[str]) -> None:
    judged = predict(texts, "en")
    chance = judged.starts
    assert judged.single + judged.several + judged.listed == pytest.approx(1)
    assert len(chance) == len(texts)
    assert ((chance >= 0) & (chance <= 1)).all()
    assert chance[0] == 1


def test_the_model_can_be_given() -> None:
    layers = [
        Layer(np.zeros(2), np.zeros((2, count)))
        for count in (len(PARAGRAPH_FEATURES), len(PARAGRAPH_FEATURES) + len(CONTEXT_FEATURES))
    ]
    kinds = KindLayer(np.log([1.0, 2.0, 1.0]), np.zeros((3, len(TEXT_FEATURES))))
    judged = predict(FOX, "en", Model(*layers, kinds))
    assert judged.starts.tolist() == [1, 0.5, 0.5, 0.5]
    assert (judged.single, judged.several, judged.listed) == pytest.approx((0.25, 0.5, 0.25))
