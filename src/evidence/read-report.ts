/** From a tool's report to drafts of evidence: which check it answers, what it rests on, and what the caller adds. */
import type { Check } from '../core/check.ts'
import type { EvidenceDraft, Fact } from '../core/evidence.ts'
import type { Part } from '../core/manifest.ts'
import { Failure } from '../kernel/failure.ts'
import { inputsOf } from './attestation.ts'
import { type Figures, REPORT_READERS, type ReadReport } from './imports/index.ts'

export type ReportAsk = {
  readonly tool: string
  readonly content: string
  /** The check that it answers, where the report leaves it open. */
  readonly check?: string | undefined
  readonly figures?: Figures | undefined
}
type Context = {
  readonly application: string
  readonly parts: readonly Part[]
  readonly checkOf: (id: string) => Check | undefined
}
export type ReadDraft = Pick<EvidenceDraft, 'application' | 'check' | 'summary' | 'facts' | 'inputs' | 'producer'>

export const READABLE: readonly string[] = REPORT_READERS.map(({ tool }) => tool)

/** Undefined when no reader of ours knows the tool. */
export function readReport(ask: ReportAsk, context: Context): ReadDraft[] | undefined {
  const reader = REPORT_READERS.find(({ tool }) => tool === ask.tool)
  if (!reader) return undefined
  const { version, reports } = reader.read(ask.content, ask.figures ?? {})
  return reports.map((report) => draftOf(report, { ask, version, context }))
}

function draftOf(report: ReadReport, { ask, version, context }: { ask: ReportAsk; version: string; context: Context }) {
  const { tool, figures = {} } = ask
  const id = ask.check ?? report.check
  const check = id === null ? undefined : context.checkOf(id)
  if (id !== null && check === undefined)
    throw new Failure('invalid', 'evidence.check-unknown', `There is no check ${id}. See GET /api/v1/catalogue.`)
  if (check && !check.imports.includes(tool))
    throw new Failure(
      'invalid',
      'evidence.report-answers-other',
      `${check.id} is not answered by a report of ${tool}${check.imports.length > 0 ? `, but by one of ${check.imports.join(', ')}` : ''}. ${check.howto}`,
    )
  const given = Object.entries(figures).map(([name, value]): [string, Fact] => [name, { value, unit: 'given' }])
  // What the report says itself outweighs what somebody says of it.
  const said = Object.entries(report.facts).filter(([name, { value }]) => value !== null || !(name in figures))
  return {
    application: context.application,
    check: check?.id ?? `import.${tool}`,
    summary: report.summary,
    facts: { ...Object.fromEntries(given), ...Object.fromEntries(said) },
    inputs: check ? inputsOf(check, context.parts) : context.parts.filter(({ kind }) => kind === 'release'),
    producer: { name: tool, version },
  }
}
