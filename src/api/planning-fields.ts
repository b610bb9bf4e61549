/** What the fields of forecasts, threat models and the compass mean. */
export const PLANNING_FIELDS: Readonly<Record<string, string>> = {
  requestsPerDay: 'What if it were asked so often; as stated in resources.yaml when left out.',
  persona:
    'Who reads: business, builder, security, operations, executive or auditor. It changes the order, never the list.',
  'bringExisting.description': 'What the application does, in one sentence.',
  'bringExisting.target': 'Where it answers today; null when nothing can be asked yet.',
  'bringExisting.timeoutMs': 'How long an answer may take, in milliseconds.',
  'bringExisting.model': 'What its prompts are asked with, as `provider/model`; used where there is no target.',
  'bringExisting.prompts': 'Prompts by path: `.prompt` files, plain texts, or messages as JSON.',
  'bringExisting.cases': 'A file of questions, best with answers, of any form that datasets read.',
  'bringExisting.promptfoo': 'Texts of a promptfoo project by path: promptfooconfig.yaml and what it names.',
  'listAlerts.state': 'open: nobody saw it · seen: somebody sees to it · over: its cause is gone.',
  'acknowledgeAlert.note': 'What you do about it.',
  questionnaire: 'data or ai.',
  'assessMaturity.answers': 'A level from 0 to 3 by the id of each question; the others stay as they were said last.',
  'addRemark.about': 'A check, a policy, the guided plan, a form: by its id or in words.',
  'addRemark.says': 'What is good or bad in it.',
  'decideRemark.outcome': 'changed, declined or later.',
  'decideRemark.change': 'What was changed, such as `policy use-of-ai version 3`; only where something was.',
  table: 'roadmap, risks or resources.',
  workload: 'What it is for: customer-service, marketing, product, operations, or existing for what runs already.',
  phase: 'Only applications in this phase: discovery, development, deployment, monitoring or improvement.',
}
