// axe looks at every page: light and dark, wide and at the narrowest width the law asks for, where
// nothing may be wider than the screen.

import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { closePage, DESKTOP, NARROW, heading, newPage, openBrowser } from "./support/browser.mjs";
import { people, signedIn } from "./support/people.mjs";
import { startServer } from "./support/server.mjs";
import { reportFault, rows } from "./support/steps.mjs";

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "EN-301-549", "EN-301-549v4", "best-practice"];
const LOOKS = [
  { name: "light", colorScheme: "light", viewport: DESKTOP },
  { name: "dark", colorScheme: "dark", viewport: DESKTOP },
  { name: "narrow", colorScheme: "light", viewport: NARROW },
];

let server, browser, who;
before(async () => {
  [server, browser, who] = await Promise.all([startServer(), openBrowser(), people()]);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

test("pages for everybody", async () => {
  const page = await newPage(browser, server);
  await look(page, ["/login", "/tillganglighet", "/api/docs", "/does-not-exist"]);
});

test("the portal", async () => {
  const page = await signedIn(browser, server, who.requester);
  const number = await reportFault(page, { what: "Bilden flimrar", description: "Sedan i morse." });
  await look(page, [
    "/", "/report-fault", "/order", "/tickets", "/tickets?status=closed", `/tickets/${number}`,
    `/tickets/${number}/receipt`, `/tickets/${number}/cancel`, "/profile",
  ]);
});

test("a form that comes back with errors", async () => {
  const page = await signedIn(browser, server, who.requester);
  await bringAxe(page);
  await page.goto("/report-fault");
  await page.getByRole("button", { name: "Skicka felanmälan" }).click();
  await page.getByRole("alert").waitFor();
  await look(page, [null]);
});

test("the workspace", async () => {
  const page = await signedIn(browser, server, who.firstLine);
  await page.goto("/workspace");
  const queue = new URL(page.url()).pathname;
  const [number] = await rows(page);
  await page.goto(`/workspace/calls/new?q=${encodeURIComponent(who.requester.email)}`);
  const caller = await page.getByRole("main").getByRole("list").getByRole("link").first().getAttribute("href");
  await look(page, [
    queue, `${queue}?channel=phone`, `/workspace/tickets/${number}`, `/workspace/tickets/${number}/facts`,
    "/workspace/calls/new", "/workspace/calls/new?q=anna", caller, "/workspace/calls/new-person?name=Nils",
    "/workspace/mail", "/workspace/search", "/workspace/search?q=skrivare", "/workspace/shortcuts", "/workspace/reports/resolution",
    "/workspace/load", "/workspace/queues/all?due=overdue&sort=dueAt", "/workspace/reviews", "/workspace/reports/ledger",
    "/workspace/reports/ledger?from=2020-01-01&to=2026-01-01",
  ]);
});

test("a ticket with every part unfolded", async () => {
  const page = await signedIn(browser, server, who.firstLine);
  await page.goto("/workspace");
  const [number] = await rows(page);
  await bringAxe(page);
  await page.goto(`/workspace/tickets/${number}`);
  await page.evaluate(() => { for (const fold of document.querySelectorAll("main details")) fold.open = true; });
  await look(page, [null]);
});

test("the report as those see it who only read figures", async () => {
  const page = await signedIn(browser, server, who.board);
  await look(page, ["/workspace/reports/resolution", "/workspace/reports/resolution?by=month"]);
});

test("the administration", async () => {
  const page = await signedIn(browser, server, who.administrator);
  const kinds = ["people", "organisations", "groups", "categories", "services", "systems"];
  const records = [];
  for (const kind of kinds) {
    await page.goto(`/admin/${kind}`);
    records.push(await page.getByRole("table").getByRole("link").first().getAttribute("href"));
  }
  await look(page, [
    "/admin", ...kinds.flatMap((kind) => [`/admin/${kind}`, `/admin/${kind}/new`]), ...records,
    "/admin/people?q=finnsinte", "/admin/import", "/admin/jobs", "/admin/mail/incoming",
    "/admin/mail", "/admin/mail/mailboxes/new", "/admin/mail/templates", "/admin/mail/templates/answered-sv", "/admin/mail/outgoing",
  ]);
});

test("what the desk has decided", async () => {
  const page = await signedIn(browser, server, who.administrator);
  await page.goto("/admin/policies/rules/new");
  await page.getByLabel("Namn", { exact: true }).fill("Skrivare");
  await page.getByLabel("Något av orden finns i texten").fill("skrivare*");
  await page.getByLabel("Ge ärendet till grupp").selectOption(who.secondLine.group);
  await page.getByRole("button", { name: "Pröva på ärenden som varit" }).click();
  await page.getByRole("button", { name: "Låt det gälla" }).click();
  await page.getByText("Ändringen är sparad.").waitFor();
  const rule = await page.getByRole("table", { name: "Routningsregler" }).getByRole("link").first().getAttribute("href");
  await look(page, [
    "/admin/policies", "/admin/policies/calendars", "/admin/policies/calendars/servicedesk",
    "/admin/policies/calendars/servicedesk/change", "/admin/policies/rules", "/admin/policies/rules/new", rule,
    "/admin/policies/priority-list", "/admin/policies/priority-list/change", "/admin/policies/agreements",
    "/admin/policies/agreements/new", "/admin/policies/agreements/base-function",
    "/admin/policies/agreements/base-function/change", "/admin/policies/responsibilities",
  ]);
});

test("a rule as it is tried", async () => {
  const page = await signedIn(browser, server, who.administrator);
  await bringAxe(page);
  await page.goto("/admin/policies/rules/new");
  await page.getByLabel("Namn", { exact: true }).fill("Mejl");
  await page.getByLabel("Något av orden finns i texten").fill("e-post*");
  await page.getByLabel("Ge ärendet till grupp").selectOption(who.secondLine.group);
  await page.getByRole("button", { name: "Pröva på ärenden som varit" }).click();
  await page.getByText("Exempel att titta på").waitFor();
  await look(page, [null]);
});

/** Puts axe into every page from now on, by the browser itself: the pages let no foreign script in. */
function bringAxe(page) {
  return page.context().addInitScript({ path: AXE });
}

/** Goes to each address in turn (`null`: stays) and looks at it in every way. Closes the page. */
async function look(page, paths) {
  await bringAxe(page);
  const complaints = [];
  for (const path of paths) {
    if (path) await page.goto(path);
    await heading(page);
    for (const { name, colorScheme, viewport } of LOOKS) {
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      const at = `${new URL(page.url()).pathname} (${name})`;
      complaints.push(...(await violations(page)).map((complaint) => `${at}: ${complaint}`));
      const { scrollWidth, clientWidth } = await page.evaluate(() => document.documentElement);
      if (scrollWidth > clientWidth) complaints.push(`${at}: ${scrollWidth} px wide on a screen of ${clientWidth}`);
    }
  }
  assert.deepEqual(complaints, []);
  await closePage(page);
}

async function violations(page) {
  const { violations } = await page.evaluate((tags) => window.axe.run({ runOnly: { type: "tag", values: tags } }), TAGS);
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ target, any }) =>
    `${id}: ${help}: ${target.join(" ")}${any[0] ? ` (${any[0].message})` : ""}`));
}
