"""Topics and stories against the groups that people made, with TF-IDF and KMeans told their number for comparison.

    python -m benchmarks DATA topics

``DATA/cluster/`` holds ``<set>.jsonl.xz`` with ``{id, title, text, label}`` a line. What is on the shelf counts as
alone. Stability is the agreement, on the articles left, of the topics with those found when every twentieth is missing.
"""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from statistics import fmean

from sklearn.cluster import KMeans
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import adjusted_mutual_info_score, adjusted_rand_score

from benchmarks.corpora import article_of, paragraphs_of, rows
from benchmarks.table import Row
from digestgen.analyse import cluster
from digestgen.analyse.keyphrases import extract
from digestgen.model import Article, Grouping, Keyphrase
from digestgen.stopwords import stop_words
from digestgen.text import straighten, words

COARSE = {"bbc": "en", "ng20": "en", "allsides_topic": "en", "crisis_fr": "fr"}
FINE = {"allsides_story": "en", "wikiref": "en", "frtitles": "fr"}
LEAST_AMI, LEAST_ARI, LEAST_B3, LEAST_STABILITY = 0.65, 0.55, 0.85, 0.95
_EVERY = 20


def measure(data: Path) -> list[Row]:
    """AMI, ARI and stability of topics on the coarse sets, B³ F1 of stories on the fine ones, each with its mean."""
    table: list[Row] = []
    for sets, task in ((COARSE, "topics"), (FINE, "stories")):
        found: dict[tuple[str, str], list[float]] = defaultdict(list)
        for name, language in sets.items():
            for (system, metric), value in _figures(data, name, language, task).items():
                found[system, metric].append(value)
                table.append(Row(task, name, system, metric, value))
        targets = {"AMI": LEAST_AMI, "ARI": LEAST_ARI, "B³ F1": LEAST_B3, "AMI with 5% dropped": LEAST_STABILITY}
        for (system, metric), values in found.items():
            target = targets.get(metric) if system == "digestgen" else None
            table.append(Row(task, "mean", system, metric, fmean(values), target))
    return table


def _figures(data: Path, name: str, language: str, task: str) -> Mapping[tuple[str, str], float]:
    records = rows(data / "cluster", name)
    articles = [article_of(r["id"], paragraphs_of(r["text"]), title=r["title"], language=language) for r in records]
    true = [record["label"] for record in records]
    keyphrases = keyphrases_of(articles)
    started = time.process_time()
    grouping = cluster.group(articles, keyphrases)
    spent = time.process_time() - started
    told = kmeans(articles, language, len(set(true)))
    if task == "stories":
        ours = placed(grouping, articles, stories=True)
        return {
            ("TF-IDF + KMeans told k", "B³ F1"): b_cubed(true, told)[2],
            ("digestgen", "B³ F1"): b_cubed(true, ours)[2],
            ("digestgen", "CPU seconds"): spent,
        }
    ours = placed(grouping, articles)
    fewer = [article for number, article in enumerate(articles) if number % _EVERY]
    again = placed(cluster.group(fewer, keyphrases), fewer)
    kept = [group for number, group in enumerate(ours) if number % _EVERY]
    return {
        ("TF-IDF + KMeans told k", "AMI"): _ami(true, told),
        ("TF-IDF + KMeans told k", "ARI"): float(adjusted_rand_score(true, told)),
        ("digestgen", "AMI"): _ami(true, ours),
        ("digestgen", "ARI"): float(adjusted_rand_score(_numbers(true), _numbers(ours))),
        ("digestgen", "AMI with 5% dropped"): _ami(kept, again),
        ("digestgen", "CPU seconds"): spent,
    }


def keyphrases_of(articles: Sequence[Article]) -> dict[str, tuple[Keyphrase, ...]]:
    """Each article's candidates, extracted on all cores."""
    with ProcessPoolExecutor() as pool:
        found = pool.map(extract, articles, chunksize=32)
        return {article.id: phrases for article, phrases in zip(articles, found, strict=True)}


def placed(grouping: Grouping, articles: Sequence[Article], *, stories: bool = False) -> list[Hashable]:
    """Each article's group, or its story; one of its own for an article on the shelf."""
    place: dict[str, Hashable] = {}
    for group in grouping.groups.values():
        for part in group.stories if stories else (group.articles,):
            place.update(dict.fromkeys(part, part[0]))
    return [place.get(article.id, ("shelf", article.id)) for article in articles]


def kmeans(articles: Sequence[Article], language: str, groups: int) -> list[int]:
    """The baseline: TF-IDF of all words but function words, KMeans with the true number of groups."""
    stop = stop_words(language)

    def tokens(article: Article) -> list[str]:
        text = "\n".join([article.title if article.titled else "", *article.paragraphs])
        return [word for word in map(str.lower, words(straighten(text))) if word not in stop]

    vectors = TfidfVectorizer(analyzer=tokens, sublinear_tf=True, min_df=2, max_df=0.5)
    return KMeans(groups, n_init=3, random_state=0).fit_predict(vectors.fit_transform(articles)).tolist()


def b_cubed(true: Sequence[Hashable], found: Sequence[Hashable]) -> tuple[float, float, float]:
    """B³ precision, recall and F1 (Bagga and Baldwin 1998), the mean over articles."""
    both, size_true, size_found = Counter(zip(true, found, strict=True)), Counter(true), Counter(found)
    precision = sum(count**2 / size_found[mine] for (_, mine), count in both.items()) / len(true)
    recall = sum(count**2 / size_true[label] for (label, _), count in both.items()) / len(true)
    return precision, recall, 2 * precision * recall / (precision + recall)


def _ami(first: Sequence[Hashable], second: Sequence[Hashable]) -> float:
    return float(adjusted_mutual_info_score(_numbers(first), _numbers(second)))


def _numbers(labels: Sequence[Hashable]) -> list[int]:
    number: dict[Hashable, int] = {}
    return [number.setdefault(label, len(number)) for label in labels]
