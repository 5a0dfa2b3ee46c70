export interface ScratchPostgres {
  url(database?: string): string
  create(database: string): Promise<void>
  stop(): Promise<void>
}
export function scratchPostgres(): Promise<ScratchPostgres>
