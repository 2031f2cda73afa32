// How the containers of a cluster know each other: by names in their network, on the default ports of what runs in them.

export const databaseInside = { host: 'postgresql', port: 5432 } as const

export const serverInside = { host: 'temporal', port: 7233 } as const
