/** What the fields of human oversight mean; `fields.ts` says how names are chosen. */
export const OVERSIGHT_FIELDS: Readonly<Record<string, string>> = {
  mode: 'hold: it waits for a person before it is given. flag: it was given, and a person looks afterwards.',
  'decideHeldAnswer.decision': 'release: it stands. edit: your own words stand in its place. refuse: nothing is given.',
  'listHeldAnswers.state': 'waiting, released, edited or refused; one that nobody looked at in time is still waiting.',
  'decideHeldCall.decision': 'make: the call is made now, once, with these arguments. refuse: it is never made.',
  'decideHeldCall.reason': 'Why, in at least ten characters; it stays on record.',
  'listHeldCalls.state':
    'waiting, making, made, failed or refused; one that nobody looked at in time is still waiting, and one whose end nobody saw still making.',
  'decideHeldAnswer.text': 'For an edit: what stands in the place of the answer.',
  'decideHeldAnswer.reason': 'Why, in at least ten characters; it stays on record.',
  'overruleAnswer.answer': 'Id of a response, or of a trace.',
  'overruleAnswer.text': 'What it should have been; left out when nothing should have been given.',
  'overruleAnswer.reason': 'Why, in at least ten characters; it stays on record.',
  'stopApplication.reason': 'Why, in at least ten characters; whoever is refused reads it.',
}
