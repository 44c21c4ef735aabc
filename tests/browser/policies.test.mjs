// What the administrator decides: a routing rule, tried on what came in before, and the list of
// society-critical systems. Group leads read it.

import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { closePage, doesNotHold, heading, openBrowser, press, sees } from "./support/browser.mjs";
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

test("a routing rule is tried on history, stored and seen in the history", async () => {
  const page = await signedIn(browser, server, who.administrator);
  await page.goto("/admin");
  await press(page, "link", "Regler och avtal");
  await press(page, "link", "Routningsregler");
  await press(page, "link", "Lägg till regel");
  await page.getByLabel("Namn", { exact: true }).fill("Skrivare till andra linjen");
  await page.getByLabel("Något av orden finns i texten").fill("skrivare*\nutskrift*");
  await page.getByLabel("Ge ärendet till grupp").selectOption(who.secondLine.group);
  await page.getByLabel(/^Varför\?/).fill("Andra linjen har tagit över skrivarna");
  await press(page, "button", "Pröva på ärenden som varit");
  await sees(page, "Inget är sparat än.");
  const moves = page.getByRole("table", { name: "Ärenden som hade bytt grupp" });
  await moves.getByRole("cell", { name: who.secondLine.group }).first().waitFor();
  const examples = page.getByRole("table", { name: "Exempel att titta på" });
  assert.match(await examples.getByRole("rowheader").first().innerText(), /INC-\d+|REQ-\d+/);

  await press(page, "button", "Låt det gälla");
  await sees(page, "Ändringen är sparad.");
  assert.equal(await heading(page), "Routningsregler");
  const rules = page.getByRole("table", { name: "Routningsregler" });
  await rules.getByRole("link", { name: /^\d+\. Skrivare till andra linjen$/ }).waitFor();
  const history = page.getByRole("table", { name: "Versioner" });
  await history.getByRole("row").filter({ hasText: "Andra linjen har tagit över skrivarna" })
    .filter({ hasText: who.administrator.name }).filter({ hasText: "Gäller" }).waitFor();
  await closePage(page);

  const agent = await signedIn(browser, server, who.firstLine);
  await press(agent, "link", "Regler och avtal");
  await press(agent, "link", "Routningsregler");
  await sees(agent, /\d+\. Skrivare till andra linjen/);
  await doesNotHold(agent, "Lägg till regel");
  await closePage(agent);
});

test("a priority list is decided and shown", async () => {
  const page = await signedIn(browser, server, who.administrator);
  await page.goto("/admin/policies/priority-list");
  await press(page, "link", "Skriv in ett nytt beslut");
  await page.getByLabel("Beslutad den").fill("2026-03-02");
  await page.getByLabel("Beslutad av").fill("Kommundirektören");
  // The form starts from the demonstration's list; the last of it rises to the highest class.
  const row = page.getByRole("group", { name: "Rad 8" });
  const system = await row.getByLabel("System").locator("option:checked").innerText();
  await row.getByLabel("Klass").selectOption("a");
  await press(page, "button", "Förhandsgranska");
  await sees(page, "Inget är sparat än");
  const raised = (table) => page.getByRole("table", { name: table }).getByRole("row").filter({ hasText: system })
    .getByRole("cell", { name: "Två steg" });
  await raised("Så blir listan").waitFor();
  await press(page, "button", "Låt det gälla");
  await sees(page, "Ändringen är sparad.");
  await raised("System på listan").waitFor();
  await closePage(page);
});
