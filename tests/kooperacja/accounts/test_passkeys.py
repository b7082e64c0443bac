"""Passkeys, by a key made of software that answers as a browser would."""

import json
from html import unescape
from re import search

import pytest
from allauth.mfa.models import Authenticator
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

from tests.factories import accounts as make

ADD = "/konto/drugi-skladnik/klucze/dodaj/"
LOGIN = "/konto/zaloguj/klucz/"


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

    def create(self, options) -> str:
        self.user = websafe_decode(options["publicKey"]["user"]["id"])
        client = self._client_data("webauthn.create", options["publicKey"]["challenge"])
        public = ES256.from_cryptography_key(self.secret.public_key())
        credential = AttestedCredentialData.create(b"\0" * 16, self.id, public)
        data = AuthenticatorData.create(
            sha256(self.host.encode()), self.flags | 0x40, 1, credential
        )
        attestation = AttestationObject.create("none", data, {})
        return self._answer(clientDataJSON=bytes(client), attestationObject=bytes(attestation))

    def get(self, options) -> str:
        client = self._client_data("webauthn.get", options["publicKey"]["challenge"])
        data = AuthenticatorData.create(sha256(self.host.encode()), self.flags, 2)
        signature = self.secret.sign(data + client.hash, ec.ECDSA(hashes.SHA256()))
        return self._answer(
            clientDataJSON=bytes(client),
            authenticatorData=bytes(data),
            signature=signature,
            userHandle=self.user,
        )


def options_on(client: Client, url: str):
    page = client.get(url).content.decode()
    return json.loads(unescape(search(r'data-options="([^"]+)"', page)[1]))


def signed_in(who) -> Client:
    client = Client()
    client.post("/konto/zaloguj/", {"login": who.email, "password": make.PASSWORD})
    return client


def add_key(client: Client, key: Key):
    return client.post(ADD, {"name": "Laptop", "credential": key.create(options_on(client, ADD))})


def ask(client: Client):
    return client.get(LOGIN, headers={"Accept": "application/json"}).json()["request_options"]


def test_a_key_is_added_and_signs_in_without_a_password(db):
    who, key = make.account(), Key()
    assert add_key(signed_in(who), key).url == "/konto/drugi-skladnik/kody/"
    client = Client()
    data = {"credential": key.get(ask(client)), "next": "/konto/profil/"}
    assert client.post(LOGIN, data).url == "/konto/profil/"
    assert client.get("/konto/profil/").status_code == 200
    assert client.get("/konto/klucze-api/nowy/").status_code == 200


def test_a_key_is_the_second_step_after_a_password(db):
    who, key = make.account(), Key()
    add_key(signed_in(who), key)
    client = signed_in(who)
    url = "/konto/zaloguj/kod/"
    assert client.get("/konto/").status_code == 302
    client.post(url, {"credential": key.get(options_on(client, url))})
    assert client.get("/konto/").status_code == 200


def test_a_key_that_does_not_check_its_holder_is_not_taken(db):
    client = signed_in(make.account())
    assert add_key(client, Key(flags=0x01)).status_code == 200
    assert not Authenticator.objects.exists()


def test_an_answer_from_another_site_or_key_or_given_twice_signs_nobody_in(db):
    who, key = make.account(), Key()
    add_key(signed_in(who), key)
    client = Client()
    given = key.get(ask(client))
    key.host = "zly.example"
    client.post(LOGIN, {"credential": key.get(ask(client))})
    assert "_auth_user_id" not in client.session
    ask(client)
    client.post(LOGIN, {"credential": given})
    assert "_auth_user_id" not in client.session
    other = Key()
    other.user = key.user
    assert client.post(LOGIN, {"credential": other.get(ask(client))}).url == "/konto/zaloguj/"
    assert "_auth_user_id" not in client.session


def test_a_key_is_renamed_and_removed_by_its_owner_alone(db):
    who = make.account()
    client = signed_in(who)
    add_key(client, Key())
    key = Authenticator.objects.get(type="webauthn")
    base = f"/konto/drugi-skladnik/klucze/{key.pk}/"
    other = signed_in(make.account())
    assert other.post(base + "nazwa/", {"name": "Mój"}).status_code == 404
    assert other.post(base + "usun/").status_code == 404
    client.post(base + "nazwa/", {"name": "Klucz w sejfie"})
    assert "Klucz w sejfie" in client.get("/konto/drugi-skladnik/").content.decode()
    client.post(base + "usun/")
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize("credential", ["", "x", "5", "[]", "{}", '{"id": 1, "response": null}'])
def test_nonsense_in_place_of_a_key_is_refused(db, credential):
    client = Client()
    ask(client)
    assert client.post(LOGIN, {"credential": credential}).url == "/konto/zaloguj/"
    owner = signed_in(make.account())
    owner.get(ADD)
    assert owner.post(ADD, {"name": "Laptop", "credential": credential}).status_code == 200
    assert not Authenticator.objects.exists()
