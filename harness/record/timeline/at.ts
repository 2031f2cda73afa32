// What every entry of the timeline has.
import { z } from 'zod'

/** Milliseconds on the run's clock. */
export const at = { atMs: z.number() }
