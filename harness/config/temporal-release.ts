// Which Temporal this harness runs, what it needs of it, and where the official release of it lies.
import { join } from 'node:path'

/** The one place that says it; docker/temporal/go.mod must agree (a test compares them). */
export const temporalVersion = '1.32.2'

export const binaryNames = ['temporal-server', 'temporal-sql-tool'] as const
export type BinaryName = (typeof binaryNames)[number]

/** A path for each binary. */
export type Binaries = Readonly<Record<BinaryName, string>>

/** As Go and the release archives spell them. */
export interface Platform {
  readonly os: 'linux' | 'darwin'
  readonly arch: 'amd64' | 'arm64'
}

export const checksumsFile = 'checksums.txt'

export function binariesIn(folder: string): Binaries {
  return {
    'temporal-server': join(folder, 'temporal-server'),
    'temporal-sql-tool': join(folder, 'temporal-sql-tool'),
  }
}

/** Undefined where Temporal publishes no release that this harness could use. */
export function platformOf(os: string = process.platform, arch: string = process.arch): Platform | undefined {
  if (os !== 'linux' && os !== 'darwin') return undefined
  if (arch === 'x64') return { os, arch: 'amd64' }
  if (arch === 'arm64') return { os, arch: 'arm64' }
  return undefined
}

/** Named by the `archives` part of the goreleaser configuration of temporalio/temporal. */
export function archiveName(platform: Platform): string {
  return `temporal_${temporalVersion}_${platform.os}_${platform.arch}.tar.gz`
}

/** @param mirror what stands in for `https://github.com`; may have a path */
export function releaseUrl(mirror: string, file: string): URL {
  const base = mirror.endsWith('/') ? mirror : `${mirror}/`
  return new URL(`temporalio/temporal/releases/download/v${temporalVersion}/${file}`, base)
}

/** The hash that a checksum file (`<sha256>  <name>` a line) gives for a file; undefined where it lists none. */
export function checksumIn(checksums: string, file: string): string | undefined {
  const hashes = checksums.split('\n').map((line) => /^([0-9a-f]{64})[ \t]+\*?(.+?)\s*$/i.exec(line))
  return hashes.find((match) => match?.[2] === file)?.[1]?.toLowerCase()
}
