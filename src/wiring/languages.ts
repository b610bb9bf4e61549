/** Doors that speak the language of whoever asks: what packs say of an idea, a plan and the law. */
import type { Access } from '../access/index.ts'
import type { Config } from '../config.ts'
import { createLanguages, languagesHttp, spokenDoors } from '../languages/index.ts'
import type { Mounted } from '../wire/handle.ts'
import { readPacks } from './packs.ts'

/** Answers whose words people read; none of them is evidence, and none is taken away as a paper. */
const SAID = new Set([
  ...[
    'getGuide',
    'getAssessmentQuestions',
    'askAdvice',
    'getAdvice',
    'getIdea',
    'listIdeas',
    'createIdea',
    'updateIdea',
  ],
  ...['getPlan', 'listKpiPresets', 'getLaw', 'listLaws', 'answerLaw', 'getCompass', 'getOverview', 'getNextSteps'],
])

export type LanguageDeps = {
  readonly access: Pick<Access, 'getActor' | 'updateActor'>
  readonly config: Pick<Config, 'language'>
  readonly root: string
}

export function speakDoors({ access, config, root }: LanguageDeps, mounted: readonly Mounted[]): Mounted[] {
  const languages = createLanguages({
    translations: readPacks(root).translations,
    usual: config.language,
    ownOf: (actor) => access.getActor(actor).language,
    async keep(actor, language) {
      await access.updateActor(actor, { language, by: actor })
    },
  })
  return [...spokenDoors(languages, { mounted, said: SAID }), ...languagesHttp(languages)]
}
