// The identity that the SDKs give a worker which chooses none: it names a process of a machine.
import { hostname } from 'node:os'

/** The SDKs call a worker `<pid>@<host>`. In another PID namespace with our host name it may live even so. */
export function hasEnded(identity: string, host = hostname()): boolean {
  const [, pid, at] = /^(\d+)@([^@]+)@?$/.exec(identity) ?? []
  if (pid === undefined || at !== host) return false
  try {
    process.kill(Number(pid), 0)
    return false
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === 'ESRCH'
  }
}
