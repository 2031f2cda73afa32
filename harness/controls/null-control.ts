// The null control of a scenario: the same run without its faults. It tested nothing, so it must never pass.
import type { ScenarioContext, ScenarioService, ScenarioWorker } from '../scenario/context.ts'
import type { Scenario } from '../scenario/scenario.ts'
import type { Control } from './control.ts'

/** @param scenario one that injects faults */
export function nullControl(scenario: Scenario): Control {
  const name = `no-fault-in-${scenario.name}`
  const defect = `${scenario.name} runs without any fault.`
  return {
    name,
    breaks: 'fault',
    defect,
    scenario: {
      ...scenario,
      name,
      promise: defect,
      suites: [],
      // Without faults it disturbs no other run, and needs nothing to inject them into.
      isolation: 'shared',
      needs: [],
      run: (context) => scenario.run(withoutFaults(context)),
    },
    expected: { verdict: 'inconclusive', check: 'fault-proven', finding: /^no fault was injected$/ },
  }
}

const nothing = () => Promise.resolve()

function withoutFaults(context: ScenarioContext): ScenarioContext {
  const workers = Object.entries(context.workers).map(([name, worker]) => [name, untouched(worker)] as const)
  const replaced = {
    workers: Object.fromEntries(workers),
    worker: untouched(context.worker),
    server: absent,
    postgres: absent,
    inject: nothing,
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
