// The shape of a campaign's result, and of `timing.json`. Times are milliseconds from the run's start.
import { z } from 'zod'
import { evidenceSchema } from '../record/evidence.ts'
import { faultIdentitySchema } from '../record/fault.ts'
import { resourceSchema } from '../record/resource.ts'
import { checkResultSchema } from './check-result.ts'
import { machineResultSchema } from './machine-result.ts'
import { probeResultSchema } from './probe-result.ts'
import { retriesSchema } from './retries.ts'
import { settingsSeenSchema } from './settings-seen.ts'
import { stateRowSchema } from './state.ts'

const ms = z.number()

export const verdictSchema = z.enum(['pass', 'fail', 'inconclusive', 'error'])
export type Verdict = z.infer<typeof verdictSchema>

export const causeSchema = z.object({
  /** The cause of the wait, in words: "sticky schedule-to-start timeout". */
  name: z.string(),
  /** The setting that decides the wait, as the worker's SDK spells it; null if none does. */
  setting: z.string().nullable(),
  /** The observed length, from history. A profile's declared value may differ. */
  observedMs: ms,
  /** What was seen, with attempts and messages: `attempt 2 failed with "503"`. */
  detail: z.string().optional(),
})
export type Cause = z.infer<typeof causeSchema>

export const obligationSchema = z.object({
  workflowId: z.string(),
  runId: z.string(),
  kind: z.enum(['workflow-task', 'activity', 'timer', 'signal', 'update', 'query', 'child-workflow']),
  /** The thing in question: a timer's id, an activity's type and id, a signal's name. */
  subject: z.string(),
  /** The fault during which the obligation was open. */
  fault: faultIdentitySchema,
  /** The fault's number in the run, from 1. */
  faultIndex: z.number().int(),
  dueMs: ms,
  redispatchedMs: ms.nullable(),
  settledMs: ms.nullable(),
  /** The time spent waiting, without the work itself; null while the obligation is open. */
  recoveryMs: ms.nullable(),
  /**
   * At most this much work was repeated by an activity whose attempt was lost: the time since its last
   * heartbeat or start.
   */
  redoneMs: ms.nullable(),
  /** How late a timer fired, by the server's clock; null for other kinds, and if it has not fired. */
  latenessMs: ms.nullable(),
  cause: causeSchema.nullable(),
  /** How long it waited for each cause, by name; absent if it hardly waited, or still waits. */
  waitedMs: z.record(z.string(), ms).optional(),
  /**
   * The part of the wait in which its worker was as full as before the fault, or as long as in the golden run. It
   * is in `waitedMs` and no part of the recovery. Absent if there was none, and in results of earlier versions.
   */
  queuedMs: ms.optional(),
})
export type Obligation = z.infer<typeof obligationSchema>

export const faultResultSchema = faultIdentitySchema.extend({
  evidence: evidenceSchema,
  startedAtMs: ms,
  /** Null if the fault was never confirmed. */
  confirmedAtMs: ms.nullable(),
  /** From the fault until the target was ready again; null if it never was. */
  outageMs: ms.nullable(),
})
export type FaultResult = z.infer<typeof faultResultSchema>

export const runResultSchema = z.object({
  run: z.number().int(),
  seed: z.number().int(),
  verdict: verdictSchema,
  /** Null for a pass, else the message of the finding that decided the verdict, which need not be the first. */
  reason: z.string().nullable(),
  durationMs: ms,
  /**
   * The time that the server skipped for this run's workflows; 0 if all time was real. No other figure
   * includes it.
   */
  virtualMs: ms,
  /** How far a server's timestamp, and a figure based on it, may be off; null if not measured. */
  clockErrorMs: ms.nullable(),
  /** The answer of each check, in a stable order. */
  checks: z.array(checkResultSchema),
  /** The workflows' state, row by row; absent if there is no record, and in results of earlier versions. */
  state: z.array(stateRowSchema).optional(),
  faults: z.array(faultResultSchema),
  obligations: z.array(obligationSchema),
  /** Index in `obligations` of the one that decides the run's recovery; null if none was open. */
  worstObligation: z.number().int().min(0).nullable(),
  /** The recovery of that obligation; null if it was never settled, or if none was open. */
  recoveryMs: ms.nullable(),
  /** How long a query, a signal, an update and a new workflow took after the heal. */
  probes: z.array(probeResultSchema),
  /** Figures of work that no fault touched; null if there was none. */
  baseline: z.object({
    /**
     * From a workflow's start until a worker has its first task: the median of the workflows started before a
     * fault.
     */
    startLatencyMs: ms.nullable(),
    /** The time of a whole workflow with one activity, from its start until it is closed. */
    endToEndMs: ms.nullable(),
  }),
  resources: z.array(resourceSchema),
  /** Absent if it was not observed. */
  machine: machineResultSchema.optional(),
  effects: z.object({
    /** How many the ledger accepted. */
    accepted: z.number().int(),
    /** How many calls repeated an accepted effect. */
    repeated: z.number().int(),
    /** A sentence for each repeat that came after a later attempt, or a later incarnation, had done the work. */
    late: z.array(z.string()).optional(),
  }),
  /** Counted from the histories; absent if there is no record. */
  retries: retriesSchema.optional(),
  /** What the histories show of settings; absent if there is no record, and in results of earlier versions. */
  settingsSeen: settingsSeenSchema.optional(),
  /** Choices drawn from the seed, by name. */
  choices: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  /** Names of the choices that a plan decided against the seed; absent if there are none. */
  edited: z.array(z.string()).min(1).optional(),
  /** Relative to the campaign's folder. */
  folder: z.string(),
})
export type RunResult = z.infer<typeof runResultSchema>

/** The obligation that decides a run's recovery; undefined if none was open. */
export function worstObligationOf({ obligations, worstObligation }: RunResult): Obligation | undefined {
  return worstObligation === null ? undefined : obligations[worstObligation]
}

export const scenarioResultSchema = z.object({
  name: z.string(),
  promise: z.string(),
  budgetMs: ms,
  /** Runs that the gate requires. */
  required: z.number().int(),
  runs: z.array(runResultSchema),
  stats: z.object({
    n: z.number().int(),
    passed: z.number().int(),
    minMs: ms.nullable(),
    medianMs: ms.nullable(),
    maxMs: ms.nullable(),
  }),
})
export type ScenarioResult = z.infer<typeof scenarioResultSchema>

export const timingSchema = z.object({
  schema: z.literal(2),
  campaign: z.object({
    id: z.string(),
    startedAt: z.iso.datetime(),
    seed: z.number().int(),
    backend: z.string(),
    profile: z.string(),
    /** Effective settings of the campaign, and the parts of the profile. */
    settings: z.record(z.string(), z.unknown()),
    /** What the command line said to allow faults on an external cluster; absent if it said nothing. */
    consent: z
      .object({ namespace: z.string().optional(), yesStrikeWorkersOf: z.string().optional() })
      .optional(),
    versions: z.object({
      harness: z.string(),
      sdk: z.string(),
      node: z.string(),
      /** The version that the running server or database reports; null if none started. */
      server: z.string().nullable(),
      postgres: z.string().nullable(),
    }),
    host: z.object({ cpus: z.number().int(), memoryBytes: z.number(), platform: z.string() }),
  }),
  scenarios: z.array(scenarioResultSchema),
  gate: z.object({
    required: z.number().int(),
    executed: z.number().int(),
    passed: z.number().int(),
    skipped: z.array(z.object({ scenario: z.string(), reason: z.string() })),
    /** Why the campaign ended early; null if it ran to its end. */
    stopped: z.object({ reason: z.enum(['interrupted', 'bail', 'error']), message: z.string() }).nullable(),
    ok: z.boolean(),
  }),
})

/** The whole result of a campaign: the content of `timing.json`, and the source of every other report. */
export type CampaignResult = z.infer<typeof timingSchema>
