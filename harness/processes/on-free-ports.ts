// Starts something on free ports, and again on others where somebody else was quicker to take one.
import { rm } from 'node:fs/promises'
import { endOf } from './log-tail.ts'
import { freePorts } from './ports.ts'

const attempts = 3

/** How it shows that a port was taken. */
export interface TakenPort {
  /** What was said about it after a start that failed; undefined where that had another reason. */
  complaint(thrown: unknown): Promise<string | undefined>
  /** Makes the next try's complaint its own. */
  forget(): Promise<void>
}

/** For a program that says so in its log. */
export function saidInLog(logFile: string): TakenPort {
  return {
    complaint: async () => portTaken(await endOf(logFile)),
    forget: () => rm(logFile),
  }
}

/** @throws what `start` throws, after three tries where a port was taken */
export async function onFreePorts<const Name extends string, T>(
  names: readonly Name[],
  taken: TakenPort,
  onProgress: (text: string) => void,
  start: (ports: Readonly<Record<Name, number>>) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    const ports = await freePorts(names)
    try {
      return await start(ports)
    } catch (thrown) {
      const complaint = await taken.complaint(thrown)
      if (attempt === attempts || complaint === undefined) throw thrown
      onProgress(`another program took a port in between (${complaint}); trying other ports`)
      await taken.forget()
    }
  }
}

/** What a log says about a port that was taken, as PostgreSQL, Go programs and Docker say it. */
export function portTaken(log: string): string | undefined {
  return /[^"\n]*(?:address already in use|port is already allocated)/i.exec(log)?.[0].trim().slice(-200)
}
