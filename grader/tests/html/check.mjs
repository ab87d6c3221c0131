// Opens an HTML report in a browser and holds it against the JSON report of the same run.
//
//     node grader/tests/html/check.mjs PACKAGES BROWSER report.html report.json
//
// PACKAGES is the folder in which playwright-core and axe-core are installed, BROWSER a Chromium. The
// reports are those of the submission beside this file, which panics with markup and prints a script.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

import { everywhere, skips } from "../browser.mjs";

const [packages, executablePath, html, json] = process.argv.slice(2);
const report = JSON.parse(readFileSync(json, "utf8"));

async function scores(page) {
  const text = (selector) => page.locator(selector).allInnerTexts();
  const points = (of) => `${of.score}/${of.points}`;
  assert.deepEqual(await text("header strong"), [String(report.score)]);
  assert.match((await text(".total"))[0], new RegExp(`${report.percent} %`));
  assert.deepEqual(await text(".exercise h3"), report.exercises.map((it) => it.title));
  assert.deepEqual(await text(".exercise .points"), report.exercises.map(points));
  assert.deepEqual(await text(".progress td.points"), report.exercises.map(points));
  const passed = report.exercises.flatMap((it) => it.cases).filter((it) => it.verdict === "passed");
  const listed = await page.locator(".cases .name").allTextContents();
  assert.deepEqual(listed, passed.map((it) => it.name));
}

/** What the submission printed and panicked with is there as text, and only as text. */
async function hostile(page) {
  const exercise = page.locator("article", { has: page.locator("#exercise-hello_world") });
  const text = await exercise.textContent();
  assert.ok(text.includes("<h1>140/140</h1>"), text);
  assert.ok(text.includes("</pre><script>document.title"), text);
}

/** On paper nothing can be opened, so everything is. */
async function print(page) {
  await page.emulateMedia({ media: "print" });
  for (const cases of await page.locator(".cases").all()) {
    await cases.waitFor({ state: "visible", timeout: 5000 });
  }
  await page.emulateMedia({ media: "screen" });
}

await everywhere({ packages, executablePath, html, widths: [1100, 320] }, async (page) => {
  await scores(page);
  await hostile(page);
  await skips(page, "exercises");
  await print(page);
  assert.ok((await page.locator(".plot").count()) >= 2, "the sigmoids have no plots");
  assert.ok((await page.locator(".heat-map").count()) >= 1, "no heat map");
});
