// Opens a page of the grader's in a browser, in light and dark, wide and narrow, and looks at what holds of
// each of them: it fits, it makes no noise, foreign text stays text, and everybody can read it.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"];

/** How many places of one problem are shown. */
const PLACES = 5;

/**
 * Opens a page with each of these widths in each scheme, and has `check(page)` look at it.
 *
 * `packages` is the folder in which playwright-core and axe-core are installed, `executablePath` a Chromium.
 */
export async function everywhere({ packages, executablePath, html, widths }, check) {
  const require = createRequire(resolve(packages, "package.json"));
  const { chromium } = require("playwright-core");
  const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
  const address = pathToFileURL(resolve(html)).href;
  const browser = await chromium.launch({ executablePath });
  try {
    for (const colorScheme of ["light", "dark"]) {
      for (const width of widths) {
        const where = `${colorScheme}, ${width} px`;
        const viewport = { width, height: 800 };
        const { page, noise } = await open(browser, address, { colorScheme, viewport });
        await check(page);
        await foreign(page);
        const shown = await page.evaluate(() => document.documentElement.scrollWidth);
        assert.ok(shown <= width, `${where}: the page is ${shown} px wide`);
        // Before axe, whose own code the page's policy would not let in.
        assert.deepEqual(noise, [], where);
        await accessible(page, axe, where);
        console.log(`${where}: all is well`);
        await page.close();
      }
    }
  } finally {
    await browser.close();
  }
}

/** The first press of the Tab key finds a link that leads to the element of this name. */
export async function skips(page, name) {
  await page.keyboard.press("Tab");
  const focused = await page.evaluate(() => document.activeElement.getAttribute("href"));
  assert.equal(focused, `#${name}`);
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), name);
}

/** Opens the page; whatever it says or asks for besides itself is kept in `noise`. */
async function open(browser, address, options) {
  const page = await browser.newPage(options);
  const noise = [];
  page.on("console", (message) => noise.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => noise.push(`error: ${error.message}`));
  page.on("request", (request) => request.url() !== address && noise.push(request.url()));
  await page.goto(address);
  return { page, noise };
}

/** Nothing of what others wrote became a part of the page. */
async function foreign(page) {
  assert.ok(!(await page.title()).includes("stolen"));
  assert.equal(await page.locator("script, img, iframe, link").count(), 0);
  assert.equal(await page.locator("h1").count(), 1);
}

async function accessible(page, axe, where) {
  await page.evaluate(() => document.querySelectorAll("details").forEach((it) => (it.open = true)));
  await page.evaluate(axe);
  const { violations, passes } = await page.evaluate(
    (rules) => globalThis.axe.run({ runOnly: rules }),
    RULES,
  );
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.slice(0, PLACES).map((node) => `${id}: ${node.html}\n${node.failureSummary}`));
  assert.deepEqual(found, [], where);
  assert.ok(passes.some(({ id }) => id === "color-contrast"), "contrast was not looked at");
}
