// A database and a Temporal server that serve, on any backend.
import type { PostgresAccess } from './postgres-access.ts'
import type { ManagedService } from './managed-service.ts'

interface Started extends AsyncDisposable {
  readonly service: ManagedService
  /** Reported by the running program. */
  readonly version: string
}

export interface StartedDatabase extends Started {
  readonly access: PostgresAccess
}

export interface StartedTemporal extends Started {
  /** `host:port` of the frontend, as programs on this machine reach it. */
  readonly address: string
  readonly namespace: string
}
