// The rules for a mail, whose readers know no style sheets and, some of them, tables and conditional comments alone.
import site from "./html-validate.mjs";

export default {
  ...site,
  rules: { ...site.rules, "no-conditional-comment": "off", "no-inline-style": "off", "prefer-tbody": "off" },
};
