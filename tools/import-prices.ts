/**
 * Writes `packs/prices/genai-prices.json` from the price list of pydantic/genai-prices (MIT),
 * with the ways of serving that it leaves out (`src/models/openai-tiers.ts`).
 * `node tools/import-prices.ts [file.json|file.json.gz] [--as-of 2026-11-21] [--commit 47df840]`
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { gunzipSync } from 'node:zlib'
import { importPriceList, TIER_SOURCE, withAnthropicRules, withOpenAiTiers } from '../src/models/index.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** Whose prices are taken; the list's own names. Resellers behind another's address are left out. */
const PROVIDERS = [
  'anthropic',
  'aws',
  'azure',
  'cerebras',
  'cohere',
  'deepseek',
  'fireworks',
  'google',
  'groq',
  'minimax',
  'mistral',
  'moonshotai',
  'novita',
  'openai',
  'openrouter',
  'ovhcloud',
  'perplexity',
  'together',
  'voyageai',
  'x-ai',
  'zhipuai',
]

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    'as-of': { type: 'string', default: '2026-11-21' },
    commit: { type: 'string', default: '47df840' },
  },
})
const [path = join(ROOT, 'data', 'prices-genai', 'data.json.gz')] = positionals
const bytes = readFileSync(path)
const list: unknown = JSON.parse((path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8'))
const { models, ...listed } = withOpenAiTiers(
  withAnthropicRules(
    importPriceList(list, {
      name: 'genai-prices',
      asOf: values['as-of'],
      note: "Made by tools/import-prices.ts; do not edit. Anthropic's rules for an hour in the cache, batches and searches are added to its models, and OpenAI's ways of serving to its own.",
      source: `pydantic/genai-prices at commit ${values.commit} (MIT), read on ${values['as-of']}`,
      providers: PROVIDERS,
    }),
  ),
)
const about = { ...listed, sources: { ...listed.sources, tiers: TIER_SOURCE } }
// A line an entry, so that a change of the list can be read.
const lines = models.map((entry) => `    ${JSON.stringify(entry)}`).join(',\n')
const head = JSON.stringify(about, null, 2).slice(0, -2)
writeFileSync(join(ROOT, 'packs', 'prices', 'genai-prices.json'), `${head},\n  "models": [\n${lines}\n  ]\n}\n`)
process.stdout.write(`${models.length} models of ${PROVIDERS.length} providers.\n`)
