/**
 * What a reader of a tool's report gives: figures by the names that a check asks for, and nothing that the report does
 * not say. A fact that it cannot know is null, so that the check is inconclusive and never passed by silence.
 */
import type { Fact } from '../../core/evidence.ts'
import { Failure } from '../../kernel/failure.ts'

/** Figures that the report cannot know and the caller states, for example the objective of a response time. */
export type Figures = Readonly<Record<string, number | boolean>>

export type ReadReport = {
  /** The check that it answers; null for a record that answers none. */
  readonly check: string | null
  readonly summary: string
  readonly facts: Record<string, Fact>
}

export type ReportReader = {
  readonly tool: string
  /** Name and version as the report gives them, and one piece a check. Throws `Failure` when it cannot be read. */
  read(content: string, figures: Figures): { version: string; reports: ReadReport[] }
}

export const unknownFact: Fact = { value: null }
export const count = (value: number, unit?: string): Fact => ({ value, ...(unit && { unit }) })

export const unreadable = (tool: string, why: string): Failure =>
  new Failure('invalid', 'evidence.report-unreadable', `This is no report of ${tool}: ${why}`)

export function parseJson(tool: string, content: string): unknown {
  try {
    return JSON.parse(content)
  } catch {
    throw unreadable(tool, 'it is not JSON.')
  }
}
