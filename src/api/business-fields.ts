/** What the fields of KPI events, suggestions and lines of alerts mean. */
export const BUSINESS_FIELDS: Readonly<Record<string, string>> = {
  'sendKpiEvents.specversion': 'The version of CloudEvents, 1.0.',
  'sendKpiEvents.id': 'Id that the sender gives; the same id from the same source counts once.',
  'sendKpiEvents.source': 'Which system tells it, as a URI or a path.',
  'sendKpiEvents.type': 'What happened, in the words of the sender.',
  'sendKpiEvents.time': 'When it happened; now when left out.',
  'sendKpiEvents.data': 'The case itself.',
  'drawAlertLines.lines': 'The lines; one that is left out goes back to where it is for all.',
  'drawAlertLines.errors': "Share of a day's requests that failed.",
  'drawAlertLines.leastRequests': 'Fewer requests in a day say nothing.',
  'drawAlertLines.cost': "Share of the month's cap that is spent.",
  'drawAlertLines.provider': "Share of a model's requests that failed in 15 minutes.",
  'drawAlertLines.leastAsked': 'Fewer requests of a model in 15 minutes say nothing.',
  'takeIdeaSuggestion.key': 'Digest of a suggestion, as the list of them has it.',
  'takeIdeaSuggestion.title': 'What the idea is called; its words when left out.',
  'sendKpiEvents.value': 'What the KPI came to in this case; true or false for a share.',
}
