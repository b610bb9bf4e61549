/** The words of the product in plain sentences: what every tooltip and the help page say. */
export const GLOSSARY = {
  application:
    'An application is something that answers people with generative AI. It has a name, a blueprint and the releases frozen from it.',
  blueprint:
    'The blueprint is the editable description of an application: a folder with prompts, models, documents, datasets and settings.',
  cap: 'A cap is a limit on requests, tokens, requests at once or money. At 80 % it warns, at 100 % it refuses and says when it opens.',
  webhook: 'A webhook is an address that is told of events, in signed requests that are repeated until they arrive.',
  receipt:
    'The receipt is what is kept of a deletion: when, by whom, how much went, what stays and why. It names nobody and is signed.',
  release:
    'A release is a blueprint frozen in one moment. It never changes and has a digest as its address. Going back to it brings everything back.',
  manifest:
    'The manifest lists everything that makes the answers of a release what they are, each part with its digest.',
  digest:
    'A digest is a fingerprint of content. The same content always has the same digest, and any change gives another.',
  stage:
    'A stage is how near to real users a release is: sandbox, poc (proof of concept), pilot, production. None can be skipped.',
  guardrail:
    'A guardrail looks for something in what is asked or answered, for example card numbers, and counts it, takes it out or blocks. What it found is kept nowhere.',
  gate: 'A gate stands before each stage. It opens when every check has an answer that is good enough, and names what is missing when it does not.',
  check:
    'A check is one question that a release must answer before it may go on, for example “does it beat the baseline?”.',
  pillar:
    'Checks belong to one of seven pillars: business, data, people, security, responsible, development, operations.',
  evidence:
    'Evidence is a signed record of something that was measured, imported or stated. It names the digests it depends on and goes stale when one of them changes.',
  trust:
    'How much weight evidence has: measured by our own runner, then imported from another tool, then attested by a person.',
  verdict:
    'The verdict is the answer to one check: pass, fail, missing, stale, inconclusive, waived or not applicable. Missing is never a pass.',
  finding: 'A finding is one check with its verdict, why it is so, what it read, and what would make it pass.',
  PASS: 'Pass: the evidence is there, is fresh, and is good enough.',
  FAIL: 'Fail: the evidence is there and is not good enough.',
  MISSING: 'Missing: nothing is recorded for this check yet. Silence is no pass.',
  STALE: 'Stale: there is evidence, but something it depends on has changed since, or it is too old.',
  INCONCLUSIVE:
    'Inconclusive: it was measured, but the measurement cannot decide. More cases or a clean run are needed.',
  WAIVED: 'Waived: it does not pass; a second person accepted the remaining risk until a date.',
  NOT_APPLICABLE: 'Not applicable: a written rule says that this check does not concern this release.',
  waiver:
    'A waiver lets a release through although one check does not pass. It needs a reason, an end, and a second person who grants it.',
  snapshot:
    'The snapshot is everything that a decision read: parts, evidence, waivers and doubts. The same snapshot always gives the same decision.',
  replay: 'A kept decision is made again from what it read then, by the gate of then. It must come out the same.',
  challenge:
    'A challenge is a reasoned doubt about a piece of evidence. Until somebody else answers it, the check is inconclusive.',
  profile: 'The profile is what an application says of itself. It decides which checks it is asked.',
  debt: 'Debt is what works today and will hold you soon: prompts that nobody uses, models and waivers that end, evidence that went stale, open doubts.',
  readiness: 'A release is as ready as its weakest pillar. No mean is taken, because a mean hides the one that is red.',
  attestation:
    'An attestation is evidence given by a person who signs for it with a duty. It weighs less than a measurement.',
  promotion: 'A promotion gives a release the right to be live in the next stage.',
  rollout:
    'A rollout moves live traffic step by step from the release in force to the new one, watches both, and goes back by itself on harm.',
  canary: 'A canary is a rollout in which a small share of the users gets the new release first.',
  share: 'The share is the part of the traffic that the candidate answers.',
  arm: 'The two sides of a comparison: control is what is there, candidate is what is new.',
  control: 'Control is the release in force, against which the candidate is compared.',
  candidate: 'The candidate is the release that is being tried.',
  soak: 'Soaking is waiting on a step for a set time, so that effects which come late can show.',
  margin: 'The margin is how much worse is still acceptable. It is chosen before anything is measured.',
  interval:
    'The interval is the range in which the true value plausibly lies. A wide interval means that too little was measured.',
  difference: 'The difference is candidate minus control, on the same cases or in the same time.',
  eValue:
    'The e-value weighs the evidence for harm while it comes in. It may be looked at after every request; when it reaches the threshold, harm is established.',
  threshold:
    'The threshold is 1/α: reaching it by chance alone has at most the probability α, however often one looks.',
  sampleRatio:
    'If the arms get other shares of the users than planned, the comparison cannot be trusted. This is watched all the time.',
  experiment:
    'An experiment runs a release on every example of a suite, scores the answers, and compares them case by case.',
  suite: 'A suite is a dataset with the evaluators that score it and the margin that counts.',
  dataset: 'A dataset is a list of examples: a question or conversation, and where there is one, the reference answer.',
  split:
    'A split says what an example may be used for: to build on, to guard what once failed, to examine (the holdout), or to calibrate judges.',
  evaluator: 'An evaluator gives one answer a score, for example whether its citations exist.',
  judge:
    'A judge is a model that grades answers. Before it may hold a gate it is held against people on the same kind of data.',
  calibration:
    'A calibration holds a judge against people: both said something of the same answers, and it is counted how often the judge was right.',
  agreement:
    'Agreement says how much more alike people judge than chance would. 1 is always the same, 0 is chance. It is Krippendorff’s alpha.',
  sensitivity: 'Of the answers that people call good, the share that the judge calls good as well.',
  specificity: 'Of the answers that people call bad, the share that the judge calls bad as well.',
  n: 'n is how many cases a figure rests on.',
  paired: 'Paired means that both arms answered the same cases, so that easy and hard cases cancel out.',
  baseline: 'The baseline is a simple, cheap way to answer that every release must beat.',
  trace:
    'A trace is the record of one request: its steps, times, tokens, cost, the prompt as rendered and the passages it used.',
  span: 'A span is one step of a trace with its start and its end.',
  passage: 'A passage is a piece of a document. Answers are written from passages and cite them.',
  citation: 'A citation names the passage that a sentence rests on. One that points nowhere is invalid.',
  feedback: 'Feedback is what a user, or a program that knows the right answer, said about an answer.',
  token: 'Models read and write in tokens, pieces of words. They are what is paid for.',
  live: 'Live means that a release answers real requests in a stage.',
  role: 'A role is what an actor may do in this installation: owner, builder, approver, security, auditor or viewer.',
  duty: 'A duty is what a person signs for in one application, for example business owner or security.',
  key: 'A key is how a program shows who it is. Its text is shown once and is not kept.',
  audit:
    'The audit log holds every change with who made it. Each entry carries the digest of the one before, so that editing it shows.',
  actor: 'An actor is a person or a program that acts.',
  example: 'Made by example people with example data. It shows how things work and is marked wherever it appears.',
  charter: 'The charter says what problem is solved, for whom, how success is measured, and when to stop.',
  session:
    'A session is one browser that is signed in. It ends by itself after a time, sooner when nobody uses it, and at once when somebody ends it.',
  secondFactor:
    'The second factor is a code of an app on your phone. It shows that it is you, also to somebody who has your password.',
  switch:
    'A switch that is off refuses every request for an application, release, model or provider, from the next one on, until somebody turns it on.',
  anchor:
    'The anchor is a file outside the database that says how far the audit log went. It shows when an older state was put back.',
  duties: 'Who signs for what in this application.',
  model:
    'A model is the program that writes answers. It was trained by somebody on many texts, and is asked by its name.',
  prompt: 'A prompt is the text that a model is given: what it shall do, and the question.',
  api: 'An API is an address that programs ask in place of people.',
  kpi: 'A KPI is a number of your business by which you see whether it helps, with its value today and a target.',
  risk: 'A risk is something that may go wrong, with how likely and how bad it is, and who looks after it.',
  roadmap: 'The roadmap says what comes when, from the first try until the end, and who is needed for it.',
  resource: 'The resource plan says what it takes: people, computing, storage and training, with what each costs.',
  assessment: 'The assessment asks what the task needs. “I do not know” is an answer, and says how to find out.',
  template: 'A template is a set of files that work, to begin with and to change.',
} as const

export type Term = keyof typeof GLOSSARY
