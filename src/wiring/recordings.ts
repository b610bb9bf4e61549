/** The recordings that come with the project: published answers of real models (MT-RAG, Apache-2.0). */
import { join } from 'node:path'
import type { RecordingSource } from '../models/index.ts'

export function recordingsOf(root: string): RecordingSource[] {
  const file = join(root, 'data', 'rag-mtrag-human', 'evaluations.jsonl.gz')
  const origin = 'IBM/mt-rag-benchmark, Apache-2.0, answers as published with the benchmark'
  return [
    { name: 'mtrag-gpt-4o', file, format: 'mtrag', recordedModel: 'gpt-4o', pricedAs: 'openai/gpt-4o', origin },
    {
      name: 'mtrag-llama-3.1-405b',
      file,
      format: 'mtrag',
      recordedModel: 'llama-3.1-405b-instruct',
      pricedAs: 'together/meta-llama/Meta-Llama-3.1-405B-Instruct-Turbo',
      origin,
    },
  ]
}
