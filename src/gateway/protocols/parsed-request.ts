/** What the gateway reads of any request, and the small readers that the dialects share. */
import { Failure } from '../../kernel/failure.ts'

/** What every dialect says under its own names. */
export type ParsedRequest = {
  /** A last chunk with the usage was asked for. */
  readonly includeUsage: boolean
  readonly safetyIdentifier: string | null
  readonly user: string | null
  readonly maxOutputTokens: number | null
  readonly metadata: Readonly<Record<string, string>>
}

/** OpenAI's metadata: texts by name; what is no text is left out. */
export function metadataOf(value: unknown): Record<string, string> {
  if (!isRecord(value)) return {}
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, one]) => ['string', 'number', 'boolean'].includes(typeof one))
      .slice(0, 32)
      .map(([name, one]) => [name.slice(0, 64), String(one).slice(0, 512)]),
  )
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const wrong = (field: string, message: string) =>
  new Failure('invalid', 'gateway.request-not-valid', message, { problems: [{ field, message }] })
