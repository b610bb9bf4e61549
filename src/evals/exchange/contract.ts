/** Routes of what comes in from other tools, and the pointers that go out to them. Browser-safe. */
import { z } from 'zod'
import { BlueprintFiles } from '../../core/blueprint/files.ts'
import { Name } from '../../core/names.ts'
import { Digest } from '../../kernel/digest.ts'
import { route } from '../../wire/route.ts'

export const convertPromptfooProject = route({
  name: 'convertPromptfooProject',
  method: 'POST',
  path: '/api/v1/suites/conversions',
  summary: 'Make the files of a blueprint from a promptfoo project, with a list of what has no equivalent',
  permission: 'build',
  maxBodyBytes: 32 * 1024 * 1024,
  example: { files: { 'promptfooconfig.yaml': 'prompts: ["{{question}}"]\nproviders: [openai:gpt-4o]\ntests: []\n' } },
  body: z.strictObject({ files: z.record(z.string(), z.string()) }),
  returns: {
    200: z.object({
      files: z.record(z.string(), z.string()),
      unsupported: z.array(z.object({ where: z.string(), what: z.string() })),
    }),
  },
})

export const writePromptfooProject = route({
  name: 'writePromptfooProject',
  method: 'POST',
  path: '/api/v1/suites/promptfoo-projects',
  summary: 'Make a promptfoo project from the files of a blueprint, with a list of what has no equivalent',
  permission: 'build',
  maxBodyBytes: 32 * 1024 * 1024,
  example: { name: 'shop', files: { 'airworthy.yaml': 'models: {answer: {model: openai/gpt-4o}}\n' } },
  body: z.strictObject({ name: Name, files: BlueprintFiles }),
  returns: {
    200: z.object({
      files: z.record(z.string(), z.string()),
      unsupported: z.array(z.object({ where: z.string(), what: z.string() })),
    }),
  },
})

export const getDatasetPointer = route({
  name: 'getDatasetPointer',
  method: 'GET',
  path: '/api/v1/applications/:name/datasets/:dataset/pointer',
  summary: "DVC's pointer to a dataset of the newest release, and its digest here",
  permission: 'view',
  params: z.object({ name: Name, dataset: z.string() }),
  returns: { 200: z.object({ dataset: z.string(), digest: Digest, file: z.string(), content: z.string() }) },
})

export const checkDatasetPointer = route({
  name: 'checkDatasetPointer',
  method: 'POST',
  path: '/api/v1/datasets/pointer-checks',
  summary: "Check that a file is the one that DVC's pointer names",
  permission: 'build',
  maxBodyBytes: 32 * 1024 * 1024,
  example: {
    path: 'rows.jsonl',
    pointer: 'outs:\n- md5: d41d8cd98f00b204e9800998ecf8427e\n  path: rows.jsonl\n',
    content: '',
  },
  body: z.strictObject({ path: z.string().min(1), pointer: z.string().min(1), content: z.string() }),
  returns: { 200: z.object({ md5: z.string(), size: z.number().int(), path: z.string() }) },
})

export const exchangeRoutes = [convertPromptfooProject, writePromptfooProject, getDatasetPointer, checkDatasetPointer]
