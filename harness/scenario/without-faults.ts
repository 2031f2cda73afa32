// A scenario without its faults: whatever would inject, heal or start something again does nothing.
import type { ScenarioContext } from './context.ts'
import type { Scenario } from './scenario.ts'
import type { ScenarioService, ScenarioWorker } from './targets.ts'

/** The same scenario without its faults. It needs no cluster of its own. */
export function withoutFaults(scenario: Scenario): Scenario {
  return {
    ...scenario,
    isolation: 'shared',
    needs: [],
    run: (context) => scenario.run(harmless(context)),
  }
}

const nothing = () => Promise.resolve()

function harmless(context: ScenarioContext): ScenarioContext {
  const workers = Object.entries(context.workers).map(([name, worker]) => [name, untouched(worker)] as const)
  const replaced = {
    workers: Object.fromEntries(workers),
    worker: untouched(context.worker),
    server: absent,
    postgres: absent,
    inject: nothing,
    heal: nothing,
  } satisfies Partial<ScenarioContext>
  // Not a copy: reading the context's services would already be an error on a shared cluster.
  return Object.create(context, Object.getOwnPropertyDescriptors(replaced)) as ScenarioContext
}

function untouched(worker: ScenarioWorker): ScenarioWorker {
  return {
    handle: worker.handle,
    kill: nothing,
    terminate: nothing,
    pause: nothing,
    resume: nothing,
    startNext: nothing,
    drainPrevious: nothing,
    restart: nothing,
  }
}

/** The cluster is shared, so the run has no service of its own. */
const absent: ScenarioService = {
  get handle(): never {
    throw new Error('a run without faults has no service of its own')
  },
  kill: nothing,
  stop: nothing,
  pause: nothing,
  resume: nothing,
  disconnect: nothing,
  reconnect: nothing,
  start: nothing,
}
