/**
 * Sends requests when they are due and notes what became of each; nothing waits for an answer. Runs in a thread of its
 * own, so that neither the port's work makes it late nor its own work the port.
 *
 * Invariant: times count from when a request was due, so that what the generator or a socket held back is in them; how
 * late it sent is told apart.
 */
import { Agent, type IncomingMessage, request as overHttp } from 'node:http'
import { request as overTls, Agent as TlsAgent } from 'node:https'
import { picoOf } from '../../kernel/money.ts'
import { wilsonLower } from '../../kernel/statistics/proportions.ts'
import { monotonicMs, sleep } from '../../kernel/time.ts'
import { AnswerWatch, OK } from './answer-watch.ts'
import { type Columns, Notes } from './notes.ts'

export type GenerateAsk = {
  readonly baseUrl: string
  readonly token: string
  /** `<application>@<stage>` */
  readonly model: string
  /** Whoever else answers ends it. */
  readonly release: string
  readonly metadata: Readonly<Record<string, string>>
  /** `messages` of each question; asked in turn. */
  readonly questions: readonly (readonly { readonly role: string; readonly content: string }[])[]
  readonly streamed: 'some' | 'all' | 'none'
  readonly arrivalsMs: Float64Array
  readonly timeoutMs: number
  /** Ends when it is sure that more than this share fails. */
  readonly mostErrors: number
  /** What may still be spent. */
  readonly mostPico: bigint | null
}

export type Generated = Columns & {
  readonly wallMs: number
  readonly underWayAtEnd: number
  readonly stoppedBy: 'errors' | 'cost' | 'under-way' | 'other-release' | null
  readonly costPico: bigint
  /** Answers that said what they cost. */
  readonly priced: number
}

export type Progress = { readonly sent: number; readonly ended: number; readonly errors: number }

/** More than this at once says enough, and a machine has so many ports. */
const MOST_UNDER_WAY = 5_000
/** Before so many ended nothing is sure. */
const LEAST_ENDED = 20
/** Users of a run; each is somebody, and not everybody the same. */
const USERS = 100

export async function generate(ask: GenerateAsk, tell: (progress: Progress) => void = () => {}): Promise<Generated> {
  const notes = new Notes(ask.arrivalsMs)
  const isTls = ask.baseUrl.startsWith('https:')
  const agent = isTls ? new TlsAgent({ keepAlive: true }) : new Agent({ keepAlive: true })
  const address = new URL('/v1/chat/completions', ask.baseUrl)
  const open = isTls ? overTls : overHttp
  let [sent, ended, errors, priced, costPico] = [0, 0, 0, 0, 0n]
  let stoppedBy: Generated['stoppedBy'] = null
  let drained: () => void = () => {}
  const startedMs = monotonicMs()

  function begin(at: number, due: number): void {
    const stream = ask.streamed === 'all' || (ask.streamed === 'some' && at % 2 === 1)
    const watch = new AnswerWatch(stream)
    notes.late(at, monotonicMs() - startedMs - due)
    let isOver = false
    const end = (what: string) => {
      if (isOver) return
      isOver = true
      clearTimeout(timer)
      ended += 1
      if (what !== OK) errors += 1
      notes.end(at, { what, ms: monotonicMs() - startedMs - due })
      if (ended >= LEAST_ENDED && wilsonLower({ successes: errors, n: ended }) > ask.mostErrors) stoppedBy ??= 'errors'
      if (ended === sent) drained()
    }
    const took = (answer: IncomingMessage) => {
      const cost = costOf(answer)
      if (cost === undefined) return
      priced += 1
      costPico += cost
      if (ask.mostPico !== null && costPico >= ask.mostPico) stoppedBy ??= 'cost'
    }
    const going = open(address, { method: 'POST', agent, headers: headersOf(ask, at) }, (answer) => {
      const by = answer.headers['airworthy-release']
      if (by !== undefined && by !== ask.release) stoppedBy ??= 'other-release'
      answer.on('data', (bytes: Buffer) => {
        if (watch.take(bytes)) notes.first(at, monotonicMs() - startedMs - due)
      })
      answer.on('end', () => {
        took(answer)
        end(watch.outcome(answer.statusCode ?? 0))
      })
      answer.on('error', () => end('broke off'))
      answer.on('close', () => end('broke off'))
    })
    const timer = setTimeout(() => {
      end('no answer in time')
      going.destroy()
    }, ask.timeoutMs)
    going.on('error', (thrown: NodeJS.ErrnoException) => end(`connection ${thrown.code ?? 'failed'}`))
    const question = ask.questions[at % ask.questions.length]
    going.end(JSON.stringify({ model: ask.model, messages: question, ...(stream && { stream }) }))
  }

  const telling = setInterval(() => tell({ sent, ended, errors }), 500)
  try {
    for (const due of ask.arrivalsMs) {
      const waitMs = startedMs + due - monotonicMs()
      // What is due within this turn is sent at once; the answers of others are read in between.
      if (waitMs > 0) await sleep(waitMs)
      if (sent - ended >= MOST_UNDER_WAY) stoppedBy ??= 'under-way'
      if (stoppedBy !== null) break
      begin(sent++, due)
    }
    const underWayAtEnd = sent - ended
    if (underWayAtEnd > 0)
      await new Promise<void>((resolve) => {
        drained = resolve
      })
    return { ...notes.columns(sent), wallMs: monotonicMs() - startedMs, underWayAtEnd, stoppedBy, costPico, priced }
  } finally {
    clearInterval(telling)
    agent.destroy()
  }
}

function headersOf({ token, metadata }: GenerateAsk, at: number) {
  return {
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
    'airworthy-metadata': JSON.stringify(metadata),
    'airworthy-subject': `load-${at % USERS}`,
    // A kept answer would be no load, and neither would one that many wait for together.
    'cache-control': 'no-cache',
  }
}

function costOf({ headers, trailers }: IncomingMessage): bigint | undefined {
  const said = headers['airworthy-cost-micro-usd'] ?? trailers['airworthy-cost-micro-usd']
  return typeof said === 'string' && /^\d+(\.\d+)?$/.test(said) ? picoOf(said) : undefined
}
