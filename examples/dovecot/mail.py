"""Sends mail and looks at mailboxes for `failover`. Python's standard library is all it needs."""

import argparse
import collections
import glob
import imaplib
import json
import os
import random
import re
import smtplib
import sys
import time

PEOPLE = ["u%d@x.test" % i for i in range(1, 6)]
COLUMNS = ["run", "acknowledged", "on B", "lost with A", "redelivered", "dropped", "lost for good", "twice"]
PATIENCE = 120
NAMED = 20


def address(text):
    host, port = text.rsplit(":", 1)
    return host, int(port)


def send(options):
    """Sends until the file appears. What a hub has acknowledged is logged: Message-ID and recipients."""
    chance = random.Random(options.seed)
    doors = [smtplib.SMTP(*address(door)) for door in options.doors]
    begin, number = time.monotonic(), 0
    with open(options.log, "w", buffering=1) as log:
        while not os.path.exists(options.until):
            number += 1
            people = chance.sample(PEOPLE, chance.randint(1, 3))
            message_id = "<%d.%s@client.test>" % (number, options.seed)
            text = "From: a@client.test\r\nMessage-ID: %s\r\nSubject: letter %d\r\n\r\n%s\r\n" % (
                message_id, number, "x" * chance.randint(10, 4000))
            refused = chance.choice(doors).sendmail("a@client.test", people, text)
            log.write("%s %s\n" % (message_id, " ".join(p for p in people if p not in refused)))
            time.sleep(max(0, begin + number / options.rate - time.monotonic()))
    for door in doors:
        door.quit()


def moment(options):
    """When A dies after a copy: not at its end and not when the next one begins."""
    print("%.2f" % (options.interval * random.Random("moment" + options.seed).uniform(0.2, 0.9)))


def message_id(header):
    found = re.search(rb"^Message-ID:\s*(<[^>]*>)", header, re.I | re.M)
    return found.group(1).decode() if found else "?"


def stored(options):
    """Message-ID and mailbox of all that a node's disk has."""
    for name in sorted(glob.glob(os.path.join(options.folder, "*", "Maildir", "*", "*"))):
        parts = name.split(os.sep)
        if parts[-2] in ("new", "cur"):
            with open(name, "rb") as file:
                print(message_id(file.read(8192)), parts[-4])


def pairs(name):
    with open(name) as file:
        return collections.Counter(tuple(line.split()) for line in file)


def acknowledged(name):
    with open(name) as file:
        return {(line.split()[0], person) for line in file for person in line.split()[1:]}


def read(imap):
    """What people see: a count for each Message-ID and mailbox."""
    found = collections.Counter()
    for person in PEOPLE:
        client = imaplib.IMAP4(*address(imap))
        client.login(person, "secret")
        _, count = client.select("INBOX", readonly=True)
        if int(count[0]):
            _, answer = client.fetch("1:*", "(BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])")
            found.update((message_id(part[1]), person) for part in answer if isinstance(part, tuple))
        client.logout()
    return found


def delivered(folder, since):
    """Deliveries that the hubs logged since the failure: Message-ID and mailbox."""
    found = collections.Counter()
    for name in glob.glob(os.path.join(folder, "data", "tracking", "*")):
        with open(name, encoding="utf-8") as file:
            for line in file:
                event = json.loads(line)
                if event["event"] == "DELIVER" and event["time"] >= since:
                    found.update((event["messageId"], person) for person in event["recipients"])
    return found


def settled(options, wanted):
    """Looks until everything is there and nothing comes any more, or patience ends."""
    end, before = time.monotonic() + PATIENCE, None
    while True:
        now = read(options.imap), sum(delivered(options.folder, options.since).values())
        if now == before and (not wanted - set(now[0]) or time.monotonic() > end):
            return now[0]
        before = now
        time.sleep(3)


def compare(options):
    """Prints the figures of a run; fails when something is lost or there twice."""
    file = lambda name: os.path.join(options.folder, name)
    with open(file("failed")) as when:
        options.since = when.read().strip()
    wanted = acknowledged(file("acknowledged"))
    on_a, on_b = set(pairs(file("stored.A"))), set(pairs(file("stored.B")))
    there = settled(options, wanted)
    again = delivered(options.folder, options.since)
    lost_with_a = on_a - on_b
    lost = wanted - set(there)
    twice = {pair for pair, count in there.items() if count > 1}
    figures = [
        options.number, len(wanted), len(on_b), len(lost_with_a), len(lost_with_a & set(there) & set(again)),
        len([pair for pair in on_b if again[pair] and there[pair] == 1]), len(lost), len(twice)]
    print(row(figures))
    for what, which in (("lost", lost), ("twice", twice)):
        for pair in sorted(which)[:NAMED]:
            print("%s: %s for %s" % (what, *pair), file=sys.stderr)
        if len(which) > NAMED:
            print("%s: %d more" % (what, len(which) - NAMED), file=sys.stderr)
    return 1 if lost or twice else 0


def row(cells):
    return "  ".join(str(cell).rjust(len(name)) for cell, name in zip(cells, COLUMNS))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    verbs = parser.add_subparsers(required=True)
    verb = verbs.add_parser("send")
    verb.set_defaults(does=send)
    verb.add_argument("--rate", type=float, required=True)
    verb.add_argument("--seed", required=True)
    verb.add_argument("--until", required=True)
    verb.add_argument("--log", required=True)
    verb.add_argument("doors", nargs="+")
    verb = verbs.add_parser("moment")
    verb.set_defaults(does=moment)
    verb.add_argument("--seed", required=True)
    verb.add_argument("interval", type=float)
    verb = verbs.add_parser("stored")
    verb.set_defaults(does=stored)
    verb.add_argument("folder")
    verb = verbs.add_parser("compare")
    verb.set_defaults(does=compare)
    verb.add_argument("--number", required=True)
    verb.add_argument("--folder", required=True)
    verb.add_argument("--imap", required=True)
    verb = verbs.add_parser("head")
    verb.set_defaults(does=lambda options: print(row(COLUMNS)))
    options = parser.parse_args()
    sys.exit(options.does(options) or 0)


main()
