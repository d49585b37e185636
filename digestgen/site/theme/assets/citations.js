// @ts-check
/** For each quotation a citation to copy: its words, who wrote them, under which title, when, and where they stand. */

import { say } from "./say.js";

const page = document.querySelector("article.digest");

/** @param {Element} quotation @returns who, what and when, as the page says it, and where */
function reference(quotation) {
  const item = quotation.closest("li");
  const said = item ? item.querySelector("a[data-cite]")?.getAttribute("data-cite")
    : page instanceof HTMLElement ? page.dataset.cite : "";
  const original = item ? item.querySelector(".telling > a[href]") : page?.querySelector(".original > a[href]");
  const at = original instanceof HTMLAnchorElement ? original.href : location.href.replace(/#.*/, "");
  return said ? `${said}, ${at}` : "";
}

/** @param {Element} quotation */
function offer(quotation) {
  const source = reference(quotation);
  const words = quotation.textContent?.replace(/\s+/g, " ").trim();
  if (!source || !words) return;
  const button = Object.assign(document.createElement("button"), { type: "button", className: "digest-cite" });
  const name = say("Copy citation");
  button.textContent = name;
  button.onclick = async () => {
    try {
      await navigator.clipboard.writeText(say("“{words}” {source}", { words, source }));
      button.textContent = say("Copied");
    } catch {
      button.textContent = say("Could not be copied");
    }
    setTimeout(() => { button.textContent = name; }, 2000);
  };
  quotation.append(button);
}

// Without a clipboard, which a page has only where it was loaded safely, there is nothing to offer.
if (navigator.clipboard) page?.querySelectorAll("blockquote").forEach(offer);
