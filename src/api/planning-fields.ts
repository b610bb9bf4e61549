/** What the fields of forecasts, threat models and the compass mean. */
export const PLANNING_FIELDS: Readonly<Record<string, string>> = {
  requestsPerDay: 'What if it were asked so often; as stated in resources.yaml when left out.',
  persona:
    'Who reads: business, builder, security, operations, executive or auditor. It changes the order, never the list.',
  table: 'roadmap, risks or resources.',
  phase: 'Only applications in this phase: discovery, development, deployment, monitoring or improvement.',
}
