// The context of a dry run: the words that a scenario has in a real run, with nothing behind them.
import { formatDuration } from '../core/duration.ts'
import { ChaosError } from '../core/errors.ts'
import { markHandled } from '../core/mark-handled.ts'
import type { Profile } from '../config/profiles.ts'
import type { Fault } from '../faults/fault.ts'
import { faultLabel } from '../record/fault.ts'
import { workflowQueue } from '../worker/worker-definition.ts'
import type { Choose } from './choose.ts'
import type { ScenarioContext, Step } from './context.ts'
import { clusterShared } from './cluster-shared.ts'
import { dryService, dryWorker } from './dry-targets.ts'
import { dryWorkflow } from './dry-workflow.ts'
import type { PlanFacts } from './plan-facts.ts'
import { startStep, workersByName } from './runner/workers-by-name.ts'
import type { Scenario } from './scenario.ts'
import type { OnUnknown } from './unknown-answer.ts'
import { workloadsByName } from './workloads-by-name.ts'

export interface DryContextOptions {
  readonly scenario: Scenario
  readonly run: number
  readonly profile: Profile
  readonly choose: Choose
  readonly facts: PlanFacts
  readonly onStep: (name: string) => void
  /** The dry run ends here. @param why as a sentence */
  readonly stop: (why: string) => void
  readonly isStopped: () => boolean
}

export function dryContext(options: DryContextOptions): ScenarioContext {
  const { scenario, run, profile, choose, facts, onStep, stop, isStopped } = options
  const counts = new Map<string, number>()

  const onUnknown: OnUnknown = (what) => {
    stop(`What the scenario does next depends on ${what}, which only a real run brings.`)
    return new ChaosError(`${what} is not known`, { code: 'CHAOS_DRY_RUN_OVER' })
  }
  /** Done at once, or never if the dry run is over. */
  const step: Step = async <T>(name: string): Promise<T> => {
    if (isStopped()) return await new Promise<never>(nothing)
    onStep(name)
    return undefined as T
  }
  const during = async (name: string, fact: () => void) => {
    if (!isStopped()) fact()
    await step(name, noWork)
  }
  const inject = (fault: Fault) => during(`inject ${faultLabel(fault)}`, () => facts.fault(fault))
  function stoppable<Args extends unknown[], T>(choice: (...args: Args) => T): (...args: Args) => T {
    return (...args) => {
      if (isStopped()) throw onUnknown('nothing')
      return choice(...args)
    }
  }
  const target = { step, inject, onUnknown }
  const names = Object.keys(scenario.workers).map((name) => ({ name }))
  const runQueue = `${scenario.name}-${run}`
  function service(name: 'temporal-server' | 'postgres') {
    if (scenario.isolation !== 'own-cluster') throw clusterShared(scenario.name, name)
    return dryService(name, target)
  }
  return {
    ...workersByName(names, ({ name }) => dryWorker(name, target)),
    get server() {
      return service('temporal-server')
    },
    get postgres() {
      return service('postgres')
    },
    choose: {
      oneOf: stoppable(choose.oneOf),
      roundRobin: stoppable(choose.roundRobin),
      integer: stoppable(choose.integer),
    },
    profile,
    workloads: workloadsByName(),
    async start({ workflow }, ...[, { taskQueue } = {}]) {
      // Refused in a dry run as well if no worker polls it.
      workflowQueue(runQueue, scenario.workers, taskQueue)
      const nth = (counts.get(workflow) ?? 0) + 1
      counts.set(workflow, nth)
      const workflowId = `${runQueue}-${workflow}-${nth}`
      await step(startStep(workflowId, taskQueue), noWork)
      return dryWorkflow(workflowId, target)
    },
    reach: ({ name }) => during(`reach ${name}`, () => facts.moment(name)),
    stillIn: ({ name }) => during(`check that the moment lasts: ${name}`, () => facts.moment(name)),
    background: (work) => markHandled(work),
    skipTime: ({ workflowId }, durationMs) =>
      step(`skip ${formatDuration(durationMs)} of ${workflowId}`, noWork),
    effectOf(key) {
      throw onUnknown(`the effect that the ledger holds under ${key}`)
    },
    expectThat: (sentence) => void step(`expect that ${sentence}`, noWork),
    inject,
    heal: (fault) => step(`heal ${faultLabel(fault)}`, noWork),
  }
}

function nothing(): void {}

async function noWork(): Promise<never> {
  throw new ChaosError('a dry run does no work', { code: 'CHAOS_DRY_RUN_OVER' })
}
