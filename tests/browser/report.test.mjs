// The figures the board reads: a chart, the same numbers as a table, and files of them.

import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { closePage, heading, openBrowser, press } from "./support/browser.mjs";
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

test("a board member reads the resolution table and takes it along", async () => {
  const page = await signedIn(browser, server, who.board, { javaScript: false });
  await press(page, "link", "Rapporter");
  assert.equal(await heading(page), "Lösta ärenden");
  await page.getByRole("img", { name: /av ärendena löstes inom en timme/ }).waitFor();
  const table = page.getByRole("table", { name: "Andel lösta ärenden inom en viss tid" });
  assert.ok((await table.getByRole("rowheader").count()) >= 2, "two years of the demonstration");

  await page.getByLabel("Per", { exact: true }).selectOption({ label: "Kvartal" });
  await press(page, "button", "Visa");
  assert.match(page.url(), /by=quarter/);
  const quarters = await table.getByRole("rowheader").allInnerTexts();

  const href = await page.getByRole("link", { name: "CSV" }).getAttribute("href");
  const answer = await page.request.get(href);
  assert.match(answer.headers()["content-disposition"], /losta-arenden\.csv/);
  const lines = (await answer.text()).trim().split("\r\n");
  assert.equal(lines.length, quarters.length + 1, "a heading and the rows of the page");
  await closePage(page);
});

test("a requester has no reports", async () => {
  const page = await signedIn(browser, server, who.requester);
  assert.equal(await page.getByRole("link", { name: "Rapporter" }).count(), 0);
  const answer = await page.goto("/workspace/reports/resolution");
  assert.equal(answer.status(), 404);
  await closePage(page);
});
