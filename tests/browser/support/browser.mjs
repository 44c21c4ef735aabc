// Chromium as the journeys use it: Swedish, nothing loaded from elsewhere, and no page that fails
// in silence: an error in the console, a refused script or a broken answer fails the journey.

import assert from "node:assert/strict";
import { chromium } from "playwright-core";

const FLAGS = [
  "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--no-first-run",
];

export const DESKTOP = { width: 1280, height: 900 };
export const PHONE = { width: 390, height: 844 };
/** The narrowest width that a page must work at without scrolling sideways (WCAG 1.4.10). */
export const NARROW = { width: 320, height: 640 };

export function openBrowser() {
  return chromium.launch({ executablePath: process.env.CHROMIUM, args: FLAGS });
}

/**
 * A page in a session of its own (its own cookies). `page.problems` gathers what went wrong unseen;
 * `closePage` fails on it.
 */
export async function newPage(browser, server, { viewport = DESKTOP, colorScheme = "light", javaScript = true, ...more } = {}) {
  const context = await browser.newContext({
    baseURL: server.url,
    locale: "sv-SE",
    timezoneId: "Europe/Stockholm",
    javaScriptEnabled: javaScript,
    reducedMotion: "reduce",
    viewport,
    colorScheme,
    ...more,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  page.problems = [];
  page.on("pageerror", (error) => page.problems.push(`script: ${error.message}`));
  page.on("console", (message) => {
    // Chromium also writes each 4xx answer to the console; journeys provoke some of those on purpose.
    const isAnswer = message.text().startsWith("Failed to load resource");
    if (message.type() === "error" && !isAnswer) page.problems.push(`console: ${message.text()}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 500) page.problems.push(`${response.status()} from ${response.url()}`);
  });
  page.on("request", (request) => {
    const url = new URL(request.url());
    const isOurs = url.origin === server.url || ["data:", "blob:", "about:"].includes(url.protocol);
    if (!isOurs) page.problems.push(`asked elsewhere: ${request.url()}`);
  });
  return page;
}

export async function closePage(page) {
  await page.context().close();
  assert.deepEqual(page.problems, []);
}

/** Waits until the text can be seen. */
export async function sees(page, text) {
  await page.getByText(text).filter({ visible: true }).first().waitFor();
}

/** Asserts that the text is nowhere in the page, hidden or shown. */
export async function doesNotHold(page, text) {
  assert.ok(!(await page.content()).includes(text), `the page holds "${text}"`);
}

/** Clicks what is named so, by role. */
export async function press(page, role, name) {
  await page.getByRole(role, { name }).filter({ visible: true }).first().click();
}

/** The page's one h1. */
export async function heading(page) {
  const headings = page.getByRole("heading", { level: 1 });
  assert.equal(await headings.count(), 1, "one h1 on each page");
  return (await headings.innerText()).trim();
}
