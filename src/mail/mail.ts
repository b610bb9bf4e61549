/**
 * Mail: what people should be told is kept, once for each of them, and handed in until the server has taken it.
 *
 * Invariant: the same news goes to the same address once, however often it is found; a mail is taken by one process at a
 * time, and a second try is made only when the first was not taken.
 */
import type { ActorId } from '../core/actor.ts'
import { means } from '../core/duties.ts'
import type { Notice } from '../core/notice.ts'
import { Failure } from '../kernel/failure.ts'
import type { NewId } from '../kernel/ids.ts'
import { type Clock, HOUR, type Instant, later, MINUTE, SECOND } from '../kernel/time.ts'
import { type Database, inTransaction } from '../store/database.ts'
import type { RecordAudit } from '../store/record-audit.ts'
import { page } from '../wire/route.ts'
import type { Mail, MailStanding } from './contract.ts'
import type { Message } from './smtp.ts'
import { addMail, changeMail, claimMails, findKeys, listMails } from './store.ts'

export type MailDeps = {
  readonly db: Database
  readonly clock: Clock
  readonly newId: NewId
  readonly organisation: string
  readonly record: RecordAudit
  readonly report: (thrown: unknown, where?: string) => void
  /** People who may act here, with what they type to sign in. */
  readonly people: () => readonly { readonly id: ActorId; readonly name: string; readonly signInName: string | null }[]
  readonly notices: () => Promise<readonly Notice[]>
  /** Undefined where no server is set: then nothing is kept or sent. */
  readonly out: { readonly from: string; handIn(mail: Omit<Message, 'from'>): Promise<void> } | undefined
  /** The address that people open, for links. */
  readonly address: () => string
}

/** What one look came to. */
type Round = { readonly sent: number; readonly failed: number }

export type Mailing = ReturnType<typeof createMail>

const LOOK_MS = MINUTE
/** After a first, second, … try that failed; afterwards it has failed. */
const AGAIN_MS = [MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 8 * HOUR, 24 * HOUR]
/** How long a process has that took a mail to hand it in. */
const CLAIM_MS = 5 * MINUTE
const AT_ONCE = 20

export function createMail(deps: MailDeps) {
  const { db, clock, newId, organisation, out, report } = deps
  let timer: NodeJS.Timeout | undefined
  let looking: Promise<Round> | undefined

  const draft = (given: Pick<Mail, 'key' | 'application' | 'to' | 'subject' | 'text'>): Mail => ({
    ...{ id: newId('eml'), organisation, ...given, state: 'waiting', attempts: 0, error: null },
    ...{ at: clock(), nextAt: clock(), sentAt: null },
  })

  /** Keeps what is new, for everybody whose address is known. */
  async function gather(): Promise<void> {
    const people = deps.people()
    const found = (await deps.notices()).flatMap(({ to, key, ...notice }) =>
      addressesOf(to, people).map((address) => ({ ...notice, to: address, key: `${key} ${address}` })),
    )
    const known = new Set(
      await findKeys(
        db,
        organisation,
        found.map(({ key }) => key),
      ),
    )
    for (const one of found)
      if (!known.has(one.key)) await addMail(db, draft({ ...one, text: `${one.text}\n\n${deps.address()}\n` }))
  }

  /** False when the server did not take it. */
  async function send(mail: Mail): Promise<boolean> {
    if (!out) return false
    const { id, to, subject, text, at } = mail
    const attempts = mail.attempts + 1
    try {
      await out.handIn({ id, to, subject, text, at })
      await changeMail(db, id, { state: 'sent', attempts, error: null, sentAt: clock() })
      return true
    } catch (thrown) {
      const error = thrown instanceof Error ? thrown.message : String(thrown)
      const again = isFinal(thrown) ? undefined : AGAIN_MS[attempts - 1]
      await changeMail(db, id, {
        ...(again === undefined ? { state: 'failed' } : { nextAt: later(clock(), again) }),
        ...{ attempts, error: error.slice(0, 500) },
      })
      if (again === undefined) report(thrown, 'mail')
      return false
    }
  }

  async function work(): Promise<Round> {
    let [sent, failed] = [0, 0]
    if (!out) return { sent, failed }
    await gather()
    const now = clock()
    for (const mail of await claimMails(db, { organisation, now, until: later(now, CLAIM_MS), limit: AT_ONCE })) {
      if (await send(mail)) sent += 1
      else failed += 1
    }
    return { sent, failed }
  }

  /** Looks for news and sends what is due; one look at a time. */
  const look = (): Promise<Round> => {
    looking ??= work().finally(() => {
      looking = undefined
    })
    return looking
  }

  return {
    look,

    standing: (): MailStanding => ({ isSet: out !== undefined, from: out?.from ?? null }),

    async list({ cursor, limit }: { cursor?: string | undefined; limit: number }) {
      return page(await listMails(db, organisation, { cursor, limit: limit + 1 }), limit, ({ id }) => id)
    },

    /** Hands one in at once and says what the server said. */
    async test({ to, by }: { to: string; by: ActorId }): Promise<{ to: string; at: Instant }> {
      if (!out)
        throw new Failure(
          'conflict',
          'mail.not-set',
          'No mail server is set. Set AIRWORTHY_SMTP_URL and AIRWORTHY_MAIL_FROM, and start again.',
        )
      const at = clock()
      const text = `This is a test. If you read it, mail of ${deps.address()} arrives.\n`
      await out.handIn({ id: newId('eml'), to, subject: 'A test', text, at })
      await inTransaction(db, (tx) => deps.record(tx, { actor: by, action: 'mail.test', subject: 'mail' }))
      return { to, at }
    },

    start(): void {
      if (!out) return
      const onTime = () => void look().catch((thrown) => report(thrown, 'mail'))
      timer = setInterval(onTime, LOOK_MS)
      timer.unref()
      setTimeout(onTime, SECOND).unref()
    },
    stop(): void {
      clearInterval(timer)
    },
  }
}

const ADDRESS = /^[!-~]+@[!-~]+\.[!-~]+$/

/** Addresses of people who are named: their sign-in name where it is one, or what was written itself. */
function addressesOf(names: readonly string[], people: ReturnType<MailDeps['people']>): string[] {
  const found = names.map((named) => {
    const person = people.find((one) => means(named, one) || one.signInName?.toLowerCase() === named.toLowerCase())
    return person?.signInName ?? named
  })
  return [...new Set(found.filter((one) => ADDRESS.test(one)).map((one) => one.toLowerCase()))]
}

const isFinal = (thrown: unknown): boolean => thrown instanceof Failure && thrown.facts?.isFinal === true
