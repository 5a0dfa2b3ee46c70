export const SERVICE: readonly string[]
export const FLAGS: readonly string[]
