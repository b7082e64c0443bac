"""A key made of software, which answers as a browser with a passkey would."""

import json
import re
from html import unescape
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client
from fido2.cose import ES256
from fido2.utils import sha256, websafe_decode, websafe_encode
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

ADD = "/konto/drugi-skladnik/klucze/dodaj/"


class Key:
    """One credential of one account at one host."""

    def __init__(self, host: str = "testserver", flags: int = 0x05) -> None:
        self.host, self.flags, self.id = host, flags, b"klucz-do-testow-0"
        self.secret = ec.generate_private_key(ec.SECP256R1())

    def _client_data(self, kind: str, challenge: str) -> CollectedClientData:
        return CollectedClientData.create(kind, websafe_decode(challenge), f"https://{self.host}")

    def _answer(self, **response: bytes) -> str:
        encoded = {name: websafe_encode(value) for name, value in response.items()}
        identifier = websafe_encode(self.id)
        whole = {"id": identifier, "rawId": identifier, "type": "public-key"}
        return json.dumps(whole | {"clientExtensionResults": {}, "response": encoded})

    def create(self, options: dict[str, Any]) -> str:
        self.user = websafe_decode(options["publicKey"]["user"]["id"])
        client = self._client_data("webauthn.create", options["publicKey"]["challenge"])
        public = ES256.from_cryptography_key(self.secret.public_key())
        credential = AttestedCredentialData.create(b"\0" * 16, self.id, public)
        data = AuthenticatorData.create(
            sha256(self.host.encode()), self.flags | 0x40, 1, credential
        )
        attestation = AttestationObject.create("none", data, {})
        return self._answer(clientDataJSON=bytes(client), attestationObject=bytes(attestation))

    def get(self, options: dict[str, Any]) -> str:
        client = self._client_data("webauthn.get", options["publicKey"]["challenge"])
        data = AuthenticatorData.create(sha256(self.host.encode()), self.flags, 2)
        signature = self.secret.sign(data + client.hash, ec.ECDSA(hashes.SHA256()))
        return self._answer(
            clientDataJSON=bytes(client),
            authenticatorData=bytes(data),
            signature=signature,
            userHandle=self.user,
        )


def options_on(client: Client, url: str) -> dict[str, Any]:
    page = client.get(url).content.decode()
    found = re.search(r'data-options="([^"]+)"', page)
    assert found
    options: dict[str, Any] = json.loads(unescape(found[1]))
    return options


def add_key(client: Client, key: Key, name: str = "Laptop") -> Any:
    return client.post(ADD, {"name": name, "credential": key.create(options_on(client, ADD))})
