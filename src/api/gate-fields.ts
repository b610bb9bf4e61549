/** What the fields of evidence, gates and waivers mean; `fields.ts` says how names are chosen. */
export const GATE_FIELDS: Readonly<Record<string, string>> = {
  'listChallenges.evidence': 'Only those of this piece of evidence.',
  'answerChallenge.answer': 'Why, for whoever raised it and whoever reads it later.',
}
