// Schema 1 stored only a fault's name (`kill-postgres`). Its kind, target and effect are derived from that
// name.
import type { FaultEffect } from './fault.ts'

type Fields = Readonly<Record<string, unknown>>

/** The effect for each verb at the beginning of a built-in fault's name. */
const effects: Readonly<Record<string, FaultEffect>> = {
  kill: 'dead',
  terminate: 'stopped',
  stop: 'stopped',
  pause: 'frozen',
  disconnect: 'cut',
}

/**
 * `kill-postgres` of `postgres` becomes `kill-service`. A user's own fault counts as `dead`, since its effect
 * is unknown.
 */
export function upgradeFault({ name, target, ...rest }: Fields): Fields {
  // Schema 1 knew only faults of workers and services. A worker's identity ends with the number of its
  // incarnation.
  const kind = /#\d+$/.test(String(target)) ? 'worker' : 'service'
  const [verb = ''] = String(name).split('-')
  const isBuiltIn = name === `${verb}-${kind === 'worker' ? kind : String(target)}` && verb in effects
  return {
    ...rest,
    faultKind: isBuiltIn ? `${verb}-${kind}` : name,
    target: { kind, name: target },
    effect: (isBuiltIn && effects[verb]) || 'dead',
  }
}
