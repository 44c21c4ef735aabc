// What several journeys do on their way.

import assert from "node:assert/strict";
import { press } from "./browser.mjs";

const NUMBER = /\b(?:INC|REQ)-\d+/;

/** Reports a fault in the portal, as far as the receipt. Gives the ticket's number. */
export async function reportFault(page, { what, description, able = "Delvis" }) {
  await page.goto("/");
  await press(page, "link", "Anmäl ett fel");
  await page.getByLabel("Vad är det som inte fungerar?").fill(what);
  await page.getByLabel("Beskriv vad du gjorde och vad som hände.").fill(description);
  await page.getByRole("group", { name: "Vem drabbas?" }).getByLabel("Bara jag").check();
  await page.getByRole("group", { name: "Kan du arbeta ändå?" }).getByLabel(able).check();
  await press(page, "button", "Skicka felanmälan");
  const receipt = page.getByRole("heading", { level: 1, name: "Vi har tagit emot ditt ärende" });
  await receipt.waitFor();
  return numberIn(await receipt.innerText());
}

export function numberIn(text) {
  const number = text.match(NUMBER)?.[0];
  assert.ok(number, `no ticket number in "${text}"`);
  return number;
}

/** Opens a ticket in the workspace by searching for its number. */
export async function findTicket(page, number) {
  await page.goto("/workspace");
  await page.getByRole("searchbox", { name: "Sök ärenden" }).fill(number);
  await page.keyboard.press("Enter");
  const heading = page.getByRole("heading", { level: 1, name: number });
  const row = page.getByRole("link", { name: number });
  // A number that is found leads to the ticket, or to a list of one.
  await heading.or(row).first().waitFor();
  if (!(await heading.isVisible())) await row.first().click();
  await heading.waitFor();
}

/** Unfolds a part of the page by its summary and gives the part. */
export async function unfold(page, summary) {
  const fold = page.locator("details").filter({ has: page.locator("summary").filter({ hasText: summary }) }).first();
  if ((await fold.getAttribute("open")) === null) await fold.locator("summary").click();
  return fold;
}

/** Waits until the ticket's page shows this status. */
export async function hasStatus(page, status) {
  await page.locator(".tag").filter({ hasText: status }).first().waitFor();
}

/** The numbers of the tickets in the queue, in the order on the screen. */
export async function rows(page) {
  const subjects = await page.getByRole("table").getByRole("rowheader").allInnerTexts();
  return subjects.map(numberIn);
}
