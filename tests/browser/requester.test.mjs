// What an employee does in the portal, with scripts switched off: every page must work as plain HTML.

import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { closePage, heading, openBrowser, press, sees } from "./support/browser.mjs";
import { people, signedIn } from "./support/people.mjs";
import { startServer } from "./support/server.mjs";
import { reportFault } from "./support/steps.mjs";

let server, browser, who;
before(async () => {
  [server, browser, who] = await Promise.all([startServer(), openBrowser(), people()]);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

test("a fault is reported without scripts and found among the own tickets", async () => {
  const page = await signedIn(browser, server, who.requester, { javaScript: false });
  const what = "E-posten startar inte efter omstart";
  const number = await reportFault(page, { what, description: "Jag startade om datorn. Samma fel." });
  await sees(page, "Det här händer nu");

  await press(page, "link", "Visa ärendet");
  assert.equal(await heading(page), what);
  await sees(page, number);
  await sees(page, "Jag startade om datorn. Samma fel.");

  await page.goto("/");
  await press(page, "link", "Visa alla mina ärenden");
  await press(page, "link", what);
  assert.equal(await heading(page), what);
  await closePage(page);
});

test("an empty report comes back with every error, and what was written stays", async () => {
  const page = await signedIn(browser, server, who.requester, { javaScript: false });
  await page.goto("/report-fault");
  await page.getByLabel("Beskriv vad du gjorde och vad som hände.").fill("Skärmen är svart.");
  await press(page, "button", "Skicka felanmälan");

  const summary = page.getByRole("alert");
  await summary.getByRole("heading", { name: /^Rätta \d+ fel och försök igen$/ }).waitFor();
  assert.match(await page.title(), /^Fel: /);
  const description = page.getByLabel("Beskriv vad du gjorde och vad som hände.");
  assert.equal(await description.inputValue(), "Skärmen är svart.");
  await summary.getByRole("link").first().click();
  const what = page.getByLabel("Vad är det som inte fungerar?");
  assert.equal(await what.getAttribute("aria-invalid"), "true");
  assert.equal(new URL(page.url()).hash, `#${await what.getAttribute("id")}`);
  await closePage(page);
});

test("the requester answers in the own ticket", async () => {
  const page = await signedIn(browser, server, who.requester, { javaScript: false });
  await reportFault(page, { what: "Skrivaren på plan 2 svarar inte", description: "Lampan blinkar rött." });
  await press(page, "link", "Visa ärendet");
  await page.getByLabel("Ditt svar").fill("Nu blinkar den grönt, men skriver inte ut.");
  await press(page, "button", "Skicka svar");
  await sees(page, "Nu blinkar den grönt, men skriver inte ut.");
  await closePage(page);
});

test("nobody reads a ticket without signing in, nor one that isn't theirs", async () => {
  const page = await signedIn(browser, server, who.requester, { javaScript: false });
  const number = await reportFault(page, { what: "Löneutbetalning", description: "Gäller bara mig." });
  await page.context().clearCookies();
  await page.goto(`/tickets/${number}`);
  await page.waitForURL((url) => url.pathname === "/login");
  // Whoever has nothing to do with it isn't told that it exists.
  const other = await signedIn(browser, server, who.board, { javaScript: false });
  const answer = await other.goto(`/tickets/${number}`);
  assert.equal(answer.status(), 404);
  await sees(other, "Sidan finns inte, eller så får du inte se den.");
  await closePage(page);
  await closePage(other);
});
