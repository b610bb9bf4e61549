/** Mail to people: what stands in approvals, waivers, findings and the queue of overseers, to whom, and the server. */
import type { Access } from '../access/index.ts'
import type { Findings } from '../assurance/index.ts'
import type { Config } from '../config.ts'
import { dutiesOf } from '../core/duties.ts'
import { oversightOf } from '../core/oversight.ts'
import type { Approvals, Delivery } from '../delivery/index.ts'
import type { Clock } from '../kernel/time.ts'
import {
  createMail,
  handIn,
  type MailDeps,
  mailHttp,
  mailPlace,
  noticesOf,
  type Pending,
  smtpServerOf,
} from '../mail/index.ts'
import type { HeldCalls, Oversight } from '../oversight/index.ts'

type Deps = Pick<MailDeps, 'db' | 'clock' | 'newId' | 'organisation' | 'record' | 'report' | 'address'> & {
  readonly config: Pick<Config, 'mail'>
  readonly access: Access
  readonly delivery: Delivery
}
/** Whose matters people are told of. */
type Sources = {
  readonly approvals: Approvals
  readonly findings: Findings
  readonly oversight: Oversight
  readonly heldCalls: Pick<HeldCalls, 'waiting'>
  readonly alerts: { readonly waiting: () => Promise<Pending['alerts']> }
}

/** Of each kind; more than that many at once nobody is told of. */
const MOST = 500

export function wireMail(deps: Deps, sources: Sources) {
  const { db, clock, organisation, config, access } = deps
  const { mail: server } = config
  const mail = createMail({
    ...deps,
    people: () => access.listActors().filter(({ kind, disabledAt }) => kind === 'person' && disabledAt === null),
    notices: async () => noticesOf(await pendingOf(deps, sources), clock()),
    out: server && {
      from: server.from,
      handIn: (one) => handIn(smtpServerOf(server.server), { from: server.from, ...one }),
    },
  })
  return {
    http: mailHttp(mail),
    personalPlaces: [mailPlace(db, organisation)],
    start: mail.start,
    stop: mail.stop,
  }
}

async function pendingOf(
  { delivery, clock }: Pick<Deps, 'delivery'> & { clock: Clock },
  sources: Sources,
): Promise<Pending> {
  const documents = new Map<string, Awaited<ReturnType<Delivery['getApplication']>>['documents']>()
  async function documentsOf(name: string) {
    const known = documents.get(name) ?? (await delivery.getApplication(name)).documents
    documents.set(name, known)
    return known
  }
  const approvals = (await sources.approvals.waiting()).map(({ missing, lacksOutsider, holders, ...one }) => ({
    ...one,
    // Where somebody from outside is missing everybody who may sign is asked to find one.
    to: holders
      .filter(({ duty }) => lacksOutsider || missing.some((line) => line.includes(duty)))
      .flatMap(({ holder }) => holder ?? []),
  }))
  const waivers = []
  for (const { state, ...one } of (await delivery.waivers.list({}, { cursor: undefined, limit: MOST })).items)
    if (state !== 'ended' && one.until > clock())
      waivers.push({ ...one, state, duties: dutiesOf(await documentsOf(one.application)) })
  const heldAnswers = []
  for (const one of await sources.oversight.waiting(MOST))
    heldAnswers.push({ ...one, overseers: oversightOf(await documentsOf(one.application))?.overseers ?? [] })
  const heldCalls = []
  for (const one of await sources.heldCalls.waiting(MOST))
    heldCalls.push({ ...one, overseers: oversightOf(await documentsOf(one.application))?.overseers ?? [] })
  const findings = (await sources.findings.list({}, { cursor: undefined, limit: MOST })).items
  return { approvals, waivers, findings, heldAnswers, heldCalls, alerts: await sources.alerts.waiting() }
}
