// The Temporal version that this harness runs, the programs it needs, and where the official release is.
import { join } from 'node:path'

/** The only place that sets the version. docker/temporal/go.mod must agree; a test compares the two. */
export const temporalVersion = '1.32.2'

export const binaryNames = ['temporal-server', 'temporal-sql-tool'] as const
export type BinaryName = (typeof binaryNames)[number]

export type Binaries = Readonly<Record<BinaryName, string>>

/** In the spelling of Go and the release archives. */
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

/** Undefined if Temporal publishes no usable release for the platform. */
export function platformOf(os: string = process.platform, arch: string = process.arch): Platform | undefined {
  if (os !== 'linux' && os !== 'darwin') return undefined
  if (arch === 'x64') return { os, arch: 'amd64' }
  if (arch === 'arm64') return { os, arch: 'arm64' }
  return undefined
}

/** The `archives` part of the goreleaser configuration of temporalio/temporal defines this name. */
export function archiveName(platform: Platform): string {
  return `temporal_${temporalVersion}_${platform.os}_${platform.arch}.tar.gz`
}

/** @param mirror replaces `https://github.com`; may have a path */
export function releaseUrl(mirror: string, file: string): URL {
  const base = mirror.endsWith('/') ? mirror : `${mirror}/`
  return new URL(`temporalio/temporal/releases/download/v${temporalVersion}/${file}`, base)
}

/** The hash of a file by a checksum file (`<sha256>  <name>` a line); undefined if the file is not listed. */
export function checksumIn(checksums: string, file: string): string | undefined {
  const hashes = checksums.split('\n').map((line) => /^([0-9a-f]{64})[ \t]+\*?(.+?)\s*$/i.exec(line))
  return hashes.find((match) => match?.[2] === file)?.[1]?.toLowerCase()
}
