// Reads reports with the libraries of Node that their consumers use, for `check.py`.
//
//     node grader/tests/formats/check.mjs PACKAGES FOLDER
//
// PACKAGES is the folder in which @actions/core and tap-parser are installed, FOLDER has a folder for
// each report. Prints what was read as JSON: for each report and file what is shown, what is markup
// and what is wrong.

import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

const [packages, folder] = process.argv.slice(2);
const require = createRequire(resolve(packages, "package.json"));
const core = require("@actions/core");
const { Parser } = require("tap-parser");

const ANNOTATIONS = ["error", "warning", "notice"];

// All that the runner obeys, beside annotations.
const COMMANDS = [
  "add-mask", "add-matcher", "add-path", "debug", "echo", "endgroup", "group", "remove-matcher",
  "save-state", "set-env", "set-output", "stop-commands",
];

const readText = (bytes) => new TextDecoder("utf-8", { fatal: true }).decode(bytes);
const lines = (text) => text.split(/\r\n|\r|\n/);

const unescapeData = (text) =>
  text.replaceAll("%0D", "\r").replaceAll("%0A", "\n").replaceAll("%25", "%");
const unescapeProperty = (text) =>
  text
    .replaceAll("%0D", "\r")
    .replaceAll("%0A", "\n")
    .replaceAll("%3A", ":")
    .replaceAll("%2C", ",")
    .replaceAll("%25", "%");

/** `::name key=value,key=value::message`, where the line begins with it. */
function command(line) {
  const match = /^\s*::(.*?)::(.*)$/s.exec(line);
  if (!match) return null;
  const [, head, message] = match;
  const space = head.indexOf(" ");
  const name = (space < 0 ? head : head.slice(0, space)).toLowerCase();
  const properties = {};
  for (const pair of space < 0 ? [] : head.slice(space + 1).trim().split(",")) {
    const equals = pair.indexOf("=");
    if (equals > 0 && equals < pair.length - 1) {
      properties[pair.slice(0, equals)] = unescapeProperty(pair.slice(equals + 1));
    }
  }
  return { name, properties, message: unescapeData(message) };
}

/** The older form, `##[name key=value;key=value]message`, anywhere in the line. */
function olderCommand(line) {
  const match = /##\[([^\] ]*)[^\]]*\]/.exec(line);
  return match && { name: match[1].toLowerCase() };
}

/** What @actions/core writes for an annotation. */
function golden({ name, properties, message }) {
  const { title, file, line, endLine, col, endColumn } = properties;
  const at = { title, file, startLine: line, endLine, startColumn: col, endColumn };
  const isBare = Object.values(at).every((it) => it === undefined);
  const write = process.stdout.write;
  let written = "";
  process.stdout.write = (text) => (written += text);
  try {
    core[name](message, isBare ? {} : at);
  } finally {
    process.stdout.write = write;
  }
  return written.replace(/\r?\n$/, "");
}

/** The log of a step, as the runner reads it. */
function github(bytes) {
  const reading = { shown: [], markup: [], problems: [], annotations: [] };
  let token = null;
  for (const line of lines(readText(bytes))) {
    const found = command(line);
    if (token !== null) {
      if ([found, olderCommand(line)].some((it) => it?.name === token)) {
        token = null;
      } else {
        reading.shown.push(line);
      }
      continue;
    }
    if (ANNOTATIONS.includes(found?.name)) {
      const { name: level, properties, message } = found;
      reading.annotations.push({ level, properties, message });
      reading.shown.push(message, ...Object.values(properties));
      reading.markup.push(level, ...Object.keys(properties));
      const written = golden(found);
      if (written !== line) reading.problems.push(`not what @actions/core writes: ${written}`);
    } else if (found?.name === "stop-commands") {
      token = found.message.toLowerCase();
      const isKnown = [...ANNOTATIONS, ...COMMANDS].includes(token);
      if (token.length < 16 || isKnown) reading.problems.push(`a token to be guessed: ${token}`);
    } else if (line.trimStart().startsWith("::") || line.includes("##[")) {
      reading.problems.push(`a command: ${line.slice(0, 80)}`);
    } else {
      reading.shown.push(line);
    }
  }
  if (token !== null) reading.problems.push("commands stay stopped");
  return reading;
}

/** What GitHub Classroom's reporter prints for one runner, and the grade that it notes. */
function classroom(bytes) {
  const result = JSON.parse(Buffer.from(readText(bytes), "base64").toString("utf-8"));
  const printed = [];
  for (const test of result.tests) {
    const name = test.line_no === 0 ? test.name : `${test.name} - line ${test.line_no}`;
    switch (test.status) {
      case "pass":
        printed.push(`✅ ${name}`);
        break;
      case "error":
        printed.push(`Error: ${test.message || `Failed to run test '${test.name}'`}\n`);
        break;
      default:
        printed.push(`❌ ${name}`);
    }
    if (test.test_code) printed.push(`Test code:\n${test.test_code}\n`);
  }
  const totalPoints = result.tests.reduce((total, test) => total + test.score, 0);
  const maxPoints = result.max_score;

  const shown = printed.flatMap(lines);
  const problems = [];
  for (const line of shown) {
    const obeyed = command(line) ?? olderCommand(line);
    if (obeyed && [...ANNOTATIONS, ...COMMANDS].includes(obeyed.name)) {
      problems.push(`the reporter prints a command: ${line.slice(0, 80)}`);
    }
  }
  return { shown, markup: [], problems, notice: { totalPoints, maxPoints } };
}

/** TAP; tests that have tests of their own are counted by these. */
function tap(bytes) {
  const reading = { shown: [], markup: [], problems: [], passed: 0, failed: 0 };
  const text = readText(bytes);
  if (!/^TAP version 1[34]\n/.test(text)) reading.problems.push("no version");
  const listen = (parser) => {
    let hasParts = false;
    parser.on("child", (child) => {
      hasParts = true;
      listen(child);
    });
    parser.on("assert", (test) => {
      reading.shown.push(test.name, JSON.stringify(test.diag ?? null), ...strings(test.diag));
      if (test.skip || test.todo) {
        reading.markup.push(`${test.skip} ${test.todo}`);
      }
      if (!hasParts) reading[test.ok && !test.skip && !test.todo ? "passed" : "failed"] += 1;
      hasParts = false;
    });
    parser.on("comment", (comment) => reading.shown.push(comment));
    parser.on("pragma", (name) => reading.problems.push(`a pragma: ${name}`));
    parser.on("bailout", (reason) => reading.problems.push(`bails out: ${reason}`));
    // An `extra` line is none that TAP knows: what somebody printed.
    parser.on("extra", (line) => reading.problems.push(`no TAP: ${line.slice(0, 80)}`));
    parser.on("complete", ({ count, failures, plan }) => {
      // The parser itself counts only where every test passed.
      if (plan.start !== 1 || plan.end !== count) {
        reading.problems.push(`${count} tests, and the plan is ${plan.start} to ${plan.end}`);
      }
      const errors = failures.filter((it) => it.tapError).map((it) => it.tapError);
      reading.problems.push(...errors.map((it) => `no TAP: ${it}`));
    });
  };
  const parser = new Parser({ strict: true });
  listen(parser);
  parser.end(text);
  return reading;
}

/** All the strings of a value but its keys. */
function strings(value) {
  if (typeof value === "string") return [value];
  return value && typeof value === "object" ? Object.values(value).flatMap(strings) : [];
}

const READERS = { "github.txt": github, "classroom.txt": classroom, "tap.txt": tap };

const read = {};
for (const report of readdirSync(folder, { withFileTypes: true })) {
  if (!report.isDirectory()) continue;
  read[report.name] = {};
  for (const [file, reader] of Object.entries(READERS)) {
    try {
      read[report.name][file] = reader(readFileSync(join(folder, report.name, file)));
    } catch (error) {
      read[report.name][file] = { refused: String(error) };
    }
  }
}
process.stdout.write(JSON.stringify(read));
