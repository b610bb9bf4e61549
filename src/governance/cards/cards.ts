/** Verbs of cards: one card of a release, and all of them for its dossier; answers of the checks that ask for them. */
import type { DossierSection } from '../../core/dossier.ts'
import type { EvidenceDraft, SignedEvidence } from '../../core/evidence.ts'
import type { Part } from '../../core/manifest.ts'
import { FREE, type Producer, type ProducerContext } from '../../core/producer.ts'
import type { Release, ReleaseId } from '../../core/release.ts'
import { htmlOf, markdownOf } from '../../kernel/paper.ts'
import type { Clock } from '../../kernel/time.ts'
import { CAUTION } from '../law/law-view.ts'
import { CARD_KINDS, type Card, type CardKind, type CardSection, emptyOf } from './card.ts'
import { cardPaper } from './card-paper.ts'
import { cardFacts, documentationFacts } from './checks.ts'
import { dataCards } from './data-card.ts'
import type { CardMaterial } from './material.ts'
import { modelCards } from './model-card.ts'
import { systemCard } from './system-card.ts'
import { annexIv, deployerRecord } from './technical-documentation.ts'

export type CardsDeps = {
  readonly clock: Clock
  readonly releaseOf: (id: ReleaseId) => Promise<Release>
  readonly materialOf: (release: Release) => Promise<CardMaterial>
  readonly signed: (ids: readonly SignedEvidence['id'][]) => Promise<readonly SignedEvidence[]>
}

const KINDS: Readonly<Record<CardKind, { title: string; sections: (material: CardMaterial) => CardSection[] }>> = {
  system: { title: 'System card', sections: systemCard },
  models: { title: 'Model cards', sections: modelCards },
  data: { title: 'Data cards', sections: dataCards },
  'annex-iv': { title: 'Technical documentation (Annex IV)', sections: annexIv },
  deployer: { title: 'Record of the deployer (Article 26)', sections: deployerRecord },
}

/** Documents that stand on cards; a new line in one of them makes a new card. */
const READ = ['card', 'charter', 'classification', 'inventory', 'profile', 'duties']

export type Cards = ReturnType<typeof createCards>

export function createCards({ clock, releaseOf, materialOf, signed }: CardsDeps) {
  const cardOf = (kind: CardKind, material: CardMaterial): Card => {
    const { title, sections } = KINDS[kind]
    const { id, application, digest } = material.release
    const found = sections(material)
    return {
      kind,
      title,
      application,
      release: id,
      digest,
      at: clock(),
      caution: CAUTION,
      sections: found,
      empty: emptyOf(found),
    }
  }

  async function get(release: ReleaseId, kind: CardKind): Promise<Card> {
    return cardOf(kind, await materialOf(await releaseOf(release)))
  }

  const producer = (
    check: string,
    answer: (material: CardMaterial) => Promise<Pick<EvidenceDraft, 'facts' | 'summary'>>,
  ): Producer => ({
    name: `governance/cards/${check}`,
    checks: [check],
    quote: async () => FREE,
    async run(context) {
      // Without a person's word there is no card to confirm: the check stays open and says what to write.
      if (!context.application.documents.card) return []
      return [draft(check, context, await answer(await materialOf(context.release)))]
    },
  })

  const section: DossierSection = {
    name: 'cards',
    title: 'Cards and technical documentation, each field computed, referenced or authored',
    async read(release) {
      const material = await materialOf(release)
      return CARD_KINDS.map((kind) => ({ name: kind, title: KINDS[kind].title, body: cardOf(kind, material) }))
    },
  }

  return {
    get,
    async export({
      release,
      kind,
      format,
    }: {
      release: ReleaseId
      kind: CardKind
      format: 'markdown' | 'html'
    }): Promise<string> {
      const card = await get(release, kind)
      return format === 'html'
        ? htmlOf(cardPaper(card), { title: `${card.title} of ${card.application}` })
        : markdownOf(cardPaper(card))
    },
    section,
    producers: [
      producer('docs.card', async (material) => cardFacts(material)),
      producer('legal.techdoc', async (material) =>
        documentationFacts(material, await signed(material.findings.flatMap(({ evidence }) => evidence ?? []))),
      ),
    ],
  }
}

function draft(
  check: string,
  { release, application, by }: ProducerContext,
  answer: Pick<EvidenceDraft, 'facts' | 'summary'>,
): EvidenceDraft {
  const documents = READ.flatMap((name): Part[] => {
    const document = application.documents[name]
    return document ? [{ kind: 'document', name, digest: document.digest }] : []
  })
  return {
    application: release.application,
    release: release.id,
    check,
    ...answer,
    inputs: [{ kind: 'release', name: release.application, digest: release.digest }, ...documents],
    producer: { name: `governance/cards/${check}`, version: '1' },
    // The figures are computed; that they tell the truth, and the limitations, is the word of who ran it.
    trust: 'attested',
    duty: check === 'docs.card' ? 'technical-lead' : 'risk',
    by,
  }
}
