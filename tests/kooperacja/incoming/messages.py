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
