// Opens an HTML gradebook in a browser and holds it against the JSON gradebook of the same class.
//
//     node grader/tests/gradebook/check.mjs PACKAGES BROWSER gradebook.html gradebook.json
//
// PACKAGES is the folder in which playwright-core and axe-core are installed, BROWSER a Chromium. Some
// students have names with markup and scripts.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [packages, executablePath, html, json] = process.argv.slice(2);
const require = createRequire(resolve(packages, "package.json"));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const book = JSON.parse(readFileSync(json, "utf8"));
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

async function numbers(page) {
  const cells = (selector) => page.locator(selector).allTextContents();
  const students = book.students;
  assert.deepEqual(
    await cells(".matrix tbody tr td:nth-child(2)"),
    students.map((it) => (it.score === undefined ? "" : String(it.score))),
  );
  const links = page.locator(".matrix tbody th a");
  assert.equal(await links.count(), students.filter((it) => it.page).length);
  assert.deepEqual(
    await page.locator(".matrix thead .slanted").allTextContents(),
    book.exercises.map((it) => it.name),
  );
  const bins = await cells("section[aria-labelledby=scores] td.points");
  const scored = students.filter((it) => it.score !== undefined).length;
  assert.equal(bins.reduce((sum, it) => sum + Number(it), 0), scored);
  const pages = await links.evaluateAll((all) => all.map((it) => it.getAttribute("href")));
  assert.deepEqual(pages, students.filter((it) => it.page).map((it) => it.page));
}

/** Each similar pair is there with its regions. */
async function similar(page) {
  const { pairs } = book.similar;
  const shares = await page.locator(".pair .points").allTextContents();
  assert.equal(await page.locator(".pair").count(), pairs.length);
  const regions = await page.locator(".pair tbody tr").count();
  assert.equal(regions, pairs.reduce((sum, it) => sum + it.regions.length, 0));
  pairs.forEach((it) => assert.ok(shares.some((share) => share.startsWith(`${it.percent} %`))));
}

/** Names are there as text, and only as text. */
async function hostile(page) {
  assert.ok(!(await page.title()).includes("stolen"));
  assert.equal(await page.locator("script, img, iframe, link").count(), 0);
  assert.equal(await page.locator("h1").count(), 1);
  const names = await page.locator(".matrix tbody th").allTextContents();
  const expected = book.students.map((it) => it.name);
  names.forEach((name, at) => assert.ok(name.includes(expected[at]), name));
}

/** The headings of rows and columns stay in sight. */
async function sticky(page) {
  const box = page.locator(".scroll.students");
  await box.evaluate((it) => it.scrollTo(it.scrollWidth, it.scrollHeight));
  const [outer, column, row] = await page.evaluate(() =>
    [".scroll.students", ".matrix thead .slanted", ".matrix tbody tr:last-child th"].map(
      (it) => document.querySelector(it).getBoundingClientRect().toJSON()));
  assert.ok(Math.abs(column.top - outer.top) < 3, "the header scrolls away");
  assert.ok(Math.abs(row.left - outer.left) < 3, "the names scroll away");
}

async function keyboard(page) {
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute("href")), "#students");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "students");
}

async function accessible(page, where) {
  await page.evaluate(() => document.querySelectorAll("details").forEach((it) => (it.open = true)));
  await page.evaluate(axe);
  const { violations, passes } = await page.evaluate(
    (rules) => globalThis.axe.run({ runOnly: rules }),
    RULES,
  );
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.slice(0, 5).map((node) => `${id}: ${node.html}\n${node.failureSummary}`));
  assert.deepEqual(found, [], where);
  assert.ok(passes.some(({ id }) => id === "color-contrast"), "contrast was not looked at");
}

const browser = await chromium.launch({ executablePath });
try {
  for (const colorScheme of ["light", "dark"]) {
    for (const width of [1280, 320]) {
      const where = `${colorScheme}, ${width} px`;
      const { page, noise } = await open(browser, {
        colorScheme,
        viewport: { width, height: 800 },
      });
      await numbers(page);
      await hostile(page);
      await similar(page);
      await keyboard(page);
      await sticky(page);
      const shown = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(shown <= width, `${where}: the page is ${shown} px wide`);
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
