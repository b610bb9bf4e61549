/** What cards are made of: the release, the documents, the evidence, and what others know of models and law. */
import type { Application } from '../../core/application.ts'
import { Profile } from '../../core/blueprint/schema.ts'
import type { Evidence } from '../../core/evidence.ts'
import type { Release } from '../../core/release.ts'
import type { Finding } from '../../core/verdict.ts'
import { Charter } from '../documents/charter.ts'
import { Classification } from '../documents/classification.ts'
import { Inventory } from '../documents/inventory.ts'
import { Risks } from '../documents/risks.ts'
import type { LawFacts } from '../law/law-facts.ts'
import { AuthoredCard } from './authored.ts'

/** A field of the registry of models; a value that nobody said is null. */
export type ModelField = { readonly name: string; readonly value: string | null; readonly source: string | null }

export type CardMaterial = {
  readonly release: Release
  readonly application: Application
  /** One a check, as the gates judge them now. */
  readonly findings: readonly Finding[]
  readonly evidence: readonly Evidence[]
  readonly modelFields: (model: string) => readonly ModelField[]
  /** What its licence asks for, a line each; no legal advice. */
  readonly obligationsOf: (model: string) => readonly string[]
  /** What a model that was trained here was made from, and what of that is missing; empty for others. */
  readonly lineageOf: (model: string) => readonly string[]
  readonly law: LawFacts
}

/** Documents in their shapes; one that is absent or cannot be read says nothing. */
export const documentsOf = ({ application: { documents } }: Pick<CardMaterial, 'application'>) => ({
  charter: Charter.catch(Charter.parse({})).parse(documents.charter?.value ?? {}),
  classification: Classification.catch(Classification.parse({})).parse(documents.classification?.value ?? {}),
  inventory: Inventory.catch({ example: false, sources: [] }).parse(documents.inventory?.value ?? { sources: [] }),
  risks: Risks.safeParse(documents.risks?.value).data?.risks ?? [],
  profile: Profile.catch(Profile.parse({})).parse(documents.profile?.value ?? {}),
  card: AuthoredCard.catch(AuthoredCard.parse({})).parse(documents.card?.value ?? {}),
  duties: (documents.duties?.value ?? {}) as Readonly<Record<string, string>>,
})

/** The evidence behind a finding. */
export const evidenceOf = ({ evidence }: CardMaterial, { evidence: id }: Finding): Evidence | undefined =>
  evidence.find((one) => one.id === id)

/** What was found, for findings whose check begins with one of these words; those without evidence say nothing. */
export const resultLines = (material: CardMaterial, ...begins: readonly string[]): string[] =>
  material.findings
    .filter(({ check }) => begins.some((one) => check.startsWith(one)))
    .flatMap((finding) => {
      const piece = evidenceOf(material, finding)
      if (!piece) return []
      const { title, check, verdict } = finding
      return [`${title} (${check}), ${verdict}: ${piece.summary} ${piece.trust}, ${piece.at.slice(0, 10)}, ${piece.id}`]
    })

/** Checks that are asked and have no evidence yet. */
export const notMeasured = ({ findings }: CardMaterial): string[] =>
  findings.flatMap(({ check, title, verdict }) => (verdict === 'MISSING' ? [`${title} (${check})`] : []))
