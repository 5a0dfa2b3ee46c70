import type { House } from '../actions/house.ts'
export async function seedDemo(_house: House, _log: unknown): Promise<void> {}
