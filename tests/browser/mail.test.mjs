// A hostile mail in the workspace: nothing in it runs, nothing is fetched, and it stays in its frame.

import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { closePage, openBrowser, sees } from "./support/browser.mjs";
import { people, signedIn } from "./support/people.mjs";
import { startServer } from "./support/server.mjs";

let server, browser, who, listener;
const hits = [];

before(async () => {
  listener = createServer((request, response) => {
    hits.push(request.url);
    response.end();
  });
  await new Promise((resolve) => { listener.listen(0, "127.0.0.1", resolve); });
  [server, browser, who] = await Promise.all([startServer(), openBrowser(), people()]);
});
after(async () => {
  await browser?.close();
  await server?.stop();
  listener?.close();
});

const hostile = (elsewhere) => `<html><head><base href="${elsewhere}/base/">
<meta http-equiv="refresh" content="0;url=${elsewhere}/refresh">
<link rel="stylesheet" href="${elsewhere}/style.css">
<style>body { background: url(${elsewhere}/css) } @import url(${elsewhere}/import);</style></head>
<body onload="parent.hacked=1">
<script>top.hacked = 1; document.title = "hacked"; top.location = "${elsewhere}/script";</script>
<img src="${elsewhere}/picture.gif" onerror="top.hacked = 1"><img srcset="${elsewhere}/set 2x">
<img src="x" onerror="top.hacked=1"><svg onload="top.hacked=1"><image href="${elsewhere}/svg"/></svg>
<div style="background:url(${elsewhere}/inline)">Faktura för <b>skrivaren</b></div>
<iframe src="${elsewhere}/frame"></iframe><object data="${elsewhere}/object"></object><embed src="${elsewhere}/embed">
<video poster="${elsewhere}/poster" src="${elsewhere}/video" autoplay></video>
<form action="${elsewhere}/form"><input name="password" autofocus><button>Logga in</button></form>
<a href="${elsewhere}/top" target="_top">Öppna fakturan</a>
<a href="javascript:top.hacked=1" target="_top">Klicka</a>
</body></html>`;

/** Posts a mail as an automatic one of a stranger, which waits for a look. */
async function post(html) {
  const api = `${server.url}/api/v1`;
  const { email, password } = who.administrator;
  const session = await fetch(`${api}/sessions`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ email, password }),
  });
  const authorization = `Bearer ${(await session.json()).accessToken}`;
  const body = [
    "From: Kim <kim@stranger.example>", "To: it@example.se", "Subject: Faktura", "Message-ID: <hostile@stranger.example>",
    "Auto-Submitted: auto-generated", "MIME-Version: 1.0", "Content-Type: text/html; charset=utf-8", "", html,
  ].join("\r\n");
  const headers = { "Content-Type": "message/rfc822", "Authorization": authorization };
  const taken = await fetch(`${api}/intake/mail`, { method: "POST", headers, body });
  assert.equal(taken.status, 202);
  const { id } = await taken.json();
  for (let tries = 0; tries < 200; tries += 1) {
    const mail = await (await fetch(`${api}/inbound-mails/${id}`, { headers: { "Authorization": authorization } })).json();
    if (mail.state !== "received") {
      assert.equal(mail.state, "held");
      return id;
    }
    await new Promise((resolve) => { setTimeout(resolve, 50); });
  }
  throw new Error("the mail was not understood");
}

test("a hostile mail runs nothing, fetches nothing and stays in its frame", async () => {
  const elsewhere = `http://127.0.0.1:${listener.address().port}`;
  const id = await post(hostile(elsewhere));
  const page = await signedIn(browser, server, who.firstLine);
  await page.goto("/workspace/mail");
  await page.getByRole("link", { name: "Faktura", exact: true }).click();
  await sees(page, "Varför blev det så här?");
  const address = page.url();
  await page.getByText("Visa som HTML").click();
  const frame = page.frameLocator("iframe.mail-frame");
  await frame.getByText("Faktura för").waitFor();
  assert.equal(await frame.locator("script, form, iframe, object, embed, svg, video, meta[http-equiv], link, [style]").count(), 0);
  await page.waitForTimeout(500);
  assert.equal(page.url(), address, "the page was led away");
  assert.equal(await page.evaluate(() => globalThis.hacked), undefined, "a script ran");
  assert.deepEqual(hits, [], "something was fetched");

  // A link opens beside, without a way back to our page; the frame and the page stay where they are.
  const link = frame.getByRole("link", { name: "Öppna fakturan" });
  assert.match(await link.getAttribute("rel"), /noopener.*noreferrer/);
  const opened = page.context().waitForEvent("page");
  await link.click();
  const beside = await opened;
  await beside.waitForLoadState();
  assert.equal(await beside.evaluate(() => globalThis.opener), null);
  await beside.close();
  assert.deepEqual(hits.filter((path) => path !== "/favicon.ico"), ["/top"]);
  assert.equal(page.url(), address);
  await frame.getByText("Faktura för").waitFor();

  // Asked for by its own address it is just as harmless.
  await page.goto(`/workspace/mail/${id}/html`);
  await page.waitForTimeout(300);
  assert.equal(new URL(page.url()).pathname, `/workspace/mail/${id}/html`);
  assert.deepEqual(hits.filter((path) => path !== "/favicon.ico"), ["/top"]);
  await closePage(page);
});

test("a text of mails is looked at before it is saved", async () => {
  const page = await signedIn(browser, server, who.administrator);
  const address = "/admin/mail/templates/answered-sv";
  await page.goto(address);
  const body = page.getByRole("textbox", { name: "Text", exact: true });
  await body.fill("Hej {{ name }}!\n\n<script>top.hacked = 1</script>\n\nLäs svaret: {{ url }}");
  await page.getByRole("button", { name: "Förhandsgranska" }).click();
  await sees(page, "Texten är inte sparad än.");
  const frame = page.frameLocator("iframe.mail-frame");
  await frame.getByText("Hej Anna Ek!").waitFor();
  // The mail's own styles hold in the frame, and what was written there is text.
  const button = frame.getByRole("link", { name: "Läs svaret" });
  assert.equal(await button.evaluate((link) => getComputedStyle(link).color), "rgb(255, 255, 255)");
  await frame.getByText("<script>top.hacked = 1</script>").waitFor();
  assert.equal(await page.evaluate(() => globalThis.hacked), undefined);
  assert.match(await body.inputValue(), /Läs svaret: \{\{ url \}\}/);
  await page.goto(address);
  assert.doesNotMatch(await body.inputValue(), /Läs svaret/);
  await closePage(page);
});

test("a mailbox is taken away only by somebody who means it", async () => {
  const page = await signedIn(browser, server, who.administrator);
  await page.goto("/admin/mail/mailboxes/new");
  await page.getByLabel("Namn", { exact: true }).fill("Provlådan");
  await page.getByLabel("E-postadress").fill("prov@example.se");
  await page.getByLabel("En egen e-postserver eller ett program lämnar över dem").check();
  await page.getByRole("button", { name: "Lägg till brevlåda" }).click();
  await sees(page, "Tar emot mejl som lämnas över");
  await page.getByRole("button", { name: "Ta bort …" }).click();
  await sees(page, "Ta bort brevlådan Provlådan?");
  await page.getByRole("link", { name: "Avbryt" }).click();
  await page.getByRole("button", { name: "Ta bort …" }).click();
  await page.getByRole("button", { name: "Ta bort brevlådan" }).click();
  await page.waitForURL((url) => url.pathname === "/admin/mail");
  assert.equal(await page.getByText("Provlådan").count(), 0);
  await closePage(page);
});
