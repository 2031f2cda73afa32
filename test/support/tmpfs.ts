// A disk of a chosen size mounted over a folder, so that a test can fill a disk without harm to others.
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'

/** CAP_SYS_ADMIN of capabilities(7). */
const mayAdminister = 1n << 21n

/** Root may mount on its own machine, but not in most containers. */
export function mayMount(): boolean {
  const status = '/proc/self/status'
  if (!existsSync(status)) return false
  const effective = /^CapEff:\s*([0-9a-f]+)$/m.exec(readFileSync(status, 'utf8'))?.[1] ?? '0'
  return (BigInt(`0x${effective}`) & mayAdminister) !== 0n
}

/** Mounted over `folder` until it is disposed. */
export function mountTmpfs(folder: string, size: `${number}${'k' | 'm'}`): Disposable {
  execFileSync('/bin/mount', ['-t', 'tmpfs', '-o', `size=${size},mode=0711`, 'temporal-chaos-test', folder])
  return { [Symbol.dispose]: () => void execFileSync('/bin/umount', [folder]) }
}
