"""The order of the admin's menu: what an editor works with every day comes first, what is set up once comes last.

Every room registers its own screens and takes its place from here; groups whose items come from several rooms are
named here too. Places leave gaps of ten, so that a room may add a neighbour.
"""

from __future__ import annotations

# What visitors read, from the whole tree to single kinds of pages.
PAGES = 100
PRACTICES = 110
ROADMAP = 120
EVENTS = 130
CONTESTS = 140
NEWS = 150
DOCUMENTS = 160
# What organisations send in.
SUBMISSIONS = 170
# Pictures and attached files of all pages.
IMAGES = 200
FILES = 210
# What pages refer to.
VOCABULARIES = 300
ORGANISATIONS = 310
# What people write to the portal and what it writes to them.
FEEDBACK = 540
LETTERS = 550
# What is looked at now and then.
TRASH = 800
REPORTS = 9_000
SETTINGS = 10_000
