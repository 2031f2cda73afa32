// Damages good records in many ways, judges them, and counts how many still pass.
import { judgeRecord } from '../checks/judge-record.ts'
import type { Check } from '../checks/check.ts'
import { ChaosError } from '../core/errors.ts'
import { parseRecord } from '../record/reader.ts'
import type { RecordFiles } from '../record/read-files.ts'
import { firstChange, type Change } from './change.ts'
import { claimsOf } from './claims.ts'
import { Draw } from './draw.ts'
import { mutations, type MutationKind } from './mutations.ts'
import { isSealed, resealed } from './reseal.ts'

/** A record that passes as it is. */
export interface GoodRecord {
  /** For messages. */
  readonly name: string
  readonly scenario: string
  readonly files: RecordFiles
  /** The checks that its scenario brings itself. */
  readonly own: readonly Check[]
}

/** `kept`: the seal was not touched. `renewed`: the damaged files were sealed again. */
export type SealState = 'kept' | 'renewed' | 'none'

/**
 * `refused` by the reader; `caught` by a verdict that is no pass; `no claim` was changed, so that a pass is right;
 * `passed` although something was changed.
 */
export type Fate = 'refused' | 'caught' | 'no claim' | 'passed'

export interface Mutant {
  /** The number from which it can be made again with the seed. */
  readonly number: number
  readonly kind: MutationKind
  readonly seal: SealState
  readonly record: string
  readonly fate: Fate
  /** The first difference from the good record, for a mutant that passed. */
  readonly change: Change | null
}

export interface MutateOptions {
  readonly records: readonly GoodRecord[]
  readonly kinds: readonly MutationKind[]
  readonly seed: number
}

/** The mutant with this number; undefined if nothing that was drawn can be damaged. */
export function mutantOf(number: number, { records, kinds, seed }: MutateOptions): Mutant | undefined {
  for (let draws = 0; draws < 50; draws += 1) {
    const draw = new Draw(seed, number, draws)
    const good = draw.from(records)
    const kind = kinds[number % kinds.length]
    if (good === undefined || kind === undefined) return undefined
    const damaged = mutations[kind](good.files, draw)
    const change = damaged === undefined ? null : firstChange(good.files, damaged)
    if (damaged === undefined || change === null) continue
    // Two mutants of each kind follow each other, one for either seal.
    const renew = Math.floor(number / kinds.length) % 2 === 1
    const seal = isSealed(good.files) ? (renew ? 'renewed' : 'kept') : 'none'
    const fate = fateOf(good, seal === 'renewed' ? resealed(damaged) : damaged)
    return { number, kind, seal, record: good.name, fate, change: fate === 'passed' ? change : null }
  }
  return undefined
}

function fateOf({ files, name, own }: GoodRecord, damaged: RecordFiles): Fate {
  try {
    const record = parseRecord(damaged, name)
    if (judgeRecord(record, name, own).verdict !== 'pass') return 'caught'
    return claimsOf(record) === claimsOf(parseRecord(files, name)) ? 'no claim' : 'passed'
  } catch (thrown) {
    // Whatever else is thrown is a defect of the harness, and must be seen.
    if (thrown instanceof ChaosError && thrown.code.startsWith('CHAOS_RECORD_')) return 'refused'
    throw thrown
  }
}
