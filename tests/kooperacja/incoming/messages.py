"""Messages as people and programs send them."""

from email.message import EmailMessage

REPLY = "\r\n".join(
    (
        "BEGIN:VCALENDAR",
        "METHOD:REPLY",
        "BEGIN:VEVENT",
        "UID:abc@example.pl",
        "SEQUENCE:2",
        "ATTENDEE;PARTSTAT=DECLINED:mailto:Anna@szkola.example.pl",
        "COMMENT:Zastąpi mnie ktoś inny",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    )
)


def message(
    to: str, text: str = "Będę, dziękuję.", *, calendar: str = "", **headers: str
) -> EmailMessage:
    """An answer by mail; a header is named with _ for -."""
    mail = EmailMessage()
    mail["From"] = "Anna Przykładowa <Anna@Szkola.example.pl>"
    mail["To"] = to
    mail["Subject"] = "Odp.: Zaproszenie na spotkanie źdźbeł"
    mail["Message-ID"] = "<1@szkola.example.pl>"
    mail.set_content(text)
    if calendar:
        mail.add_alternative(calendar, subtype="calendar", params={"method": "REPLY"})
    for name, value in headers.items():
        del mail[name.replace("_", "-")]
        if value:
            mail[name.replace("_", "-")] = value
    return mail


def nested(depth: int) -> bytes:
    """Parts within parts."""
    lines = [b"From: a@example.pl"]
    for level in range(depth):
        lines += [b"Content-Type: multipart/mixed; boundary=%d" % level, b"", b"--%d" % level]
    return b"\r\n".join([*lines, b"", b"x"])


def many(parts: int) -> bytes:
    """Parts beside parts."""
    head = b"From: a@example.pl\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n"
    return head + b"--x\r\n\r\ny\r\n" * parts + b"--x--\r\n"


LETTER = "Tajemnica rodziny Testowych"  # stands in the letter that a report returns


def report(to: str, *blocks: dict[str, str], **headers: str) -> EmailMessage:
    """What a server sends of a mail that it could not deliver; a block is of one recipient."""
    mail = EmailMessage()
    mail["From"] = "Mail Delivery System <MAILER-DAEMON@mx.example.pl>"
    mail["To"] = to
    mail["Return-Path"] = "<>"
    mail["Message-ID"] = "<zwrot-1@mx.example.pl>"
    mail["Auto-Submitted"] = "auto-replied"
    mail["Subject"] = "Undelivered Mail Returned to Sender"
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    told = [{"Reporting-MTA": "dns; mx.example.pl"}, *blocks]
    status = "\n".join("".join(f"{k}: {v}\n" for k, v in one.items()) for one in told)
    body = f"I'm sorry to have to inform you.\n\n{LETTER}\n"
    parts = (
        ("text/plain; charset=utf-8", body),
        ("message/delivery-status", status),
        ("text/rfc822-headers", f"Subject: {LETTER}\n"),
    )
    written = "".join(f"--x\nContent-Type: {kind}\n\n{text}\n" for kind, text in parts)
    mail["Content-Type"] = "multipart/report; report-type=delivery-status; boundary=x"
    mail.set_payload(f"{written}--x--\n")
    return mail


def failed(status: str = "5.1.1", words: str = "smtp; 550 5.1.1 no such user") -> dict[str, str]:
    return {
        "Final-Recipient": "rfc822; sekretariat@szkola.example.pl",
        "Action": "failed",
        "Status": status,
        "Diagnostic-Code": words,
    }


def delayed() -> dict[str, str]:
    return {**failed("4.4.1", "smtp; 421 4.4.1 timed out"), "Action": "delayed"}
