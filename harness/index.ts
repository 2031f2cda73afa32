// The public API for scenario and workload files.
export { defineConfig } from './config.ts'
export type { ProjectConfig } from './config/project/schema.ts'
export { disconnectService, killService, pauseService, stopService } from './faults/service.ts'
export { killWorker } from './faults/kill-worker.ts'
export { pauseWorker } from './faults/pause-worker.ts'
export { terminateWorker } from './faults/terminate-worker.ts'
export { builtInFaults, type BuiltInFault } from './faults/catalogue.ts'
export type { Fault } from './faults/fault.ts'
export type { EffectPromise, ExpectedEffect } from './record/expected-effect.ts'
export type { FaultEffect, FaultIdentity } from './record/fault.ts'
export {
  activityCompleted,
  activityConsumed,
  activityHeartbeat,
  activityScheduled,
  activityStarted,
} from './moments/activity.ts'
export { childStarted, continuedAsNew } from './moments/child.ts'
export { signalAccepted } from './moments/signal.ts'
export { timerFired, timerStarted } from './moments/timer.ts'
export type { HistoryMoment, Moment, ServerViewMoment } from './moments/moment.ts'
export type { MayDiffer } from './record/golden.ts'
export { defineScenario, type Scenario, type ScenarioDefinition } from './scenario/scenario.ts'
export type { Answer, Sender, ScenarioContext, ScenarioWorkflow } from './scenario/context.ts'
export type { ScenarioService, ScenarioWorker } from './scenario/targets.ts'
export {
  completed,
  failed,
  type DeclaredWorkload,
  type GoldenOf,
  type OutcomeOf,
  type SentMessage,
  type Workload,
  type WorkloadStart,
} from './scenario/workload.ts'
export { defineControl, type Control, type ControlDefinition } from './controls/control.ts'
export type { RecordLines } from './controls/damage.ts'
export type { WorkerLauncher } from './worker/launcher.ts'
export { times } from './scenario/times.ts'
export { timingSchema, type CampaignResult } from './result/campaign-result.ts'
export { readRecord } from './record/reader.ts'
export { judgeRecord } from './checks/judge-record.ts'
export { checked, notChecked, type Check } from './checks/check.ts'
export { analyse, type RunAnalysis } from './analysis/analyse.ts'
export type { CheckAnswer, CheckResult, Finding } from './result/check-result.ts'
export type { Observation, ObservationContext } from './observations/observation.ts'
export { observationsOf } from './record/record.ts'
export type { AnswerRule } from './record/answer-rule.ts'
export type { RunRecord } from './record/record.ts'
