"""Read the curator's rulings from ``curation.yml``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date

from digestgen import fields, slugs, strict_yaml
from digestgen.curate.rulings.rulings import (
    CRITERIA,
    ArticleRuling,
    EditionRuling,
    Rule,
    Rulings,
    SlugRef,
    TopicRuling,
    creates_topic,
)
from digestgen.errors import InputError, Problem
from digestgen.fields import quoted
from digestgen.language.phrases import Aliases, normalised_phrase
from digestgen.language.text import clean_line, straighten, words
from digestgen.model import Embargo

LONGEST_SUMMARY = 2_000
"""Maximum number of characters."""

_TOPIC_KEYS = ("label", "note", "section", "pin", "hide", "keep", "merge", "apart", "articles", "lead", "order")
_MEMBER_KEYS = ("add", "remove")
_ARTICLE_KEYS = ("title", "published", "summary", "note", "pin", "hide", "publish_on", "moved")
_RULE_KEYS = (*CRITERIA, "hide", "topic")
_EDITION_KEYS = ("title", "letter", "lead", "leave_out", "draft")

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST_SLUG = 100
"""Maximum number of characters; a suffix that makes a slug unique may exceed ``slugs.LONGEST``."""
_LIST_OF_TOPICS = "index"


def read_rulings(text: str, file: str) -> tuple[Rulings, tuple[Problem, ...]]:
    """Parse rulings, and return all problems with them; never raises.

    Every ruling that can be read is kept. One that cannot hides its topic or article until it is fixed: showing it by
    half of the curator's decision could publish what must not be. A broken rule hides what it matches; if its criterion
    cannot be read, it may concern anything. ``file`` is the file's name.
    """
    problems: list[Problem] = []
    try:
        root = strict_yaml.parse(text, file)
    except InputError as error:
        return Rulings(unreadable=True), error.problems
    top = strict_yaml.Fields(root, file, ("topics", "articles", "rules", "editions", "aliases"), problems)
    topics, articles, rules = top.mapping("topics"), top.mapping("articles"), top.entries("rules")
    if top.has("rules") and rules is None and not problems:
        top.report(top.line_of("rules"), "rules: is empty; write a rule below, each with a dash, or remove the line")
    unreadable = bool(problems)
    aliases, alias_lines = _aliases(top, file, problems)
    editions = _editions(top, file, problems)
    read = [_rules(node, file, problems) for node in rules or ()]
    rulings = Rulings(
        topics=_topics(topics, file, problems),
        articles={slug: _article(slug, node, line, file, problems) for slug, (line, node) in articles.items()},
        rules=tuple(rule for found in read for rule in found),
        editions=editions,
        aliases=aliases,
        alias_lines=alias_lines,
        unreadable=unreadable or not all(read),
        statements=tuple(strict_yaml.statements(root)),
    )
    return rulings, InputError(problems).problems


def _aliases(top: strict_yaml.Fields, file: str, problems: list[Problem]) -> tuple[Aliases, dict[str, int]]:
    """Aliases that can be read. They show and hide nothing, so broken ones are only left out."""
    given = top.mapping("aliases")
    entries = strict_yaml.Fields(strict_yaml.Mapping(given, top.line_of("aliases")), file, tuple(given), problems)
    top.refuse_empty("aliases", asked="a name and what else it is called, such as Kyiv: [Kiev]")
    entries.refuse_empty(*given, asked="what else it is called, such as [Kiev]")
    names = {normalised_phrase(name): name for name in given}
    others: dict[str, tuple[str, ...]] = {}
    lines: dict[str, int] = {}
    seen: dict[tuple[str, ...], str] = {}
    for name, (line, node) in given.items():
        single = isinstance(node, strict_yaml.Scalar)
        value = entries.value(name, fields.as_text) if single else None
        texts = ((value, line),) if value is not None else () if single else entries.texts(name)
        kept = []
        for text, at in texts:
            key = normalised_phrase(text)
            if not words(text) or not words(name):
                entries.report(at, f"{name}: {quoted(text)} is no name; write a word or a phrase")
            elif key == normalised_phrase(name):
                entries.report(at, f"{name}: {quoted(text)} is compared as {quoted(name)} anyway; remove it")
            elif key in names:
                entries.report(at, f"{name}: {quoted(text)} has aliases itself; write one of the two names")
            elif key in seen:
                entries.report(at, f"{name}: {quoted(text)} is an alias of {quoted(seen[key])} already; remove one")
            else:
                seen[key] = name
                lines[text] = at
                kept.append(text)
        if kept:
            others[name] = tuple(kept)
    return Aliases(others), lines


def _editions(top: strict_yaml.Fields, file: str, problems: list[Problem]) -> dict[date, EditionRuling]:
    """Rulings on editions, by day. They show and hide no article, so invalid days are only left out."""
    top.refuse_empty("editions", asked="the day of an edition, such as 2026-11-22, with its letter: below")
    found: dict[date, EditionRuling] = {}
    for key, (line, node) in top.mapping("editions").items():
        try:
            day = fields.as_publication_day(key)
        except ValueError as error:
            hint = "; the first edition from that day on takes what you write below it"
            problems.append(Problem(file, line, f"editions: {error}{hint}"))
            continue
        if day in found:
            problems.append(Problem(file, line, f"{day} stands here twice (first in line {found[day].line})"))
            continue
        found[day] = _edition(key, node, line, file, problems)
    return found


def _edition(key: str, node: strict_yaml.Node, line: int, file: str, problems: list[Problem]) -> EditionRuling:
    before = len(problems)
    entry = _fields(node, line, file, _EDITION_KEYS, problems)
    _report_empty(entry, key, node, line)
    title, letter = entry.value("title", fields.as_text), entry.value("letter", fields.as_prose)
    lead, leave_out = _one_or_several(node, entry, "lead"), _one_or_several(node, entry, "leave_out")
    draft = entry.value("draft", fields.as_flag)
    unreadable = len(problems) > before
    return EditionRuling(
        line=line,
        title=title,
        letter=letter,
        lead=_named(lead),
        leave_out=_named(leave_out),
        draft=unreadable or bool(draft),
        unreadable=unreadable,
    )


def _one_or_several(node: strict_yaml.Node, entry: strict_yaml.Fields, key: str) -> tuple[tuple[str, int], ...]:
    """A text or a list of texts, with lines."""
    _, given = node.entries.get(key, (0, None)) if isinstance(node, strict_yaml.Mapping) else (0, None)
    if isinstance(given, strict_yaml.Scalar):
        text = entry.value(key, fields.as_text)
        return () if text is None else ((text, given.line),)
    return entry.texts(key)


def _topics(
    entries: Mapping[str, tuple[int, strict_yaml.Node]], file: str, problems: list[Problem]
) -> dict[str, TopicRuling]:
    """Rulings on topics, except those that would create one under an invalid name."""
    topics = {}
    for slug, (line, node) in entries.items():
        ruling = _topic(slug, node, line, file, problems)
        if creates_topic(ruling) and (wrong := _slug_problem(slug)):
            problems.append(Problem(file, line, wrong))
        else:
            topics[slug] = ruling
    return topics


def _slug_problem(slug: str) -> str | None:
    """Problem with the slug of a topic to be created, if any."""
    if slug == _LIST_OF_TOPICS:
        return f"{quoted(slug)} is the address of the list of topics; give the topic another name"
    if _SLUG.fullmatch(slug) and len(slug) <= _LONGEST_SLUG:
        return None
    better = slugs.slug(slug[:_LONGEST_SLUG])
    hint = f", such as {better}" if better else ""
    return f"{quoted(slug)} cannot stand in an address; name the topic in small letters, digits and hyphens{hint}"


def _topic(slug: str, node: strict_yaml.Node, line: int, file: str, problems: list[Problem]) -> TopicRuling:
    before = len(problems)
    entry = _fields(node, line, file, _TOPIC_KEYS, problems)
    _report_empty(entry, slug, node, line)
    members = strict_yaml.Mapping(entry.mapping("articles"), entry.line_of("articles"))
    articles = _fields(members, members.line, file, _MEMBER_KEYS, problems)
    label, note = entry.value("label", fields.as_text), entry.value("note", fields.as_prose)
    section = entry.value("section", fields.as_text)
    pin, hide, keep = (entry.value(key, fields.as_flag) for key in ("pin", "hide", "keep"))
    merge, apart, order = entry.texts("merge"), entry.texts("apart"), entry.texts("order")
    add, remove = articles.texts("add"), articles.texts("remove")
    lead = entry.value("lead", fields.as_text)
    unreadable = len(problems) > before
    return TopicRuling(
        line=line,
        label=label,
        note=note,
        section=section,
        pin=pin or False,
        hide=unreadable or hide,
        keep=keep or False,
        merge=_named(merge),
        apart=_named(apart),
        add=_named(add),
        remove=_named(remove),
        lead=None if lead is None else SlugRef(lead, entry.line_of("lead")),
        order=_named(order),
        unreadable=unreadable,
    )


def _article(slug: str, node: strict_yaml.Node, line: int, file: str, problems: list[Problem]) -> ArticleRuling:
    before = len(problems)
    entry = _fields(node, line, file, _ARTICLE_KEYS, problems)
    _report_empty(entry, slug, node, line)
    title, published = entry.value("title", fields.as_text), entry.value("published", fields.as_date)
    summary, note = entry.value("summary", _as_summary), entry.value("note", fields.as_prose)
    pin, hide = entry.value("pin", fields.as_flag), entry.value("hide", fields.as_flag)
    publish_on = entry.value("publish_on", fields.as_publication_day)
    moved = entry.value("moved", fields.as_text)
    unreadable = len(problems) > before
    return ArticleRuling(
        line=line,
        title=title,
        published=published,
        summary=summary,
        note=note,
        pin=pin or False,
        hide=unreadable or hide,
        publish_on=None if publish_on is None else Embargo(publish_on, file, entry.line_of("publish_on")),
        moved=None if moved is None else SlugRef(moved, entry.line_of("moved")),
        unreadable=unreadable,
    )


def _rules(node: strict_yaml.Node, file: str, problems: list[Problem]) -> tuple[Rule, ...]:
    """Rules of an entry: usually one; one per criterion if there are several; none if a criterion cannot be read."""
    before = len(problems)
    entry = _fields(node, node.line, file, _RULE_KEYS, problems)
    given = [key for key in CRITERIA if entry.has(key)]
    decided = [key for key in ("hide", "topic") if entry.has(key)]
    if not given and len(problems) == before:
        entry.report(node.line, "does not say what it is about; add keyword:, source: or feed:")
    elif len(given) > 1:
        entry.report(node.line, f"goes by {_joined(given)}; write a rule for each")
    if given and not decided:
        entry.report(node.line, "does not say what is to be done; add hide: true, hide: false or topic:")
    elif len(decided) > 1:
        entry.report(node.line, f"has {_joined(decided)}; write a rule for each")
    keyword, source = entry.value("keyword", _as_keyword), entry.value("source", fields.as_text)
    feed, topic = entry.value("feed", fields.as_text), entry.value("topic", fields.as_text)
    hide = entry.value("hide", fields.as_flag)
    alone = (
        (keyword, Rule(node.line, keyword=keyword, hide=True, unreadable=True)),
        (source, Rule(node.line, source=source, hide=True, unreadable=True)),
        (feed, Rule(node.line, feed=feed, hide=True, unreadable=True)),
    )
    understood = tuple(rule for value, rule in alone if value is not None)
    if not given or len(understood) < len(given):
        return ()
    if len(problems) > before:
        return understood
    sent = None if topic is None else SlugRef(topic, entry.line_of("topic"))
    return (Rule(node.line, keyword, source, feed, hide, sent),)


def _joined(keys: Iterable[str]) -> str:
    return " and ".join(f"{key}:" for key in keys)


def _report_empty(entry: strict_yaml.Fields, slug: str, node: strict_yaml.Node, line: int) -> None:
    """Report a ruling with nothing below it, which may mean that the file was truncated."""
    if node in (strict_yaml.Scalar(None, node.line), strict_yaml.Mapping({}, node.line)):
        entry.report(line, f"{quoted(slug)} says nothing; write what you decide about it, or remove it")


def _fields(
    node: strict_yaml.Node, line: int, file: str, known: tuple[str, ...], problems: list[Problem]
) -> strict_yaml.Fields:
    """Fields of a mapping; keys without value are reported, since they decide nothing."""
    if node == strict_yaml.Scalar(None, node.line):
        node = strict_yaml.Mapping({}, line)
    entry = strict_yaml.Fields(node, file, known, problems)
    entry.refuse_empty(*known, asked="what is decided")
    return entry


def _named(texts: tuple[tuple[str, int], ...]) -> tuple[SlugRef, ...]:
    return tuple(SlugRef(slug, line) for slug, line in texts)


def _as_summary(value: str) -> str:
    if len(value) > LONGEST_SUMMARY:
        raise ValueError(f"is {len(value):,} characters long; {LONGEST_SUMMARY:,} are the most")
    return clean_line(fields.as_prose(value))


def _as_keyword(value: str) -> str:
    text = fields.as_text(value)
    if not words(straighten(unicodedata.normalize("NFKC", text))):
        raise ValueError(f"{quoted(text)} has no word in it")
    return text
