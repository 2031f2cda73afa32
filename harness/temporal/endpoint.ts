// How a Temporal service is reached: all that a client needs to be told.
import type { ConnectionOptions } from '@temporalio/client'
import type { DataConverter } from '@temporalio/common'

export interface TemporalEndpoint {
  /** `host:port` of the frontend, as programs on this machine reach it. */
  readonly address: string
  readonly namespace: string
  /** `true` or certificates of one's own; plain text without it. */
  readonly tls?: NonNullable<ConnectionOptions['tls']>
  readonly apiKey?: string
  /** Sent with every call. @default none */
  readonly metadata?: NonNullable<ConnectionOptions['metadata']>
  /** Reads and writes all payloads, codecs included. @default the SDK's own */
  readonly dataConverter?: DataConverter
  /** It runs on another machine, whose clock may differ from ours. @default false */
  readonly isRemote?: boolean
}
