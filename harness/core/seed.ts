// Everything random in a run follows from its seed. Each value comes from its own stream, named by what it
// decides, so that another draw in one place changes none in another.
import { createHash, randomInt } from 'node:crypto'

/** A whole number from 0 to 2^32 - 1 that depends only on the parts and their order. */
export function deriveSeed(...parts: readonly (string | number)[]): number {
  return createHash('sha256').update(JSON.stringify(parts)).digest().readUInt32BE(0)
}

/** The seed of run `run` (from 1) of a scenario in a campaign. */
export function runSeed(campaignSeed: number, scenario: string, run: number): number {
  return deriveSeed(campaignSeed, scenario, run)
}

/** A campaign seed for a user who gave none. */
export function drawSeed(): number {
  return randomInt(2 ** 32)
}
