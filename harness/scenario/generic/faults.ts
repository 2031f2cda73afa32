// The faults that the harness tries with every workload.
import { setTimeout as delay } from 'node:timers/promises'
import type { ScenarioContext } from '../context.ts'

export interface GenericFault {
  readonly name: string
  /** What happens, as it reads after "although". */
  readonly happens: string
  /** Signals that are due can be sent while it lasts: the service is up. */
  readonly serviceIsUp: boolean
  /** The worker that it hits; null for a fault of the service. */
  readonly worker: string | null
  /** A recovery of this length passes whatever the project says. @default none */
  readonly leastBudgetMs?: number
  inject(context: ScenarioContext): Promise<void>
  heal(context: ScenarioContext): Promise<void>
}

/** How long a worker is away or frozen: longer than timeouts that are set for quick recovery. */
const awayMs = 3_000

/** @param workers by name; with more than one, each has its own faults */
export function genericFaults(workers: Readonly<Record<string, Graceful>>): GenericFault[] {
  const all = Object.entries(workers)
  return [...all.flatMap(([name, worker]) => workerFaults(name, worker, all.length > 1)), ...serviceFaults]
}

interface Graceful {
  /** How long it may take to end after SIGTERM. */
  readonly graceMs: number
}

function workerFaults(name: string, { graceMs }: Graceful, isOneOfSeveral: boolean): GenericFault[] {
  const which = isOneOfSeveral ? name : 'worker'
  const its = isOneOfSeveral ? `the worker ${name}` : 'its worker'
  const hit = ({ workers }: ScenarioContext) => {
    const worker = workers[name]
    if (worker === undefined) throw new Error(`there is no worker ${name}`)
    return worker
  }
  const restart = (context: ScenarioContext) => hit(context).restart()
  const common = { worker: name, serviceIsUp: true }
  return [
    {
      ...common,
      name: `kill-${which}`,
      happens: `${its} is killed and started again at once`,
      inject: (context) => hit(context).kill(),
      heal: restart,
    },
    {
      ...common,
      name: `lose-${which}`,
      happens: `${its} is killed and away for ${awayMs / 1_000} seconds`,
      inject: (context) => hit(context).kill(),
      heal: (context) => hit(context).restart({ afterMs: awayMs }),
    },
    {
      ...common,
      name: `stop-${which}`,
      happens: `${its} is told to stop (SIGTERM) and started again`,
      inject: (context) => hit(context).terminate({ graceMs }),
      heal: restart,
    },
    {
      ...common,
      name: `freeze-${which}`,
      happens: `${its} stands still for ${awayMs / 1_000} seconds`,
      inject: (context) => hit(context).pause(),
      async heal(context) {
        await delay(awayMs)
        await hit(context).resume()
      },
    },
  ]
}

const serviceFaults: readonly GenericFault[] = [
  {
    name: 'restart-server',
    happens: 'the Temporal server is killed and started again',
    serviceIsUp: false,
    worker: null,
    inject: ({ server }) => server.kill(),
    heal: ({ server }) => server.start({ outageMs: 1_000 }),
  },
  {
    name: 'restart-database',
    happens: 'the database of Temporal is killed and started again',
    serviceIsUp: false,
    worker: null,
    // The server's own backoff after a failed write takes up to 5 s (see the scenario kill-postgres).
    leastBudgetMs: 10_000,
    inject: ({ postgres }) => postgres.kill(),
    heal: ({ postgres }) => postgres.start(),
  },
]
