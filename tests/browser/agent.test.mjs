// A ticket's whole way: reported, taken, answered, noted, handed over, returned, solved, not solved,
// solved again and confirmed; seen by everyone who has a part in it.

import { after, before, test } from "node:test";
import { closePage, doesNotHold, openBrowser, press, sees } from "./support/browser.mjs";
import { people, signedIn } from "./support/people.mjs";
import { startServer } from "./support/server.mjs";
import { findTicket, hasStatus, reportFault, unfold } from "./support/steps.mjs";

const REPLY = "Hej! Vi ser felet. Kan du starta om?";
const NOTE = "Cachen är full, se loggen.";
const SOLUTION = "Tömde cachen och startade om tjänsten.";

let server, browser, who;
before(async () => {
  [server, browser, who] = await Promise.all([startServer(), openBrowser(), people()]);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

test("a ticket goes through two lines and back, and is closed by its requester", async () => {
  const requester = await signedIn(browser, server, who.requester);
  const agent = await signedIn(browser, server, who.firstLine);
  const second = await signedIn(browser, server, who.secondLine);
  const number = await reportFault(requester, { what: "Journalen öppnas inte", description: "Vit sida." });

  await findTicket(agent, number);
  await press(agent, "button", "Ta ärendet");
  await hasStatus(agent, "Pågår");

  const reply = await unfold(agent, /^\s*Svar – /);
  await reply.getByLabel(/^Svar – /).fill(REPLY);
  await reply.getByRole("button", { name: "Skicka", exact: true }).click();
  await sees(agent, REPLY);

  const note = await unfold(agent, /^\s*Intern anteckning/);
  await note.getByLabel(/^Intern anteckning/).fill(NOTE);
  await note.getByRole("button", { name: "Spara anteckningen" }).click();
  await sees(agent, NOTE);

  const handOver = await unfold(agent, "Lämna över till …");
  await handOver.getByLabel("Till vilken grupp?").selectOption({ label: who.secondLine.group });
  await handOver.getByLabel("Skriv varför").fill("Servern behöver ses över.");
  await handOver.getByRole("button", { name: "Lämna över till …" }).click();
  await sees(agent, /lämnade över från/);

  await findTicket(second, number);
  const giveBack = await unfold(second, "Lämna tillbaka");
  await giveBack.getByLabel("Skriv varför").fill("Servern är omstartad.");
  await giveBack.getByRole("button", { name: "Lämna tillbaka" }).click();

  await resolve(agent, number);

  await requester.goto(`/tickets/${number}`);
  await sees(requester, REPLY);
  await sees(requester, SOLUTION);
  await doesNotHold(requester, NOTE);
  await press(requester, "link", "Det fungerar fortfarande inte");
  await requester.getByLabel("Beskriv vad som fortfarande inte fungerar.").fill("Samma vita sida.");
  await press(requester, "button", "Öppna ärendet igen");

  await findTicket(agent, number);
  await agent.getByText("Samma vita sida.").first().waitFor({ state: "attached" });
  await resolve(agent, number);

  await requester.goto(`/tickets/${number}`);
  await press(requester, "button", "Det fungerar nu – stäng ärendet");
  await hasStatus(requester, "Stängt");
  await findTicket(agent, number);
  await hasStatus(agent, "Stängt");

  for (const page of [requester, agent, second]) await closePage(page);
});

/** Takes the ticket if it is nobody's, and resolves it. */
async function resolve(page, number) {
  await findTicket(page, number);
  const take = page.getByRole("button", { name: "Ta ärendet" });
  if (await take.isVisible()) await take.click();
  const fold = await unfold(page, /^\s*Lös\s*$/);
  await fold.getByLabel("Lösning").fill(SOLUTION);
  await fold.getByRole("button", { name: "Lös", exact: true }).click();
  await hasStatus(page, "Löst");
}
