#!/usr/bin/env python3
"""Tests a program's mail against Bridgehead, from Python: smtplib and imaplib, and the admin API for the rest.

    examples/harness/checkout.py [TOPOLOGY]      default: topologies/contoso.yaml

Needs nothing but Python's standard library. BRIDGEHEAD names another command to start the engine.
"""

import imaplib
import json
import os
import smtplib
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.parse
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
HOME = os.path.dirname(os.path.dirname(HERE))
TOPOLOGY = os.path.join(HOME, "topologies", "contoso.yaml")


class Bridgehead:
    """An organisation in memory and in virtual time, in a process of its own."""

    def __init__(self, topology):
        folder = tempfile.mkdtemp(prefix="bridgehead-")
        ready = os.path.join(folder, "ready.json")
        command = os.environ.get("BRIDGEHEAD", os.path.join(HOME, "bridgehead")).split()
        self.process = subprocess.Popen(
            command + ["run", topology, "--memory", "--virtual-time", "--admin", "127.0.0.1:0", "--ready-file", ready],
            stdout=subprocess.DEVNULL)
        while not os.path.exists(ready):
            if self.process.poll() is not None:
                sys.exit("checkout.py: the engine did not start: exit code %d" % self.process.returncode)
            time.sleep(0.05)
        with open(ready) as file:
            self.ready = json.load(file)

    def address(self, server, protocol):
        host, port = self.ready["servers"][server][protocol].rsplit(":", 1)
        return host, int(port)

    def ask(self, path, **parameters):
        """GET: what is there."""
        return self._call("GET", path, parameters)

    def tell(self, path, **parameters):
        """POST: what shall happen."""
        return self._call("POST", path, parameters)

    def _call(self, method, path, parameters):
        url = "http://%s/v1/%s?%s" % (self.ready["admin"], path, urllib.parse.urlencode(parameters))
        with urllib.request.urlopen(urllib.request.Request(url, method=method)) as answer:
            return json.load(answer)

    def stop(self):
        if self.process.poll() is None:
            self.tell("clock/time/settle")  # or mail that is under way is lost with the engine, which says so
        self.process.terminate()
        self.process.wait()


class CheckoutTest(unittest.TestCase):
    def setUp(self):
        self.mail = Bridgehead(TOPOLOGY)
        self.addCleanup(self.mail.stop)

    def send(self, subject, *to):
        with smtplib.SMTP(*self.mail.address("BER-HT1", "smtp")) as smtp:
            return smtp.sendmail("anna@contoso.test", to, "Subject: %s\r\nTo: %s\r\n\r\nhi\r\n" % (subject, to[0]))

    def test_mail_comes_by_the_expected_way_and_can_be_read_over_imap(self):
        self.send("your order", "mia@contoso.test")

        inbox = self.mail.ask("mailboxes/mia@contoso.test", atLeast=1, wait=10)["messages"]
        self.assertEqual(["Berlin", "Munich", "Vienna", "Rome"], inbox[0]["sites"])
        with imaplib.IMAP4(*self.mail.address("ROM-MBX1", "imap")) as imap:
            imap.login("mia@contoso.test", "mia@contoso.test")
            imap.select("INBOX")
            _, parts = imap.fetch("1", "(BODY[HEADER.FIELDS (SUBJECT)])")
            self.assertIn(b"your order", parts[0][1])

    def test_mail_waits_for_a_link_and_goes_when_it_is_mended(self):
        self.mail.tell("links/Vienna-Rome/cut")
        self.send("patience", "mia@contoso.test")
        self.mail.tell("clock/time/advance", by="3h")
        self.assertEqual([], self.mail.ask("mailboxes/mia@contoso.test")["messages"])
        waiting = [queue for queue in self.mail.ask("queues") if queue["messageCount"]]
        self.assertEqual(["VIE-HT1\\site:Rome"], [queue["identity"] for queue in waiting])

        self.mail.tell("links/Vienna-Rome/mend")
        self.mail.tell("clock/time/advance", by="15m")
        self.assertEqual(1, len(self.mail.ask("mailboxes/mia@contoso.test")["messages"]))

    def test_the_program_is_told_no_and_then_yes(self):
        self.mail.tell("servers/BER-HT1/reply", at="rcpt", address="mia@contoso.test", code=451,
                       text="4.3.0 not now", times=1)
        with self.assertRaises(smtplib.SMTPRecipientsRefused):
            self.send("first try", "mia@contoso.test")
        self.send("second try", "mia@contoso.test")
        self.assertEqual(1, len(self.mail.ask("mailboxes/mia@contoso.test", atLeast=1, wait=10)["messages"]))

    def test_what_the_program_said_is_on_record(self):
        self.send("hello", "mia@contoso.test", "bert@contoso.test")

        session = self.mail.ask("sessions", server="BER-HT1")[0]
        self.assertEqual("anna@contoso.test", session["mails"][0]["from"])
        self.assertEqual(["bert@contoso.test"], session["mails"][0]["bcc"])
        self.assertTrue(any(line.lower().startswith("c: mail from:<anna@contoso.test>") for line in session["transcript"]))


if __name__ == "__main__":
    if len(sys.argv) > 1 and sys.argv[1].endswith(".yaml"):
        TOPOLOGY = sys.argv.pop(1)
    unittest.main()
