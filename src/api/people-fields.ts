/** What the fields of approvals, findings, oversight and notices mean. */
export const PEOPLE_FIELDS: Readonly<Record<string, string>> = {
  'askApproval.note': 'What those who sign should know, in a sentence or two.',
  'signApproval.decision': '`approve`, or `refuse`, which ends the request.',
  'signApproval.reason': 'On what the decision rests, in at least 10 characters.',
  'addDisconfirmingView.pillar': 'One of the seven pillars.',
  'addDisconfirmingView.view': 'What speaks against going on.',
  'withdrawApproval.reason': 'Why nobody needs to sign any more.',
  'delegateDuty.to': 'Id of the person who signs meanwhile.',
  'delegateDuty.reason': 'Why, in at least 10 characters.',
  'delegateDuty.days': 'For how many days, at most 30.',
}
