/** What the fields of plans and rollouts mean; `fields.ts` says how names are chosen. */
export const ROLLOUT_FIELDS: Readonly<Record<string, string>> = {
  audience: 'Whom a cohort is for; one that fits is enough.',
  users: 'Subjects as the application sends them, in airworthy-subject or as the user of a request.',
  groups: 'Values of airworthy-metadata, by their name: {"department": ["sales"]}.',
  endsAt: 'When a cohort falls back to the release in force, unless somebody has decided.',
  advance: 'person: each step waits for somebody. Automatic when not said; in the high-risk class always a person.',
  cooldownMinutes: 'How long a stage rests after a rollback by the rule.',
  noticeable: 'Amounts below this count as this much; 50 for latencies in milliseconds.',
  shadow: 'For strategy shadow: what is sampled, and what it may cost.',
  sample: 'Share of the users whose first request the candidate answers too, unseen.',
  usd: 'What all of its answers may cost, in dollars; then it is asked no more.',
  ceiling: 'What the candidate may not exceed, whatever the control does.',
  tripwire: 'So many events of the candidate against none of the control roll back at once.',
  unitsPerDay: 'Users or sessions a day to reckon with; measured when left out.',
  'explainAnswer.id': 'Id of a response, or of a trace.',
  'acceptRolloutPlan.reason': 'Why this is enough, in at least ten characters.',
}
