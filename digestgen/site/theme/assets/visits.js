// @ts-check
/**
 * Since you were here: what this browser remembers of its reader, and sends nowhere. Whatever fails, the page stays as
 * it is. What is remembered may be anybody's writing, so it is checked, and set as text, never as markup.
 */

import { counted, day as named, number as written, say } from "./say.js";

/** @typedef {{ version: 1, seen: string, read: string[], topics: [slug: string, label: string][] }} Memory */
/** @typedef {{ editions: { number: number, day: string, articles: number }[], topics: Record<string, number> }} News */

const SITE = new URL("..", import.meta.url);
const KEY = `digest-visits:${SITE.pathname}`; // one host may hold several digests
const ARTICLE = /^(?:articles|stories)\/([a-z0-9-]+)\/(?:$|[?#])/;
const TOPIC = /^topics\/([a-z0-9-]+)\/(?:$|[?#])/;
const MOST_READ = 2000;
const MOST_FOLLOWED = 100;
const LINKS = 5; // to editions

const page = document.querySelector("article.digest");
const edition = page instanceof HTMLElement && isDay(page.dataset.edition) ? page.dataset.edition : "";
/** @type {Promise<News> | undefined} */
let news;

/** @param {unknown} value @returns {value is string} */
function isDay(value) {
  return typeof value === "string" && /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value));
}

/** @param {unknown} value */
const isSlug = (value) => typeof value === "string" && /^[a-z0-9-]{1,120}$/.test(value);
/** @param {any} value */
const list = (value) => (Array.isArray(value) ? value : []);

/** @returns {Memory} */
function recall() {
  let kept;
  try {
    kept = JSON.parse(localStorage.getItem(KEY) ?? "null");
  } catch { /* nothing is remembered */ }
  if (kept?.version !== 1) kept = {};
  const topics = list(kept.topics).filter((topic) => isSlug(topic?.[0]) && typeof topic[1] === "string");
  return {
    version: 1,
    seen: isDay(kept.seen) ? kept.seen : "",
    read: list(kept.read).filter(isSlug).slice(-MOST_READ),
    topics: topics.slice(-MOST_FOLLOWED).map(([slug, label]) => [slug, label.slice(0, 200)]),
  };
}

/** @param {Partial<Memory>} changes @returns whether they are kept */
function remember(changes) {
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...recall(), ...changes }));
    return true;
  } catch {
    return false;
  }
}

/**
 * The edition seen last before this visit, which lasts as long as the tab, or until the next edition.
 * @param {string} seen
 */
function before(seen) {
  try {
    const [shown, last] = list(JSON.parse(sessionStorage.getItem(KEY) ?? "null"));
    if (shown === edition && (last === "" || isDay(last))) return last;
    sessionStorage.setItem(KEY, JSON.stringify([edition, seen]));
  } catch { /* then each page is a visit */ }
  return seen;
}

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag @param {Partial<HTMLElementTagNameMap[Tag]>} properties @param {(Node | string)[]} children
 */
function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

/** @param {string} textContent for those who listen */
const unseen = (textContent) => make("span", { className: "digest-unseen", textContent });
/** @param {string} path @param {string} textContent */
const link = (path, textContent) => make("a", { href: new URL(path, SITE).href, textContent });
/** @param {(Node | string)[]} items */
const dotted = (items) => items.flatMap((item, place) => (place ? [" · ", item] : [item]));

/** @param {string} address @param {RegExp} kind @returns the slug in an address of this site */
function slugIn(address, kind) {
  return address.startsWith(SITE.href) ? address.slice(SITE.href.length).match(kind)?.[1] ?? "" : "";
}

/** @param {Element | null} within whose links to what was read are marked; those with a name of their own are not */
export function markRead(within = page) {
  const read = new Set(recall().read);
  for (const found of within?.querySelectorAll("a[href]:not([aria-label])") ?? []) {
    if (!(found instanceof HTMLAnchorElement)) continue; // in the drawing of the map
    const known = read.has(slugIn(found.href, ARTICLE));
    if (known === found.classList.contains("digest-read")) continue;
    found.classList.toggle("digest-read", known);
    if (known) found.append(unseen(" " + say("(read)")));
    else found.querySelector(".digest-unseen")?.remove();
  }
}

/** @returns {Promise<News>} */
function load() {
  news ??= fetch(new URL("editions/index.json", SITE), { cache: "no-cache" }).then((answer) => answer.json());
  return news;
}

/** Above the latest edition: what came since the last visit, and what is new in followed topics. */
async function tellNews() {
  const { seen, topics } = recall();
  const last = before(seen);
  document.querySelector(".digest-visits")?.remove();
  if (!last && !topics.length) return;
  // As long as what will stand here once the numbers are known, so that nothing moves then.
  const numbers = make("span", { className: "numbers" }, link("editions/", say("All editions")));
  const since = last < edition ? make("p", {}, say("Since you were here on {day}:", { day: last && named(last) }), " ", numbers)
    : make("p", { textContent: say("Nothing new since you were here.") });
  const follows = make("p", { className: "follows" }, ...followed(topics, () => say("{number} new", { number: "…" })));
  const told = [...(last ? [since] : []), ...(topics.length ? [follows] : [])];
  page?.before(make("section", { className: "digest-visits", ariaLabel: say("Since you were here") }, ...told));
  if (last >= edition && !topics.length) return;
  const { editions, topics: counts } = await load();
  const fresh = editions.filter(({ day }) => day > last && day <= edition);
  if (fresh.length) {
    const atLeast = fresh.length === editions.length && fresh[fresh.length - 1].number > 1;
    const articles = fresh.reduce((sum, each) => sum + each.articles, 0);
    const links = fresh.slice(0, LINKS).map(({ day }) => link(`editions/${day}/`, named(day)));
    if (fresh.length > LINKS || atLeast) links.push(link("editions/", say("All editions")));
    const told = [atLeast ? counted("at least {n} edition", "at least {n} editions", fresh.length)
      : counted("{n} edition", "{n} editions", fresh.length), counted("{n} new article", "{n} new articles", articles)];
    numbers.replaceChildren(`${told.join(", ")} · `, ...dotted(links));
  }
  const known = editions[0]?.day === edition ? counts : {};
  const number = (/** @type {string} */ slug) => (Object.hasOwn(known, slug) ? known[slug] : 0);
  const ordered = [...topics].sort(([one], [other]) => number(other) - number(one));
  follows.replaceChildren(...followed(ordered, (slug) => say("{number} new", { number: written(number(slug)) })));
}

/** Where the list of editions could not be loaded. */
function tellLess() {
  const { topics } = recall();
  const follows = document.querySelector(".digest-visits .follows");
  news = undefined;
  follows?.replaceChildren(...followed(topics, () => ""));
}

/** @param {Memory["topics"]} topics @param {(slug: string) => string} told */
function followed(topics, told) {
  const items = topics.map(([slug, label]) => make("span", {}, link(`topics/${slug}/`, label), " ", told(slug)));
  return [say("You follow:"), " ", ...dotted(items)];
}

/** @param {string} slug @param {string} [label] to follow it; without one it is followed no more */
function follow(slug, label) {
  const others = recall().topics.filter(([followed]) => followed !== slug);
  return remember({ topics: label === undefined ? others : [...others, [slug, label]] });
}

/** On the page of a topic. */
function offerToFollow() {
  const slug = slugIn(location.href, TOPIC);
  const label = page?.querySelector("h1")?.textContent?.trim();
  const facts = page?.querySelector(".folio");
  if (!slug || !label || !facts) return;
  const button = facts.querySelector("button")
    ?? make("button", { type: "button", className: "digest-follow", textContent: say("Follow") });
  const isFollowed = () => recall().topics.some(([other]) => other === slug);
  const press = () => button.setAttribute("aria-pressed", String(isFollowed()));
  /** @type {HTMLButtonElement} */ (button).onclick = () => {
    if (follow(slug, isFollowed() ? undefined : label)) press();
    else Object.assign(button, { textContent: say("This browser keeps nothing"), disabled: true });
  };
  press();
  if (!button.isConnected) facts.append(" ", button);
}

/** What is remembered, to be looked through and forgotten. */
function showMemory() {
  const { seen, read, topics } = recall();
  page?.querySelector(".digest-memory")?.remove();
  if (!seen && !read.length && !topics.length) return;
  const known = [...(seen ? [say("The edition that you saw last ({day})", { day: named(seen) })] : []),
    counted("{n} article that you opened", "{n} articles that you opened", read.length),
    counted("{n} topic that you follow", "{n} topics that you follow", topics.length)];
  const forget = make("button", { type: "button", textContent: say("Forget what this device remembers") });
  /** @type {HTMLButtonElement[]} */
  const buttons = [];
  const items = topics.map(([slug, label]) => {
    const button = make("button", { type: "button" }, say("Unfollow"), unseen(` ${label}`));
    const item = make("li", {}, link(`topics/${slug}/`, label), " ", button);
    button.onclick = () => {
      follow(slug);
      const place = buttons.indexOf(button);
      buttons.splice(place, 1);
      item.remove();
      (buttons[place] ?? buttons.at(-1) ?? forget).focus();
    };
    buttons.push(button);
    return item;
  });
  const section = make("section", { className: "digest-memory" },
    make("h2", { textContent: say("What this device remembers") }),
    make("p", { textContent: [`${known.join(", ")}.`, say("All of it stays in this browser.")].join(" ") }),
    ...(items.length ? [make("ul", {}, ...items)] : []), make("p", {}, forget));
  forget.onclick = () => {
    try {
      localStorage.removeItem(KEY);
      sessionStorage.removeItem(KEY);
    } catch { /* then there was nothing */ }
    const done = make("p", { tabIndex: -1, textContent: say("This device remembers nothing of your visits now.") });
    section.replaceChildren(done);
    done.focus();
  };
  page?.append(section);
}

function noteRead() {
  const slug = slugIn(location.href, ARTICLE);
  const { read } = recall();
  if (document.visibilityState !== "visible" || !slug || read.at(-1) === slug) return;
  remember({ read: [...read.filter((other) => other !== slug), slug].slice(-MOST_READ) });
}

function noteSeen() {
  if (recall().seen !== edition) remember({ seen: edition });
}

function show() {
  markRead();
  if (page?.matches(".digest--home") && edition) tellNews().catch(tellLess);
  if (page?.matches(".digest--topic")) offerToFollow();
  if (page?.matches(".digest--article, .digest--story")) noteRead();
  if (/^(about|subscribe)\//.test(location.href.slice(SITE.href.length))) showMemory();
}

let usable = false;
try {
  localStorage.getItem(KEY);
  usable = Boolean(page);
} catch { /* nothing can be remembered here */ }
if (usable) {
  show();
  addEventListener("pageshow", ({ persisted }) => persisted && show());
  if (page?.matches(".digest--article, .digest--story")) document.addEventListener("visibilitychange", noteRead);
  if (edition) {
    addEventListener("pagehide", noteSeen);
    document.addEventListener("visibilitychange", () => document.hidden && noteSeen());
    const end = document.getElementById("_end");
    if (end) new IntersectionObserver((seen) => seen.some((each) => each.isIntersecting) && noteSeen()).observe(end);
  }
}
