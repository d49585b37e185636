// @ts-check
/**
 * The reader's search. Until it is first opened this script is all that is loaded of it; then come its stylesheet,
 * Pagefind, the list of words, and of both what a query needs. All that it shows is set as text, never as markup.
 */

import { counted, day as named, number, or, say } from "./say.js";

/**
 * @typedef {{ raw_url: string, content: string, locations: number[], meta: Record<string, string>,
 *   filters: Record<string, string[]> }} Page what the index holds of a page, and which of its words were found
 * @typedef {{ results: { id: string, data: () => Promise<Page> }[], filters: Record<string, Record<string, number>> }} Answer
 * @typedef {{ options: (options: object) => Promise<void>, init: () => Promise<void>,
 *   destroy: () => Promise<void>, filters: () => Promise<Record<string, Record<string, number>>>,
 *   search: (words: string, options: { filters: Record<string, string> }) => Promise<Answer> }} Pagefind
 * @typedef {typeof import("./words.js")} Words
 * @typedef {{ pagefind: Pagefind, words: Words, list: Awaited<ReturnType<Words["wordList"]>> }} Engine
 */

const SITE = new URL("..", import.meta.url);
const FILTERS = ["topic", "source", "year"];
const SHOWN = 8; // results at a time
const EXCERPT = 36; // words
const EXCERPT_UNSPACED = 100; // characters, each of which is a word there
const PAUSE = 120; // milliseconds without a key, after which what was typed is searched
/** What a word counts for by where it stands. Only topics have a label, so that they lead when asked by their name. */
const WEIGHTS = { label: 10, title: 5, keyphrases: 2, former: 1, source: 1, topic: 0.5, day: 0.1 };
const KINDS = { topics: say("Topic"), articles: say("Article") };
const NAMES = { topic: say("Topic"), source: say("Source"), year: say("Year") };

const button = /** @type {HTMLButtonElement} */ (document.querySelector(".digest-search"));
/** @type {Promise<Engine> | undefined} */
let engine;
let failures = 0;
let turn = 0; // of the latest search: whatever an older one still brings is dropped
let latest = Promise.resolve();
let timer = 0;
/** @type {(words: string[], locations: number[]) => number[]} */
let places = (_, locations) => locations; // where in a result's text the words stand that were asked
let literal = ""; // the query that shall be searched as it was typed
/** @type {Answer["results"]} */
let found = [];

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag @param {Partial<HTMLElementTagNameMap[Tag]>} properties @param {(Node | string)[]} children
 */
function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

const input = make("input", {
  type: "search", name: "q", placeholder: say("Search topics and articles"), autocomplete: "off", spellcheck: false,
  enterKeyHint: "search", maxLength: 200, ariaLabel: say("Search topics and articles"),
});
const selects = FILTERS.map((name) => make("select", { name }));
const filters = make("div", { className: "filters", hidden: true }, ...selects.map((select) =>
  make("label", {}, make("span", { textContent: NAMES[/** @type {keyof NAMES} */ (select.name)] }), select)));
const status = make("p", { className: "status", role: "status" });
const remedy = make("button", { type: "button", className: "remedy", hidden: true });
const list = make("ol", { className: "results", role: "list" });
const more = make("button", { type: "button", className: "more", textContent: say("Show more"), hidden: true });
const close = make("button", { type: "button", textContent: say("Close") });
const form = make("form", { role: "search" }, make("div", { className: "field" }, input, close), filters);
const dialog = make("dialog", { className: "digest-finder", ariaLabel: say("Search") },
  make("div", {}, form, make("div", { className: "scroll" }, status, remedy, list, more)));

/** @returns {Promise<Engine>} */
function load() {
  // Browsers may remember that a module failed under its address.
  const again = failures ? `?${failures}` : "";
  engine ??= Promise.all([
    import(new URL(`pagefind/pagefind.js${again}`, SITE).href).then(async (pagefind) => {
      await pagefind.options({ ranking: { metaWeights: WEIGHTS } });
      await pagefind.init(); // which loads the rest while the first word is typed
      return pagefind;
    }),
    import(new URL(`words.js${again}`, import.meta.url).href).then(async (words) =>
      [words, await words.wordList(new URL("pagefind/", SITE))]),
  ]).then(([pagefind, [words, list]]) => ({ pagefind, words, list }));
  return engine;
}

function open() {
  load(); // under way while the dialog is laid out
  if (!dialog.isConnected) {
    const styles = make("link", { rel: "stylesheet", href: new URL("search.css", import.meta.url).href });
    styles.onload = styles.onerror = () => dialog.classList.add("styled");
    document.head.append(styles);
    document.body.append(dialog);
  }
  if (!dialog.open) dialog.showModal();
  input.focus();
  search();
}

/** Search for what is asked now. */
function search() {
  clearTimeout(timer);
  const asked = Object.fromEntries([input, ...selects].map(({ name, value }) => [name, value.trim()]));
  remember(asked);
  list.ariaBusy = "true";
  latest = answer(++turn, asked);
}

/** @param {Record<string, string>} values what the address shall say, so that it can be shared and come back to */
function remember(values) {
  const address = new URL(location.href);
  for (const name of ["q", ...FILTERS]) {
    if (values[name]) address.searchParams.set(name, values[name]);
    else address.searchParams.delete(name);
  }
  if (address.href !== location.href) history.replaceState(history.state, "", address);
}

/** @param {number} mine @param {Record<string, string>} asked */
async function answer(mine, { q: query, ...values }) {
  const chosen = Object.fromEntries(Object.entries(values).filter(([, value]) => value));
  const narrowed = Object.keys(chosen).length > 0;
  try {
    const loaded = await load();
    // Of a single letter, and of nothing, Pagefind would load a large part of the index.
    const words = query.normalize("NFC").replace(/(^|\s)[a-z]$/i, "");
    // Most queries hold no unknown word, and need not wait to be told so.
    const [unknown, direct] = words
      ? await Promise.all([loaded.list.unknown(words, (part) => finds(loaded.pagefind, part)), look(loaded, words, chosen)])
      : [[], []];
    const meant = replaced(words, unknown);
    const asked = words && !(unknown.length && literal === query) ? meant : "";
    const results = asked && unknown.length ? await look(loaded, asked, chosen) : asked ? direct : [];
    const pages = await Promise.all(results.slice(0, SHOWN).map((result) => result.data()));
    if (mine !== turn) return;
    found = results;
    places = (texts, locations) => loaded.words.places(texts, locations, asked);
    list.replaceChildren(...pages.map(item));
    mark();
    more.hidden = found.length <= pages.length;
    if (!words) tell(say("Words are found in titles, summaries and keyphrases; \"words in quotes\" just as they stand."));
    else if (unknown.length) correct(query, unknown, meant, asked);
    else if (!found.length) tell(say("Nothing found for “{query}”.", { query }));
    else tell(counted("{n} result", "{n} results", found.length));
    if (asked && !found.length && narrowed) offer(say("Search without filters"), clear);
    // Of several searches at once, no filter could be counted.
    const { ranked, demanded } = loaded.words.searches(asked);
    const told = demanded.length ? (loaded.words.isRun(asked) ? demanded[0] : "") : ranked;
    filters.hidden = !told && !narrowed;
    // The results are painted before the counting.
    await new Promise((painted) => { requestAnimationFrame(() => setTimeout(painted)); });
    if (told && mine === turn) await count(mine, loaded.pagefind, told, chosen);
  } catch (error) {
    if (mine !== turn) return;
    console.warn("Search:", error);
    found = [];
    list.replaceChildren();
    more.hidden = true;
    tell(say("The search could not be loaded: the connection failed, or this copy of the site has no search index."));
    offer(say("Try again"), retry);
  }
  if (mine === turn) list.ariaBusy = "false";
}

/** @param {Pagefind} pagefind @param {string} words */
async function finds(pagefind, words) {
  return (await pagefind.search(words, { filters: {} })).results.length > 0;
}

/**
 * What answers a query, the topics first that it names.
 * @param {Engine} engine @param {string} query @param {Record<string, string>} chosen
 */
async function look({ pagefind, words, list }, query, chosen) {
  const { ranked, demanded } = words.searches(query);
  const answers = await Promise.all([ranked, ...demanded].map((part) => pagefind.search(part, { filters: chosen })));
  const [first, ...others] = answers.map(({ results }) => results);
  const ids = others.map((results) => new Set(results.map(({ id }) => id)));
  const all = new Map(first.filter(({ id }) => ids.every((held) => held.has(id))).map((result) => [result.id, result]));
  const named = list.named(query).filter((id) => all.has(id));
  return [...new Set([...named, ...all.keys()])].flatMap((id) => all.get(id) ?? []);
}

/**
 * The query with the words that are meant in the place of those that nothing says; empty where one has none.
 * @param {string} query @param {import("./words.js").Unknown[]} unknown
 */
function replaced(query, unknown) {
  if (unknown.some(({ near }) => !near.length)) return "";
  const meant = new Map(unknown.map(({ word, near }) => [word, near[0]]));
  return query.replace(/[^\s"“”]+/gu, (word) => meant.get(word) ?? word);
}

/**
 * Say which words nothing says, and what was searched instead or can be.
 * @param {string} query @param {import("./words.js").Unknown[]} unknown @param {string} meant @param {string} asked
 */
function correct(query, unknown, meant, asked) {
  const words = or(unknown.map(({ word }) => say("“{word}”", { word })));
  const none = say("No article says {words}.", { words });
  const lost = new Set(unknown.map(({ word }) => word));
  const rest = query.split(/[\s"“”]+/).filter((word) => /[\p{L}\p{N}]{2}/u.test(word) && !lost.has(word)).join(" ");
  if (asked && found.length) tell([none, say("Showing results for “{query}”.", { query: meant })].join(" "));
  else if (asked) tell([none, say("Nothing found for “{query}” either.", { query: meant })].join(" "));
  else tell([none, meant ? say("Did you mean “{query}”?", { query: meant }) : say("Try another spelling, or fewer words.")].join(" "));
  if (asked) offer(say("Search for “{query}” as typed", { query }), () => searchLiterally(query));
  else if (meant || rest) offer(say("Search for “{query}”", { query: meant || rest }), () => searchFor(meant || rest));
}

/** @param {string} query */
function searchLiterally(query) {
  literal = query;
  input.focus();
  search();
}

/** @param {string} query */
function searchFor(query) {
  input.value = query;
  input.focus();
  search();
}

/**
 * Say at each filter how many results each of its values would leave of those that the other filters let through.
 * @param {number} mine @param {Pagefind} pagefind @param {string} words @param {Record<string, string>} chosen
 */
async function count(mine, pagefind, words, chosen) {
  const all = await pagefind.filters();
  for (const select of selects) {
    const { [select.name]: value = "", ...others } = chosen;
    const counts = (await pagefind.search(words, { filters: others })).filters[select.name] ?? {};
    if (mine !== turn) return;
    const values = Object.entries(counts).filter(([name, number]) => name && (number || name === value));
    if (value && !(value in counts)) values.push([value, 0]);
    values.sort(select.name === "year" ? ([one], [other]) => other.localeCompare(one)
      : ([one, few], [other, many]) => many - few || one.localeCompare(other));
    const options = values.map(([name, results]) => new Option(`${name} (${number(results)})`, name));
    select.replaceChildren(new Option(say("All"), ""), ...options);
    select.value = value;
    /** @type {HTMLElement} */ (select.parentElement).hidden = !value && !Object.keys(all[select.name] ?? {}).some(Boolean);
  }
  filters.hidden = selects.every((select) => select.parentElement?.hidden);
}

/**
 * A text as words, and what stands behind each.
 * @param {string} text in a script without spaces, words end at word joiners
 */
function parted(text) {
  return { words: text.split(/[\s\u2060]+/), gaps: (text.match(/[\s\u2060]+/g) ?? []).map((gap) => (gap === "\u2060" ? "" : " ")) };
}

/** Mark the results that were read; what keeps their script from loading takes nothing from the search. */
const mark = () => import("./visits.js").then(({ markRead }) => markRead(list), () => undefined);

/** @param {Page} page */
function item({ raw_url, content, locations, meta, filters: { language } }) {
  const title = parted(meta.title);
  const text = parted(content);
  const hits = places(text.words, locations);
  const kind = KINDS[/** @type {keyof KINDS} */ (raw_url.split("/")[1])] ?? say("Page");
  const day = meta.day && named(meta.day);
  const facts = [kind, meta.source, day, meta.topic].filter(Boolean).join(" · ");
  const size = text.gaps.includes("") ? EXCERPT_UNSPACED : EXCERPT;
  // The text of a page starts with its title, which stands there already.
  const first = start(title.words.length, text.words.length, hits, size);
  const excerpt = make("p", { className: "excerpt" }, ...marked(text, new Set(hits), first, first + size));
  if (first > title.words.length) excerpt.prepend("… ");
  if (first + size < text.words.length) excerpt.append(" …");
  const link = make("a", { href: new URL(`.${raw_url}`, SITE).href }, ...marked(title, new Set(hits), 0, title.words.length));
  for (const text of [link, excerpt]) Object.assign(text, { lang: language?.[0] ?? document.documentElement.lang, dir: "auto" });
  return make("li", {}, link, make("p", { className: "facts", textContent: facts }), excerpt);
}

/**
 * Where the excerpt starts: at the text's beginning, or shortly before where most of the words found stand together.
 * @param {number} beginning @param {number} end @param {number[]} locations @param {number} size
 */
function start(beginning, end, locations, size) {
  const hits = [...new Set(locations)].filter((place) => place >= beginning).sort((one, other) => one - other).slice(0, 200);
  const near = (/** @type {number} */ place) => hits.filter((hit) => hit >= place && hit < place + size / 2).length;
  const densest = hits.reduce((best, place) => (near(place) > near(best) ? place : best), hits[0] ?? beginning);
  const first = Math.min(densest - 6, end - size);
  return first - beginning < size / 3 ? beginning : first;
}

/**
 * Some of the words as text, those that were found in marks.
 * @param {{ words: string[], gaps: string[] }} text @param {Set<number>} hits @param {number} from @param {number} to
 */
function marked({ words, gaps }, hits, from, to) {
  /** @type {(Node | string)[]} */
  const nodes = [];
  words.slice(from, to).forEach((word, further) => {
    const [place, last] = [from + further, nodes.at(-1)];
    const gap = further ? gaps[place - 1] : "";
    if (!hits.has(place)) nodes.push(gap, word);
    else if (further && !gap && last instanceof Element) last.append(word); // one mark for a run of characters
    else nodes.push(gap, make("mark", { textContent: word }));
  });
  return nodes;
}

/** @param {string} text */
function tell(text) {
  remedy.hidden = true;
  status.textContent = text;
}

/** @param {string} name @param {() => void} act */
function offer(name, act) {
  Object.assign(remedy, { textContent: name, hidden: false, onclick: act });
}

function clear() {
  for (const select of selects) select.value = "";
  input.focus();
  search();
}

async function retry() {
  input.focus();
  tell(say("Loading…"));
  await engine?.then(({ pagefind }) => pagefind.destroy()).catch(() => undefined);
  engine = undefined;
  failures += 1;
  search();
}

async function showMore() {
  const place = list.children.length;
  const pages = await Promise.all(found.slice(place, place + SHOWN).map((result) => result.data()));
  if (place !== list.children.length) return;
  list.append(...pages.map(item));
  mark();
  more.hidden = found.length <= list.children.length;
  links()[place]?.focus();
}

const links = () => [...list.querySelectorAll("a")];

input.addEventListener("input", () => {
  literal = "";
  list.ariaBusy = "true";
  clearTimeout(timer);
  timer = window.setTimeout(search, PAUSE);
});
filters.addEventListener("change", search);
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  search();
  await latest;
  links()[0]?.focus();
});
more.addEventListener("click", showMore);
close.addEventListener("click", () => dialog.close());
dialog.addEventListener("close", () => {
  clearTimeout(timer);
  turn += 1;
  remember({});
});
dialog.addEventListener("click", (event) => {
  if (event.target === dialog) dialog.close();
});
dialog.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    event.preventDefault(); // where it would only empty the field
    dialog.close();
  }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || event.target instanceof HTMLSelectElement) return;
  event.preventDefault();
  const stops = [input, ...(remedy.hidden ? [] : [remedy]), ...links(), ...(more.hidden ? [] : [more])];
  const place = stops.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  stops[Math.max(0, Math.min(place + step, stops.length - 1))].focus();
});
document.addEventListener("keydown", (event) => {
  const typing = event.target instanceof Element && event.target.closest("input, textarea, select, [contenteditable]");
  const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !typing;
  const k = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
  if (!slash && !k) return;
  event.preventDefault();
  open();
  input.select();
});
button.addEventListener("click", open);
button.hidden = false;

const address = new URLSearchParams(location.search);
if (["q", ...FILTERS].some((name) => address.get(name))) {
  input.value = address.get("q") ?? "";
  for (const select of selects) {
    const value = address.get(select.name);
    if (value) select.append(new Option(value, value, true, true));
  }
  open();
}
