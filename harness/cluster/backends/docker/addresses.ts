// The addresses of a cluster's containers for each other: names in their network, with the default ports.

export const databaseInside = { host: 'postgresql', port: 5432 } as const

export const serverInside = { host: 'temporal', port: 7233 } as const
