/** Shapes of answers that have no name in the SDK, taken from its methods. */
import type { Client } from '../../../sdk/index.ts'

type Reply<Method extends keyof Client> = Awaited<ReturnType<Client[Method]>>

export type Actor = Reply<'listActors'>['items'][number]
export type Session = Reply<'listSessions'>['items'][number]
export type Switch = Reply<'listSwitches'>['items'][number]
export type SecondFactorStatus = Reply<'getSecondFactor'>
export type Key = Reply<'listKeys'>['items'][number]
export type AuditEntry = Reply<'listAudit'>['items'][number]
export type AuditVerification = Reply<'verifyAudit'>
export type LimitsStatus = Reply<'getLimits'>
export type Series = Reply<'getSeries'>
export type UsageBy = Reply<'getUsageBy'>
export type UsageRow = UsageBy['items'][number]
export type UsageCounts = UsageBy['total']
export type ScopeLimits = Reply<'listLimits'>['items'][number]
export type ModelApproval = Reply<'listModelApprovals'>['items'][number]
export type RuleFinding = Reply<'checkModelRules'>['items'][number]
export type CardField = Reply<'getModelCard'>['fields'][number]
export type GatewayReport = Reply<'listGatewayReports'>['items'][number]
export type Provider = Reply<'listProviders'>['items'][number]
export type ServerLoad = Reply<'getProviderLoad'>
export type ModelRoute = Reply<'listModelRoutes'>['items'][number]
export type Webhook = Reply<'listWebhooks'>['items'][number]
export type WebhookDelivery = Reply<'listWebhookDeliveries'>['items'][number]
export type Deletion = Reply<'getDeletion'>
export type Job = Reply<'getJob'>
export type Promotion = Reply<'listPromotions'>['items'][number]
export type Template = Reply<'listTemplates'>['items'][number]
export type BlueprintFiles = Reply<'getBlueprint'>['files']
export type Problem = Reply<'checkBlueprint'>['problems'][number]
export type RolloutHistory = Reply<'getRolloutHistory'>['items']
export type Criteria = Parameters<Client['searchModels']>[0]['body']
export type Candidate = Reply<'searchModels'>['items'][number]
export type Shortlist = Reply<'getShortlist'>
export type ModelTiming = Reply<'listModelTimings'>['items'][number]
export type ModelRound = Reply<'listModelRounds'>['items'][number]
export type RoundStepAsk = Parameters<Client['addToModelRound']>[0]['body']
export type ModelTask = Reply<'listModelTasks'>['items'][number]
export type ModelProbe = Reply<'listModelProbes'>['items'][number]
export type GateRecord = Reply<'listGateDecisions'>['items'][number]
export type LeadTime = Reply<'getFlow'>['leadTimes'][number]
export type Flow = Reply<'getFlow'>
export type Debt = Reply<'getDebt'>['items'][number]
export type ListedEvidence = Reply<'listEvidence'>['items'][number]
export type ComparedModel = Reply<'compareModels'>['items'][number]
