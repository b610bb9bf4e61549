/** What the fields of studies of preference mean; `fields.ts` takes them in. */
export const STUDY_FIELDS: Readonly<Record<string, string>> = {
  'createStudy.arms': 'Two to six arms, each as `exp_…:candidate`; the others are compared with the first.',
  'createStudy.name': 'What people are asked.',
  'createStudy.most': 'The most cases, drawn by chance.',
  doubleShare: 'The share of pairs that two people see, so that it is known how far people agree.',
  reviewers: 'Ids of those who choose; empty for everybody who may attest.',
  isReferenceShown: 'Whether the reference answer stands beside the pair.',
  'createStudy.margin': 'Differences of shares inside ± margin are equivalent.',
  'createStudy.dryRun': 'Says what it takes and what it could see, and begins nothing.',
}
