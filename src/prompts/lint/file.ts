/** Rules about the file: keys that nobody reads, and a model that another file names. */
import type { LintFacts } from './facts.ts'
import type { Found } from './finding.ts'

const KNOWN_KEYS = [
  'model',
  'config',
  'input',
  'output',
  'tools',
  'toolDefs',
  'name',
  'variant',
  'version',
  'description',
  'ext',
  // Ours: rows of a dataset that the template shows.
  'examples',
]

export const fileRule = ({ prompt: { frontMatter } }: LintFacts): Found[] => [
  ...Object.keys(frontMatter)
    .filter((key) => !KNOWN_KEYS.includes(key) && !key.includes('.'))
    .map(
      (key): Found => ({
        code: 'key-unknown',
        severity: 'warning',
        field: key,
        at: `${key}:`,
        message: `${key} is no key of Dotprompt`,
        remedy: `Use ${KNOWN_KEYS.join(', ')}, or a name with a dot.`,
      }),
    ),
  ...(frontMatter.model === undefined
    ? []
    : [
        {
          code: 'model-unused' as const,
          severity: 'warning' as const,
          field: 'model',
          at: 'model:',
          message: 'the model of the prompt is not used',
          remedy: 'Name the model in airworthy.yaml; a step joins prompt and model.',
        },
      ]),
]
