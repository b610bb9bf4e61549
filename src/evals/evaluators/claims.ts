/** What several evaluators ask of a text: the claims that it makes, and which of them something supports. */
import { z } from 'zod'
import type { ScoredPart } from './evaluator.ts'
import { demandVerdicts, type Questions, Verdicts } from './graded.ts'

export const CLAIMS_PROMPT = `You take a text apart into claims. A claim is one statement that can be true or false by itself: names stand for pronouns, and what belongs together stays together.
Questions, greetings and remarks about the text itself are no claims. A text may have none.
Answer: {"claims": [text, …]}`

export const SUPPORT_PROMPT = `You decide for each claim whether the passages support it: whether somebody who knows only the passages would say that it is true.
What the passages do not say is not supported, even when you know it to be true. Reasons come first.
Answer, in the order of the claims: {"verdicts": [{"reason": text, "verdict": true or false}, …]}`

/** More claims than this are not asked about at once. */
const MAX_CLAIMS = 100

export async function claimsOf(ask: Questions['ask'], text: string): Promise<string[]> {
  const { claims } = await ask(
    CLAIMS_PROMPT,
    { text },
    z.object({ claims: z.array(z.string().min(1)).max(MAX_CLAIMS) }),
  )
  return claims
}

/** One part a claim, with score 1 where it is supported. */
export async function supportOf(
  ask: Questions['ask'],
  claims: readonly string[],
  passages: readonly string[],
): Promise<ScoredPart[]> {
  const { verdicts } = await ask(SUPPORT_PROMPT, { passages, claims }, Verdicts)
  return demandVerdicts(verdicts, claims)
}
