/** Published figures are met from the very files (see data/README.md), or differ for a reason that is written down. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { computeSet, FIGURES } from './figures.ts'

const bytesOf = (path: string) => readFileSync(new URL(`../../../data/${path}`, import.meta.url))

test.for(FIGURES.map((set) => [set.name, set] as const))('every figure of %s is met or explained', ([name, set]) => {
  const { items } = computeSet(name, Object.fromEntries(set.files.map((path) => [path, bytesOf(path)])))
  expect(items.length).toBeGreaterThan(4)
  expect(items.filter(({ isMet, deviation }) => !isMet && deviation === null)).toEqual([])
  // What differs for a reason differs by little.
  for (const { reference, ours } of items) expect(Math.abs(reference - ours)).toBeLessThan(0.0012 + 1e-9)
})

test.for([
  ['nothing', {}, 'evals.figures-unknown'],
  ['game24', {}, 'evals.figures-file-missing'],
  ['taubench', { 'agents-taubench/gpt-4o-airline.runs.jsonl.gz': new Uint8Array(9) }, 'evals.figures-file-broken'],
] as const)('%s with the wrong files is refused with what is missing', ([name, files, code]) => {
  expect(() => computeSet(name, { ...files })).toThrow(expect.objectContaining({ code }))
})
