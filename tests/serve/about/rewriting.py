"""The part of Apache's mod_rewrite that our rules use: in a folder, with one pattern, one target and the flags R and L."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote

_RULE = re.compile(r"RewriteRule (?P<pattern>\S+) (?P<target>\S+) \[R=(?P<status>30[1-8]),L\]")
_KNOWN = re.compile(r"#.*|\s*|Options -MultiViews|</?IfModule.*>|Header always set Access-Control-Allow-Origin \"\*\"|RewriteEngine on")
_PLAIN = "/$-_.+!*'(),:@&=;~"  # what ap_escape_uri leaves as it is (os_escape_path in Apache's util.c)


@dataclass(frozen=True, slots=True)
class Redirect:
    """A rule: whoever asks for what fits is led elsewhere."""

    pattern: re.Pattern[str]
    target: str
    status: int


def rules(text: str) -> list[Redirect]:
    """The rules of a file, in order. A line of another kind fails, as this would not do what Apache does."""
    found = []
    for line in text.splitlines():
        rule = _RULE.fullmatch(line)
        assert rule or _KNOWN.fullmatch(line), f"not understood: {line}"
        if rule:
            found.append(Redirect(re.compile(rule["pattern"]), rule["target"], int(rule["status"])))
    return found


def led(redirects: list[Redirect], path: str) -> tuple[int, str | None]:
    """The status and Location for a path below the folder, with its query: 404 where no rule fits.

    The path is decoded before it is compared and encoded again in the target; the query is passed on as it is.
    """
    raw, mark, query = path.partition("?")
    for redirect in redirects:
        if fits := redirect.pattern.search(unquote(raw)):
            target = redirect.target.replace("$1", _escaped(fits[1] or "") if fits.re.groups else "")
            return redirect.status, f"{target}{mark}{query}"
    return 404, None


def _escaped(text: str) -> str:
    """Apache writes the digits of an escape small, which is the same (RFC 3986, section 6.2.2.1)."""
    return re.sub("%[0-9A-F]{2}", lambda escape: escape[0].lower(), quote(text, safe=_PLAIN))


def committed() -> list[Redirect]:
    """The rules that lie in the repository."""
    return rules((Path(__file__).resolve().parents[3] / "deploy" / "w3id" / ".htaccess").read_text(encoding="utf-8"))
