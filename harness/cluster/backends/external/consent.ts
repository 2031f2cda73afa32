// The safety interlock: a namespace of another machine must be named twice on the command line.
import { commandName } from '../../../core/command-name.ts'
import { UsageError } from '../../../core/errors.ts'
import type { TemporalEndpoint } from '../../../temporal/endpoint.ts'

/** What the command line says. A variable of the environment is no consent: it lasts longer than the thought. */
export interface Consent {
  /** `--namespace` */
  readonly namespace?: string | undefined
  /** `--yes-strike-workers-of` */
  readonly yesStrikeWorkersOf?: string | undefined
}

type Target = Pick<TemporalEndpoint, 'address' | 'namespace'>

/**
 * @param what is tested there, for the message: its task queues
 * @throws UsageError `CHAOS_NAMESPACE_UNCONFIRMED` that says what would happen and what to type
 */
export function assertConsent(target: Target, consent: Consent, queues: readonly string[]): void {
  const { address, namespace } = target
  const said = [
    ['--namespace', consent.namespace],
    ['--yes-strike-workers-of', consent.yesStrikeWorkersOf],
  ] as const
  const other = said.find(([, name]) => name !== undefined && name !== namespace)
  if (other === undefined && (isLoopback(address) || said.every(([, name]) => name === namespace))) return
  const wrong = other === undefined ? '' : `${other[0]} says ${JSON.stringify(other[1])}. `
  throw new UsageError(
    `${wrong}The configuration names the namespace ${JSON.stringify(namespace)} at ${address}${isLoopback(address) ? '' : ', which is not on this machine'}`,
    [
      `The command starts workflows there on ${queues.join(', ')}, starts the worker of your configuration on this machine, or attaches to it, and kills, stops and freezes that worker while it works.`,
      'It ends the workflows that it started. It touches no other workflow, and no other worker.',
      `If you want that, add both flags, as in: ${commandName} run --namespace ${shown(namespace)} --yes-strike-workers-of ${shown(namespace)}`,
    ].join('\n'),
    'CHAOS_NAMESPACE_UNCONFIRMED',
  )
}

/** Whether a `host:port` is on this machine by its name. A tunnel may lead elsewhere: docs/backends.md warns of that. */
export function isLoopback(address: string): boolean {
  const host = address.slice(0, address.lastIndexOf(':')).toLowerCase()
  return host === 'localhost' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host)
}

function shown(name: string): string {
  return /^[\w.-]+$/.test(name) ? name : `'${name.replaceAll("'", `'\\''`)}'`
}
