// What the administrator does: a new employee, who is put into a group, and the history of another
// system.

import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { closePage, heading, openBrowser, press, sees } from "./support/browser.mjs";
import { people, signedIn } from "./support/people.mjs";
import { startServer } from "./support/server.mjs";

const NEWCOMER = { name: "Signe Provström", email: "signe.provstrom@it.example.se", password: "ny på jobbet i dag" };

let server, browser, who;
before(async () => {
  [server, browser, who] = await Promise.all([startServer(), openBrowser(), people()]);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

test("a new employee is added, put into a group and can work", async () => {
  const page = await signedIn(browser, server, who.administrator);
  await page.goto("/admin/people/new");
  await page.getByLabel("Namn", { exact: true }).fill(NEWCOMER.name);
  await page.getByLabel("E-post").fill(NEWCOMER.email);
  await page.getByLabel("Organisation", { exact: true }).selectOption({ index: 0 });
  await page.getByRole("group", { name: "Roller" }).getByLabel("Handläggare").check();
  await page.getByLabel(/^Första lösenord/).fill(NEWCOMER.password);
  await press(page, "button", "Lägg till person");
  await sees(page, "Tillagt.");
  assert.equal(await heading(page), NEWCOMER.name);

  await page.goto("/admin/groups");
  await press(page, "link", who.firstLine.group);
  const form = page.locator("form").filter({ has: page.getByRole("button", { name: "Lägg till medlem" }) });
  await form.getByLabel("E-post").fill(NEWCOMER.email);
  await press(page, "button", "Lägg till medlem");
  await page.getByRole("table", { name: "Medlemmar" }).getByRole("link", { name: NEWCOMER.name }).waitFor();

  const newcomer = await signedIn(browser, server, NEWCOMER);
  await newcomer.waitForURL(/\/workspace\/queues\//);
  await closePage(newcomer);
  await closePage(page);
});

test("tickets of another system are checked, imported and found", async () => {
  const page = await signedIn(browser, server, who.administrator);
  const columns = "externalId,kind,organisation,requesterEmail,subject,description,channel,category,impact,urgency,openedAt,resolvedAt,closedAt,resolvedByLine";
  const row = `GAMMAL-1,incident,Kommunledningskontoret,${who.requester.email},Tangentbordet är stumt,Inget händer.,phone,Dator,3,2,2024-03-01T09:00:00+01:00,2024-03-01T10:00:00+01:00,2024-03-02T10:00:00+01:00,1`;
  const file = (name, text) => ({ name, mimeType: "text/csv", buffer: Buffer.from(text) });

  await importFile(page, file("fel.csv", `${columns}\n${row.replace("incident", "incidnet")}\n`), "Kontrollera bara");
  await sees(page, "1 rad har fel. Inget har importerats.");
  await sees(page, "incidnet");
  await importFile(page, file("historik.csv", `${columns}\n${row}\n`), "Kontrollera bara");
  await sees(page, "1 rad är kontrollerad och felfri. Inget har sparats.");
  await importFile(page, file("historik.csv", `${columns}\n${row}\n`), "Importera");
  await sees(page, "1 ärende är importerat.");
  await page.goto("/admin/import");
  assert.equal(await page.getByRole("link", { name: "historik.csv" }).count(), 2);
  await closePage(page);

  const agent = await signedIn(browser, server, who.firstLine);
  await agent.goto("/workspace/search?q=tangentbordet+stumt");
  await press(agent, "link", /Tangentbordet är stumt/);
  await sees(agent, "GAMMAL-1");
  await closePage(agent);
});

async function importFile(page, file, mode) {
  await page.goto("/admin/import");
  await page.getByLabel("Fil", { exact: true }).setInputFiles(file);
  await page.getByRole("group", { name: "Vad ska hända?" }).getByLabel(mode).check();
  await press(page, "button", "Läs in filen");
  await page.waitForURL(/\/admin\/import\/./);
}
