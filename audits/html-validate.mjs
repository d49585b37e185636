// The recommended rules, but for those below, each with its reason.
export default {
  root: true,
  extends: ["html-validate:recommended"],
  rules: {
    // How markup is written, not what it says: Material's templates, Jinja's blank lines and Python-Markdown's <hr /> have
    // ways of their own.
    "doctype-style": "off",
    "no-trailing-whitespace": "off",
    "void-style": "off",
    // Our own anchors begin with an underscore, so that no heading's can be the same; HTML asks only for no white space.
    "valid-id": ["error", { relaxed: true }],
    // A page is titled by its article's headline, which is not ours to shorten.
    "long-title": "off",
    // Material's template asks Firefox not to restore its two hidden checkboxes.
    "valid-autocomplete": "off",
  },
};
