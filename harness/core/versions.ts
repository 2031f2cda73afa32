// Versions of the software under measurement, read from the packages themselves.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { z } from 'zod'
import { assets } from './assets.ts'

const packageSchema = z.object({ version: z.string() })

function versionIn(packageFile: string): string {
  return packageSchema.parse(JSON.parse(readFileSync(packageFile, 'utf8'))).version
}

export function harnessVersion(): string {
  return versionIn(assets.packageFile)
}

export function sdkVersion(): string {
  return versionIn(createRequire(import.meta.url).resolve('@temporalio/worker/package.json'))
}
