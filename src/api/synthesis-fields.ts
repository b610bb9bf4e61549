/** What the fields of synthetic cases mean; `fields.ts` takes them in. */
export const SYNTHESIS_FIELDS: Readonly<Record<string, string>> = {
  'startGeneration.application': 'Whose documents are read; that of the dataset when left out.',
  'startGeneration.model': 'The model that drafts, `provider/model`.',
  'startGeneration.parameters': 'What the model is asked with.',
  fact: 'Cases that one passage answers.',
  multiHop: 'Cases that take two passages.',
  outOfScope: 'Cases that no document answers, so that the right answer is that it is not known.',
  personas: 'Who asks, each in a few words; one after the other.',
  inputTypes: 'In what form they ask, such as "two words" or "a long complaint"; one after the other.',
  'startGeneration.split': 'build, regress or calibration; never the holdout.',
  'startGeneration.maxCostMicroUsd': 'Above it nothing begins, and it stops when so much is spent.',
  'startGeneration.dryRun': 'Says what it takes and begins nothing.',
}
