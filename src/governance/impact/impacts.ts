/** Verbs of the impact assessment: what follows from its answers, and taking it over into the register and the suites. */
import { editYaml } from '../../core/blueprint/edit-yaml.ts'
import { textOf } from '../../core/blueprint/files.ts'
import { Failure } from '../../kernel/failure.ts'
import { csvOf, htmlOf, markdownOf } from '../../kernel/paper.ts'
import { Risks } from '../documents/risks.ts'
import type { GovernanceDeps, Keeper } from '../governance-deps.ts'
import type { RiskPack } from '../risks/register.ts'
import { following, Impact, type ImpactFollowing, suiteFiles } from './impact.ts'
import { impactPaper } from './impact-paper.ts'

export type ImpactsDeps = Pick<GovernanceDeps, 'blueprintOf' | 'clock' | 'putFile'> & { readonly riskPack: RiskPack }
export type Impacts = ReturnType<typeof createImpacts>

export function createImpacts({ blueprintOf, clock, putFile, riskPack }: ImpactsDeps) {
  async function read(name: string) {
    const { files, blueprint } = await blueprintOf(name)
    const impact = Impact.parse(blueprint.documents.impact?.value ?? {})
    const register = Risks.parse(blueprint.documents.risks?.value ?? { risks: riskPack.risks })
    const risks = new Set(register.risks.map(({ id }) => id))
    return { files, impact, register, result: following(impact, { paths: new Set(Object.keys(files)), risks }) }
  }

  return {
    of: async (name: string): Promise<ImpactFollowing> => (await read(name)).result,

    async export({ name, format }: { name: string; format: 'markdown' | 'html' | 'csv' }): Promise<string> {
      const { impact, result } = await read(name)
      const blocks = impactPaper({ application: name, day: clock().slice(0, 10), impact, following: result })
      if (format === 'csv') return csvOf(blocks)
      return format === 'html' ? htmlOf(blocks, { title: `Impact of ${name}` }) : markdownOf(blocks)
    },

    /** Writes the risks and suites that are not there yet; what is there stays as people left it. */
    async take({ name, by }: { name: string; by: Keeper }): Promise<ImpactFollowing> {
      const { files, impact, register, result } = await read(name)
      const risks = result.risks.filter(({ isKept }) => !isKept)
      const suites = suiteFiles(impact).filter(({ name: suite }) =>
        result.suites.some((one) => one.name === suite && !one.isKept),
      )
      if (risks.length === 0 && suites.length === 0)
        throw new Failure(
          'conflict',
          'governance.impact-nothing-new',
          'Nothing follows from the impact assessment that is not there already. Answer harms, misuse or affected first.',
        )
      if (risks.length > 0) {
        const before = files['risks.yaml']
        const added = risks.map(({ isKept: _, ...risk }) => ({ ...risk, source: 'impact.yaml', status: 'open' }))
        const value = { ...register, risks: [...register.risks, ...added] }
        const file = editYaml(before === undefined ? undefined : textOf(before), value)
        await putFile({ name, path: 'risks.yaml', file, by })
      }
      for (const { files: made } of suites)
        for (const [path, file] of Object.entries(made))
          if (files[path] === undefined) await putFile({ name, path, file, by })
      return (await read(name)).result
    },
  }
}
