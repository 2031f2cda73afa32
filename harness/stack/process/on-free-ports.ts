// Starts something on free ports, and again on others where somebody else was quicker to take one.
import { rm } from 'node:fs/promises'
import { endOf } from './log-tail.ts'
import { freePorts } from './ports.ts'

const attempts = 3

/**
 * @param logFile where the started program says that a port was taken
 * @throws what `start` throws, after three tries where a port was taken
 */
export async function onFreePorts<const Name extends string, T>(
  names: readonly Name[],
  logFile: string,
  onProgress: (text: string) => void,
  start: (ports: Readonly<Record<Name, number>>) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    const ports = await freePorts(names)
    try {
      return await start(ports)
    } catch (thrown) {
      const taken = portTaken(await endOf(logFile))
      if (attempt === attempts || taken === undefined) throw thrown
      onProgress(`another program took a port in between (${taken}); trying other ports`)
      await rm(logFile)
    }
  }
}

/** What a log says about a port that was taken, as PostgreSQL and Go programs say it. */
export function portTaken(log: string): string | undefined {
  return /[^"\n]*address already in use/i.exec(log)?.[0].trim().slice(-200)
}
