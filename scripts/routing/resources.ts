// What the scripts need to understand as the service does: the places of the district, and a model's bytes.
import { loadDistrict } from '../../src/district.ts'
import { makeGazetteer } from '../../src/flows/place.ts'
import { readModel } from '../../src/flows/understand/model.ts'
import type { Resources } from '../../src/flows/understand/understand.ts'

export function resourcesWith(bytes: Uint8Array): Resources {
  const district = loadDistrict('config/hongshan')
  return { gazetteer: makeGazetteer(district.places, district.name), model: readModel(bytes) }
}

/** The value behind `--name`, else undefined. */
export function argument(name: string): string | undefined {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? undefined : process.argv[at + 1]
}
