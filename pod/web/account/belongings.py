"""What an account has: WebIDs, pods with their owners, credentials of scripts."""

from pod.account.controls import CREDENTIALS, PODS, WEBIDS
from pod.account.fields import Field
from pod.flows.account.create_pod import create_pod, pods_of
from pod.flows.account.delete_pod import delete_pod
from pod.flows.account.issue_credentials import client_of, credentials_of, issue_credentials
from pod.flows.account.link_webid import link_webid, webids_of
from pod.flows.account.name_issuer import Wanted, name_issuer, named_issuers
from pod.flows.account.own_pod import owners_of, remove_owner, set_owner
from pod.flows.account.revoke_credentials import revoke_credentials
from pod.flows.account.unlink_webid import unlink_webid
from pod.oidc.client_credentials import mark_of
from pod.web.account.control import Asked, Control, Told
from pod.web.account.own_account import check_fresh

_WEBID = Field(name="webId")


async def _webids(asked: Asked) -> Told:
    found = await webids_of(asked.account, asked.server)
    return Told(value={"webIdLinks": {one.webid: asked.at(WEBIDS, one.id, "/") for one in found}})


async def _link(asked: Asked) -> Told:
    check_fresh(asked)
    link = await link_webid(asked.account, asked.said["webId"], asked.server)
    value = {
        "resource": asked.at(WEBIDS, link.id, "/"),
        "webId": link.webid,
        "oidcIssuer": asked.server.base,
    }
    return Told(value=value)


async def _webid(asked: Asked) -> Told:
    webid, issuers = await named_issuers(asked.account, asked.named, asked.server)
    return Told(value={"webId": webid, "oidcIssuers": issuers})


async def _name_issuer(asked: Asked) -> Told:
    check_fresh(asked)
    wanted = Wanted(
        issuer=asked.said["oidcIssuer"],
        remove=asked.said.get("remove", False),
        sure=asked.said.get("sure", False),
    )
    await name_issuer(asked.account, asked.named, wanted, asked.server)
    return await _webid(asked)


async def _unlink(asked: Asked) -> Told:
    check_fresh(asked)
    await unlink_webid(asked.account, asked.named, asked.server)
    return Told()


async def _pods(asked: Asked) -> Told:
    found = await pods_of(asked.account, asked.server)
    return Told(value={"pods": {one.storage: asked.at(PODS, one.name, "/") for one in found}})


async def _create_pod(asked: Asked) -> Told:
    webid = asked.said.get("settings", {}).get("webId")
    made = await create_pod(asked.account, asked.said["name"], webid, asked.server)
    value = {
        "pod": made.pod.storage,
        "webId": made.webid,
        "podResource": asked.at(PODS, made.pod.name, "/"),
    }
    if made.link is not None:
        value["webIdResource"] = asked.at(WEBIDS, made.link.id, "/")
    return Told(value=value)


async def _pod(asked: Asked) -> Told:
    pod, owners = await owners_of(asked.account, asked.named, asked.server)
    told = [{"webId": owner.webid, "visible": owner.visible} for owner in owners]
    return Told(value={"baseUrl": pod.storage, "owners": told})


async def _set_owner(asked: Asked) -> Told:
    check_fresh(asked)
    said, place = asked.said, (asked.account, asked.named)
    if said.get("remove", False):
        await remove_owner(*place, said["webId"], asked.server)
    else:
        visible = said.get("visible", False)
        await set_owner(*place, said["webId"], asked.server, visible=visible)
    return Told()


async def _delete_pod(asked: Asked) -> Told:
    check_fresh(asked)
    await delete_pod(asked.account, asked.named, asked.server)
    return Told()


async def _credentials(asked: Asked) -> Told:
    found = await credentials_of(asked.account, asked.server)
    told = {one.id: asked.at(CREDENTIALS, mark_of(one.id), "/") for one in found}
    return Told(value={"clientCredentials": told})


async def _issue(asked: Asked) -> Told:
    # Scripts that were written for Community Solid Server make them whenever they need some.
    if asked.by_browser:
        check_fresh(asked)
    label, webid = asked.said.get("name", ""), asked.said["webId"]
    client, secret = await issue_credentials(asked.account, label, webid, asked.server)
    resource = asked.at(CREDENTIALS, mark_of(client.id), "/")
    return Told(value={"id": client.id, "secret": secret, "resource": resource})


async def _client(asked: Asked) -> Told:
    client = await client_of(asked.account, asked.named, asked.server)
    return Told(value={"id": client.id, "name": client.label, "webId": client.webid})


async def _revoke(asked: Asked) -> Told:
    client = await client_of(asked.account, asked.named, asked.server)
    await revoke_credentials(asked.account, client.id, asked.server)
    return Told()


BELONGINGS = (
    Control(path="account/*/webid/", fields=(_WEBID,), get=_webids, post=_link),
    Control(
        path="account/*/webid/*/",
        # WID-07: the one way to what no write to the profile may change.
        fields=(
            Field(name="oidcIssuer"),
            Field(name="remove", kind="boolean", required=False),
            Field(name="sure", kind="boolean", required=False),
        ),
        get=_webid,
        post=_name_issuer,
        delete=_unlink,
    ),
    Control(
        path="account/*/pod/",
        fields=(
            Field(name="name"),
            Field(
                name="settings",
                kind="object",
                required=False,
                members=(Field(name="webId", required=False),),
            ),
        ),
        get=_pods,
        post=_create_pod,
    ),
    Control(
        path="account/*/pod/*/",
        fields=(
            _WEBID,
            Field(name="visible", kind="boolean", required=False),
            Field(name="remove", kind="boolean", required=False),
        ),
        get=_pod,
        post=_set_owner,
        delete=_delete_pod,
    ),
    Control(
        path="account/*/client-credentials/",
        fields=(Field(name="name", required=False), _WEBID),
        get=_credentials,
        post=_issue,
    ),
    Control(path="account/*/client-credentials/*/", get=_client, delete=_revoke),
)
