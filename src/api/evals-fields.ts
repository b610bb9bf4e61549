/** What the fields of measuring mean. */
export const EVALS_FIELDS: Readonly<Record<string, string>> = {
  arms: 'Arms with commas between them, each as `exp_…:candidate`.',
  'compareArms.reference': 'The arm that all others are compared with; the first when left out.',
  'compareCorpusFigures.reference': 'The arm that all others are compared with; the first when left out.',
  'compareCorpusFigures.margin':
    "Differences inside ± margin are equivalent, from 0 to 1; that of the reference's suite when left out.",
  cluster: 'Id of a group of failures, `fcl_…`.',
  'triageFailureCluster.owner': 'Who sees to it.',
  variants: 'Further arms, measured beside the release on the same examples.',
  'createExperiment.models':
    "By the model's name in the blueprint: another `provider/model`, parameters laid over its own, or an adapter that was tuned elsewhere.",
  'createExperiment.prompts': "Text of a `.prompt` file by the prompt's name.",
  'createExperiment.target': "An application over HTTP that is asked instead of the release's own flow.",
  'createExperiment.timeoutMs': 'How long an answer may take, in milliseconds.',
  'createExperiment.effort': 'What it took to make this one, as its people say.',
  'getExperimentReport.format': 'The form that is wanted.',
  'convertPromptfooProject.files': 'Texts of the project by path: promptfooconfig.yaml and what it names.',
  'writePromptfooProject.name': 'Name of the application.',
  'writePromptfooProject.files': 'Files of the blueprint by path.',
  pointer: "Text of DVC's `.dvc` file.",
  reuse: 'Takes answers again that the same parts gave to the same question before.',
  'createExperiment.serving':
    'real-time: answers are asked for one by one, at once; batch: in batches of their provider, which come within a day and cost less.',
  stopEarly: 'Ends as soon as the primary score is decided; the interval holds however often it is looked at.',
  'computeFigures.name': 'Name of the recording, such as gsm8k.',
  'computeFigures.files': 'Contents in base64 by path below the folder of data.',
  'listExperimentRows.holdout':
    'Shows held-out rows too, counted as a read of the holdout; for the roles that the dataset names.',
  tags: 'Tags of the run by name, such as `git.commit`.',
  adapter: 'What was tuned on top of the model elsewhere, and on which data.',
  'createExperiment.what': 'What the data is, in words.',
}
