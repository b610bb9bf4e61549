/** Routes of privacy, bound to their verbs. */
import { Readable } from 'node:stream'
import type { DataSubject } from '../core/data-subject.ts'
import { handle, type Mounted } from '../wire/handle.ts'
import { reply } from '../wire/route.ts'
import {
  confirmDeletion,
  enforceRetention,
  exportPersonalData,
  getDeletion,
  getDeletionReceipt,
  listDeletions,
  listRetention,
  proposeDeletion,
  reapplyDeletions,
  withdrawDeletion,
} from './contract.ts'
import type { Privacy } from './privacy.ts'

export const privacyHttp = (privacy: Privacy): Mounted[] => [
  handle(exportPersonalData, async ({ body, caller }) => {
    const copy = await privacy.export(subjectOf(body), caller)
    return new Response(Readable.toWeb(Readable.from(linesOf(copy))) as ReadableStream<Uint8Array>, {
      headers: {
        'content-type': 'application/jsonl',
        'content-disposition': `attachment; filename="personal-data-${copy.at.slice(0, 10)}.jsonl"`,
      },
    })
  }),
  handle(proposeDeletion, async ({ body, caller }) => reply(201, await privacy.propose(subjectOf(body), caller))),
  handle(listDeletions, async ({ query, caller }) => reply(200, await privacy.list(query, caller))),
  handle(getDeletion, async ({ params, caller }) => reply(200, await privacy.get(params.id, caller))),
  handle(confirmDeletion, async ({ params, caller }) => reply(200, await privacy.confirm(params.id, caller))),
  handle(withdrawDeletion, async ({ params, caller }) => reply(200, await privacy.withdraw(params.id, caller))),
  handle(getDeletionReceipt, async ({ params, caller }) => reply(200, await privacy.receipt(params.id, caller))),
  handle(reapplyDeletions, async ({ caller }) => reply(200, { deletions: await privacy.reapply(caller) })),
  handle(listRetention, async ({ caller }) => reply(200, { items: await privacy.retention(caller) })),
  handle(enforceRetention, async ({ caller }) => reply(200, { items: await privacy.enforceRetention(caller) })),
]

const subjectOf = ({
  user,
  identifiers,
}: {
  user?: DataSubject['user'] | undefined
  identifiers?: string[] | undefined
}) => ({
  user: user ?? null,
  identifiers: identifiers ?? [],
})

/** The head, then a line for each thing, and at the end how many there were, so that a copy that broke off shows. */
async function* linesOf({ at, subject, holdings }: Awaited<ReturnType<Privacy['export']>>): AsyncGenerator<Uint8Array> {
  const line = (value: unknown) => Buffer.from(`${JSON.stringify(value)}\n`)
  yield line({ kind: 'head', format: 'airworthy-personal-data/1', at, subject })
  let count = 0
  for await (const { place, application, fate, why, content } of holdings) {
    count += 1
    yield line({ kind: 'item', place, application, fate, ...(why !== undefined && { why }), content })
  }
  yield line({ kind: 'end', items: count })
}
