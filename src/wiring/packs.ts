/** The data that comes with the program: catalogue of checks, prices, rules for models, templates, recordings. Read once at the start. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { AttackPack, HarmPack } from '../assurance/index.ts'
import { GateCatalogue } from '../core/check.ts'
import {
  AdvisorPack,
  ClockPack,
  Crosswalk,
  documentSchemasFor,
  Guide,
  KpiPack,
  LawPack,
  LawPlaces,
  MaturityPack,
  QuestionPack,
  RiskPack,
  RoadmapPack,
  ThreatPack,
  TrainingPack,
} from '../governance/index.ts'
import { joinPriceBooks, LicencePack } from '../models/index.ts'
import { ownPackages } from './own-packages.ts'
import { recordingsOf } from './recordings.ts'
import { readTemplates } from './templates.ts'
import { readTranslations } from './translations.ts'

/** @param root the folder of the project */
export function readPacks(root: string) {
  const packs = known.get(root) ?? readAll(root)
  known.set(root, packs)
  return packs
}

/** They do not change while a process runs. */
const known = new Map<string, ReturnType<typeof readAll>>()

const FRAMEWORKS = ['nist-ai-rmf', 'nist-ai-600-1', 'iso-42001', 'owasp-llm', 'owasp-agentic', 'mitre-atlas']

const readAll = (root: string) => {
  const questionPack = QuestionPack.parse(readJson(join(root, 'packs', 'advisor', 'questions.json')))
  return {
    advisorPack: AdvisorPack.parse(readJson(join(root, 'packs', 'advisor', 'core.json'))),
    questionPack,
    guide: Guide.parse(readJson(join(root, 'packs', 'guide', 'en.json'))),
    roadmapPack: RoadmapPack.parse(readJson(join(root, 'packs', 'roadmap', 'core.json'))),
    riskPack: RiskPack.parse(readJson(join(root, 'packs', 'risks', 'core.json'))),
    clockPack: ClockPack.parse(readJson(join(root, 'packs', 'incidents', 'clocks.json'))),
    trainingPack: readTraining(join(root, 'packs', 'training')),
    maturityPack: MaturityPack.parse(readJson(join(root, 'packs', 'maturity', 'core.json'))),
    threatPack: ThreatPack.parse(readJson(join(root, 'packs', 'threats', 'core.json'))),
    kpiPack: KpiPack.parse(readJson(join(root, 'packs', 'kpis', 'core.json'))),
    crosswalks: FRAMEWORKS.map((name) => Crosswalk.parse(readJson(join(root, 'packs', 'crosswalks', `${name}.json`)))),
    lawPacks: {
      laws: ['eu-ai-act', 'gdpr', 'ccpa'].map((law) =>
        LawPack.parse(readJson(join(root, 'packs', 'law', `${law}.json`))),
      ),
      places: LawPlaces.parse(readJson(join(root, 'packs', 'law', 'places.json'))),
    },
    translations: readTranslations(root),
    documentSchemas: documentSchemasFor(questionPack),
    ...readOthers(root),
  }
}

const readOthers = (root: string) => ({
  catalogue: GateCatalogue.parse(readJson(join(root, 'packs', 'gates', 'core.json'))),
  catalogueHistory: ['core-1.0.0.json', 'core-2.0.0.json', 'core-2.1.0.json', 'core-2.2.0.json'].map((file) =>
    GateCatalogue.parse(readJson(join(root, 'packs', 'gates', 'history', file))),
  ),
  priceBook: joinPriceBooks([
    readJson(join(root, 'packs', 'prices', 'core.json')),
    readJson(join(root, 'packs', 'prices', 'genai-prices.json')),
  ]),
  licences: LicencePack.parse(readJson(join(root, 'packs', 'licences', 'core.json'))),
  modelRules: readJson(join(root, 'packs', 'model-rules', 'core.json')),
  templates: readTemplates(join(root, 'templates')),
  recordings: recordingsOf(root),
  probeSet: readJson(join(root, 'packs', 'sentinel', 'core.json')),
  harmPack: HarmPack.parse(readJson(join(root, 'packs', 'harm', 'core.json'))),
  attackPack: AttackPack.parse(readJson(join(root, 'packs', 'attacks', 'core.json'))),
  packages: ownPackages(root),
})

const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'))

/** The pack names its modules; each is a file beside it. */
function readTraining(folder: string): TrainingPack {
  const pack = readJson(join(folder, 'core.json')) as { modules: readonly string[] }
  return TrainingPack.parse({ ...pack, modules: pack.modules.map((id) => readJson(join(folder, `${id}.json`))) })
}
