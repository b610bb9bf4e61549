/** Answers as the MT-RAG benchmark publishes them: tasks with turns, and evaluations with each model's answer. */
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { type RecordedAnswer, readLines } from './recording.ts'

const Task = z.object({
  task_id: z.string(),
  input: z.array(z.object({ speaker: z.enum(['user', 'agent']), text: z.string() })).min(1),
})
const Evaluation = z.object({ task_id: z.string(), model_id: z.string(), model_response: z.string() })

/** Reads `file` and the tasks beside it. `reference` is the answer of people, not of a model. */
export function readMtrag(file: string): RecordedAnswer[] {
  const tasks = new Map(readLines(join(dirname(file), 'tasks.jsonl.gz'), Task).map((task) => [task.task_id, task]))
  return readLines(file, Evaluation).flatMap(({ task_id, model_id, model_response }) => {
    const task = tasks.get(task_id)
    if (!task || model_id === 'reference') return []
    const conversation = task.input.map(({ speaker, text }) => ({
      role: speaker === 'agent' ? ('assistant' as const) : ('user' as const),
      content: text,
    }))
    return [{ conversation, answer: model_response, model: model_id }]
  })
}
