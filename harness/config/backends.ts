// The ways to make a cluster, and what each cannot do: known before anything is started.

/**
 * What a scenario may need of a cluster beyond serving clients: `services` that can be killed, stopped, paused and started;
 * to `disconnect` one; to look into the `database`; the services' `logs`; a `container-network` for workers.
 */
export const capabilities = ['services', 'disconnect', 'database', 'logs', 'container-network'] as const
export type Capability = (typeof capabilities)[number]

interface Backend {
  /** Why it cannot do something, as it reads after "skipped: "; what is not listed it can. */
  readonly lacks: Partial<Readonly<Record<Capability, string>>>
  /** As the README shows it. */
  readonly meaning: string
}

export const backendNames = ['process', 'docker'] as const
export type BackendName = (typeof backendNames)[number]

export const backends: Readonly<Record<BackendName, Backend>> = {
  process: {
    lacks: {
      disconnect: 'local processes have no network of their own to be taken off',
      'container-network': 'local processes are in no network of containers',
    },
    meaning: 'PostgreSQL and Temporal as local processes',
  },
  docker: { lacks: {}, meaning: 'containers of any Docker engine' },
}

/** Where workers run. */
export const workerPlaces = ['process', 'container'] as const
