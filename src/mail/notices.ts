/**
 * What people are told, from what stands: once when it begins, and again when its time is nearly over. Pure.
 *
 * Invariant: a key names the news and not the moment, so that whoever looks often tells it once.
 */
import type { Duties } from '../core/actor.ts'
import type { Notice } from '../core/notice.ts'
import { age, DAY, type Instant } from '../kernel/time.ts'

/** What others have that somebody should see to, with the people whom it concerns as blueprints name them. */
export type Pending = {
  readonly approvals: readonly {
    readonly id: string
    readonly application: string
    readonly into: string
    readonly until: Instant
    /** Holders of the duties that are missing. */
    readonly to: readonly string[]
  }[]
  readonly waivers: readonly {
    readonly id: string
    readonly application: string
    readonly check: string
    readonly state: 'requested' | 'granted' | 'refused'
    readonly requestedBy: string
    readonly until: Instant
    readonly duties: Duties
  }[]
  readonly findings: readonly {
    readonly id: string
    readonly application: string
    readonly title: string
    readonly severity: string
    readonly owner: string
    readonly state: string
    readonly acceptedUntil: Instant | null
    readonly updatedAt: Instant
  }[]
  readonly heldAnswers: readonly {
    readonly id: string
    readonly application: string
    readonly kinds: readonly string[]
    readonly until: Instant | null
    readonly overseers: readonly string[]
  }[]
  readonly heldCalls: readonly {
    readonly id: string
    readonly application: string
    readonly tool: string
    readonly until: Instant
    readonly overseers: readonly string[]
  }[]
  /** Those that are open, and that nobody saw yet. */
  readonly alerts: readonly {
    readonly id: string
    readonly application: string
    readonly title: string
    readonly says: string
    readonly to: readonly string[]
  }[]
}

const LAST_DAYS = { approval: 3, waiver: [14, 3], finding: 7 } as const
/** A grave finding that nobody has moved for so long is due. */
const DUE_DAYS = { critical: 2, high: 7 } as const

export function noticesOf(pending: Pending, now: Instant): Notice[] {
  const left = (until: Instant): number => age(now, until) / DAY
  return [
    ...pending.approvals.flatMap((one) => approvalNotices(one, left(one.until))),
    ...pending.waivers.flatMap((one) => waiverNotices(one, left(one.until))),
    ...pending.findings.flatMap((one) => findingNotices(one, now)),
    ...pending.heldAnswers.map(({ id, application, kinds, until, overseers }) => ({
      key: `held ${id}`,
      application,
      to: overseers,
      subject: `An answer of ${application} waits for you`,
      text: `${application} was asked something whose answer a person looks at first (${kinds.join(', ')}). ${
        until === null ? '' : `It stays unanswered unless somebody decides before ${until}. `
      }The page Answers to look at has it, or: airworthy oversight list --waiting`,
    })),
    ...pending.heldCalls.map(({ id, application, tool, until, overseers }) => ({
      key: `held ${id}`,
      application,
      to: overseers,
      subject: `A call of ${application} waits for you`,
      text: `${application} wants to call the tool ${tool}, which changes something. It is never called unless somebody lets it before ${until}. The page Answers to look at has it, or: airworthy oversight calls --waiting`,
    })),
    ...pending.alerts.map(({ id, application, title, says, to }) => ({
      key: `alert ${id}`,
      application,
      to,
      subject: `Alert in ${application}: ${title}`,
      text: `${says} It is over by itself when its cause is gone. Say that you see to it: airworthy alerts see ${id}`,
    })),
  ]
}

function approvalNotices({ id, application, into, until, to }: Pending['approvals'][number], days: number): Notice[] {
  if (days <= 0) return []
  const where = `Read the sheet and sign, or refuse: airworthy approval show ${id}`
  const asked = {
    ...{
      key: `approval ${id} asked`,
      application,
      to,
      subject: `Your signature is asked for: ${application} into ${into}`,
    },
    text: `A release of ${application} is to enter ${into}, and a duty that you hold has to sign. It can be signed until ${until}. ${where}`,
  }
  if (days > LAST_DAYS.approval) return [asked]
  const last = {
    ...{ key: `approval ${id} ends`, application, to, subject: `Still to sign: ${application} into ${into}` },
    text: `It can be signed until ${until}, and then it has to be asked for again. ${where}`,
  }
  return [asked, last]
}

function waiverNotices(waiver: Pending['waivers'][number], days: number): Notice[] {
  const { id, application, check, state, requestedBy, until, duties } = waiver
  const owners = [duties.risk, duties['business-owner']].filter((one) => one !== undefined)
  if (state === 'requested')
    return [
      {
        ...{ key: `waiver ${id} requested`, application, to: owners },
        subject: `A waiver of ${check} is asked for in ${application}`,
        text: `Somebody asks to go on without ${check} until ${until}. Look at the reason and at what is done in its place, and grant or refuse it: airworthy waivers list --application ${application}`,
      },
    ]
  const step = LAST_DAYS.waiver.findLast((one) => days > 0 && days <= one)
  if (state !== 'granted' || step === undefined) return []
  return [
    {
      ...{ key: `waiver ${id} ends ${step}`, application, to: [requestedBy, ...owners] },
      subject: `The waiver of ${check} in ${application} ends within ${step} days`,
      text: `It ends at ${until}; from then on ${check} holds the gate again. Meet the check, or ask for another waiver in time.`,
    },
  ]
}

function findingNotices(finding: Pending['findings'][number], now: Instant): Notice[] {
  const { id, application, title, severity, owner, state, acceptedUntil, updatedAt } = finding
  const notice = (what: string, subject: string, text: string): Notice => ({
    ...{ key: `finding ${id} ${what}`, application, to: [owner], subject },
    text: `${title} (${severity}). ${text} airworthy findings list --application ${application}`,
  })
  if (state === 'accepted' && acceptedUntil !== null) {
    const days = age(now, acceptedUntil) / DAY
    if (days > LAST_DAYS.finding) return []
    return [
      notice(
        `ends ${acceptedUntil}`,
        `A finding of ${application} is accepted no longer`,
        `It is accepted until ${acceptedUntil}.`,
      ),
    ]
  }
  if (state !== 'open') return []
  const due = severity === 'critical' || severity === 'high' ? DUE_DAYS[severity] : undefined
  const opened = notice(`open ${updatedAt}`, `A finding of ${application} for you`, 'You see to it.')
  if (due === undefined || age(updatedAt, now) < due * DAY) return [opened]
  return [
    opened,
    notice(
      `due ${updatedAt}`,
      `A ${severity} finding of ${application} is due`,
      `Nothing became of it for ${due} days, and it fails the security checks.`,
    ),
  ]
}
