// The faults that the harness tries with every workload.
import { setTimeout as delay } from 'node:timers/promises'
import type { Capability } from '../../config/backends.ts'
import type { ProjectWorker } from '../../config/project/worker-schema.ts'
import type { ScenarioContext } from '../context.ts'

export interface GenericFault {
  readonly name: string
  /** What happens, as it reads after "although". */
  readonly happens: string
  /** Signals that are due can be sent while it lasts: the service is up. */
  readonly serviceIsUp: boolean
  /** The worker that it hits; null for a fault of the service. */
  readonly worker: string | null
  /** What its cluster must have beyond services that can be struck. */
  readonly needs: readonly Capability[]
  /** A recovery of this length passes whatever the project says. @default none */
  readonly leastBudgetMs?: number
  inject(context: ScenarioContext): Promise<void>
  heal(context: ScenarioContext): Promise<void>
}

/** How long a worker is away or frozen: longer than timeouts that are set for quick recovery. */
const awayMs = 3_000

/** @param workers by name; with more than one, each has its own faults */
export function genericFaults(workers: Readonly<Record<string, FaultyWorker>>): GenericFault[] {
  const all = Object.entries(workers)
  return [...all.flatMap(([name, worker]) => workerFaults(name, worker, all.length > 1)), ...serviceFaults]
}

type FaultyWorker = Pick<ProjectWorker, 'graceMs' | 'start'>

/** Whether somebody can bring it back, and whether it stays away until then. */
function returnOf({ start }: FaultyWorker) {
  if (start.kind !== 'attach') return { canReturn: true, staysAway: true, by: 'started again' }
  const isKnownAgain = typeof start.pid !== 'number'
  const own = start.restart !== undefined
  return { canReturn: isKnownAgain, staysAway: own, by: own ? 'started again' : 'left to its supervisor' }
}

function workerFaults(name: string, worker: FaultyWorker, isOneOfSeveral: boolean): GenericFault[] {
  const { canReturn, staysAway, by } = returnOf(worker)
  const which = isOneOfSeveral ? name : 'worker'
  const its = isOneOfSeveral ? `the worker ${name}` : 'its worker'
  const hit = ({ workers }: ScenarioContext) => {
    const found = workers[name]
    if (found === undefined) throw new Error(`there is no worker ${name}`)
    return found
  }
  const restart = (context: ScenarioContext) => hit(context).restart()
  const common = { worker: name, serviceIsUp: true, needs: [] }
  const kill: GenericFault = {
    ...common,
    name: `kill-${which}`,
    happens: `${its} is killed and ${by}${staysAway ? ' at once' : ''}`,
    inject: (context) => hit(context).kill(),
    heal: restart,
  }
  const lose: GenericFault = {
    ...common,
    name: `lose-${which}`,
    happens: `${its} is killed and away for ${awayMs / 1_000} seconds`,
    inject: (context) => hit(context).kill(),
    heal: (context) => hit(context).restart({ afterMs: awayMs }),
  }
  const stop: GenericFault = {
    ...common,
    name: `stop-${which}`,
    happens: `${its} is told to stop (SIGTERM) and ${by}`,
    inject: (context) => hit(context).terminate({ graceMs: worker.graceMs }),
    heal: restart,
  }
  const freeze: GenericFault = {
    ...common,
    name: `freeze-${which}`,
    happens: `${its} stands still for ${awayMs / 1_000} seconds`,
    inject: (context) => hit(context).pause(),
    async heal(context) {
      await delay(awayMs)
      await hit(context).resume()
    },
  }
  return [...(canReturn ? [kill, ...(staysAway ? [lose] : []), stop] : []), freeze]
}

const serviceFaults: readonly GenericFault[] = [
  {
    name: 'restart-server',
    happens: 'the Temporal server is killed and started again',
    serviceIsUp: false,
    worker: null,
    needs: ['kept-state'],
    inject: ({ server }) => server.kill(),
    heal: ({ server }) => server.start({ outageMs: 1_000 }),
  },
  {
    name: 'restart-database',
    happens: 'the database of Temporal is killed and started again',
    serviceIsUp: false,
    worker: null,
    needs: ['database'],
    // The server's own backoff after a failed write takes up to 5 s (see the scenario kill-postgres).
    leastBudgetMs: 10_000,
    inject: ({ postgres }) => postgres.kill(),
    heal: ({ postgres }) => postgres.start(),
  },
]
