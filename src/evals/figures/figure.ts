/** What a set of published figures is: its files, and how they are computed again. Pure. */
import { gunzipSync } from 'node:zlib'
import { readCsv } from '../../kernel/csv.ts'
import type { IndexOver } from '../searched.ts'
import type { FigureSet, PublishedFigure } from './contract.ts'

/** A file by its path below the folder of data; throws for one that was not sent. */
export type FileOf = (path: string) => Uint8Array

/** What a set is computed from. */
export type Recording = {
  readonly fileOf: FileOf
  readonly has: (path: string) => boolean
  readonly indexOver: IndexOver
}

export type Figures = FigureSet & {
  readonly compute: (recording: Recording) => PublishedFigure[] | Promise<PublishedFigure[]>
}

/** @param digits decimals of the reference; both are held against each other in these */
export const met = (figure: string, reference: number, ours: number, digits = 4): PublishedFigure => ({
  figure,
  reference,
  ours,
  isMet: Math.abs(reference - ours) <= 0.5 * 10 ** -digits + 1e-12,
  deviation: null,
})

/** The same for a reference with some significant digits, such as a small p. */
export const metSignificant = (figure: string, reference: number, ours: number, digits: number): PublishedFigure => ({
  figure,
  reference,
  ours,
  isMet: Number(ours.toPrecision(digits)) === Number(reference.toPrecision(digits)),
  deviation: null,
})

/** A verdict in words. */
export const said = (figure: string, reference: string, ours: string): PublishedFigure => ({
  figure,
  reference,
  ours,
  isMet: reference === ours,
  deviation: null,
})

/** A figure that may differ, by `within` at most, and why. Beyond that it is not met, and nothing excuses it. */
export const differs = (
  figure: string,
  reference: number,
  ours: number,
  { why, within, digits = 4 }: { why: string; within: number; digits?: number },
): PublishedFigure => {
  const exact = met(figure, reference, ours, digits)
  return exact.isMet || !(Math.abs(reference - ours) <= within) ? exact : { ...exact, deviation: why }
}

/** Of a packed file no more than this is read, so that a small one cannot fill the memory. */
const MOST_BYTES = 64 * 1024 * 1024

export const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8')
export const unpacked = (bytes: Uint8Array): string =>
  gunzipSync(bytes, { maxOutputLength: MOST_BYTES }).toString('utf8')

/** Rows of a packed file with one JSON value a line. */
export const jsonLines = <Row>(bytes: Uint8Array): Row[] => linesOf<Row>(unpacked(bytes))

export const linesOf = <Row>(text: string): Row[] =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))

/** Rows of numbers, without the line of names. */
export const numbers = (bytes: Uint8Array): number[][] =>
  readCsv(textOf(bytes))
    .slice(1)
    .map(({ cells }) => cells.map(Number))
