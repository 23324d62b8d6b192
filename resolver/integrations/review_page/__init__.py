"""The review page: a queue file in, decisions of a curator in a browser, the same file with the decisions out.

queue_file.py  the file, item by item: what nobody decided stays as it is, byte for byte
state.py       the queue in memory: decide, undo, redo; each is in the file before the answer goes out
view.py        items as the page shows them: rows of the list, the details of one, search
live.py        what one decision would write into the registry, and which entities there are
applying.py    what all decisions would write, and writing it
security.py    who may ask: this page alone
server.py      the addresses of all that
static/        the page: plain HTML, CSS and ES modules

Everything but security.py and server.py works without the extra `web`.
"""
