/** Figures of recorded agents and of labelled claims. */
import { clusteredMean, mean, passAtK, passHatK } from '../../kernel/statistics/index.ts'
import { type Figures, jsonLines, met, type Recording } from './figure.ts'

const TAU = 'agents-taubench/gpt-4o-airline.runs.jsonl.gz'
/** The same with every message, as the source publishes it. */
const TAU_WHOLE = 'agents-taubench/gpt-4o-airline.jsonl.gz'
const CLAIMS = 'hallucination-refchecker/claims.jsonl.gz'

type Run = { task_id: number; reward: number; user_cost: number; messages: number; calls: readonly string[] }
type WholeRun = Pick<Run, 'task_id' | 'reward'> & {
  info: { user_cost: number }
  traj: { tool_calls?: { function: { name: string } }[] | null }[]
}

export const taubench: Figures = {
  name: 'taubench',
  title: 'tau-bench airline: tries that all have to succeed, and the error over tasks',
  source: 'sierra-research/tau-bench (MIT), commit 59a200c',
  basis: 'the README of the source for pass^k; the rest computed by another program',
  files: [TAU],
  sourceFiles: [TAU_WHOLE],
  compute(recording) {
    const runs = runsOf(recording)
    const correct = [...Map.groupBy(runs, ({ task_id }) => task_id).values()].map(
      (some) => some.filter(({ reward }) => reward === 1).length,
    )
    const over = (share: typeof passAtK, k: number) => mean(correct.map((one) => share({ n: 4, correct: one, k })))
    const scores = runs.map(({ reward }) => reward)
    const clusters = runs.map(({ task_id }) => task_id)
    const rate = mean(scores)
    return [
      ...[0.42, 0.2733, 0.22, 0.2].map((published, at) =>
        met(`pass^${at + 1}`, published, over(passHatK, at + 1), at === 0 ? 3 : 4),
      ),
      ...[14, 12, 10, 4, 10].map((published, at) =>
        met(`tasks with ${at} of four runs right`, published, correct.filter((count) => count === at).length, 0),
      ),
      ...[0.42, 0.5667, 0.66, 0.72].map((published, at) => met(`pass@${at + 1}`, published, over(passAtK, at + 1))),
      met('standard error as if runs were independent', 0.0349, Math.sqrt((rate * (1 - rate)) / scores.length)),
      met('standard error clustered by task', 0.0522, clusteredMean({ scores, clusters }).seCR1),
      met(
        'user simulator, dollars',
        0.5031,
        runs.reduce((sum, { user_cost }) => sum + user_cost, 0),
      ),
      met('runs that succeeded', 84, scores.filter((reward) => reward === 1).length, 0),
      met(
        'messages',
        5_308,
        runs.reduce((sum, { messages }) => sum + messages, 0),
        0,
      ),
      met('calls of tools', 1_164, runs.flatMap(({ calls }) => calls).length, 0),
      met(
        'calls of get_reservation_details',
        377,
        runs.flatMap(({ calls }) => calls).filter((name) => name === 'get_reservation_details').length,
        0,
      ),
    ]
  },
}

const runsOf = ({ fileOf, has }: Recording): Run[] =>
  has(TAU)
    ? jsonLines<Run>(fileOf(TAU))
    : jsonLines<WholeRun>(fileOf(TAU_WHOLE)).map(({ task_id, reward, info, traj }) => ({
        task_id,
        reward,
        user_cost: info.user_cost,
        messages: traj.length,
        calls: traj.flatMap(({ tool_calls }) => (tool_calls ?? []).map((call) => call.function.name)),
      }))

type Answer = { setting: string; model: string; claims: { label: string }[] }

const SETTINGS = ['zero_context', 'noisy_context', 'accurate_context'] as const
/** Of each setting: contradicted, not entailed, answers without a claim. */
const SHARES = {
  gpt4: [0.1289, 0.2856, 0, 0.0144, 0.0821, 13, 0.01, 0.0222, 8],
  claude2: [0.0282, 0.6375, 21, 0.046, 0.1105, 6, 0.0246, 0.0913, 8],
  chatgpt: [0.1902, 0.4115, 1, 0.1604, 0.2267, 20, 0.0362, 0.063, 0],
  llama2_70b_chat: [0.1385, 0.7638, 6, 0.0403, 0.1519, 4, 0.0318, 0.0725, 0],
  falcon_40B_instruct: [0.4491, 0.6203, 27, 0.2166, 0.3872, 17, 0.0765, 0.2162, 3],
  alpaca_7B: [0.2844, 0.7809, 27, 0.2113, 0.4098, 2, 0.1013, 0.2301, 13],
  davinci001: [0.5425, 0.7956, 5, 0.2079, 0.3419, 13, 0.128, 0.1841, 1],
} as const

export const refchecker: Figures = {
  name: 'refchecker',
  title: 'RefChecker: shares of claims that are contradicted or not supported',
  source: 'amazon-science/RefChecker (CC BY 4.0), commit 1df1b25',
  basis: 'computed from the published labels by another program',
  files: [CLAIMS],
  sourceFiles: [],
  compute({ fileOf }) {
    const rows = jsonLines<Answer>(fileOf(CLAIMS))
    return Object.entries(SHARES).flatMap(([model, published]) =>
      SETTINGS.flatMap((setting, at) => {
        const answers = rows.filter((row) => row.model === model && row.setting === setting)
        const some = answers.filter(({ claims }) => claims.length > 0)
        const share = (is: (label: string) => boolean) =>
          mean(some.map(({ claims }) => claims.filter(({ label }) => is(label)).length / claims.length))
        const [wrong = 0, unsupported = 0, empty = 0] = published.slice(at * 3, at * 3 + 3)
        const title = `${model}, ${setting.replace('_', ' ')}`
        return [
          met(
            `${title}: contradicted`,
            wrong,
            share((label) => label === 'Contradiction'),
          ),
          met(
            `${title}: not entailed`,
            unsupported,
            share((label) => label !== 'Entailment'),
          ),
          met(`${title}: answers without a claim`, empty, answers.length - some.length, 0),
        ]
      }),
    )
  },
}
