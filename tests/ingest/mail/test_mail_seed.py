from __future__ import annotations

import base64
import quopri
from collections.abc import Sequence
from datetime import date

import pytest

from digestgen.decode import decode
from digestgen.ingest.draft import Draft, ParsedSeed
from digestgen.ingest.mail.mail_seed import read_mail, read_mailbox

ANN = "ann@home.example"
HEAD = (
    "From: The Sandby Echo <news@echo.example>\n"
    f"To: Ann Reed <{ANN}>\n"
    "Subject: Harbour gate opens\n"
    "Date: Tue, 12 Nov 2024 23:30:00 +0100\n"
    "MIME-Version: 1.0\n"
)
GATE = "The harbour of Sandby opened its new gate on Monday, and the first boats left before noon."
WAIT = "Fishermen had waited eleven weeks, said the woman who speaks for forty families of the town."
QUAY = "Work on the quay goes on until spring, when the ferry to the mainland is to sail again."


def mail(body: str, kind: str = "text/plain; charset=utf-8", head: str = HEAD) -> bytes:
    return f"{head}Content-Type: {kind}\n\n{body}".encode()


def html(body: str, head: str = HEAD) -> bytes:
    return mail(f"<html><body>{body}</body></html>", "text/html; charset=utf-8", head)


def parts(kind: str, *found: str, head: str = HEAD) -> bytes:
    inner = "".join(f"--B\n{part}\n" for part in found)
    return f'{head}Content-Type: multipart/{kind}; boundary="B"\n\n{inner}--B--\n'.encode()


def found_in(data: bytes) -> ParsedSeed:
    return read_mail(decode(data, "a.eml").text, "a.eml")


def all_of(data: bytes) -> Sequence[Draft]:
    found = found_in(data)
    assert not found.problems
    return found.drafts


def one_of(data: bytes) -> Draft:
    (draft,) = all_of(data)
    return draft


def test_a_mail_is_an_article() -> None:
    draft = one_of(mail(f"{GATE}\n\n{WAIT}\n"))
    assert draft.title == "Harbour gate opens"
    assert draft.paragraphs == (GATE, WAIT)
    assert (draft.source, draft.published, draft.url) == ("The Sandby Echo", date(2024, 11, 12), None)
    assert draft.lines == (1, 10)


def with_subject(subject: str) -> bytes:
    return mail(GATE, head=HEAD.replace("Harbour gate opens", subject))


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        ("Fwd: Harbour gate opens", "Harbour gate opens"),
        ("RE: Fw: AW: WG: Harbour gate opens", "Harbour gate opens"),
        ("Re[2]: Harbour gate opens", "Harbour gate opens"),
        ("Regarding: the gate", "Regarding: the gate"),
        ("=?utf-8?B?" + base64.b64encode("Tor öffnet – endlich".encode()).decode() + "?=", "Tor öffnet – endlich"),
        ("=?iso-8859-1?Q?Tor_=F6ffnet?= und =?koi8-r?B?" + base64.b64encode("Зима".encode("koi8-r")).decode() + "?=",
         "Tor öffnet und Зима"),
        ("=?nonsense?Q?Tor_=C3=B6ffnet?=", "Tor öffnet"),
        ("=?utf-8?B?broken", "=?utf-8?B?broken"),
        ("Harbour gate\n opens", "Harbour gate opens"),
        ("Tor öffnet", "Tor öffnet"),
    ],
)  # fmt: skip
def test_reads_the_subject_without_marks(subject: str, title: str) -> None:
    assert one_of(with_subject(subject)).title == title


@pytest.mark.parametrize(
    ("sender", "source"),
    [
        ("Echo <news@echo.example>", "Echo"),
        ('"Reed, Ann" <ann@echo.example>', "Reed, Ann"),
        ("news@echo.example", "echo.example"),
        ("news@echo.example <news@echo.example>", "echo.example"),
        ("=?utf-8?Q?D=C3=A4s_Echo?= <news@echo.example>", "Däs Echo"),
        ("", None),
    ],
)
def test_the_sender_is_the_source(sender: str, source: str | None) -> None:
    head = HEAD.replace("The Sandby Echo <news@echo.example>", sender)
    assert one_of(mail(GATE, head=head)).source == source


ENCODED = {
    "quoted-printable": (quopri.encodestring("Tor öffnet in Sandby".encode()), "quoted-printable", "utf-8"),
    "base64": (base64.b64encode("Tor öffnet in Sandby".encode("cp1252")), "base64", "windows-1252"),
    "eight bits": ("Tor öffnet in Sandby".encode("latin-1"), "8bit", "iso-8859-1"),
    "nothing said": ("Tor öffnet in Sandby".encode("latin-1"), "8bit", ""),
    "a charset that lies": ("Tor öffnet in Sandby".encode(), "8bit", "iso-8859-1"),
    "a charset that no one knows": ("Tor öffnet in Sandby".encode(), "8bit", "x-unknown"),
}


@pytest.mark.parametrize(("body", "encoding", "charset"), ENCODED.values(), ids=ENCODED)
def test_reads_a_body_in_whatever_it_is_in(body: bytes, encoding: str, charset: str) -> None:
    kind = f"text/plain; charset={charset}" if charset else "text/plain"
    head = f"{HEAD}Content-Type: {kind}\nContent-Transfer-Encoding: {encoding}\n\n"
    assert one_of(head.encode() + body).paragraphs == ("Tor öffnet in Sandby",)


PLAIN = f"Content-Type: text/plain\n\n{GATE}"
RICH = f"Content-Type: text/html\n\n<p>{GATE}</p><p>{WAIT}</p>"
BODIES = {
    "the HTML of two": (parts("alternative", PLAIN, RICH), (GATE, WAIT)),
    "the plain text where the HTML says nothing": (
        parts("alternative", PLAIN, "Content-Type: text/html\n\n<p>See plain text.</p>"),
        (GATE,),
    ),
    "no attachment": (
        parts("mixed", PLAIN, f"Content-Type: text/plain\nContent-Disposition: attachment; filename=x.txt\n\n{WAIT}"),
        (GATE,),
    ),
    "no text with a file's name": (parts("mixed", PLAIN, f'Content-Type: text/html; name="x.html"\n\n{WAIT}'), (GATE,)),
    "no mail beside a text": (
        parts("mixed", PLAIN, f"Content-Type: message/rfc822\n\nSubject: x\n\n{WAIT}"),
        (GATE,),
    ),
    "the mail in an empty one": (parts("mixed", f"Content-Type: message/rfc822\n\nSubject: x\n\n{WAIT}"), (WAIT,)),
    "broken lines are joined": (mail(f"{GATE[:60]}\n{GATE[60:].strip()}\n\nA short line\nand another\n"),
                                (f"{GATE[:60]} {GATE[60:].strip()}", "A short line", "and another")),
    "no addresses, rules or signature": (
        mail(f"{GATE} <https://echo.example/a>\nhttps://echo.example/track?x\n=====\n{WAIT}\n-- \nAnn\nSandby\n"),
        (GATE, WAIT),
    ),
    "nothing hidden": (html(f'<div style="display:none">Preheader text.</div><p>{GATE}</p>'), (GATE,)),
    "columns of size 0": (
        html(f'<td style="font-size:0px"><div style="font-size:13px">{GATE}</div></td>'), (GATE,)
    ),
    "no script": (html(f"<script>alert(1)</script><p>{GATE}</p>"), (GATE,)),
}  # fmt: skip


@pytest.mark.parametrize(("data", "expected"), BODIES.values(), ids=BODIES)
def test_reads_the_body(data: bytes, expected: tuple[str, ...]) -> None:
    assert one_of(data).paragraphs == expected


@pytest.mark.parametrize(
    "note",
    [
        "View this email in your browser",
        "Having trouble reading this? View it online.",
        "You are receiving this email because you signed up at our shop.",
        f"This email was sent to {ANN}.",
        f"Hello {ANN.upper()}, here is your letter.",
        "Unsubscribe | Manage preferences",
        "Newsletter abbestellen",
        "Se désabonner",
        "Im Browser ansehen",
    ],
)
def test_what_is_about_the_letter_is_left_out(note: str) -> None:
    for data in (mail(f"{note}\n\n{GATE}\n\n{WAIT}"), html(f"<p>{GATE}</p><p>{WAIT}</p><p>{note}</p>")):
        assert one_of(data).paragraphs == (GATE, WAIT)


def test_what_stands_below_the_way_out_goes_with_it() -> None:
    footer = "<p>You can unsubscribe here.</p><p>Echo Ltd, 1 Quay Road, Sandby</p><p>© 2024 Echo Ltd</p>"
    assert one_of(html(f"<p>{GATE}</p><p>{WAIT}</p><p>{QUAY}</p>{footer}")).paragraphs == (GATE, WAIT, QUAY)


def test_an_article_about_unsubscribing_stays() -> None:
    long = f"People unsubscribe more often than they did, {' and so on'.join(['a study says'] * 30)}."
    assert long in one_of(mail(f"{GATE}\n\n{long}\n\n{WAIT}")).paragraphs


def item(title: str, text: str, link: str, tag: str = "h2") -> str:
    return f'<{tag}><a href="{link}">{title}</a></{tag}><p>{text}</p><p><a href="{link}">Read more</a></p>'


NEWSLETTERS = {
    "headings": "h2",
    "bold lines": "strong",
}


@pytest.mark.parametrize("tag", NEWSLETTERS.values(), ids=NEWSLETTERS)
def test_a_newsletter_of_several_articles_is_those(tag: str) -> None:
    body = (
        "<p>Good morning!</p>"
        "<table><tr><td>"
        + "</td></tr><tr><td>".join(
            item(title, text, f"https://echo.example/{number}", tag)
            for number, (title, text) in enumerate(
                (("Harbour gate opens", GATE), ("Fishermen waited weeks", WAIT), ("Quay until spring", QUAY))
            )
        )
        + "</td></tr></table><p>Unsubscribe</p>"
    )
    drafts = all_of(html(body))
    assert [draft.title for draft in drafts] == ["Harbour gate opens", "Fishermen waited weeks", "Quay until spring"]
    assert [draft.paragraphs for draft in drafts] == [(GATE,), (WAIT,), (QUAY,)]
    assert [draft.url for draft in drafts] == [f"https://echo.example/{number}" for number in range(3)]
    assert {(draft.source, draft.published) for draft in drafts} == {("The Sandby Echo", date(2024, 11, 12))}


def test_a_letter_with_headings_and_no_links_is_one() -> None:
    draft = one_of(html(f"<h2>Harbour gate opens</h2><p>{GATE}</p><h2>Fishermen waited</h2><p>{WAIT}</p>"))
    assert draft.title == "Harbour gate opens"
    assert GATE in draft.paragraphs


@pytest.mark.parametrize(
    "link",
    [
        f"https://echo.example/a?who={ANN}",
        "https://echo.example/a?who=ann%40home.example",
        f"https://echo.example/a?who={base64.b64encode(ANN.encode()).decode()}",
    ],
)
def test_no_address_of_a_recipient_gets_out_by_a_link(link: str) -> None:
    drafts = all_of(html(item("Harbour gate opens", GATE, link) + item("Fishermen waited weeks", WAIT, link)))
    assert [draft.url for draft in drafts] == ["https://echo.example/a"] * 2


def test_no_recipient_is_named_anywhere() -> None:
    head = HEAD + "Cc: ben@home.example\nReceived: from x by y for <ann+list@home.example>; Tue, 12 Nov 2024\n"
    head = head.replace("Harbour gate opens", f"News for {ANN}")
    text = "Dear ben@home.example and ann+list@home.example,"
    found = found_in(mail(f"{text}\n\n{GATE}", head=head))
    assert "@" not in repr(found)


FORWARDED = {
    "plain text": mail(
        "FYI\n\n---------- Forwarded message ---------\nFrom: Quay News <quay@news.example>\n"
        f"Date: Mon, 11 Nov 2024 at 10:00\nSubject: Gate opens\nTo: <{ANN}>\n\n\n{GATE}\n\n{WAIT}\n",
        head=HEAD.replace("Subject: ", "Subject: Fwd: "),
    ),
    "HTML": html(
        "<div>FYI</div><div>---------- Forwarded message ---------<br>From: <b>Quay News</b> "
        f"&lt;quay@news.example&gt;<br>Date: Mon, 11 Nov 2024<br>Subject: Gate opens<br>To: &lt;{ANN}&gt;<br></div>"
        f"<p>{GATE}</p><p>{WAIT}</p>",
        head=HEAD.replace("Subject: ", "Subject: Fwd: "),
    ),
    "German": html(
        "<p><b>Von:</b> Quay News &lt;quay@news.example&gt;<br><b>Gesendet:</b> 11. November 2024 10:00<br>"
        f"<b>An:</b> Ann &lt;{ANN}&gt;<br><b>Betreff:</b> Gate opens</p><p>{GATE}</p><p>{WAIT}</p>",
        head=HEAD.replace("Subject: ", "Subject: WG: "),
    ),
}


@pytest.mark.parametrize("data", FORWARDED.values(), ids=FORWARDED)
def test_a_forwarded_mail_is_that_of_its_sender(data: bytes) -> None:
    draft = one_of(data)
    assert (draft.title, draft.paragraphs) == ("Harbour gate opens", (GATE, WAIT))
    assert (draft.source, draft.published) == ("Quay News", date(2024, 11, 11))


@pytest.mark.parametrize("mark", ["X-Unsent: 1", "X-Mozilla-Draft-Info: internal/draft", "X-Status: T"])
def test_a_mail_that_was_never_sent_is_a_draft(mark: str) -> None:
    draft = one_of(mail(GATE, head=f"{HEAD}{mark}\n"))
    assert draft.directive is not None
    assert not draft.directive.show


def box(*mails: bytes) -> bytes:
    return b"".join(b"From MAILER Tue Nov 12 10:00:00 2024\n" + one + b"\n\n" for one in mails)


def read_box(data: bytes) -> ParsedSeed:
    return read_mailbox(decode(data, "a.mbox").text, "a.mbox")


def test_a_mailbox_holds_its_mails() -> None:
    found = read_box(box(mail(GATE), mail(f"{WAIT}\n\n>From then on it rained at 10:30, they said.")))
    assert not found.problems
    assert [draft.paragraphs[0] for draft in found.drafts] == [GATE, WAIT]
    assert found.drafts[1].paragraphs[1].startswith("From then on")
    assert found.drafts[0].lines[0] == 1
    assert found.drafts[1].lines[0] == found.drafts[0].lines[1] + 1


def test_what_was_deleted_in_a_mailbox_is_passed_over() -> None:
    found = read_box(box(mail(GATE, head=f"X-Mozilla-Status: 0009\n{HEAD}"), mail(WAIT)))
    assert [draft.paragraphs for draft in found.drafts] == [(WAIT,)]
    assert len(found.notices) == 1


def test_a_bad_mail_in_a_mailbox_costs_only_itself() -> None:
    found = read_box(box(b"no header at all, and no colon either\n", mail(GATE)))
    assert [draft.paragraphs for draft in found.drafts] == [(GATE,)]
    assert [problem.line for problem in found.problems] == [1]


@pytest.mark.parametrize("data", [b"It rained.\n", b"", mail(GATE)])
def test_what_is_no_mailbox_is_told(data: bytes) -> None:
    assert "mailbox" in read_box(data).problems[0].message


def test_what_is_no_mail_is_told() -> None:
    assert "no mail" in found_in(b"It rained in Sandby.\n\nAll day.\n").problems[0].message


def test_a_mail_without_a_text_is_a_note() -> None:
    found = found_in(parts("mixed", "Content-Type: image/png\n\nabc"))
    assert (found.drafts, found.problems) == ((), ())
    assert found.notices


def nested(depth: int, kind: str) -> bytes:
    lines = [HEAD]
    for level in range(depth):
        if kind == "message/rfc822":
            lines.append("Content-Type: message/rfc822\n\n")
        else:
            lines.append(f'Content-Type: {kind}; boundary="B{level}"\n\n--B{level}\n')
    return "".join([*lines, f"Content-Type: text/plain\n\n{GATE}"]).encode()


HOSTILE = {
    "ten thousand parts": parts("mixed", *[f"Content-Type: text/plain\n\n{GATE}"] * 10_000),
    "ten thousand alternatives": parts("alternative", *[f"Content-Type: text/html\n\n<p>{GATE}"] * 10_000),
    "mails in mails": nested(2_000, "message/rfc822"),
    "parts in parts": nested(2_000, "multipart/mixed"),
    "mails in mails, few": nested(30, "message/rfc822"),
    "a boundary that is not there": f"{HEAD}Content-Type: multipart/mixed\n\n{GATE}".encode(),
    "a long header": f"{HEAD}X-A: {'a, ' * 300_000}\n\n{GATE}".encode(),
    "many recipients": f"{HEAD}Cc: {', '.join(f'x{n}@home.example' for n in range(20_000))}\n\n{GATE}".encode(),
    "open brackets": f"{HEAD}Cc: {'(' * 100_000}\n\n{GATE}".encode(),
    "encoded words without end": with_subject("=?utf-8?Q?" + "=?utf-8?Q?" * 20_000),
    "base64 that is none": f"{HEAD}Content-Transfer-Encoding: base64\n\n{'%' * 1_001}".encode(),
    "NULs": mail(f"{GATE}\x00\x00{WAIT}"),
    "blanks": mail(" " * 500_000 + "x"),
    "an address of dots": mail("http://" + "." * 200_000 + " x"),
    "deep HTML": html("<div>" * 50_000 + GATE),
    "cut off": parts("alternative", PLAIN, RICH)[:-120],
    "nothing but a head": HEAD.encode(),
    "bytes": bytes(range(256)) * 20,
    "empty": b"",
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_hostile_mails_are_read_or_refused(data: bytes) -> None:
    found = found_in(data)
    assert found.drafts or found.problems or found.notices
    assert ANN not in repr(found)


def test_a_mailbox_of_many_mails_is_read_whole() -> None:
    assert len(read_box(box(*[mail(GATE)] * 2_000)).drafts) == 2_000
