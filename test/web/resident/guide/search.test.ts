import { expect, it } from 'vitest'
import { pinyinOf } from '../../../../src/api/pinyin.ts'
import { loadDistrict } from '../../../../src/district.ts'
import { findServices } from '../../../../web/resident/guide/search.ts'
import type { Service } from '../../../../web/resident/shapes.ts'

const services = loadDistrict('config/hongshan').services.map(
  ({ key, name, nameEn, aliases, aliasesEn }) =>
    ({
      key,
      name,
      also: [nameEn, ...aliases, ...aliasesEn],
      py: [name, ...aliases].map(pinyinOf),
    }) as unknown as Service,
)
const first = (typed: string) => findServices(services, typed)[0]?.key ?? 'nothing'

// biome-ignore format: a table
it.each([
  ['居住证办理', 'residencePermit'],
  ['居住证', 'residencePermit'],
  ['暂住证', 'residencePermit'],
  ['住证', 'residencePermit'],
  ['juzhuzheng', 'residencePermit'],
  ['ju zhu zheng', 'residencePermit'],
  ['jzz', 'residencePermit'],
  ['JZZ', 'residencePermit'],
  ['dibao', 'minimumLiving'],
  ['db', 'minimumLiving'],
  ['低保', 'minimumLiving'],
  ['低保怎么申请？', 'minimumLiving'],
  ['医保', 'medicalInsurance'],
  ['医保卡', 'socialCard'],
  ['医保卡丢了', 'socialCard'],
  ['xinlizixun', 'counselling'],
  ['８０岁补贴', 'oldAgeAllowance'],
  ['Residence permit', 'residencePermit'],
  ['health insurance', 'medicalInsurance'],
  ['养犬', 'nothing'],
  ['zzzz', 'nothing'],
] as const)('%s finds %s', (typed, key) => expect(first(typed)).toBe(key))

it('nothing typed shows everything, the seven of the report first', () => {
  expect(findServices(services, '  ').map(({ key }) => key)).toEqual(services.map(({ key }) => key))
})

it('what fits better stands first', () => {
  expect(findServices(services, '调解')[0]?.key).toBe('judicialMediation')
  expect(findServices(services, '登记').length).toBeGreaterThan(1)
})
