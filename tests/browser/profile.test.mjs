// What one chooses in the own profile holds on every page, also after the next sign-in.

import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { closePage, openBrowser, press, sees } from "./support/browser.mjs";
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

const ground = (page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);

test("the dark look is chosen, and follows the person", async () => {
  const page = await signedIn(browser, server, who.requester);
  await page.goto("/profile");
  const light = await ground(page);
  await page.getByRole("group", { name: "Utseende" }).getByLabel("Mörkt").check();
  await press(page, "button", "Spara");
  await sees(page, "Ändringen är sparad.");
  const dark = await ground(page);
  assert.notEqual(dark, light);
  await closePage(page);

  const elsewhere = await signedIn(browser, server, who.requester);
  await elsewhere.goto("/tickets");
  assert.equal(await ground(elsewhere), dark);
  await closePage(elsewhere);
});

test("single keys can be switched off", async () => {
  const page = await signedIn(browser, server, who.firstLine);
  await page.goto("/profile");
  await page.getByRole("group", { name: "Kortkommandon" }).getByLabel("Av", { exact: true }).check();
  await press(page, "button", "Spara");
  await sees(page, "Ändringen är sparad.");
  await page.goto("/workspace");
  const queue = page.url();
  await page.keyboard.press("n");
  await page.keyboard.press("j");
  assert.equal(page.url(), queue);
  assert.equal(await page.evaluate(() => document.activeElement.tagName), "BODY");
  await closePage(page);
});

test("another session is signed out from the profile", async () => {
  const page = await signedIn(browser, server, who.secondLine);
  const other = await signedIn(browser, server, who.secondLine);
  await page.goto("/profile");
  await press(page, "button", "Logga ut alla andra");
  await sees(page, "Inloggningen är avslutad.");
  await other.goto("/workspace");
  await other.waitForURL((url) => url.pathname === "/login");
  await closePage(other);
  await closePage(page);
});
