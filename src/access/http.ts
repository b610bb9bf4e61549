/** Handlers of access. */
import { demand, demandApplication } from '../wire/caller.ts'
import { handle, type Mounted } from '../wire/handle.ts'
import { page, reply } from '../wire/route.ts'
import type { Access } from './access.ts'
import { demandUnbound } from './bound-key.ts'
import {
  acceptAudit,
  createActor,
  createKey,
  createSignInLink,
  endOtherSessions,
  endSession,
  exportAudit,
  getMe,
  listActors,
  listAudit,
  listKeys,
  listSessions,
  revokeKey,
  rotateKey,
  signOut,
  updateActor,
  verifyAudit,
} from './contract.ts'
import { exportOf } from './export.ts'
import { peopleHttp } from './people/index.ts'
import { limitsHttp } from './spending/index.ts'
import { switchesHttp } from './switches/index.ts'

export const accessHttp = (access: Access): Mounted[] => [
  handle(getMe, async ({ caller }) => {
    const { actor, name, organisation, role, permissions, key, application } = caller
    return reply(200, { actor, name, organisation, role, permissions: [...permissions], key, application })
  }),
  handle(createKey, async ({ body, caller }) => {
    demandUnbound(caller)
    const { key, secret } = await access.createKey({ ...body, by: caller.actor })
    return reply(201, { id: key.id, secret: secret.reveal(), key })
  }),
  handle(listKeys, async ({ query, caller }) => {
    demandUnbound(caller)
    const { application, actor, cursor, limit } = query
    const keys = access
      .listKeys()
      .filter((key) => (!application || key.application === application) && (!actor || key.actor === actor))
    return reply(
      200,
      page(after(keys, cursor, limit), limit, ({ id }) => id),
    )
  }),
  handle(rotateKey, async ({ params, body, caller }) => {
    demandUnbound(caller)
    const { key, secret } = await access.rotateKey({ id: params.key, ...body, by: caller.actor })
    return reply(200, { id: key.id, secret: secret.reveal(), key })
  }),
  handle(revokeKey, async ({ params, caller }) => {
    demandUnbound(caller)
    return reply(200, await access.revokeKey(params.key, caller.actor))
  }),
  handle(createActor, async ({ body, caller }) => {
    demandUnbound(caller)
    return reply(201, await access.createActor({ ...body, by: caller.actor }))
  }),
  handle(updateActor, async ({ params, body, caller }) => {
    demandUnbound(caller)
    return reply(200, await access.updateActor(params.actor, { ...body, by: caller.actor }))
  }),
  handle(listActors, async ({ query: { cursor, limit } }) =>
    reply(
      200,
      page(after(access.listActors(), cursor, limit), limit, ({ id }) => id),
    ),
  ),
  handle(createSignInLink, async ({ body, caller }) => {
    demandUnbound(caller)
    const { url, expiresAt } = await access.createSignInLink({ actor: body.actor ?? caller.actor, by: caller.actor })
    return reply(201, { url: url.reveal(), expiresAt })
  }),
  handle(signOut, async ({ request, caller }) => {
    await access.signOut(request.headers, caller.actor)
    return reply(204, null)
  }),
  handle(listSessions, async ({ query, caller, request: { headers } }) => {
    const isEverybody = query.everybody === 'true'
    if (isEverybody) demand(caller, 'administer')
    demandUnbound(caller)
    return reply(200, { items: access.sessions.list({ of: isEverybody ? undefined : caller.actor, headers }) })
  }),
  handle(endSession, async ({ params, caller }) => {
    demandUnbound(caller)
    const of = caller.permissions.has('administer') ? undefined : caller.actor
    await access.sessions.endSession({ id: params.session, of, by: caller.actor })
    return reply(204, null)
  }),
  handle(endOtherSessions, async ({ caller, request: { headers } }) => {
    demandUnbound(caller)
    return reply(200, { ended: await access.sessions.endOthers({ of: caller.actor, headers, by: caller.actor }) })
  }),
  handle(listAudit, async ({ query: { cursor, ...filter }, caller }) => {
    if (filter.application) demandApplication(caller, filter.application)
    else demandUnbound(caller)
    const before = cursor === undefined ? undefined : Number(cursor)
    const entries = await access.listAudit({ ...filter, before })
    return reply(
      200,
      page(entries, filter.limit, ({ position }) => String(position)),
    )
  }),
  handle(verifyAudit, async () => reply(200, await access.verifyAudit())),
  handle(acceptAudit, async ({ body, caller }) => {
    demandUnbound(caller)
    return reply(200, await access.acceptAudit({ ...body, by: caller.actor }))
  }),
  handle(exportAudit, async ({ query, caller, signal }) => {
    if (query.application) demandApplication(caller, query.application)
    else demandUnbound(caller)
    await access.noteExport(query, caller.actor)
    return exportOf(access.walkAudit(query), signal)
  }),
  ...limitsHttp(access.limits),
  ...switchesHttp(access.switches),
  ...peopleHttp(access.people),
]

/** Ids sort by the time they were made, so the last id of a page is the cursor of the next. */
const after = <Item extends { id: string }>(
  items: readonly Item[],
  cursor: string | undefined,
  limit: number,
): Item[] => items.filter(({ id }) => cursor === undefined || id > cursor).slice(0, limit + 1)
