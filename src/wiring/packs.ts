/** The data that comes with the program: catalogue of checks, prices, rules for models, templates, recordings. Read once at the start. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { GateCatalogue } from '../core/check.ts'
import {
  AdvisorPack,
  documentSchemasFor,
  Guide,
  KpiPack,
  QuestionPack,
  RiskPack,
  RoadmapPack,
  ThreatPack,
} from '../governance/index.ts'
import { joinPriceBooks } from '../models/index.ts'
import { ownPackages } from './own-packages.ts'
import { recordingsOf } from './recordings.ts'
import { readTemplates } from './templates.ts'

/** @param root the folder of the project */
export function readPacks(root: string) {
  const packs = known.get(root) ?? readAll(root)
  known.set(root, packs)
  return packs
}

/** They do not change while a process runs. */
const known = new Map<string, ReturnType<typeof readAll>>()

const readAll = (root: string) => {
  const questionPack = QuestionPack.parse(readJson(join(root, 'packs', 'advisor', 'questions.json')))
  return {
    advisorPack: AdvisorPack.parse(readJson(join(root, 'packs', 'advisor', 'core.json'))),
    questionPack,
    guide: Guide.parse(readJson(join(root, 'packs', 'guide', 'en.json'))),
    roadmapPack: RoadmapPack.parse(readJson(join(root, 'packs', 'roadmap', 'core.json'))),
    riskPack: RiskPack.parse(readJson(join(root, 'packs', 'risks', 'core.json'))),
    threatPack: ThreatPack.parse(readJson(join(root, 'packs', 'threats', 'core.json'))),
    kpiPack: KpiPack.parse(readJson(join(root, 'packs', 'kpis', 'core.json'))),
    documentSchemas: documentSchemasFor(questionPack),
    ...readOthers(root),
  }
}

const readOthers = (root: string) => ({
  catalogue: GateCatalogue.parse(readJson(join(root, 'packs', 'gates', 'core.json'))),
  catalogueHistory: ['core-1.0.0.json'].map((file) =>
    GateCatalogue.parse(readJson(join(root, 'packs', 'gates', 'history', file))),
  ),
  priceBook: joinPriceBooks([
    readJson(join(root, 'packs', 'prices', 'core.json')),
    readJson(join(root, 'packs', 'prices', 'genai-prices.json')),
  ]),
  modelRules: readJson(join(root, 'packs', 'model-rules', 'core.json')),
  templates: readTemplates(join(root, 'templates')),
  recordings: recordingsOf(root),
  probeSet: readJson(join(root, 'packs', 'sentinel', 'core.json')),
  packages: ownPackages(root),
})

const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'))
