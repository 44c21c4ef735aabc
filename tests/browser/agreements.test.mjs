// What is promised and who does what, changed without a line of JSON: a version of an agreement is looked
// at before it holds, and a row of the responsibility matrix gets another party.

import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { closePage, heading, openBrowser, press, sees } from "./support/browser.mjs";
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

test("a version of an agreement is tried, refused, mended, saved and found in the history", async () => {
  const page = await signedIn(browser, server, who.administrator);
  await page.goto("/admin/policies");
  await press(page, "link", "Avtal");
  await page.getByRole("table").getByRole("rowheader").getByRole("link").first().click();
  const name = await heading(page);
  await press(page, "link", "Skriv en ny version");
  const amount = page.getByLabel("Lovad tid (lösning)");
  await amount.fill("0");
  await press(page, "button", "Förhandsgranska");
  await sees(page, "Löftet lämnar ingen tid.");

  await amount.fill("6");
  await page.getByLabel("Räknas i (lösning)").selectOption({ label: "timmar öppettid" });
  await page.getByLabel("Varför?").fill("Nämndens mål för året");
  await press(page, "button", "Förhandsgranska");
  await sees(page, "Inget är sparat än");
  const due = page.getByRole("table", { name: "Så här blir tiderna" });
  await due.getByRole("rowheader", { name: /^Måndag .* kl\. 15\.40$/ }).waitFor();
  const contest = page.getByRole("table", { name: /^Provärendet/ });
  await contest.getByRole("row", { name: /Det här avtalet.*Gäller/ }).waitFor();
  await press(page, "button", "Låt det gälla");
  await sees(page, "Ändringen är sparad.");
  assert.equal(await heading(page), name);
  const versions = page.getByRole("table", { name: "Versioner" });
  const newest = versions.getByRole("row").nth(1);
  await newest.getByText("inom 6 tim öppettid").waitFor();
  await newest.getByText("Nämndens mål för året").waitFor();
  await newest.getByText(who.administrator.name).waitFor();
  await closePage(page);
});

test("a row of the matrix gets another party, and the history says which row", async () => {
  const page = await signedIn(browser, server, who.administrator);
  await page.goto("/admin/policies/responsibilities");
  const printers = page.getByRole("table", { name: "Skrivare" });
  await printers.getByRole("rowheader").getByRole("link").first().click();
  const title = await heading(page);
  const does = page.getByRole("checkbox", { name: "Utför (R)" });
  for (const box of await does.all()) await box.uncheck();
  await press(page, "button", "Spara");
  await sees(page, /Ingen utför ”Skrivare/);
  await page.getByRole("group", { name: /^Kommunen/ }).getByLabel("Utför (R)").check();
  await page.getByLabel("Varför? (svenska)").fill("Kommunen sköter sina skrivare själv.");
  await press(page, "button", "Spara");
  await sees(page, "Ändringen är sparad.");
  await printers.getByText("Kommunen sköter sina skrivare själv.").waitFor();
  const newest = page.getByRole("table", { name: "Versioner" }).getByRole("row").nth(1);
  await newest.getByText(`Ändrade rader: ${title.replace(/^Ändra /, "")}`).waitFor();
  await closePage(page);
});

test("an activity is named otherwise, and every row says so", async () => {
  const page = await signedIn(browser, server, who.administrator);
  await page.goto("/admin/policies/responsibilities");
  const words = page.getByRole("table", { name: "Stödnivåer och aktiviteter" });
  await words.getByRole("row", { name: /Aktivitet/ }).getByRole("link").first().click();
  const name = page.getByLabel("Namn (svenska)");
  const before = await name.inputValue();
  await name.fill("");
  await press(page, "button", "Spara");
  await page.locator('[aria-invalid="true"]').waitFor();
  await name.fill(`${before} på plats`);
  await press(page, "button", "Spara");
  await sees(page, "Ändringen är sparad.");
  await page.getByRole("rowheader", { name: `${before} på plats` }).first().waitFor();
  const newest = page.getByRole("table", { name: "Versioner" }).getByRole("row").nth(1);
  await newest.getByText(`Ändrade eller nya namn: ${before} på plats`).waitFor();
  await closePage(page);
});
