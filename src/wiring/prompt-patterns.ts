/** The patterns of prompts and the bias suite that come with the program, read once at the start. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { readYaml } from '../core/blueprint/yaml-file.ts'
import { BiasPack, type PatternFiles } from '../prompts/index.ts'

const Description = z.strictObject({ title: z.string(), when: z.string(), source: z.string() })

/** Attributes of people that a bias suite swaps. */
export const readBiasPack = (root: string): BiasPack =>
  BiasPack.parse(JSON.parse(readFileSync(join(root, 'packs', 'bias', 'core.json'), 'utf8')))

/** @param root the folder of the project */
export function readPatterns(root: string): PatternFiles[] {
  const folder = join(root, 'packs', 'prompts')
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => {
      const read = (file: string) => readFileSync(join(folder, name, file), 'utf8')
      const path = `packs/prompts/${name}/pattern.yaml`
      const described = readYaml({ path, text: read('pattern.yaml'), schema: Description, problems: [] })
      if (!described) throw new Error(`${path} cannot be read.`)
      return {
        name,
        ...described,
        prompt: read('prompt.prompt'),
        cases: read('cases.jsonl'),
        suite: read('suite.yaml'),
      }
    })
    .sort((one, other) => one.name.localeCompare(other.name))
}
