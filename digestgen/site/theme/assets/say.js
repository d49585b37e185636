// @ts-check
/**
 * The words of the scripts, which have them in English, in the language of the site. The plugin fills in the first two
 * lines, by what digestgen/translation.py knows.
 */

const LANGUAGE = "en-GB";
/** @type {Record<string, string | Record<string, string>>} */
const WORDS = {};

const PLURALS = new Intl.PluralRules(LANGUAGE);
const DATE = new Intl.DateTimeFormat(LANGUAGE, { dateStyle: "long", timeZone: "UTC" });
const OR = new Intl.ListFormat(LANGUAGE, { type: "disjunction" });

/** @param {string} text what it names in braces is filled in @param {Record<string, string>} [values] */
export function say(text, values = {}) {
  return filled(String(WORDS[text] ?? text), values);
}

/**
 * The text that goes with a number, which it names ``{n}``.
 * @param {string} one @param {string} several @param {number} n @param {Record<string, string>} [values]
 */
export function counted(one, several, n, values = {}) {
  const forms = /** @type {Record<string, string> | undefined} */ (WORDS[one]);
  const text = forms?.[PLURALS.select(n)] ?? forms?.other ?? (n === 1 ? one : several);
  return filled(text, { n: number(n), ...values });
}

/** @param {number} n */
export const number = (n) => n.toLocaleString(LANGUAGE);

/** @param {string} iso a day, as 2026-11-22 */
export const day = (iso) => DATE.format(new Date(iso));

/** @param {string[]} texts one of them */
export const or = (texts) => OR.format(texts);

/** @param {string} text @param {Record<string, string>} values */
const filled = (text, values) => text.replace(/\{(\w+)\}/g, (hole, name) => values[name] ?? hole);
