/**
 * Trials: people try a release and say how it went, by a form behind a link or in a talk. They answer `biz.uatplan` and
 * `pilot.feedback`.
 *
 * Invariant: nothing is kept without consent to words that are kept by their digest, a link is used as often as it
 * says, and names and comments are gone when their time is over.
 */
import type { ActorId } from '../../core/actor.ts'
import type { Application } from '../../core/application.ts'
import { FREE, type Producer } from '../../core/producer.ts'
import { digestOf } from '../../kernel/digest.ts'
import { Failure } from '../../kernel/failure.ts'
import type { RandomBytes } from '../../kernel/random.ts'
import { DAY, later } from '../../kernel/time.ts'
import { inTransaction, type Tx } from '../../store/database.ts'
import type { GovernanceDeps } from '../governance-deps.ts'
import { type EvidenceDoor, sayAnew } from '../recount.ts'
import { feedbackDraft, planDraft } from './answers.ts'
import type { Said, ServedTrial } from './contract.ts'
import { createForm } from './form.ts'
import { trialPlaces } from './personal.ts'
import { reportOf } from './report.ts'
import {
  addLinks,
  addTrial,
  blankTrial,
  findTrial,
  listAnswers,
  listLinks,
  listTrials,
  markTrial,
  revokeLink,
} from './store.ts'
import type { Trial, TrialId, TrialLink, TrialLinkId } from './trial.ts'

export type TrialsDeps = Pick<
  GovernanceDeps,
  'db' | 'clock' | 'newId' | 'organisation' | 'record' | 'publish' | 'applicationOf'
> &
  EvidenceDoor & {
    readonly random: RandomBytes
    readonly systemActor: ActorId
    /** Where the pages are, for links. */
    readonly publicUrl: () => string
    /** Grave incidents that are open or without a fix. */
    readonly openGrave: (application: string) => Promise<number>
    /** People who are named as users. */
    readonly countUsers: (application: string) => Promise<number>
    /** The day on which the plan of the pilot became what it is; undefined where no version is kept. */
    readonly pilotWrittenOn: (application: string) => Promise<string | undefined>
  }

export type Trials = ReturnType<typeof createTrials>

const CHECKS = ['biz.uatplan', 'pilot.feedback']
const TOKEN_BYTES = 32

export function createTrials(deps: TrialsDeps) {
  const { db, clock, newId, organisation, publish } = deps
  const newToken = () => Buffer.from(deps.random(TOKEN_BYTES)).toString('base64url')

  async function find(id: TrialId): Promise<Trial> {
    const found = await findTrial(db, { organisation, id })
    if (found) return found
    throw new Failure('unknown', 'governance.trial-unknown', `There is no trial ${id}.`)
  }

  const serve = async (trial: Trial): Promise<ServedTrial> => ({
    trial,
    report: reportOf(trial, await listLinks(db, trial.id), await listAnswers(db, trial.id)),
  })

  const audit = (tx: Tx, by: ActorId, action: string, { id, application }: Trial, detail: Record<string, unknown>) =>
    deps.record(tx, { actor: by, action: `governance.${action}`, subject: id, application, detail })

  async function told({ id, application }: Trial): Promise<void> {
    publish({ topic: 'trial', id, application })
    const { documents } = await deps.applicationOf(application)
    await sayAnew(deps, await feedback({ application, by: deps.systemActor }, documents))
  }

  async function feedback(about: { application: string; by: ActorId }, documents: Application['documents']) {
    const trials = await listTrials(db, { organisation, application: about.application })
    const answers = []
    for (const { id } of trials) answers.push(...(await listAnswers(db, id)))
    return feedbackDraft(about, {
      documents,
      answers,
      openGrave: await deps.openGrave(about.application),
      users: await deps.countUsers(about.application),
      example: trials.some(({ example }) => example),
    })
  }

  const form = createForm({ ...deps, newToken, find, told })

  return {
    find,
    ...form,

    async list(application: string): Promise<ServedTrial[]> {
      await deps.applicationOf(application)
      const served = []
      for (const trial of await listTrials(db, { organisation, application })) {
        const { report } = await serve(trial)
        // Who may see the page may not see what each person wrote.
        served.push({ trial, report: { ...report, themes: report.themes.map((one) => ({ ...one, quotes: [] })) } })
      }
      return served
    },

    async get(id: TrialId) {
      const trial = await find(id)
      const links = (await listLinks(db, id)).map(({ fingerprint: _, ...link }) => link)
      const answers = (await listAnswers(db, id)).map(({ withdrawal: _, consentDigest: __, ...answer }) => answer)
      return { ...(await serve(trial)), links, answers }
    },

    async create(
      given: Pick<Trial, 'application' | 'release' | 'title' | 'tasks' | 'consent' | 'retentionDays' | 'example'>,
      by: ActorId,
    ): Promise<ServedTrial> {
      await deps.applicationOf(given.application)
      const trial: Trial = {
        ...given,
        ...{ id: newId('tri'), organisation, closedAt: null, blankedAt: null, createdAt: clock(), createdBy: by },
      }
      await inTransaction(db, async (tx) => {
        await addTrial(tx, trial)
        await audit(tx, by, 'trial-begin', trial, { title: trial.title, consent: digestOf(trial.consent) })
      })
      await told(trial)
      return serve(trial)
    },

    async close(id: TrialId, by: ActorId): Promise<ServedTrial> {
      const trial = await find(id)
      const closed = { ...trial, closedAt: trial.closedAt ?? clock() }
      await inTransaction(db, async (tx) => {
        await markTrial(tx, id, { closedAt: closed.closedAt })
        await audit(tx, by, 'trial-end', trial, {})
      })
      await told(closed)
      return serve(closed)
    },

    /** The addresses are in the answer alone; what is kept is a fingerprint. */
    async link(
      id: TrialId,
      { people, shared }: { people: readonly string[]; shared?: { label: string; mostUses: number } | undefined },
      by: ActorId,
    ) {
      const trial = await find(id)
      if (people.length === 0 && !shared)
        throw new Failure(
          'invalid',
          'governance.links-for-nobody',
          'Name people, or a shared link with how often it may be used.',
        )
      const wanted = [...people.map((label) => ({ label, mostUses: 1 })), ...(shared ? [shared] : [])]
      const made = wanted.map(({ label, mostUses }) => {
        const token = newToken()
        const link: TrialLink = {
          ...{ id: newId('tlk'), organisation, trial: id, fingerprint: digestOf(token), label, mostUses, uses: 0 },
          ...{ createdAt: clock(), createdBy: by, revokedAt: null },
        }
        return { link, url: `${deps.publicUrl()}/feedback#${token}` }
      })
      await inTransaction(db, async (tx) => {
        await addLinks(
          tx,
          made.map(({ link }) => link),
        )
        await audit(tx, by, 'trial-links', trial, { people: people.length, shared: shared?.mostUses ?? 0 })
      })
      publish({ topic: 'trial', id, application: trial.application })
      return made.map(({ link: { fingerprint: _, ...link }, url }) => ({ ...link, url }))
    },

    async revoke(id: TrialId, link: TrialLinkId, by: ActorId): Promise<ServedTrial> {
      const trial = await find(id)
      if (!(await listLinks(db, id)).some((one) => one.id === link))
        throw new Failure('unknown', 'governance.link-unknown', `The trial has no link ${link}.`)
      await inTransaction(db, async (tx) => {
        await revokeLink(tx, link, clock())
        await audit(tx, by, 'trial-link-revoke', trial, { link })
      })
      publish({ topic: 'trial', id, application: trial.application })
      return serve(trial)
    },

    async interview(id: TrialId, { who, ...said }: Said & { who: string | null }, by: ActorId): Promise<ServedTrial> {
      const trial = await find(id)
      await inTransaction(db, async (tx) => {
        await form.keep(tx, trial, said, { kind: 'interview', link: null, who })
        await audit(tx, by, 'trial-interview', trial, { rating: said.rating })
      })
      await told(trial)
      return serve(trial)
    },

    /** Takes names and comments of trials that ended long enough ago; called now and then. */
    async tick(): Promise<void> {
      for (const trial of await listTrials(db, { organisation })) {
        const { id, closedAt, blankedAt, retentionDays } = trial
        if (closedAt === null || blankedAt !== null || later(closedAt, retentionDays * DAY) > clock()) continue
        await inTransaction(db, async (tx) => {
          await blankTrial(tx, id)
          await markTrial(tx, id, { blankedAt: clock() })
          await audit(tx, deps.systemActor, 'trial-blank', trial, { retentionDays })
        })
        publish({ topic: 'trial', id, application: trial.application })
      }
    },

    producer: {
      name: 'governance/trials',
      checks: CHECKS,
      quote: async () => FREE,
      async run({ release, application: { documents }, by, checks }) {
        const about = { application: release.application, by }
        const writtenOn = (await deps.pilotWrittenOn(about.application)) ?? clock().slice(0, 10)
        const drafts = [
          ...(checks.includes('biz.uatplan') ? planDraft(about, documents, writtenOn) : []),
          ...(checks.includes('pilot.feedback') ? await feedback(about, documents) : []),
        ]
        return drafts.map((draft) => ({ ...draft, release: release.id }))
      },
    } satisfies Producer,

    personalPlaces: trialPlaces(db, organisation),
  }
}
