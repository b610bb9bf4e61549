import { expect, test } from 'vitest'
import type { ActorId } from '../../core/actor.ts'
import type { Name } from '../../core/names.ts'
import type { Digest } from '../../kernel/digest.ts'
import type { Instant } from '../../kernel/time.ts'
import { type LineageGround, lineageOf, type RegisteredWeights } from './lineage.ts'
import type { TrainingRun, TrainingRunId } from './training-run.ts'

const digest = (letter: string) => `sha256:${letter.repeat(64)}` as Digest
const WEIGHTS: RegisteredWeights = {
  state: 'accepted',
  digest: digest('d'),
  files: [
    { path: 'model.safetensors', format: 'safetensors', sha256: 'a'.repeat(64) },
    { path: 'config.json', format: 'text', sha256: 'c'.repeat(64) },
  ],
}
const RUN: TrainingRun = {
  id: 'mtr_1' as TrainingRunId,
  organisation: 'default' as TrainingRun['organisation'],
  model: 'shed/own-7b',
  digest: digest('e'),
  mlflowRun: null,
  method: 'LoRA',
  base: ['sages/sage-base'],
  teacher: null,
  datasets: [
    { kind: 'version', dataset: 'tickets' as Name, version: 3, digest: digest('f'), application: null },
    { kind: 'elsewhere', name: 'corpus', digest: digest('b'), licence: 'CC0-1.0', source: 'https://example.org' },
  ],
  code: { repository: null, revision: '4f2a91c0' },
  parameters: { rank: 16 },
  seed: 42,
  frameworks: {},
  hardware: null,
  costMicroUsd: null,
  startedAt: null,
  endedAt: null,
  figures: [],
  weights: [{ file: null, digest: digest('a') }],
  note: null,
  replaces: null,
  recordedBy: 'act_1' as ActorId,
  recordedAt: '2026-03-01T00:00:00.000Z' as Instant,
}
const ground = (more: Partial<LineageGround> = {}, runs: readonly TrainingRun[] = [RUN]): LineageGround => ({
  runsOf: (model) => runs.filter((run) => run.model === model),
  weightsOf: () => WEIGHTS,
  cardOf: (said) => ({ model: said, licence: 'Apache-2.0' }),
  ...more,
})

test('a lineage is complete when every part is known, and what was only recorded beside is not asked for', () => {
  expect(lineageOf(RUN.model, ground())).toMatchObject({ own: true, complete: true, missing: [], run: RUN.id })
})

test('of a model without a record nothing is known but that', () => {
  expect(lineageOf('shed/other', ground())).toMatchObject({
    own: false,
    complete: false,
    run: null,
    missing: [expect.stringContaining('airworthy models trained shed/other')],
  })
})

const said = (run: Partial<TrainingRun>) => ground({}, [{ ...RUN, ...run }])
test.for<[string, LineageGround, string]>([
  ['no method', said({ method: null }), 'how it was trained'],
  ['no base', said({ base: [] }), 'what it was made from'],
  ['a distillation without its teacher', said({ method: 'distillation' }), 'distilled'],
  ['a base without a card', ground({ cardOf: () => undefined }), 'has no card here'],
  ['a base without a licence', ground({ cardOf: (model) => ({ model, licence: null }) }), 'Nobody says the licence'],
  ['a base that it was made into', said({ base: [RUN.model] }), 'stands among what it was itself made from'],
  ['no data', said({ datasets: [] }), 'which data'],
  [
    'data elsewhere without digest and licence',
    said({ datasets: [{ kind: 'elsewhere', name: 'web', digest: null, licence: null, source: 'crawled' }] }),
    'web: nobody says its digest, licence.',
  ],
  ['no code', said({ code: null }), 'revision of the code'],
  ['no parameters', said({ parameters: {} }), 'No parameters'],
  ['no seed', said({ seed: null }), 'seed'],
  ['no weights that came out', said({ weights: [] }), 'which weights came out'],
  ['no weights that were read', ground({ weightsOf: () => undefined }), 'airworthy models weights'],
  ['refused weights', ground({ weightsOf: () => ({ ...WEIGHTS, state: 'refused' }) }), 'may not be used'],
  ['other weights', said({ weights: [{ file: null, digest: digest('9') }] }), 'model.safetensors did not come out'],
])('%s is the one thing that is missing', ([, on, why]) => {
  const { complete, missing } = lineageOf(RUN.model, on)
  expect(complete).toBe(false)
  expect(missing).toEqual([expect.stringContaining(why)])
})

test('seed 0 and a model trained from nothing are known', () => {
  const { parts, complete } = lineageOf(RUN.model, said({ seed: 0, base: ['none'] }))
  expect(complete).toBe(true)
  expect(parts.find(({ part }) => part === 'base')?.says).toBe('It was trained from nothing.')
})

test('the digest over all files stands for them too', () => {
  expect(lineageOf(RUN.model, said({ weights: [{ file: null, digest: digest('d') }] }))).toMatchObject({
    complete: true,
  })
})

test('a base that was trained here hands on what is missing in its own lineage', () => {
  const base = { ...RUN, id: 'mtr_2' as TrainingRunId, model: 'shed/base', base: ['none'], seed: null }
  const { missing } = lineageOf(RUN.model, ground({}, [{ ...RUN, base: ['shed/base'] }, base]))
  expect(missing).toEqual(['Of shed/base, which it was made from: Nobody says the seed.'])
})

test('of two records the one whose weights are registered is judged, though another is newer', () => {
  const newer = { ...RUN, id: 'mtr_9' as TrainingRunId, weights: [{ file: null, digest: digest('9') }] }
  expect(lineageOf(RUN.model, ground({}, [newer, RUN]))).toMatchObject({ run: RUN.id, complete: true })
})
