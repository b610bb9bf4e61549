/** Human oversight over the slices that it speaks for: people, traces, the kill switch, and the port itself. */
import { AirworthyError, ask } from '../../sdk/index.ts'
import type { Access } from '../access/index.ts'
import type { Application } from '../core/application.ts'
import type { Turn } from '../core/conversation.ts'
import { type Name, Name as NameSchema } from '../core/names.ts'
import { oversightOf } from '../core/oversight.ts'
import { type Release, ReleaseId } from '../core/release.ts'
import type { Delivery } from '../delivery/index.ts'
import type { Flows } from '../flows/index.ts'
import { Failure } from '../kernel/failure.ts'
import { monotonicMs, SECOND, sleep } from '../kernel/time.ts'
import {
  createHeldCalls,
  createOversight,
  createOversightProducer,
  heldCallsHttp,
  heldCallsPlace,
  heldInClear,
  type OversightDeps,
  oversightHttp,
  oversightPlace,
  type StopTried,
} from '../oversight/index.ts'
import type { Tx } from '../store/database.ts'
import { type Telemetry, TraceId } from '../telemetry/index.ts'

type Deps = Pick<OversightDeps, 'db' | 'clock' | 'newId' | 'organisation' | 'record' | 'publish'> & {
  readonly access: Access
  readonly delivery: Delivery
  readonly flows: Pick<Flows, 'makeCall'>
  readonly telemetry: Pick<Telemetry, 'get' | 'traceIdOf' | 'seal' | 'sealOlder'>
  readonly address: () => string
}

export function wireOversight(deps: Deps) {
  const { db, access, delivery, telemetry, flows } = deps
  const given: OversightDeps = {
    ...deps,
    seal: telemetry.seal,
    documentsOf: async (name) => (await delivery.getApplication(name)).documents,
    applications: () => delivery.applications.all(),
    people: () => access.listActors().filter(({ kind, disabledAt }) => kind !== 'system' && disabledAt === null),
    async answerOf({ caller, id }) {
      const trace = TraceId.safeParse(id).data ?? (await telemetry.traceIdOf(id))
      if (trace === undefined)
        throw new Failure(
          'unknown',
          'oversight.answer-unknown',
          `answer: there is no answer ${id}. Its id is in the answer, or in the header airworthy-trace.`,
        )
      const { summary, input, output } = await telemetry.get({ caller, traceId: trace })
      const { application, stage, release, user } = summary
      const turns = input.filter((turn): turn is Turn => ['system', 'user', 'assistant'].includes(turn.role))
      return { trace, application, stage, release, turns, answer: output, user }
    },
    async stop({ application: name, reason, by }) {
      await access.switches.switchOff({ kind: 'application', name, reason, by })
    },
    whyStopped: (name) => access.switches.whyOff('application', name),
    tryStop: (ask) => tryStop(deps, ask),
    async makeCall({ release, ...call }) {
      return flows.makeCall({ ...call, manifest: (await delivery.getRelease(release)).manifest })
    },
  }
  const [oversight, calls] = [createOversight(given), createHeldCalls(given)]
  for (const kind of heldInClear) telemetry.sealOlder.also(kind)
  return {
    oversight,
    heldCalls: calls,
    http: [...oversightHttp(oversight), ...heldCallsHttp(calls)],
    producers: [createOversightProducer(given)],
    personalPlaces: [oversightPlace(db, telemetry.seal), heldCallsPlace(db, telemetry.seal)],
    removeOld: async (ask: Parameters<typeof calls.removeOld>[0]) =>
      (await oversight.removeOld(ask)) + (await calls.removeOld(ask)),
    forGateway: { oversee: oversight.keep, holdCall: calls.hold },
    onFreeze: async (_tx: Tx, release: Release, application: Application) => demandOverseers(release, application),
  }
}

/** A call that waits for a person waits for nobody where none is named. */
function demandOverseers({ manifest }: Release, { documents }: Application): void {
  const held = (manifest.tools ?? []).filter(({ tool }) => tool.hold).map(({ name }) => name)
  if (held.length === 0 || (oversightOf(documents)?.overseers.length ?? 0) > 0) return
  throw new Failure(
    'invalid',
    'oversight.nobody',
    `tools/${held[0]}.yaml: hold: its calls wait for an overseer, and oversight.yaml names none. Name people under \`overseers\` there.`,
  )
}

/** Longer than any stop may take, and then it has failed. */
const PATIENCE_MS = 90 * SECOND
const AGAIN_MS = 50
const REASON = 'The stop is being tried, for some seconds. Ask again in a moment.'

/** With a key of the application that is made for it and leaves with it, through the port like anybody else. */
async function tryStop(
  { access, address }: Pick<Deps, 'access' | 'address'>,
  { application, by, signal }: Parameters<OversightDeps['tryStop']>[0],
): Promise<StopTried> {
  const name: Name = NameSchema.parse(application)
  const { key, secret } = await access.createKey({
    name: `stop test of ${name}`,
    role: 'builder',
    application: name,
    by,
  })
  const question = {
    model: name,
    messages: [{ role: 'user' as const, content: 'This is a test of the stop.' }],
    subject: 'stop-test',
    metadata: { traffic: 'probe' },
    signal,
  }
  const send = () => ask({ baseUrl: address(), token: secret.reveal() }, question)
  const which = { kind: 'application', name, by } as const
  try {
    const before = await untilOnce(async () => await send().catch(unlessNewKey), signal)
    const startedMs = monotonicMs()
    await access.switches.switchOff({ ...which, reason: REASON })
    const refusedMs = await untilOnce(
      async () => ((await send().then(() => false, isStopped)) ? monotonicMs() : undefined),
      signal,
    ).finally(() => access.switches.switchOn({ ...which, reason: 'The stop was tried.' }))
    const after = await untilOnce(async () => await send().catch(() => undefined), signal)
    return {
      release: ReleaseId.parse(before?.release),
      seconds: refusedMs === undefined ? null : Math.round(refusedMs - startedMs) / SECOND,
      answersAgain: after !== undefined,
    }
  } finally {
    await access.discardKey(key.id, by)
  }
}

/** Tries until something comes of it; undefined when nothing did for long. */
async function untilOnce<Found>(
  attempt: () => Promise<Found | undefined>,
  signal: AbortSignal,
): Promise<Found | undefined> {
  const end = monotonicMs() + PATIENCE_MS
  for (;;) {
    const found = await attempt()
    if (found !== undefined || monotonicMs() > end) return found
    await sleep(AGAIN_MS, signal)
  }
}

/** A gateway in another process hears of a new key a moment later. */
function unlessNewKey(thrown: unknown): undefined {
  if (thrown instanceof AirworthyError && thrown.status === 401) return undefined
  throw thrown
}

const isStopped = (thrown: unknown): boolean =>
  thrown instanceof AirworthyError && thrown.code === 'gateway.switched-off'
