/** What the pages of long lists show, made once for both benches. */
import { sql } from 'kysely'
import { type Client, createClient } from '../../sdk/index.ts'
import type { Airworthy } from '../../src/airworthy.ts'
import { sleep } from '../../src/kernel/time.ts'
import type { Database } from '../../src/store/database.ts'
import { addTraces } from '../applications/fill.ts'

const REGIONS = ['north', 'south', 'east']
const POLITE = { model: 'scripted/fixed', parameters: { text: '{"reason": "so", "verdict": true}' } }

/** A dataset, an experiment of two arms over all of it with failures and slices, a judge with a calibration, a queue, and traces. */
export async function fillLists({
  airworthy,
  db,
  rows,
}: {
  airworthy: Pick<Airworthy, 'url' | 'ownerToken'>
  db: Database
  rows: number
}): Promise<{ queue: string; experiment: string; judge: string }> {
  const client = createClient({ baseUrl: airworthy.url, token: airworthy.ownerToken, timeoutMs: 600_000 })
  await client.createApplication({ body: { name: 'app-000', template: 'support-assistant' } })
  await client.createDataset({ body: { name: 'long' } })
  const lines = Array.from({ length: rows }, (_, at) =>
    JSON.stringify({
      id: `q${at}`,
      input: `This is question ${at} of many`,
      expected: `answer ${at}`,
      split: 'build',
      metadata: { region: REGIONS[at % 3] },
    }),
  )
  const query = { reason: 'bench', file: 'long.jsonl', mode: 'append' } as const
  await client.importRows({ params: { dataset: 'long' }, query, body: new Blob([lines.join('\n')]) })
  const queue = await client.createAnnotationQueue({
    body: {
      ...{ application: 'app-000', name: 'Is it right?', data: 'questions', guidelines: 'As the passages say.' },
      choices: ['right', 'wrong'].map((value) => ({ value, isGood: value === 'right' })),
      items: [{ input: 'question 1', answer: 'answer 1' }],
    },
  })
  await sql`
    insert into annotation_items (id, queue, number, input, answer, expected, passages, source, labels_asked)
    select 'itm_' || lpad(n::text, 26, '0'), queue, n, 'question ' || n, 'answer ' || n, expected, passages, source,
      labels_asked
    from annotation_items, generate_series(2, ${rows}::int) n where queue = ${queue.id}`.execute(db)
  const measured = await measureAll(client)
  await addTraces(db, { applications: 1, traces: rows })
  await sql`analyze`.execute(db)
  return { queue: queue.id, ...measured }
}

/** Two arms on every row of the dataset: one says the question back, the other a word. */
async function measureAll(client: Client): Promise<{ experiment: string; judge: string }> {
  const files = {
    'airworthy.yaml': JSON.stringify({
      models: { echo: { model: 'scripted/echo' }, fixed: { model: 'scripted/fixed', parameters: { text: 'answer' } } },
      flow: [{ id: 'answer', use: 'generate', prompt: 'answer', model: 'echo' }],
      baseline: [{ id: 'answer', use: 'generate', prompt: 'answer', model: 'fixed' }],
    }),
    'prompts/answer.prompt': '{{role "user"}}{{question}}',
    'datasets/questions.yaml': 'dataset: long\nversion: 1\n',
    'evals/long.yaml': JSON.stringify({
      dataset: 'questions',
      splits: ['build'],
      evaluators: ['token-f1', 'latency-ms'],
      slices: ['region'],
    }),
    'datasets/few.jsonl': JSON.stringify({ id: 'one', input: 'question 1', expected: 'answer 1' }),
    'evals/judged.yaml': JSON.stringify({
      dataset: 'few',
      evaluators: [{ use: 'criterion', options: { criterion: 'is polite', judge: POLITE } }],
    }),
  }
  await client.createApplication({ body: { name: 'measured', files } })
  const { id: release } = (await client.freezeRelease({ params: { name: 'measured' }, body: {} })).body
  const { body } = await client.createExperiment({ params: { id: release }, body: { suite: 'long' } })
  if (!('id' in body)) throw new Error('The experiment was quoted and not begun.')
  for (;;) {
    const { state } = await client.getExperiment({ params: { id: body.id } })
    if (state === 'succeeded') return { experiment: body.id, judge: await calibrated(client) }
    if (state !== 'queued' && state !== 'running') throw new Error(`The experiment ended ${state}.`)
    await sleep(500)
  }
}

/** Three hundred answers, in which the judge is wrong now and then. */
async function calibrated(client: Client): Promise<string> {
  const [judge] = (await client.listJudges({ params: { name: 'measured' } })).items
  if (!judge) throw new Error('The suite names no judge.')
  await client.createCalibration({
    params: { name: 'measured' },
    body: {
      judge: { name: judge.name, model: 'scripted/fixed', digest: judge.digest },
      data: 'few',
      cases: Array.from({ length: 300 }, (_, at) => ({
        id: `c${at}`,
        labels: [
          { by: 'ada', value: at % 3 > 0 },
          { by: 'ben', value: at % 3 > 0 !== (at % 20 === 0) },
        ],
        agreed: at % 3 > 0,
        verdict: at % 3 > 0 !== (at % 11 === 0),
      })),
    },
  })
  return judge.digest
}
