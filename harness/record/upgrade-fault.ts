// Schema 1 knew a fault by its name alone (`kill-postgres`): its kind, target and effect are read from that.
import type { FaultEffect } from './fault.ts'

type Fields = Readonly<Record<string, unknown>>

/** The effect of each verb that a built-in fault's name began with. */
const effects: Readonly<Record<string, FaultEffect>> = {
  kill: 'dead',
  terminate: 'stopped',
  stop: 'stopped',
  pause: 'frozen',
  disconnect: 'cut',
}

/** `kill-postgres` of `postgres` becomes `kill-service`. A user's own fault said nothing of its effect: it counts as `dead`. */
export function upgradeFault({ name, target, ...rest }: Fields): Fields {
  // All faults were of workers or services. A worker's identity ends in the number of its incarnation.
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
