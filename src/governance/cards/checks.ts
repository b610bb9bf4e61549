/** What the checks `docs.card` and `legal.techdoc` ask of cards. Pure. */
import type { EvidenceDraft, Fact, SignedEvidence } from '../../core/evidence.ts'
import { isFilled } from '../documents/fields.ts'
import { type CardSection, emptyOf } from './card.ts'
import { dataCards } from './data-card.ts'
import { type CardMaterial, documentsOf } from './material.ts'
import { modelCards } from './model-card.ts'
import { systemCard } from './system-card.ts'
import { annexIv, deployerRecord } from './technical-documentation.ts'

type Answer = Pick<EvidenceDraft, 'facts' | 'summary'>

/** Figures of evidence are rounded where they are told; so much may a claim differ. */
const ROUNDING = 0.005

export function cardFacts(material: CardMaterial): Answer {
  const { card } = documentsOf(material)
  const empty = emptyOf([...systemCard(material), ...modelCards(material), ...dataCards(material)])
  const differ = card.claims.filter((claim) => !holds(claim, material))
  const byPerson = isFilled(card.limitations)
  return {
    facts: {
      emptySections: { value: empty.length },
      factsThatDiffer: { value: differ.length, n: card.claims.length },
      limitationsByPerson: { value: byPerson },
    },
    summary: [
      empty.length === 0 ? 'The cards of system, models and data are filled.' : `Empty: ${empty.join('; ')}.`,
      ...differ.map(
        ({ check, fact, value }) =>
          `${check} ${fact} is said to be ${value}, and the evidence says ${said(factOf(check, fact, material))}.`,
      ),
      ...(byPerson ? [] : ['Nobody wrote the limitations: `limitations` in card.yaml.']),
    ].join(' '),
  }
}

type Claim = { check: string; fact: string; value: number | boolean | string }

function holds({ check, fact, value }: Claim, material: CardMaterial): boolean {
  const found = factOf(check, fact, material)?.value
  return typeof value === 'number' && typeof found === 'number'
    ? Math.abs(value - found) <= ROUNDING * Math.max(1, Math.abs(found))
    : found === value
}

const factOf = (check: string, fact: string, { findings, evidence }: CardMaterial): Fact | undefined => {
  const id = findings.find((one) => one.check === check)?.evidence
  return evidence.find((one) => one.id === id)?.facts[fact]
}

const said = (fact: Fact | undefined): string => (fact === undefined ? 'nothing' : String(fact.value))

/** The papers that are due for the role and the class, by their sections. */
export const dueDocumentation = (
  material: CardMaterial,
): { readonly name: string; readonly sections: CardSection[] }[] => {
  const { classification } = documentsOf(material)
  const isProvider = classification.role !== 'deployer'
  const isHigh = classification.riskClass !== 'minimal' && classification.riskClass !== 'limited'
  return [
    ...(isProvider && isHigh ? [{ name: 'Annex IV', sections: annexIv(material) }] : []),
    ...(classification.role !== 'provider' || !isHigh
      ? [{ name: 'record of Article 26', sections: deployerRecord(material) }]
      : []),
  ]
}

/** @param reports the signed evidence behind the findings, whose signatures were made when it was recorded */
export function documentationFacts(material: CardMaterial, reports: readonly SignedEvidence[]): Answer {
  const { card, classification } = documentsOf(material)
  const due = dueDocumentation(material)
  const empty = due.flatMap(({ name, sections }) => emptyOf(sections).map((one) => `${name}, ${one}`))
  const unsigned = reports.filter(({ envelope, at }) => envelope.signatures.length === 0 || !at)
  const isHigh = classification.riskClass === 'high'
  const provider = isHigh && classification.role !== 'deployer'
  const answers = classification.answers ?? {}
  const missing = [
    ...(provider && !isFilled(card.references.conformityAssessment) ? ['conformity assessment'] : []),
    ...(provider && !isFilled(card.references.declarationOfConformity) ? ['declaration of conformity'] : []),
    ...(provider && !isFilled(card.references.registration) ? ['registration'] : []),
    ...(isHigh && answers.aiPublicBody === 'yes' && !isFilled(card.references.rightsAssessment)
      ? ['assessment of fundamental rights (Article 27)']
      : []),
  ]
  return {
    facts: {
      emptySections: { value: empty.length },
      unsignedReports: { value: unsigned.length, n: reports.length },
      missingReferences: { value: missing.length },
    },
    summary: [
      `Due for role ${classification.role ?? 'unknown'} and class ${classification.riskClass ?? 'unknown'}: ${due.map(({ name }) => name).join(' and ')}.`,
      ...(empty.length > 0 ? [`Empty: ${empty.join('; ')}.`] : []),
      ...(missing.length > 0 ? [`Missing: ${missing.join(', ')}.`] : []),
      `${reports.length - unsigned.length} of ${reports.length} reports are dated and signed.`,
    ].join(' '),
  }
}
