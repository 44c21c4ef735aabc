"""A mail server for tests on a loopback port: Debian's aiosmtpd, delivering into a folder.

Each mail becomes one file with the envelope in its first lines (X-Test-Sender, X-Test-Recipient). Addresses that
begin with `refused` are refused for good (550), those with `later` for now (451).
"""

import asyncio
import itertools
import os
import sys

from aiosmtpd.controller import Controller


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
        head = f"X-Test-Sender: <{envelope.mail_from or ''}>\r\nX-Test-Recipient: {','.join(envelope.rcpt_tos)}\r\n"
        name = os.path.join(self.folder, f"{next(self.numbers):06}.eml")
        with open(name + ".part", "wb") as file:
            file.write(head.encode() + envelope.original_content)
        os.rename(name + ".part", name)
        return "250 OK"


if __name__ == "__main__":
    port, folder = int(sys.argv[1]), sys.argv[2]
    controller = Controller(Folder(folder), hostname="127.0.0.1", port=port)
    controller.start()
    asyncio.new_event_loop().run_forever()
