// Opens an HTML gradebook in a browser and holds it against the JSON gradebook of the same class.
//
//     node grader/tests/gradebook/check.mjs PACKAGES BROWSER gradebook.html gradebook.json
//
// PACKAGES is the folder in which playwright-core and axe-core are installed, BROWSER a Chromium. Some
// students have names with markup and scripts.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

import { everywhere, skips } from "../browser.mjs";

const [packages, executablePath, html, json] = process.argv.slice(2);
const book = JSON.parse(readFileSync(json, "utf8"));

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

await everywhere({ packages, executablePath, html, widths: [1280, 320] }, async (page) => {
  await numbers(page);
  await hostile(page);
  await similar(page);
  await skips(page, "students");
  await sticky(page);
});
