/** What a set of published figures is: its files, and how they are computed again. Pure. */
import { gunzipSync } from 'node:zlib'
import { readCsv } from '../../kernel/csv.ts'
import type { FigureSet, PublishedFigure } from './contract.ts'

/** A file by its path below the folder of data. */
export type FileOf = (path: string) => Uint8Array
export type Figures = FigureSet & { readonly compute: (fileOf: FileOf) => PublishedFigure[] }

/** @param digits decimals of the reference; both are held against each other in these */
export const met = (figure: string, reference: number, ours: number, digits = 4): PublishedFigure => ({
  figure,
  reference,
  ours,
  isMet: Math.abs(reference - ours) <= 0.5 * 10 ** -digits + 1e-12,
  deviation: null,
})

/** A figure that is known to differ, and why. */
export const differs = (figure: string, reference: number, ours: number, deviation: string): PublishedFigure => ({
  figure,
  reference,
  ours,
  isMet: false,
  deviation,
})

/** Of a packed file no more than this is read, so that a small one cannot fill the memory. */
const MOST_BYTES = 64 * 1024 * 1024

export const jsonLines = <Row>(bytes: Uint8Array): Row[] =>
  gunzipSync(bytes, { maxOutputLength: MOST_BYTES })
    .toString('utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))

/** Rows of numbers, without the line of names. */
export const numbers = (bytes: Uint8Array): number[][] =>
  readCsv(Buffer.from(bytes).toString('utf8'))
    .slice(1)
    .map(({ cells }) => cells.map(Number))
