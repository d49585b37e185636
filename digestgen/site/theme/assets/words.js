// @ts-check
/**
 * What the search knows of words: which there are, which of them is meant by one that is not there, and how a query in a
 * script without spaces is put. The list is what digestgen/site/search/word_list.py writes; search.js loads this when opened.
 */

/**
 * @typedef {{ parts: [string, string][], topics: [string, string][] }} Contents
 *   the first word of each part of the list with the part's name; the label of each topic with its result's id
 * @typedef {{ word: string, near: string[] }} Unknown a word of a query that nothing says, and those that may be meant
 */

const FEW = 8; // parts that may be looked through all, where nothing that begins alike is near
const OFFERED = 3;
const UNSPACED = "(?!\\p{M})[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\u30fc"
  + "\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}]\\p{M}*";
const CHARACTER = new RegExp(UNSPACED, "gu");
const RUN = new RegExp(`(?:${UNSPACED})+`, "gu");
/** A word of a query, quoted or not. */
const WORD = /[^\s"“”]+/gu;

/** @param {string} word the form in which words are compared: small letters without accents and signs */
export function key(word) {
  return word.toLowerCase().normalize("NFD").replace(/[^\p{L}\p{N}\p{M}_]|[\u0300-\u036f]/gu, "");
}

/**
 * How many letters must be changed, left out, put in or exchanged with their neighbour to make one word the other
 * (Damerau 1964, each place once); more than ``most`` is not counted out.
 * @param {string} one @param {string} other @param {number} most
 */
export function distance(one, other, most) {
  const [a, b] = [[...one], [...other]];
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let [before, last] = [/** @type {number[]} */ ([]), b.map((_, place) => place)];
  last.push(b.length);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    if (Math.min(...row) > most) return most + 1;
    [before, last] = [last, row];
  }
  return last[b.length];
}

/** @param {string} word how many slips are forgiven: in short words one makes another word */
const forgiven = (word) => (/\p{N}/u.test(word) || word.length < 4 ? 0 : word.length < 8 ? 1 : 2);

/** @param {string} text with spaces around each character that has none */
const apart = (text) => text.replace(RUN, (run) => ` ${run.match(CHARACTER)?.join(" ")} `).trim();

/**
 * A query as searches for Pagefind: one by which results are found and ranked, and those that they must answer as well.
 * Each run of characters without spaces is one of these, in quotes, by which they are found side by side.
 * @param {string} query
 */
export function searches(query) {
  const quoted = /^\s*["“](.+)["”]\s*$/u.exec(query);
  if (quoted) return { ranked: `"${apart(quoted[1])}"`, demanded: [] };
  return { ranked: apart(query), demanded: (query.match(RUN) ?? []).map((run) => `"${apart(run)}"`) };
}

/** @param {string} query whether it is one run of characters without spaces, and nothing else */
export const isRun = (query) => (query.trim().match(RUN) ?? [""])[0] === query.trim();

/**
 * Where in a text the words of a query stand: as Pagefind tells, but single characters only where a whole run stands.
 * @param {string[]} words @param {number[]} locations @param {string} query
 */
export function places(words, locations, query) {
  const found = locations.filter((place) => !words[place]?.match(CHARACTER));
  for (const run of query.match(RUN) ?? []) {
    const wanted = (run.match(CHARACTER) ?? []).map(key);
    for (let place = 0; place < words.length; place += 1) {
      if (wanted.every((character, further) => key(words[place + further] ?? "") === character)) {
        found.push(...wanted.map((_, further) => place + further));
      }
    }
  }
  return found;
}

/** @param {URL} index the folder of the index */
export async function wordList(index) {
  const address = (/** @type {string} */ name) => new URL(name, index).href;
  /** @type {Contents} */
  const { parts, topics } = await loaded(address("words.json"), "no-cache").then((answer) => answer.json());
  /** @type {Map<string, Promise<{ word: string, key: string, pages: number }[]>>} */
  const held = new Map();

  /** @param {string} beginning all listed words of the parts in which words begin so */
  async function from(beginning) {
    const needed = parts.filter(([first], place) =>
      first <= `${beginning}\uffff` && (place + 1 === parts.length || parts[place + 1][0] >= beginning));
    return (await Promise.all(needed.map(([, name]) => part(name)))).flat();
  }

  /** @param {string} name */
  function part(name) {
    const words = held.get(name) ?? loaded(address(`words/${name}.txt`)).then((answer) => answer.text()).then((text) =>
      text.trimEnd().split("\n").map((line) => {
        const [word, pages = "1"] = line.split(" ");
        return { word, key: key(word), pages: Number(pages) };
      }));
    held.set(name, words);
    words.catch(() => held.delete(name)); // so that it can be tried again
    return words;
  }

  /** @param {string} wanted a word's key */
  async function near(wanted) {
    const most = forgiven(wanted);
    if (!most) return [];
    const letters = [...wanted];
    const elsewhere = parts.length <= FEW ? "" : letters[1];
    for (const beginning of [letters[0], elsewhere]) {
      const close = (await from(beginning)).filter(({ key }) => !/\p{N}/u.test(key))
        .map((one) => ({ ...one, far: distance(wanted, one.key, most) }))
        .filter(({ far, key }) => far <= most && key.length > 2)
        .sort((one, other) => one.far - other.far || other.pages - one.pages || (one.key < other.key ? -1 : 1));
      const different = new Map(close.toReversed().map((one) => [one.key, one.word]));
      if (close.length) return close.filter(({ key, word }) => different.get(key) === word).slice(0, OFFERED).map(({ word }) => word);
    }
    return [];
  }

  return {
    /**
     * The words of a query that stand nowhere, not even as the beginning of another.
     * @param {string} query @param {(search: string) => Promise<boolean>} finds whether a search finds something
     * @returns {Promise<Unknown[]>}
     */
    async unknown(query, finds) {
      const words = [...new Set(query.normalize("NFC").replace(RUN, " $& ").match(WORD) ?? [])];
      const found = await Promise.all(words.map(async (word) => {
        if (word.match(RUN)) return (await finds(`"${apart(word)}"`)) ? null : { word, near: [] };
        const wanted = key(word);
        // What it has in another form (ferries, ferry) Pagefind knows alone.
        if (!wanted || (await from(wanted)).some((one) => one.key.startsWith(wanted)) || (await finds(`"${wanted}"`))) return null;
        return { word, near: await near(wanted) };
      }));
      return /** @type {Unknown[]} */ (found.filter(Boolean));
    },

    /**
     * The ids of the topics that a query names, those first of which it is the whole name.
     * @param {string} query
     */
    named(query) {
      const keys = (/** @type {string} */ text) => ` ${(text.match(WORD) ?? []).map(key).filter(Boolean).join(" ")} `;
      const wanted = keys(query.normalize("NFC"));
      if (!wanted.trim()) return [];
      const inside = query.match(RUN) ? wanted.trim() : wanted;
      const ranked = topics.map(([label, id]) => ({ id, label: keys(label) })).map(({ id, label }) => (
        { id, rank: label === wanted ? 0 : label.includes(inside) ? 1 : wanted.includes(label) ? 2 : 3 }));
      return ranked.filter(({ rank }) => rank < 3).sort((one, other) => one.rank - other.rank).map(({ id }) => id);
    },
  };
}

/** @param {string} address @param {RequestCache} [cache] */
async function loaded(address, cache = "default") {
  const answer = await fetch(address, { cache });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer;
}
