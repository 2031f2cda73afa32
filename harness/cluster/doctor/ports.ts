// The ports for a cluster: free ones below 32768, which the system gives to nobody else while a server is
// down.
import { readFile } from 'node:fs/promises'
import { toChaosError } from '../../core/errors.ts'
import { freePorts } from '../../processes/ports.ts'
import { missing, ok, warning, type Check } from './check.ts'

const name = 'ports'
const firstUnsafe = 32_768

/** As many as a cluster needs. */
const wanted = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'] as const

export async function checkPorts(): Promise<Check> {
  try {
    await freePorts(wanted)
  } catch (thrown) {
    const { message, hint } = toChaosError(thrown)
    return missing(name, message, hint ?? 'End some of what listens on this machine.')
  }
  return judgeOutgoing(await firstOutgoing())
}

/**
 * @param first the lowest port that the system gives to outgoing connections; undefined if it does not say
 */
export function judgeOutgoing(first: number | undefined): Check {
  if (first === undefined || first >= firstUnsafe)
    return ok(name, `${wanted.length} free below ${firstUnsafe} at once`)
  const found = `outgoing connections are given ports from ${first} up`
  const hint = `One may take a server's port while it is down: set net.ipv4.ip_local_port_range to begin at ${firstUnsafe}.`
  return warning(name, found, hint)
}

async function firstOutgoing(): Promise<number | undefined> {
  if (process.platform !== 'linux') return undefined
  const range = await readFile('/proc/sys/net/ipv4/ip_local_port_range', 'utf8')
  return Number.parseInt(range, 10)
}
