// Swedish first, English by one click, and it stays.

import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { closePage, newPage, openBrowser, press, sees } from "./support/browser.mjs";
import { people, signedIn } from "./support/people.mjs";
import { startServer } from "./support/server.mjs";

let server, browser, who;
before(async () => {
  [server, browser, who] = await Promise.all([startServer(), openBrowser(), people()]);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

test("the portal is turned to English and back, and remembers it", async () => {
  const page = await signedIn(browser, server, who.requester, { javaScript: false });
  assert.equal(await page.locator("html").getAttribute("lang"), "sv");
  await page.goto("/report-fault");
  await press(page, "link", "English");
  assert.equal(new URL(page.url()).pathname, "/report-fault", "one stays on the page");
  assert.equal(await page.locator("html").getAttribute("lang"), "en");
  await page.getByRole("heading", { level: 1, name: "Report a fault" }).waitFor();

  await page.goto("/");
  await sees(page, "Report a fault");
  await press(page, "link", "Svenska");
  await sees(page, "Anmäl ett fel");
  await closePage(page);
});

test("a browser that asks for English gets it before anybody has chosen", async () => {
  const page = await newPage(browser, server, { locale: "en-GB" });
  await page.goto("/login");
  assert.equal(await page.locator("html").getAttribute("lang"), "en");
  await closePage(page);
});

test("the workspace speaks English too", async () => {
  const page = await signedIn(browser, server, who.firstLine);
  await page.goto("/language/en?next=/workspace");
  assert.equal(await page.locator("html").getAttribute("lang"), "en");
  await sees(page, "Queues");
  await closePage(page);
});
