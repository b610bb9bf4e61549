/** What exists already, read by the importers of the slices that know its forms. */
import { convertPromptfoo, readCases, readTables } from '../evals/index.ts'
import { bringingHttp } from '../governance/index.ts'
import { convertPromptForm } from '../prompts/index.ts'
import { readPacks } from './packs.ts'

export function wireBringing({ root }: { readonly root: string }) {
  const { templates, riskPack } = readPacks(root)
  const template = templates.find(({ name }) => name === 'bring-your-own')
  return {
    http: bringingHttp({
      promptfoo: convertPromptfoo,
      messages: (content) => convertPromptForm({ from: 'chat', to: 'dotprompt', content, placeholders: 'double' }),
      cases: readCases,
      tables: readTables,
      risks: riskPack.risks,
      template: template?.files ?? {},
    }),
  }
}
