"""Sections and stories against the groups that people made, with TF-IDF and KMeans told their number for comparison.

    python -m benchmarks DATA topics

``DATA/cluster/`` holds ``<set>.jsonl.xz`` with ``{id, title, text, label}`` a line. The coarse sets are scored by
section, or by topic in a digest too small for sections; what is in none counts as alone. Stability is the agreement, on
the articles left, with those found when every twentieth is missing.
"""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from statistics import fmean

from scipy.sparse import csr_matrix
from sklearn.cluster import AgglomerativeClustering, KMeans
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import adjusted_mutual_info_score, adjusted_rand_score
from sklearn.metrics.pairwise import linear_kernel

from benchmarks.corpora import article_of, paragraphs_of, rows
from benchmarks.table import Row
from digestgen.analyse.grouping import cluster
from digestgen.analyse.grouping.cluster import Collection, Partition
from digestgen.analyse.grouping.sections import found_sections
from digestgen.analyse.keyphrases.extraction import extract
from digestgen.ingest.own_words import in_own_words
from digestgen.ingest.recurring_lines import find_recurring, lines_of
from digestgen.language.stop_words import stop_words
from digestgen.language.text import straighten, words
from digestgen.model import Article, Keyphrase

COARSE = {"bbc": "en", "ng20": "en", "allsides_topic": "en", "crisis_fr": "fr"}
FINE = {"allsides_story": "en", "wikiref": "en", "frtitles": "fr"}
LEAST_AMI, LEAST_ARI, LEAST_B3, LEAST_STABILITY = 0.66, 0.57, 0.85, 0.95
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
    whole = [article_of(r["id"], paragraphs_of(r["text"]), title=r["title"], language=language) for r in records]
    recurring = find_recurring([lines_of(article.paragraphs) for article in whole])
    articles = [in_own_words(recurring, article) for article in whole]
    true = [record["label"] for record in records]
    keyphrases = keyphrases_of(articles)
    started = time.process_time()
    collection = cluster.collect(articles, keyphrases)
    found = cluster.propose(collection, keyphrases)
    spent = time.process_time() - started
    told = kmeans(articles, language, len(set(true)))
    if task == "stories":
        ours = in_groups(found.stories, articles)
        return {
            ("TF-IDF + KMeans told k", "B³ F1"): b_cubed(true, told)[2],
            ("digestgen", "B³ F1"): b_cubed(true, ours)[2],
            ("digestgen", "CPU seconds"): spent,
        }
    ours = sectioned(collection, found, articles)
    fewer = [article for number, article in enumerate(articles) if number % _EVERY]
    less = cluster.collect(fewer, keyphrases)
    again = sectioned(less, cluster.propose(less, {article.id for article in fewer}), fewer)
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


def in_groups(groups: Iterable[Sequence[str]], articles: Sequence[Article]) -> list[Hashable]:
    """Each article's group; one of its own for an article that is in none."""
    place = {id_: ids[0] for ids in groups for id_ in ids}
    return [place.get(article.id, ("shelf", article.id)) for article in articles]


def sectioned(collection: Collection, found: Partition, articles: Sequence[Article]) -> list[Hashable]:
    """Each article's section, in a digest of many topics; else its topic."""
    if not collection.settings.has_sections(len(found.groups), len(articles) - sum(map(len, found.groups))):
        return in_groups(found.groups, articles)
    topics = {str(number): ids for number, ids in enumerate(found.groups)}
    found_ids = (
        [*section.outside, *(id_ for name in section.topics for id_ in topics[name])]
        for section in found_sections(collection, topics)
    )
    return in_groups(found_ids, articles)


def kmeans(articles: Sequence[Article], language: str, groups: int) -> list[int]:
    """The baseline: TF-IDF of all words but function words, KMeans with the true number of groups."""
    return list(map(int, KMeans(groups, n_init=3, random_state=0).fit_predict(_tf_idf(articles, language))))


def average_linkage(articles: Sequence[Article], language: str, cut: float) -> list[int]:
    """The baseline that is not told the number of groups: average linkage of TF-IDF cosines, cut at a distance."""
    similar = linear_kernel(_tf_idf(articles, language))
    made = AgglomerativeClustering(None, metric="precomputed", linkage="average", distance_threshold=cut)
    return list(map(int, made.fit_predict(1 - similar)))


def _tf_idf(articles: Sequence[Article], language: str) -> csr_matrix:
    stop = stop_words(language)

    def tokens(article: Article) -> list[str]:
        text = "\n".join([article.title if article.titled else "", *article.paragraphs])
        return [word for word in map(str.lower, words(straighten(text))) if word not in stop]

    return TfidfVectorizer(analyzer=tokens, sublinear_tf=True, min_df=2, max_df=0.5).fit_transform(articles)


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
