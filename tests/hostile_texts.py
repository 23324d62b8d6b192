"""Texts that try to be more than a name: one table for everything that shows or keeps names of others.

Each payload has the title of its trick. `FLAG` is what a script would set, and `ADDRESS` what it would load, if it ran.
"""

FLAG = "hacked"
ADDRESS = "evil.example"

MARKUP = {
    "script": f"<script>window.{FLAG}=1</script>",
    "script that ends another": f"</script><script>window.{FLAG}=1</script>",
    "event": f"<img src=x onerror=window.{FLAG}=1>",
    "event of svg": f"<svg/onload=window.{FLAG}=1>",
    "out of an attribute": f"\"'><b onmouseover=window.{FLAG}=1 autofocus onfocus=window.{FLAG}=1 tabindex=1>",
    "remote picture": f"<img src=http://{ADDRESS}/x.png>",
    "remote style": f"<link rel=stylesheet href=http://{ADDRESS}/x.css><style>@import 'http://{ADDRESS}/y.css';</style>",
    "frame": f"<iframe src=http://{ADDRESS}/ srcdoc='<script>parent.{FLAG}=1</script>'></iframe>",
    "base and form": f"<base href=http://{ADDRESS}/><form action=http://{ADDRESS}/><input autofocus></form>",
    "address of a script": f"javascript:window.{FLAG}=1",
    "refresh": f"<meta http-equiv=refresh content='0;url=http://{ADDRESS}/'>",
    "comment": "<!-- --!><!--",
    "raw text": f"</textarea></title></style><script>window.{FLAG}=1</script>",
    "template": f"{{{{constructor.constructor('window.{FLAG}=1')()}}}}${{window.{FLAG}=1}}",
    "entity": f"&lt;script&gt;window.{FLAG}=1&lt;/script&gt;&#60;script&#62;",
    "link of Markdown": f"[x](javascript:window.{FLAG}=1) ![x](http://{ADDRESS}/x.png) <http://{ADDRESS}>",
    "prototype": "__proto__",
    "JSON separators": "\u2028\u2029]]>",
}
TERMINAL = {
    "colour": "\x1b[31m",
    "title": "\x1b]0;owned\x07",
    "link": f"\x1b]8;;http://{ADDRESS}\x1b\\name\x1b]8;;\x1b\\",
    "clipboard": "\x1b]52;c;cm0gLXJmIH4=\x07",
    "clear": "\x9b2J\x1bc",
    "back over it": "evil\b\b\b\bgood\r",
    "override": "\u202egnp.exe",
    "isolate": "\u2066\u2067x",
    "mark of direction that nobody uses": "\u206ax\u206f",
    "tags": "\U000e0001\U000e0041\U000e007f",
    "annotation": "\ufff9seen\ufffahidden\ufffb",
    "markup of rich": f"[link=http://{ADDRESS}]x[/link][bold]",
    "delete": "\x7f\x00",
}
FORMULAS = {
    "equals": '=HYPERLINK("http://evil.example","x")',
    "plus": "+1+1",
    "minus": "-2+3+cmd|' /C calc'!A0",
    "at": "@SUM(1+1)*cmd|' /C calc'!A0",
    "tab": "\t=1+1",
    "line end": "\r=1+1",
    "new line": "\n=1+1",
    "full width": "＝1+1",
    "full width at": "＠SUM(1)",
    "small form": "﹦1+1",
    "behind an apostrophe": "'=1+1",
    "behind a space": " =1+1",
    "behind a hard space": "\u00a0=1+1",
    "behind a byte-order mark": "\ufeff=1+1",
    "behind zero width": "\u200b=1+1",
    "behind NUL": "\0=1+1",
    "out of quotes": '","=1+1',
    "separators": ";=1+1\t=1+1,=1+1",
}
# Characters of these kinds are obeyed or hide something; none may reach a terminal.
OBEYED = frozenset(
    map(
        chr,
        (
            *range(0x09),
            *range(0x0B, 0x20),
            *range(0x7F, 0xA0),
            *range(0x2028, 0x202F),
            *range(0x2066, 0x2070),
            *range(0xFFF9, 0xFFFC),
            *range(0xE0000, 0xE0080),
        ),
    )
)
