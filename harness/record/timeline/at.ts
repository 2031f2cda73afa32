// Fields of every timeline entry.
import { z } from 'zod'

/** Milliseconds on the run's clock. */
export const at = { atMs: z.number() }
