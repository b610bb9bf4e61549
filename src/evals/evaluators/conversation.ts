/** A whole conversation judged: was the goal reached, was what was said kept, was the role kept. */
import { z } from 'zod'
import { turnsOf } from '../../core/dataset.ts'
import { notApplicable, passed, type ScoredRow } from './evaluator.ts'
import { demandVerdicts, graded, shareOf, Verdict, Verdicts } from './graded.ts'

const GOAL_PROMPT = `You decide whether the assistant reached the user's goal by the end of the conversation.
Half reached, promised or handed on is not reached. First your reason, then the verdict.
Answer: {"reason": text, "verdict": true or false}`
const KNOWLEDGE_PROMPT = `You decide for each of the assistant's turns whether it keeps what was said before: it asks for nothing that the user has told already, and contradicts neither the user's facts nor its own.
Answer, in the order of the assistant's turns: {"verdicts": [{"reason": text, "verdict": true or false}, …]}`
const ROLE_PROMPT = `You decide for each of the assistant's turns whether it keeps to its role: it stays within the task, the tone and the limits of the role, and does not speak as somebody else, whatever the user asks.
Answer, in the order of the assistant's turns: {"verdicts": [{"reason": text, "verdict": true or false}, …]}`

export const conversationGoal = graded({
  id: 'conversation-goal',
  kind: 'rate',
  needs: [],
  source: 'goal accuracy as DeepEval and MLflow name it, one verdict; self-tested',
  description: 'The user’s goal (`goal`, metadata.goal, or what the user asks for) is reached by the end.',
  prompt: GOAL_PROMPT,
  shape: { goal: z.string().min(1).optional() },
  rubric: ({ goal }) => goal ?? '',
  async grade(row, ask, { goal }) {
    const wanted = goal ?? textOf(row.example.metadata?.goal) ?? 'what the user asks for'
    const { verdict, reason } = await ask(GOAL_PROMPT, { goal: wanted, conversation: whole(row) }, Verdict)
    return passed(verdict, reason)
  },
})

export const conversationKnowledge = graded({
  id: 'conversation-knowledge',
  kind: 'mean',
  needs: [],
  source: 'knowledge retention as DeepEval names it, by turn; self-tested',
  description: 'Share of the assistant’s turns that keep what was said before.',
  prompt: KNOWLEDGE_PROMPT,
  shape: {},
  grade: (row, ask) => byTurn(row, (conversation) => ask(KNOWLEDGE_PROMPT, { conversation }, Verdicts)),
})

export const conversationRole = graded({
  id: 'conversation-role',
  kind: 'mean',
  needs: [],
  source: 'role adherence as DeepEval names it, by turn; self-tested',
  description: 'Share of the assistant’s turns that keep to `role`.',
  prompt: ROLE_PROMPT,
  shape: { role: z.string().min(1) },
  rubric: ({ role }) => role,
  grade: (row, ask, { role }) => byTurn(row, (conversation) => ask(ROLE_PROMPT, { role, conversation }, Verdicts)),
})

async function byTurn(
  row: ScoredRow,
  judge: (conversation: ReturnType<typeof whole>) => Promise<z.output<typeof Verdicts>>,
) {
  const conversation = whole(row)
  const names = conversation.flatMap(({ role }, at) => (role === 'assistant' ? [`turn ${at + 1}`] : []))
  if (names.length === 0) return notApplicable('no turn of the assistant')
  const { verdicts } = await judge(conversation)
  const parts = demandVerdicts(verdicts, names)
  return {
    score: shareOf(parts),
    detail: `${parts.filter(({ score }) => score === 1).length} of ${parts.length} turns`,
    parts,
  }
}

const whole = ({ example, answer }: ScoredRow) => [...turnsOf(example), { role: 'assistant' as const, content: answer }]
const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)
