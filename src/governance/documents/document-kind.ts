/** What each governance document is: its shape, the check that it answers, who signs, and how it is read. */
import type { z } from 'zod'
import type { Duty } from '../../core/actor.ts'
import type { DocumentName } from '../../core/blueprint/schema.ts'
import type { Fact } from '../../core/evidence.ts'
import type { Part } from '../../core/manifest.ts'
import type { Release } from '../../core/release.ts'
import type { Instant } from '../../kernel/time.ts'
import type { LawFacts } from '../law/law-facts.ts'
import type { Reached } from './reached.ts'

/** What a reading may look at beside the document. */
export type ReadingContext = {
  readonly release: Pick<Release, 'manifest'>
  readonly now: Instant
  /** What the laws say of the documents; absent where no laws are known. */
  readonly law?: LawFacts | undefined
  /** All documents of the application, by name; absent where one is read alone. */
  readonly documents?: Readonly<Record<string, unknown>> | undefined
  /** What a program sees of the places that the release uses; absent where nobody looked. */
  readonly reached?: Reached | undefined
}

/** The facts of the plan's table, and a sentence for people that names what is missing. */
export type Reading = { readonly facts: Record<string, Fact>; readonly summary: string }

export type DocumentKind<Schema extends z.ZodType<{ example: boolean }> = z.ZodType<{ example: boolean }>> = {
  readonly name: DocumentName
  readonly check: string
  readonly duty: Duty
  readonly schema: Schema
  read(value: z.output<Schema>, context: ReadingContext): Reading
  /** What the answer depends on beside the document itself. */
  dependsOn(release: Pick<Release, 'manifest'>): readonly Part[]
  /** Further documents of the application that the answer depends on. */
  readonly alsoReads: readonly string[]
}

/** Binds a reading to its schema; the list of all kinds forgets the types that are proved here. */
export const documentKind = <Schema extends z.ZodType<{ example: boolean }>>(
  kind: DocumentKind<Schema>,
): DocumentKind => kind as unknown as DocumentKind

export const counted = (value: number, n?: number): Fact => (n === undefined ? { value } : { value, n })
