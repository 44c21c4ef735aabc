// The servicedesk's daily moves: a phone call solved while it lasts, and many tickets at once.

import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { closePage, openBrowser, press, sees } from "./support/browser.mjs";
import { people, signedIn } from "./support/people.mjs";
import { startServer } from "./support/server.mjs";
import { findTicket, hasStatus, numberIn, rows } from "./support/steps.mjs";

let server, browser, who;
before(async () => {
  [server, browser, who] = await Promise.all([startServer(), openBrowser(), people()]);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

for (const javaScript of [true, false]) {
  test(`a phone call is registered and solved in one step, ${javaScript ? "with" : "without"} scripts`, async () => {
    const page = await signedIn(browser, server, who.firstLine, { javaScript });
    await page.goto("/workspace");
    await press(page, "link", "Nytt samtal");
    await page.getByRole("searchbox", { name: "Vem ringer?" }).fill(who.requester.email);
    await press(page, "button", "Sök person");
    await page.getByRole("main").getByRole("list").getByRole("link").first().click();

    const subject = `Glömt lösenord ${javaScript ? "A" : "B"}`;
    await page.getByRole("group", { name: "Typ av ärende" }).getByLabel("Felanmälan").check();
    await page.getByLabel("Rubrik").fill(subject);
    await page.getByLabel("Vad hände?").fill("Kan inte logga in.");
    await page.getByRole("group", { name: "Inverkan" }).getByLabel("3 En person").check();
    await page.getByRole("group", { name: "Brådska" }).getByLabel("2 Kan arbeta delvis").check();
    await page.getByLabel(/^Lösning/).fill("Återställde lösenordet.");
    await press(page, "button", "Spara och lös");

    await sees(page, subject);
    await hasStatus(page, "Löst");
    const number = numberIn(await page.getByText(/INC-\d+/).first().innerText());
    await findTicket(page, number);
    await sees(page, "Återställde lösenordet.");
    await sees(page, "Telefon");
    await closePage(page);
  });
}

for (const javaScript of [true, false]) {
  test(`three tickets are taken at once, ${javaScript ? "with" : "without"} scripts`, async () => {
    const page = await signedIn(browser, server, who.firstLine, { javaScript });
    await page.goto("/workspace");
    const numbers = (await rows(page)).slice(0, 3);
    assert.equal(numbers.length, 3, "the demonstration's queue holds at least three tickets");
    for (const number of numbers) await page.getByRole("checkbox", { name: `Välj ${number}` }).check();
    if (javaScript) await sees(page, "Valda: 3");
    await page.getByRole("button", { name: "Ta", exact: true }).click();
    await page.getByRole("status").filter({ hasText: "3" }).first().waitFor();
    for (const number of numbers) {
      await findTicket(page, number);
      await hasStatus(page, "Pågår");
    }
    await closePage(page);
  });
}

test("a filter is in the address, narrows the list and can be taken away", async () => {
  const page = await signedIn(browser, server, who.firstLine);
  await page.goto("/workspace");
  await page.waitForURL(/\/workspace\/queues\//);
  await page.locator("summary").filter({ hasText: "Filter" }).click();
  await page.getByRole("main").getByLabel("Kanal").selectOption({ label: "Telefon" });
  await press(page, "button", "Visa");
  assert.match(page.url(), /channel=phone/);
  await press(page, "link", "Rensa filtret");
  assert.doesNotMatch(page.url(), /channel=phone/);
  await closePage(page);
});
