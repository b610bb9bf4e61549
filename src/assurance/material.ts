/** The text that a release brings along, piece by piece, each with the place where a person finds it. */
import type { DatasetPart } from '../core/dataset.ts'
import type { IndexPart, Manifest } from '../core/manifest.ts'
import { canonicalJson } from '../kernel/digest.ts'

export type PassageText = { readonly id: string; readonly title: string; readonly text: string }

export type MaterialDeps = {
  /** The rows of a dataset as they are stored, some at a time, parsed from JSON and not yet believed. */
  readonly examplesOf: { pieces(part: DatasetPart): AsyncIterable<readonly unknown[]> }
  readonly passagesOf: (part: IndexPart) => Promise<Iterable<PassageText>>
}

export type Piece = { readonly place: string; readonly text: string }

const PIECES_AT_ONCE = 100

/** Everything in the order manifest, prompts, datasets, knowledge; lets requests through while it goes on. */
export async function* materialOf(manifest: Manifest, deps: MaterialDeps, signal: AbortSignal): AsyncGenerator<Piece> {
  let given = 0
  for await (const piece of allOf(manifest, deps)) {
    yield piece
    given += 1
    if (given % PIECES_AT_ONCE === 0) await pause()
    signal.throwIfAborted()
  }
}

async function* allOf(manifest: Manifest, deps: MaterialDeps): AsyncGenerator<Piece> {
  const { prompts, datasets, index } = manifest
  yield { place: 'the manifest', text: JSON.stringify({ ...manifest, prompts: [] }, null, 1) }
  for (const { name, body, frontMatter } of prompts)
    yield { place: `prompt ${name}`, text: `${JSON.stringify(frontMatter, null, 1)}\n${body}` }
  for (const part of datasets) {
    let number = 0
    for await (const piece of deps.examplesOf.pieces(part))
      for (const row of piece) yield { place: `dataset ${part.name} row ${++number}`, text: textOf(row) }
  }
  if (!index) return
  for (const { id, title, text } of await deps.passagesOf(index))
    yield { place: `passage ${id}`, text: `${title}\n${text}` }
}

/** Names that machines give; some look like card numbers, and none is something that a person said. */
const MADE_UP: ReadonlySet<string> = new Set(['id', 'contexts', 'cluster', 'split'])

/** All strings inside a row, one below the other, so that no mark of JSON joins two of them. */
function textOf(row: unknown): string {
  const strings: string[] = []
  const collect = (value: unknown, key = ''): void => {
    if (typeof value === 'string') strings.push(key ? `${key}: ${value}` : value)
    else if (Array.isArray(value)) for (const one of value) collect(one)
    else if (value !== null && typeof value === 'object')
      for (const [name, one] of Object.entries(value)) if (!MADE_UP.has(name)) collect(one, name)
  }
  collect(row)
  return strings.length > 0 ? strings.join('\n') : canonicalJson(row ?? null)
}

export const pause = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
