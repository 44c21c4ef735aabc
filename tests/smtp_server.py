"""A mail server for tests on a loopback port: Debian's aiosmtpd, delivering into a folder.

Each mail becomes one file with the envelope in its first lines (X-Test-Sender, X-Test-Recipient). Addresses that
begin with `refused` are refused for good (550), those with `later` for now (451).

    smtp_server.py PORT FOLDER [STARTTLS_PORT TLS_PORT CERTIFICATE KEY]

The two further ports encrypt and take mail only from `arende` with the password `hemligt`.
"""

import asyncio
import itertools
import os
import ssl
import sys

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult


class Folder:
    """Takes mails and writes them down."""

    def __init__(self, folder):
        self.folder = folder
        self.numbers = itertools.count(1)

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("refused"):
            return "550 5.1.1 No such user"
        if address.startswith("later"):
            return "451 4.3.2 Come back later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        sender = (envelope.mail_from or "").strip("<>")
        head = f"X-Test-Sender: <{sender}>\r\nX-Test-Recipient: {','.join(envelope.rcpt_tos)}\r\n"
        name = os.path.join(self.folder, f"{next(self.numbers):06}.eml")
        with open(name + ".part", "wb") as file:
            file.write(head.encode() + envelope.original_content)
        os.rename(name + ".part", name)
        return "250 OK"


def signed_in(server, session, envelope, mechanism, data):
    """Whether somebody may send."""
    right = getattr(data, "login", b"") == b"arende" and getattr(data, "password", b"") == b"hemligt"
    return AuthResult(success=right, handled=False)


if __name__ == "__main__":
    port, folder = int(sys.argv[1]), sys.argv[2]
    handler = Folder(folder)
    Controller(handler, hostname="127.0.0.1", port=port).start()
    if len(sys.argv) > 3:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(sys.argv[5], sys.argv[6])
        auth = {"authenticator": signed_in, "auth_required": True}
        Controller(
            handler, hostname="127.0.0.1", port=int(sys.argv[3]), tls_context=context, require_starttls=True, **auth
        ).start()
        Controller(
            handler, hostname="127.0.0.1", port=int(sys.argv[4]), ssl_context=context, auth_require_tls=False, **auth
        ).start()
    asyncio.new_event_loop().run_forever()
