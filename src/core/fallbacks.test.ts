import { expect, test } from 'vitest'
import { digestOf } from '../kernel/digest.ts'
import { answeredBy, fallbacksInWords, whyNobodyAnswers } from './fallbacks.ts'
import type { Manifest } from './manifest.ts'
import type { Stage } from './stage.ts'

const steps: Manifest['flow']['steps'] = [
  { id: 'answer', use: 'generate', prompt: 'p', model: 'meant', fallbacks: ['spare', 'last'], firstWordMs: 500 },
]
const part = (name: string) => ({ name, model: `acme/${name}`, parameters: {}, digest: digestOf(name), mutable: null })
const suite = { name: 's', dataset: 'd', fallback: 'spare', threshold: 0.9 }
const manifest = {
  flow: { name: 'main', digest: digestOf({ steps }), steps },
  models: ['meant', 'spare', 'last'].map(part),
  suites: [suite],
} as unknown as Manifest

test.for([
  ['sandbox', ['meant'], undefined],
  ['sandbox', ['meant', 'spare'], undefined],
  ['sandbox', ['meant', 'spare', 'last'], 'meant is off'],
  ['pilot', ['meant'], undefined],
  // Only the fallback with a suite of its own answers there.
  ['pilot', ['meant', 'spare'], 'meant is off'],
  ['pilot', ['spare', 'last'], undefined],
] as [Stage, string[], string | undefined][])('in %s with %j off somebody is left or not', ([stage, off, why]) => {
  const whyNot = (model: string) => off.find((name) => model === `acme/${name}`)?.concat(' is off')
  expect(whyNobodyAnswers(manifest, { stage, whyNot })).toBe(why)
})

test('a suite without a threshold proves no fallback', () => {
  const { threshold: _, ...open } = suite
  const given = { ...manifest, suites: [open] } as unknown as Manifest
  const whyNot = (model: string) => (model === 'acme/meant' ? 'It is off.' : undefined)
  expect(whyNobodyAnswers(given, { stage: 'poc', whyNot })).toBe('It is off.')
})

test('a target with a condition stands for nobody else, one without does', () => {
  const whyNot = (model: string) => (model === 'acme/meant' ? 'It is off.' : undefined)
  const routed = (when?: { tasks: string[] }) => {
    const route = { strategy: 'priority' as const, targets: [{ model: 'spare', ...(when && { when }) }] }
    const step = { id: 'answer', use: 'generate' as const, prompt: 'p', model: 'meant', route }
    return {
      ...manifest,
      flow: { ...manifest.flow, steps: [step] },
      suites: [{ ...suite, fallback: undefined, target: 'spare' }],
    }
  }
  const why = (given: object) => whyNobodyAnswers(given as Manifest, { stage: 'pilot', whyNot })
  expect([why(routed({ tasks: ['faq'] })), why(routed())]).toEqual(['It is off.', undefined])
})

test('a fallback that is measured alone is asked alone, under a digest of its own', () => {
  const alone = answeredBy(manifest, 'spare')
  expect(alone.flow.steps).toEqual([{ id: 'answer', use: 'generate', prompt: 'p', model: 'spare' }])
  expect(alone.flow.digest).not.toBe(manifest.flow.digest)
  expect(answeredBy(manifest, 'meant')).toBe(manifest)
  expect(fallbacksInWords(manifest)).toEqual(['When acme/meant fails, acme/spare, then acme/last answers.'])
})
