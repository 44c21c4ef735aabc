// Everything by keyboard: the single keys of the workspace, and plain Tab for those who have none.

import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { closePage, openBrowser, sees } from "./support/browser.mjs";
import { people, signedIn } from "./support/people.mjs";
import { startServer } from "./support/server.mjs";
import { rows } from "./support/steps.mjs";

let server, browser, who;
before(async () => {
  [server, browser, who] = await Promise.all([startServer(), openBrowser(), people()]);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

// In a table it is the row that tells which ticket has the focus.
const focused = (page) =>
  page.evaluate(() => {
    const { activeElement } = document;
    return (activeElement.closest("tbody tr") ?? activeElement).innerText || activeElement.id;
  });

test("the queue is worked with single keys", async () => {
  const page = await signedIn(browser, server, who.firstLine);
  await page.goto("/workspace");
  const [first, second] = await rows(page);
  const { keyboard } = page;

  await keyboard.press("j");
  assert.ok((await focused(page)).includes(first));
  await keyboard.press("j");
  assert.ok((await focused(page)).includes(second));
  await keyboard.press("x");
  await sees(page, "Valda: 1");
  await keyboard.press("k");
  await keyboard.press("x");
  await sees(page, "Valda: 2");
  await keyboard.press("Escape");
  assert.equal(await page.getByRole("checkbox", { checked: true }).count(), 0);

  await keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: first }).waitFor();
  await keyboard.press("i");
  await keyboard.type("Ringer tillbaka i eftermiddag.");
  await keyboard.press("Control+Enter");
  await page.getByRole("article").filter({ hasText: "Ringer tillbaka i eftermiddag." }).waitFor();

  await keyboard.press("n");
  await page.getByRole("heading", { level: 1, name: "Nytt samtal" }).waitFor();
  await page.goto("/workspace");
  await keyboard.press("/");
  await keyboard.type("skrivare");
  await keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "Sök ärenden" }).waitFor();
  await closePage(page);
});

test("a letter in a field is a letter", async () => {
  const page = await signedIn(browser, server, who.firstLine);
  await page.goto("/workspace");
  const search = page.getByRole("searchbox", { name: "Sök ärenden" });
  await search.focus();
  await page.keyboard.type("njx?");
  assert.equal(await search.inputValue(), "njx?");
  assert.match(page.url(), /\/workspace\/queues\//);
  await closePage(page);
});

test("Tab begins at the skip link, and what has the focus can be seen", async () => {
  const page = await signedIn(browser, server, who.requester);
  await page.goto("/report-fault");
  await page.keyboard.press("Tab");
  assert.equal(await focused(page), "Till innehållet");
  await page.keyboard.press("Enter");
  assert.equal(new URL(page.url()).hash, "#content");
  // From the content on, each stop of the form in turn, none of them invisible.
  for (let stop = 0; stop < 8; stop += 1) {
    await page.keyboard.press("Tab");
    const seen = await page.evaluate(() => {
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(document.activeElement);
      return (outlineStyle !== "none" && parseFloat(outlineWidth) > 0) || boxShadow !== "none";
    });
    assert.ok(seen, `no mark of focus on ${await focused(page)}`);
  }
  await closePage(page);
});
