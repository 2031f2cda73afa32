// The shape of a campaign's result, and of `timing.json`. Times are milliseconds from the run's start.
import { z } from 'zod'
import { evidenceSchema } from '../record/evidence.ts'
import { faultIdentitySchema } from '../record/fault.ts'
import { probeKindSchema } from '../record/probe-kind.ts'
import { resourceSchema } from '../record/resource.ts'
import { checkResultSchema } from './check-result.ts'

const ms = z.number()

export const verdictSchema = z.enum(['pass', 'fail', 'inconclusive', 'error'])
export type Verdict = z.infer<typeof verdictSchema>

export const causeSchema = z.object({
  /** What the wait was for, in words: "sticky schedule-to-start timeout". */
  name: z.string(),
  /** The setting that decides it, as Temporal spells it; null if none does. */
  setting: z.string().nullable(),
  /** How long it was seen to last, from history, not what a profile declared. */
  observedMs: ms,
})
export type Cause = z.infer<typeof causeSchema>

export const obligationSchema = z.object({
  workflowId: z.string(),
  runId: z.string(),
  kind: z.enum(['workflow-task', 'activity', 'timer', 'signal', 'update', 'child-workflow']),
  /** Which one: a timer's id, an activity's type and id, a signal's name. */
  subject: z.string(),
  /** The fault that it was owed under. */
  fault: faultIdentitySchema,
  /** Number of that fault in the run, from 1. */
  faultIndex: z.number().int(),
  dueMs: ms,
  redispatchedMs: ms.nullable(),
  settledMs: ms.nullable(),
  /** The waiting, not the work; null while the obligation is not settled. */
  recoveryMs: ms.nullable(),
  /** At most, work done again by an activity whose attempt was lost: since its last heartbeat, or its start. */
  redoneMs: ms.nullable(),
  /** How long after it was due a timer fired, by the server's clock; null for other kinds, and if it has not fired. */
  latenessMs: ms.nullable(),
  cause: causeSchema.nullable(),
})
export type Obligation = z.infer<typeof obligationSchema>

export const faultResultSchema = faultIdentitySchema.extend({
  evidence: evidenceSchema,
  startedAtMs: ms,
  /** Null if it never was. */
  confirmedAtMs: ms.nullable(),
  /** From the fault until the target was ready again; null if it never was. */
  outageMs: ms.nullable(),
})
export type FaultResult = z.infer<typeof faultResultSchema>

/** What a client waited for right after the heal. */
export const probeResultSchema = z.object({
  /** Number of the newest fault before it, from 1. */
  faultIndex: z.number().int(),
  probe: probeKindSchema,
  waitedMs: ms,
})
export type ProbeResult = z.infer<typeof probeResultSchema>

export const retriesSchema = z.object({
  workflowTasksTimedOut: z.number().int(),
  /** Attempts after an activity's first. */
  activityAttempts: z.number().int(),
})
export type Retries = z.infer<typeof retriesSchema>

export const runResultSchema = z.object({
  run: z.number().int(),
  seed: z.number().int(),
  verdict: verdictSchema,
  /** Null for a pass; else the message of the finding that decided the verdict, which need not be the first. */
  reason: z.string().nullable(),
  durationMs: ms,
  /** What the server skipped of the time of its workflows; 0 if all time was real. No other figure contains it. */
  virtualMs: ms,
  /** By how much a server's timestamp may be off on the run's clock, and a figure with it; null if it was not measured. */
  clockErrorMs: ms.nullable(),
  /** What each check answered, in a stable order. */
  checks: z.array(checkResultSchema),
  faults: z.array(faultResultSchema),
  obligations: z.array(obligationSchema),
  /** Index in `obligations` of the one that decides the run's recovery; null if nothing was owed. */
  worstObligation: z.number().int().min(0).nullable(),
  /** That obligation's; null if it was never settled, or if nothing was owed. */
  recoveryMs: ms.nullable(),
  /** What a query, a signal, an update and a new workflow took after the heal. */
  probes: z.array(probeResultSchema),
  /** Of work that no fault touched; null if there was none. */
  baseline: z.object({
    /** From the start of a workflow until a worker has its first task: the median of those begun before a fault. */
    startLatencyMs: ms.nullable(),
    /** A whole workflow with one activity, from its start until it is closed. */
    endToEndMs: ms.nullable(),
  }),
  resources: z.array(resourceSchema),
  /** What the ledger saw: effects that it accepted, and attempts that repeated an accepted one. */
  effects: z.object({ accepted: z.number().int(), repeated: z.number().int() }),
  /** From the histories; absent if there is no record. */
  retries: retriesSchema.optional(),
  /** Choices drawn from the seed, by name. */
  choices: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  /** Names of the choices that a plan decided against the seed; absent if there are none. */
  edited: z.array(z.string()).min(1).optional(),
  /** The run's folder, relative to the campaign's. */
  folder: z.string(),
})
export type RunResult = z.infer<typeof runResultSchema>

/** The obligation that decides a run's recovery; undefined if nothing was owed. */
export function worstObligationOf({ obligations, worstObligation }: RunResult): Obligation | undefined {
  return worstObligation === null ? undefined : obligations[worstObligation]
}

export const scenarioResultSchema = z.object({
  name: z.string(),
  promise: z.string(),
  budgetMs: ms,
  /** Runs that the gate asks for. */
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
    /** Effective settings of the campaign and the profile's parts. */
    settings: z.record(z.string(), z.unknown()),
    versions: z.object({
      harness: z.string(),
      sdk: z.string(),
      node: z.string(),
      /** As the running server and database say it; null if none got up. */
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

/** A campaign's whole result: what `timing.json` holds and every other report is made from. */
export type CampaignResult = z.infer<typeof timingSchema>
