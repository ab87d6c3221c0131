// Opens an HTML report in a browser and holds it against the JSON report of the same run.
//
//     node grader/tests/html/check.mjs PACKAGES BROWSER report.html report.json
//
// PACKAGES is the folder in which playwright-core and axe-core are installed, BROWSER a Chromium. The
// reports are those of the submission beside this file, which panics with markup and prints a script.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [packages, executablePath, html, json] = process.argv.slice(2);
const require = createRequire(resolve(packages, "package.json"));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const report = JSON.parse(readFileSync(json, "utf8"));
const address = pathToFileURL(resolve(html)).href;

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"];

/** Opens the page; whatever it says or asks for besides itself is kept in `noise`. */
async function open(browser, options) {
  const page = await browser.newPage(options);
  const noise = [];
  page.on("console", (message) => noise.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => noise.push(`error: ${error.message}`));
  page.on("request", (request) => request.url() !== address && noise.push(request.url()));
  await page.goto(address);
  return { page, noise };
}

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
  assert.ok(!(await page.title()).includes("stolen"));
  assert.equal(await page.locator("script, img, iframe, link").count(), 0);
  assert.equal(await page.locator("h1").count(), 1);
  const exercise = page.locator("article", { has: page.locator("#exercise-hello_world") });
  const text = await exercise.textContent();
  assert.ok(text.includes("<h1>140/140</h1>"), text);
  assert.ok(text.includes("</pre><script>document.title"), text);
}

async function keyboard(page) {
  await page.keyboard.press("Tab");
  const focused = () => page.evaluate(() => document.activeElement.getAttribute("href"));
  assert.equal(await focused(), "#exercises");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "exercises");
}

/** On paper nothing can be opened, so everything is. */
async function print(page) {
  await page.emulateMedia({ media: "print" });
  for (const cases of await page.locator(".cases").all()) {
    await cases.waitFor({ state: "visible", timeout: 5000 });
  }
  await page.emulateMedia({ media: "screen" });
}

async function accessible(page, where) {
  await page.evaluate(() => document.querySelectorAll("details").forEach((it) => (it.open = true)));
  await page.evaluate(axe);
  const { violations, passes } = await page.evaluate(
    (rules) => globalThis.axe.run({ runOnly: rules }),
    RULES,
  );
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html}\n${node.failureSummary}`));
  assert.deepEqual(found, [], where);
  assert.ok(passes.some(({ id }) => id === "color-contrast"), "contrast was not looked at");
}

const browser = await chromium.launch({ executablePath });
try {
  for (const colorScheme of ["light", "dark"]) {
    for (const width of [1100, 320]) {
      const where = `${colorScheme}, ${width} px`;
      const { page, noise } = await open(browser, {
        colorScheme,
        viewport: { width, height: 800 },
      });
      await scores(page);
      await hostile(page);
      await keyboard(page);
      await print(page);
      const shown = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(shown <= width, `${where}: the page is ${shown} px wide`);
      assert.ok((await page.locator(".plot").count()) >= 2, "the sigmoids have no plots");
      assert.ok((await page.locator(".heat-map").count()) >= 1, "no heat map");
      // Before axe, whose own code the page's policy would not let in.
      assert.deepEqual(noise, [], where);
      await accessible(page, where);
      console.log(`${where}: all is well`);
      await page.close();
    }
  }
} finally {
  await browser.close();
}
